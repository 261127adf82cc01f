import { many } from '#app/components/ui/many.ts'
import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { revokeKitGrant } from '#services/licensing/kit-grants.ts'
import { revokeKitGrantInput } from '#services/licensing/schema.ts'

/** Takes the kit back from a partner, with the reason that the partner will read. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { kitId = '', kitGrantId = '' } = args.params
  const back = `/library/kits/${kitId}#holders`
  const form = await parseForm(args.request, revokeKitGrantInput.omit({ kitGrantId: true }))
  if (form.status !== 'success') return redirectWithToast(back, { tone: 'danger', text: 'Say why, in a few words: the partner reads it.' })
  const outcome = await revokeKitGrant(ctx, { kitGrantId, reason: form.value.reason })
  if (!outcome.ok) return redirectWithToast(back, { tone: 'info', text: 'The grant had been taken back already.' })
  return redirectWithToast(back, { tone: 'success', text: `Taken back. ${many(outcome.value.ended, 'licence')} ended; downloads stop at once.` })
}
