import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { RefundError } from '#services/commerce/errors.ts'
import { requestRefund } from '#services/commerce/refunds.ts'
import { refundInput } from '#services/commerce/schema.ts'

const sayings = {
  'not-paid': 'Nothing was paid on this order, so nothing can go back.',
  'already-refunded': 'This was refunded a moment ago.',
  'nothing-left': 'All of the money has gone back already.',
  'widened-since': 'This licence was widened since, and the wider one rests on its price. Refund the wider one first.',
} satisfies Record<RefundError, string>

export const loader = leadsTo('/finance/orders/:orderId')

/** Promise the refund; the job sends it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'FINANCE')
  const { orderId = '' } = args.params
  const page = `/finance/orders/${orderId}`
  const form = await parseForm(args.request, refundInput.omit({ orderId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Say why, and decide whether the licence ends.' })
  const outcome = await requestRefund(ctx, { ...form.value, orderId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'The refund is on its way.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
