import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { decideDiscountForm } from '#services/licensing/given-discount-schema.ts'
import { decideDiscount, withdrawDiscount, type DecideDiscountError } from '#services/licensing/given-discounts.ts'

const sayings = {
  'already-decided': 'Somebody else has decided on it a moment ago.',
  'beyond-your-limit': 'This is beyond your limit: somebody with a wider one decides.',
  'in-the-past': 'Its last day is over: refuse it, and give a new one.',
} as const satisfies Record<DecideDiscountError, string>
const done = { approve: 'Approved: the customer’s cart has it.', refuse: 'Refused.', withdraw: 'Taken back.' } as const

export const loader = () => redirect('/rights/discounts')

/** Decide on a discount that waits, or take one's own back. A refusal says why. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'FINANCE')
  const { discountId = '' } = args.params
  const form = await parseForm(args.request, decideDiscountForm)
  if (form.status !== 'success') return redirectWithToast('/rights/discounts', { tone: 'danger', text: 'Approve or refuse it.' })
  const { verdict, reason } = form.value
  if (verdict === 'refuse' && reason.length < 3)
    return redirectWithToast('/rights/discounts', { tone: 'warning', text: 'Say why you refuse it, in a few words.' })
  const outcome =
    verdict === 'withdraw' ? await withdrawDiscount(ctx, discountId) : await decideDiscount(ctx, { discountId, verdict, reason })
  return redirectWithToast(
    '/rights/discounts',
    outcome.ok ? { tone: 'success', text: done[verdict] } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
