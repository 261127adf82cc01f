import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { dropCode, typeCode } from '#services/commerce/cart-choices.ts'

/** Types a promotion code into the cart, or takes it out again; says what to do where it does not count. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const t = wordsOf(ctx.language, 'cart')
  const token = await cartTokenOf(args)
  const form = await fieldsOf(args.request)
  if (form.get('drop') === 'yes') {
    await dropCode(ctx, token)
    return redirectWithToast('/cart', { tone: 'info', text: t('code-dropped') })
  }
  const code = String(form.get('code') ?? '').trim()
  if (!/^[\p{L}\p{N}\s-]{3,60}$/u.test(code))
    return redirectWithToast('/cart', { tone: 'warning', text: t('code.code-unknown', { code: code.slice(0, 40) }) })
  const outcome = await typeCode(ctx, token, { code, ip: args.context.ip })
  if (outcome.ok) return redirectWithToast('/cart', { tone: 'success', text: t('code-taken', { name: outcome.value.name }) })
  const text = outcome.error === 'cart-is-empty' ? t('empty-title') : t(`code.${outcome.error}`, { code: code.slice(0, 40) })
  return redirectWithToast('/cart', { tone: 'warning', text })
}

export const loader = () => redirect('/cart')
