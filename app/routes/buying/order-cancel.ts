import type { ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { cancelCheckout } from '#services/commerce/checkout.ts'

const sayings = {
  'already-paid': 'This order is paid already, so it can no longer be cancelled. Write to us for a refund.',
  'provider-unavailable': 'The payment provider cannot be reached just now. Try again in a minute.',
} as const

/** End the payment page and free the rights. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const { orderId = '' } = args.params
  const outcome = await cancelCheckout(ctx, orderId)
  if (!outcome.ok) return redirectWithToast(`/orders/${orderId}`, { tone: 'warning', text: sayings[outcome.error] })
  return redirectWithToast('/cart', { tone: 'success', text: 'Cancelled: nothing was charged, and your cart is as it was.' })
}
