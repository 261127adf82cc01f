import type { ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { cancelCheckout } from '#services/commerce/checkout.ts'

/** End the payment page and free the rights. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const { orderId = '' } = args.params
  const t = wordsOf(ctx.language, 'orders')
  const outcome = await cancelCheckout(ctx, orderId)
  if (!outcome.ok) return redirectWithToast(`/orders/${orderId}`, { tone: 'warning', text: t(`cancel-error.${outcome.error}`) })
  return redirectWithToast('/cart', { tone: 'success', text: t('cancelled-toast') })
}
