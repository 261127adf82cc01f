import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { removeFromKit } from '#services/licensing/kit-changes.ts'

/** Takes an asset out of the kit; the licences that the kit gave for it end. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { kitId = '', assetId = '' } = args.params
  const outcome = await removeFromKit(ctx, { kitId, assetId })
  return redirectWithToast(
    `/library/kits/${kitId}`,
    outcome.ok
      ? { tone: 'success', text: 'Removed. Its licences from this kit have ended.' }
      : { tone: 'info', text: 'It was no longer in the kit.' },
  )
}
