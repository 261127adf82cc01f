import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { putAside } from '#services/commerce/cart-choices.ts'
import { putAsideInput } from '#services/commerce/schema.ts'

/** Puts a line aside for later, or back into the cart. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, putAsideInput)
  if (form.status !== 'success') return answerForm(form)
  const { lineId, later } = form.value
  await putAside(ctx, await cartTokenOf(args), { lineId, later: later === 'yes' })
  return redirectWithToast('/cart', { tone: 'info', text: wordsOf(ctx.language, 'cart')(later === 'yes' ? 'put-aside' : 'put-back') })
}

export const loader = () => redirect('/cart')
