import type { ActionFunctionArgs } from '@remix-run/node'
import { cartCookie, cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { currencyOf } from '#app/http/currency.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { boxTokenOf } from '#app/http/lightbox.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { addManyToCart } from '#services/commerce/carts.ts'
import type { AddToCartError } from '#services/commerce/errors.ts'
import { isRoyaltyFree, royaltyFreeModels } from '#services/licensing/rules/models.ts'
import { openBox } from '#services/lightboxes/policy.ts'
import { removeItemsInput } from '#services/lightboxes/schema.ts'
import { waysToLicense } from '#services/lightboxes/views.ts'

/** Many pictures into the cart at once: those that are sold as they stand go in; the others lead to their questions. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const boxId = args.params.boxId ?? ''
  const form = await fieldsOf(args.request)
  const t = wordsOf(ctx.language, 'lightboxes')
  await openBox(ctx, await boxTokenOf(args), boxId, 'VIEW')
  const wanted = removeItemsInput.safeParse({ assetIds: form.getAll('assetIds') })
  if (!wanted.success) return redirectWithToast(`/lightboxes/${boxId}`, { tone: 'info', text: t('choose-first') })
  const model = royaltyFreeModels.find((each) => each === form.get('model') && isRoyaltyFree(each)) ?? 'ROYALTY_FREE_STANDARD'
  const ways = await waysToLicense(ctx, boxId, wanted.data.assetIds)
  const { token, outcomes } = await addManyToCart(
    ctx,
    await cartTokenOf(args),
    ways.asTheyStand.map((assetId) => ({ assetId, model })),
    await currencyOf(args.request, ctx),
  )
  const refused = (error: AddToCartError) => outcomes.filter((outcome) => !outcome.ok && outcome.error === error).length
  const added = outcomes.filter((outcome) => outcome.ok).length
  const there = refused('already-in-cart')
  const full = refused('cart-is-full') > 0
  const asking = ways.withQuestions.slice(0, 60)
  const text = [
    t('cart-added', { added, there, none: ways.none + refused('asset-not-for-sale') }),
    ...(full ? [t('cart-full')] : []),
    ...(asking.length > 0 ? [t('cart-questions', { count: asking.length })] : []),
  ].join(' ')
  const to =
    asking.length > 0 || added + there === 0 ? `/lightboxes/${boxId}${asking.length > 0 ? `?ask=${asking.join('.')}` : ''}` : '/cart'
  return redirectWithToast(
    to,
    { tone: full || added + there + asking.length === 0 ? 'warning' : 'success', text },
    token ? new Headers({ 'Set-Cookie': await cartCookie(args, token) }) : new Headers(),
  )
}

export const loader = leadsTo('/lightboxes/:boxId')
