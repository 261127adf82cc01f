import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { acknowledgeChanges } from '#services/commerce/cart-choices.ts'

/** The buyer has read what changed since. */
export async function action(args: ActionFunctionArgs) {
  await acknowledgeChanges(await contextOf(args), await cartTokenOf(args))
  return redirect('/cart', 303)
}

export const loader = () => redirect('/cart')
