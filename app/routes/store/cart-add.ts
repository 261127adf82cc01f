import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { readAnswers, termsOf } from '#app/components/catalog/use-questions.server.ts'
import { cartCookie, cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { currencyOf } from '#app/http/currency.server.ts'
import { foundBy } from '#app/http/search-trail.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { addToCart } from '#services/commerce/carts.ts'
import { dayOf } from '#services/kernel/period.ts'
import { noteUse } from '#services/catalog/search-learning.ts'
import { networkOf } from '#services/platform/rate-limit.ts'
import { houseZone } from '#services/catalog/views.ts'

/** Puts a licence for the stated use into the cart, and shows the cart. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const t = wordsOf(ctx.language, 'cart')
  const form = await fieldsOf(args.request)
  const zone = await houseZone(ctx)
  const answers = readAnswers(form, dayOf(ctx.clock.now(), zone))
  const assetId = String(form.get('assetId') ?? '').slice(0, 64).replace(/\p{Cs}/gu, '')
  const terms = answers.model === 'RIGHTS_MANAGED' ? termsOf(answers, zone) : null
  if (!answers.model || (answers.model === 'RIGHTS_MANAGED' && !terms))
    return redirectWithToast(`/assets/${encodeURIComponent(assetId)}`, {
      tone: 'warning',
      text: t('answer-first'),
    })

  const upgradesLicenceId = String(form.get('upgradesLicenceId') ?? '').slice(0, 64)
  const outcome = await addToCart(
    ctx,
    await cartTokenOf(args),
    { assetId, model: answers.model, ...(terms && { terms }), ...(upgradesLicenceId && { upgradesLicenceId }) },
    await currencyOf(args.request, ctx),
  )
  if (!outcome.ok) return redirectWithToast('/cart', { tone: 'warning', text: t(`add-error.${outcome.error}`) })
  const words = await foundBy(args.request, assetId)
  if (words) await noteUse(ctx, { text: words, assetId, kind: 'carted', from: networkOf(args.context.ip) })
  const { token } = outcome.value
  return redirectWithToast(
    '/cart',
    { tone: 'success', text: t('added') },
    token ? new Headers({ 'Set-Cookie': await cartCookie(args, token) }) : new Headers(),
  )
}

export const loader = () => redirect('/cart')
