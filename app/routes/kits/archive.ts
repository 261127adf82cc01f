import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { archiveKit } from '#services/catalog/brand-kits.ts'

/** Puts a kit away that nobody holds. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const kitId = args.params.kitId ?? ''
  const outcome = await archiveKit(ctx, { kitId })
  if (outcome.ok) return redirectWithToast('/library/kits', { tone: 'success', text: 'The kit has been put away.' })
  return redirectWithToast(`/library/kits/${kitId}`, { tone: 'warning', text: 'Partners still hold this kit. Revoke their grants first.' })
}
