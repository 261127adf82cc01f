import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { readAnswers, termsOf } from '#app/components/catalog/use-questions.server.ts'
import { cartCookie, cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { addToCart } from '#services/commerce/carts.ts'
import type { AddToCartError } from '#services/commerce/errors.ts'
import { dayOf } from '#services/kernel/period.ts'
import { houseZone } from '#services/catalog/views.ts'

const sayings = {
  'asset-not-for-sale': 'No licence is sold for this picture at present.',
  'cart-is-full': 'The cart is full. Check out first, or remove something.',
  'already-in-cart': 'This licence is in your cart already.',
} as const satisfies Record<AddToCartError, string>

/** Puts a licence for the stated use into the cart, and shows the cart. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await fieldsOf(args.request)
  const zone = await houseZone(ctx)
  const answers = readAnswers(form, dayOf(ctx.clock.now(), zone))
  const assetId = String(form.get('assetId') ?? '').slice(0, 64)
  const terms = answers.model === 'RIGHTS_MANAGED' ? termsOf(answers, zone) : null
  if (!answers.model || (answers.model === 'RIGHTS_MANAGED' && !terms))
    return redirectWithToast(`/assets/${encodeURIComponent(assetId)}`, {
      tone: 'warning',
      text: 'Answer the questions first: what it is for, and in which places.',
    })

  const outcome = await addToCart(ctx, await cartTokenOf(args), { assetId, model: answers.model, ...(terms && { terms }) })
  if (!outcome.ok) return redirectWithToast('/cart', { tone: 'warning', text: sayings[outcome.error] })
  const { token } = outcome.value
  return redirectWithToast(
    '/cart',
    { tone: 'success', text: 'It is in your cart.' },
    token ? new Headers({ 'Set-Cookie': await cartCookie(args, token) }) : new Headers(),
  )
}

export const loader = () => redirect('/cart')
