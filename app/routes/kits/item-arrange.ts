import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { arrangeKitItem } from '#services/catalog/brand-kits.ts'
import { arrangeKitItemInput } from '#services/catalog/schema.ts'

/** Moves an asset within the kit or names its section. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { kitId = '', assetId = '' } = args.params
  const form = await parseForm(args.request, arrangeKitItemInput.omit({ kitId: true, assetId: true }))
  if (form.status !== 'success')
    return redirectWithToast(`/library/kits/${kitId}`, { tone: 'danger', text: 'A section’s name has at most 60 letters.' })
  const outcome = await arrangeKitItem(ctx, { ...form.value, kitId, assetId })
  return redirectWithToast(
    `/library/kits/${kitId}`,
    outcome.ok ? { tone: 'success', text: 'Arranged.' } : { tone: 'info', text: 'It was no longer in the kit.' },
  )
}
