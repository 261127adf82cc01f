import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { isPerson } from '#services/kernel/actor.ts'
import { mergeCart } from '#services/commerce/carts.ts'
import { beginCheckout } from '#services/commerce/checkout.ts'
import { beginCheckoutInput } from '#services/commerce/schema.ts'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'

export const loader = () => redirect('/cart')

/** Place the order and go to the payment page. Prices are made anew here; the cart's were for the eye. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  if (!isPerson(ctx.actor)) return redirect('/sign-in?then=/cart', 303)
  const t = wordsOf(ctx.language, 'cart')
  const form = await parseForm(args.request, beginCheckoutInput)
  if (form.status !== 'success') return redirectWithToast('/cart', { tone: 'danger', text: t('too-long') })
  await mergeCart(ctx, await cartTokenOf(args))
  const outcome = await beginCheckout(ctx, form.value)
  if (outcome.ok) return redirect(outcome.value.url, 303)
  const { orderId } = (outcome.detail ?? {}) as { orderId?: string }
  const to = outcome.error === 'already-paid' && orderId ? `/orders/${orderId}` : '/cart'
  return redirectWithToast(to, { tone: outcome.error === 'already-paid' ? 'info' : 'danger', text: t(`checkout-error.${outcome.error}`) })
}
