import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { decideDiscountForm } from '#services/licensing/given-discount-schema.ts'
import {
  decideDiscount,
  withdrawDiscount,
  type DecideDiscountError,
  type WithdrawDiscountError,
} from '#services/licensing/given-discounts.ts'

const sayings = {
  'already-decided': 'Somebody else has decided on it a moment ago.',
  'beyond-your-limit': 'This is beyond your limit: somebody with a wider one decides.',
  'in-the-past': 'Its last day is over: refuse it, and give a new one.',
  'already-withdrawn': 'It was taken back already.',
  'in-an-order': 'An order has it: its price is agreed. If nobody pays that order, the discount is free again.',
  'not-yours-to-withdraw': 'Only who asked for this discount or approved it takes it back.',
  'reason-needed': 'It was approved: say why you take it back, in a few words.',
} as const satisfies Record<DecideDiscountError | WithdrawDiscountError, string>
const done = {
  approve: 'Approved: the customer’s cart has it.',
  refuse: 'Refused.',
  withdraw: 'Taken back: it lowers no price any more.',
} as const

export const loader = () => redirect('/rights/discounts')

/** Decide on a discount that waits, or take one back that no order has. A refusal says why. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'FINANCE')
  const { discountId = '' } = args.params
  const form = await parseForm(args.request, decideDiscountForm)
  if (form.status !== 'success') return redirectWithToast('/rights/discounts', { tone: 'danger', text: 'Approve or refuse it.' })
  const { verdict, reason } = form.value
  if (verdict === 'refuse' && reason.length < 3)
    return redirectWithToast('/rights/discounts', { tone: 'warning', text: 'Say why you refuse it, in a few words.' })
  const outcome =
    verdict === 'withdraw'
      ? await withdrawDiscount(ctx, { discountId, reason })
      : await decideDiscount(ctx, { discountId, verdict, reason })
  return redirectWithToast(
    '/rights/discounts',
    outcome.ok ? { tone: 'success', text: done[verdict] } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
