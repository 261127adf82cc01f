import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { isPerson } from '#services/kernel/actor.ts'
import { mergeCart } from '#services/commerce/carts.ts'
import { beginCheckout } from '#services/commerce/checkout.ts'
import type { CheckoutError } from '#services/commerce/errors.ts'
import { beginCheckoutInput } from '#services/commerce/schema.ts'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'

const sayings = {
  'cart-is-empty': 'Your cart is empty: choose a picture and a licence first.',
  'house-cannot-buy': 'You work for the house that sells here. Ask for an internal grant instead.',
  'line-not-available': 'A licence in your cart cannot be had just now. The cart says which one, and what can be had instead.',
  'rights-taken': 'Somebody else has taken these rights a moment ago. The cart shows what can still be had.',
  'too-many-holds': 'Your company has several orders waiting for payment. Pay or cancel one of them first.',
  'already-paid': 'This order is paid already. Here it is.',
  'provider-unavailable': 'The payment page cannot be reached just now. Your rights are held: try again in a minute.',
} satisfies Record<CheckoutError, string>

export const loader = () => redirect('/cart')

/** Place the order and go to the payment page. Prices are made anew here; the cart's were for the eye. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  if (!isPerson(ctx.actor)) return redirect('/sign-in?then=/cart', 303)
  const form = await parseForm(args.request, beginCheckoutInput)
  if (form.status !== 'success')
    return redirectWithToast('/cart', { tone: 'danger', text: 'A name or reference is too long. Shorten it and try again.' })
  await mergeCart(ctx, await cartTokenOf(args))
  const outcome = await beginCheckout(ctx, form.value)
  if (outcome.ok) return redirect(outcome.value.url, 303)
  const { orderId } = (outcome.detail ?? {}) as { orderId?: string }
  const to = outcome.error === 'already-paid' && orderId ? `/orders/${orderId}` : '/cart'
  return redirectWithToast(to, { tone: outcome.error === 'already-paid' ? 'info' : 'danger', text: sayings[outcome.error] })
}
