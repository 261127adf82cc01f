import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { removeFromCart } from '#services/commerce/carts.ts'
import { removeFromCartInput } from '#services/commerce/schema.ts'

/** Takes a line out of the cart. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, removeFromCartInput)
  if (form.status !== 'success') return answerForm(form)
  await removeFromCart(ctx, await cartTokenOf(args), form.value)
  return redirectWithToast('/cart', { tone: 'info', text: wordsOf(ctx.language, 'cart')('removed') })
}

export const loader = () => redirect('/cart')
