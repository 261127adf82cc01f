import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/answer.server.ts'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { rememberCurrency } from '#app/http/currency.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { switchCurrency } from '#services/commerce/cart-choices.ts'
import { isCurrency } from '#services/kernel/money.ts'

/** Remembers the currency that a visitor picks. Everything in the cart is quoted anew in it, and the page says so. */
export const action = answering(async (args: ActionFunctionArgs) => {
  const ctx = await contextOf(args)
  const form = await fieldsOf(args.request)
  const back = safePath(String(form.get('back') ?? '/'), '/')
  const currency = String(form.get('currency') ?? '')
  const t = wordsOf(ctx.language, 'cart')
  if (!isCurrency(currency)) return redirectWithToast(back, { tone: 'warning', text: t('currency-unknown') })
  const outcome = await switchCurrency(ctx, await cartTokenOf(args), currency)
  if (!outcome.ok) return redirectWithToast(back, { tone: 'warning', text: t('currency-unknown') })
  const headers = new Headers({ 'Set-Cookie': await rememberCurrency(currency) })
  const { requoted } = outcome.value
  return requoted > 0
    ? redirectWithToast(back, { tone: 'info', text: t('requoted', { currency, count: requoted }) }, headers)
    : redirect(back, { status: 303, headers })
})

export const loader = () => redirect('/')
