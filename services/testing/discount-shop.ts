import type { Person } from '#services/kernel/actor.ts'
import type { Currency } from '#services/kernel/money.ts'
import { cartPage } from '#services/commerce/cart-view.ts'
import { addToCart } from '#services/commerce/carts.ts'
import { beginCheckout } from '#services/commerce/checkout.ts'
import { replayOrder } from '#services/commerce/price-replay-views.ts'
import { settleOrder } from '#services/commerce/settle.ts'
import { defaultPriceBook } from '#services/licensing/defaults/price-book.ts'
import { publishPriceBook } from '#services/licensing/price-books.ts'
import { noDiscounts, type Discounts, type PromotionCode } from '#services/licensing/rules/discounts.ts'
import type { Db } from '#services/platform/db.ts'
import { asActor } from './context.ts'
import { aShop } from './shop.ts'

/** A promotion code of ten per cent, except where the fields say otherwise. */
export const aCode = (fields: Partial<PromotionCode> = {}): PromotionCode => ({
  code: 'SPRING',
  name: 'Spring',
  bp: 1_000,
  offMinor: {},
  from: '2026-01-01',
  until: null,
  uses: null,
  usesEach: null,
  leastMinor: {},
  ...fields,
})

/** A shop whose price book lowers prices, with one buyer (`ctx`), what they put into the cart, and what they pay in the end. */
export async function aDiscountShop(db: Db, discounts: (orgId: string) => Partial<Discounts> = () => ({})) {
  const shop = await aShop(db)
  const buyer = await shop.buyer()
  const publish = (of: Partial<Discounts>, more: object = {}) =>
    publishPriceBook(shop.ctx, { book: { ...defaultPriceBook, ...more, discounts: { ...noDiscounts, ...of } }, note: 'Discounts' })
  await publish(discounts(buyer.orgId))
  const ctx = asActor(shop.ctx, buyer)
  const add = async (who = ctx, currency: Currency | null = null) => {
    const { id: assetId } = await shop.asset()
    const added = await addToCart(who, null, { assetId, model: 'ROYALTY_FREE_STANDARD' }, currency)
    if (!added.ok) throw new Error(added.error)
    return assetId
  }
  /** The order when it is paid, or why there is none. */
  const pay = async (who = ctx) => {
    const begun = await beginCheckout(who, {})
    if (!begun.ok) return begun.error
    const { orderId } = begun.value
    shop.ctx.payments.pay((await db.checkoutAttempt.findFirstOrThrow({ where: { orderId } })).sessionId ?? '')
    await settleOrder(shop.ctx, orderId)
    return db.order.findUniqueOrThrow({ where: { id: orderId } })
  }
  const replayed = async (number: string) =>
    (await replayOrder(asActor(shop.ctx, await shop.staff('FINANCE')), number))?.map(({ same }) => same)
  const staff = async (...roles: Person['roles']) => asActor(shop.ctx, await shop.staff(...roles))
  return { shop, buyer, ctx, add, pay, publish, replayed, staff }
}

/** What a cart comes to before tax. */
export const netOf = async (ctx: Parameters<typeof cartPage>[0]): Promise<bigint> => (await cartPage(ctx, null)).net.minor
