import { record } from '../compliance/record.ts'
import type { Person } from '../kernel/actor.ts'
import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId, newNumber } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { reserveLicences } from '../licensing/licences.ts'
import { lockWidened } from '../licensing/lineage.ts'
import { currentPriceBook } from '../licensing/price-books.ts'
import type { CheckoutError } from './errors.ts'
import { presentOrder } from './present.ts'
import { mayBuy } from './policy.ts'
import { outsideOf } from '../platform/payments/minor-units.ts'
import { fulfilUnpaid } from './payments-in.ts'
import { priceCart, type PricedCart } from './pricing.ts'
import { takeCode } from './promotions.ts'
import { refundIsUnderWay } from './refundable-lines.ts'
import { unsettledOrders } from './rules/order-states.ts'
import type { BeginCheckout } from './schema.ts'
import { settleOrder } from './settle.ts'

type CheckoutCtx = Ctx<'db' | 'clock' | 'actor' | 'payments' | 'signer' | 'log' | 'origin'> & Partial<Ctx<'language'>>
type Begun = Result<{ orderId: string; url: string }, CheckoutError>

/** How long the payment page stays open. The provider allows no less than thirty minutes; the rest is room for a lost answer. */
const sessionSpan = 45 * 60_000
/** The hold outlives the session a little; it ends only when the provider says that nobody can pay. */
const grace = 10 * 60_000
/** Rights that are held and not paid for are kept from everybody else: a company may hold this many orders at once. */
export const mostOpenOrders = 5

/**
 * Place the order and hold its rights, in one transaction; then open the payment page. Clicked again, the same order
 * answers with the same page. A changed cart first ends the page of the old one: when that is refused, the buyer has paid.
 */
export async function beginCheckout(ctx: CheckoutCtx, input: BeginCheckout, tries = 3): Promise<Begun> {
  const { actor } = ctx
  if (actor.kind !== 'person') throw new Refusal('signed-out', 'checkout')
  if (!mayBuy(actor)) return fail('house-cannot-buy')
  const cart = await ctx.db.cart.findUnique({
    where: { userId: actor.userId },
    include: { lines: { where: { laterAt: null }, orderBy: [{ addedAt: 'asc' }, { id: 'asc' }] } },
  })
  if (!cart || cart.houseId !== actor.houseId || cart.lines.length === 0) return fail('cart-is-empty')
  const priced = await priceCart(ctx, cart.lines, cart)
  if (!priced.ok) return priced

  const standing = await ctx.db.order.findFirst({
    where: { cartId: cart.id, state: { in: [...unsettledOrders] } },
    include: { lines: true, attempts: true },
    orderBy: { placedAt: 'desc' },
  })
  if (standing) {
    const open = standing.attempts.find((attempt) => attempt.state === 'REQUESTED' || attempt.state === 'OPEN')
    // A cart is a person's, an order is a company's: who has taken another seat since buys anew, for that one.
    const usable = open && open.expiresAt > ctx.clock.now() && standing.state !== 'AWAITING_FUNDS' && standing.orgId === actor.orgId
    if (usable && fingerprint(standing, standing.lines) === fingerprint(wanted(input, priced.value), priced.value.lines))
      return present(ctx, standing.id)
    const ended = await endStanding(ctx, standing.id)
    if (!ended.ok) return ended
    // What it held is free now: look again.
    return tries > 0 ? beginCheckout(ctx, input, tries - 1) : fail('rights-taken')
  }
  const { missing } = priced.value
  // A hold whose page has run out may be free: ask the provider about it now instead of at the next sweep.
  if (missing.length > 0)
    return tries > 0 &&
      (await freeOverdue(
        ctx,
        missing.map(({ assetId }) => assetId),
      ))
      ? beginCheckout(ctx, input, tries - 1)
      : fail('line-not-available', { lines: missing })

  // Before rights are held for it: no payment page would ever open.
  const outside = outsideOf(priced.value.totals.total)
  if (outside) return fail(outside)
  const placed = await placeOrder(ctx, actor, cart.id, priced.value, input)
  if (placed.ok)
    return placed.value.paid
      ? ok({ orderId: placed.value.orderId, url: `${ctx.origin}/checkout/return?order=${placed.value.orderId}` })
      : present(ctx, placed.value.orderId)
  const { error, detail } = placed
  if (error === 'another-order') return tries > 0 ? beginCheckout(ctx, input, tries - 1) : fail('rights-taken')
  return fail(error, detail)
}

const wishOf = (input: BeginCheckout) => ({ licenseeName: input.licenseeName ?? null, purchaseOrder: input.purchaseOrder ?? null })

const wanted = (input: BeginCheckout, { code, totals }: PricedCart) => ({ ...wishOf(input), code, currency: totals.net.currency as string })

/** Two orders are the same when everything that was agreed is: lines, terms, prices, currency, code, names. */
const fingerprint = (
  order: { licenseeName: string | null; purchaseOrder: string | null; code: string | null; currency: string },
  lines: readonly {
    assetId: string
    model: string
    termsSha256: string
    netMinor: bigint
    taxMinor: bigint
    upgradesLicenceId: string | null
  }[],
): string =>
  [
    order.licenseeName,
    order.purchaseOrder,
    order.code,
    order.currency,
    ...lines
      .map((line) => `${line.assetId} ${line.model} ${line.termsSha256} ${line.netMinor} ${line.taxMinor} ${line.upgradesLicenceId}`)
      .sort(),
  ].join('\n')

async function present(ctx: CheckoutCtx, orderId: string): Promise<Begun> {
  try {
    const page = await presentOrder(ctx, orderId)
    return page ? ok({ orderId, url: page.url }) : fail('already-paid', { orderId })
  } catch (error) {
    // The order stands and holds its rights: the buyer clicks again, or the reconciler brings it to its end.
    ctx.log.warn('commerce.provider-unavailable', { orderId, error })
    return fail('provider-unavailable', { orderId })
  }
}

/** End the payment page of an order that the cart no longer says. Refused means paid: then nothing is priced anew. */
async function endStanding(ctx: CheckoutCtx, orderId: string): Promise<Result<null, 'already-paid' | 'provider-unavailable'>> {
  try {
    await presentOrder(ctx, orderId)
    const attempts = await ctx.db.checkoutAttempt.findMany({ where: { orderId, state: 'OPEN' }, select: { sessionId: true } })
    for (const { sessionId } of attempts) if (sessionId) await ctx.payments.expireCheckout(sessionId)
    const { state } = await settleOrder(ctx, orderId)
    return state === 'CANCELLED' ? ok(null) : fail('already-paid', { orderId })
  } catch (error) {
    ctx.log.warn('commerce.provider-unavailable', { orderId, error })
    return fail('provider-unavailable', { orderId })
  }
}

/** The buyer does not want to pay after all: the payment page ends and the rights are free at once. Refused means paid. */
export async function cancelCheckout(
  ctx: CheckoutCtx,
  orderId: string,
): Promise<Result<{ orderId: string }, 'already-paid' | 'provider-unavailable'>> {
  const { actor } = ctx
  if (actor.kind !== 'person') throw new Refusal('signed-out', 'cancel an order')
  const order = await ctx.db.order.findFirst({
    where: { id: orderId, houseId: actor.houseId, orgId: actor.orgId },
    select: { state: true },
  })
  if (!order) throw new Refusal('not-found', `no order ${orderId}`)
  if (order.state === 'CANCELLED') return ok({ orderId })
  if (order.state !== 'OPEN' && order.state !== 'AWAITING_PAYMENT') return fail('already-paid')
  const ended = await endStanding(ctx, orderId)
  return ended.ok ? ok({ orderId }) : ended
}

type PlaceError = 'too-many-holds' | 'rights-taken' | 'line-not-available' | 'another-order' | 'code-not-usable' | 'upgrade-under-way'

/** Order, lines, reservations, claims and the attempt's row, or nothing and what is in the way. */
function placeOrder(ctx: CheckoutCtx, actor: Person, cartId: string, cart: PricedCart, input: BeginCheckout) {
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ orderId: string; paid: boolean }, PlaceError>> => {
    // The company's row is the lock under which its open orders are counted: count-then-insert alone is a race.
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${actor.orgId} FOR NO KEY UPDATE`
    const open = await tx.db.order.findMany({
      where: { orgId: actor.orgId, state: { in: ['OPEN', 'AWAITING_PAYMENT'] } },
      select: { cartId: true },
    })
    if (open.some((order) => order.cartId === cartId)) return fail('another-order')
    if (open.length >= mostOpenOrders) return fail('too-many-holds', { most: mostOpenOrders })

    const at = tx.clock.now()
    const orderId = newId('ord', at)
    const number = newNumber('OR', at)
    const expiresAt = new Date(at.getTime() + sessionSpan)
    const { totals } = cart
    await tx.db.order.create({
      data: {
        id: orderId,
        number,
        houseId: actor.houseId,
        orgId: actor.orgId,
        userId: actor.userId,
        cartId,
        state: 'OPEN',
        currency: totals.net.currency,
        netMinor: totals.net.minor,
        taxMinor: totals.tax.minor,
        totalMinor: totals.total.minor,
        ...wishOf(input),
        code: cart.code,
        placedAt: at,
      },
    })
    for (const { discountId } of cart.lines) {
      if (!discountId) continue
      const { count } = await tx.db.givenDiscount.updateMany({
        where: { id: discountId, houseId: actor.houseId, orgId: actor.orgId, state: 'APPROVED', orderId: null },
        data: { orderId },
      })
      if (count === 0) return fail('another-order')
    }
    const lines = cart.lines.map((line, index) => ({ ...line, id: newId('oln', at), position: index + 1 }))
    await tx.db.orderLine.createMany({
      data: lines.map(({ asset: _asset, terms, price, ...line }) => ({
        ...line,
        orderId,
        state: 'HELD' as const,
        terms: { ...terms } as object,
        price: price as object,
      })),
    })
    for (const line of lines) {
      if (!line.upgradesLicenceId) continue
      const widened = await lockWidened(tx, { upgradesId: line.upgradesLicenceId, holderOrgId: actor.orgId, assetId: line.assetId })
      if (!widened.ok) return fail(widened.error === 'upgrade-under-way' ? widened.error : 'line-not-available')
      if (await refundIsUnderWay(tx, widened.value.orderLineId)) return fail('line-not-available')
    }
    const reserved = await reserveLicences(
      tx,
      lines.map((line) => ({
        houseId: actor.houseId,
        holderOrgId: actor.orgId,
        licenseeName: input.licenseeName ?? null,
        model: line.model,
        asset: line.asset,
        terms: line.terms,
        termsTemplateId: line.termsTemplateId,
        holdExpiresAt: new Date(expiresAt.getTime() + grace),
        orderLineId: line.id,
        upgradesId: line.upgradesLicenceId,
        priceBookId: line.priceBookId,
      })),
    )
    if (!reserved.ok) return fail(reserved.error === 'asset-not-available' ? 'line-not-available' : 'rights-taken', reserved.detail)
    // Rights first, the count of a code after them: everywhere in this order, and everybody who uses the code waits here.
    if (cart.code) {
      const book = (await currentPriceBook(tx))?.book
      const code = book?.discounts?.codes.find((one) => one.code === cart.code)
      const taken = code ? await takeCode(tx, code, { orderId, orgId: actor.orgId }) : fail('code-over')
      if (!taken.ok) return fail('code-not-usable', { standing: taken.error })
    }
    for (const [index, licence] of reserved.value.entries())
      await tx.db.orderLine.update({ where: { id: lines[index]?.id ?? '' }, data: { licenceId: licence.id } })
    await record(tx, {
      type: 'order.placed',
      subject: { kind: 'order', id: orderId },
      data: {
        number,
        org: actor.orgId,
        language: ctx.language,
        currency: totals.net.currency,
        totalMinor: totals.total.minor.toString(),
        lines: lines.map((line) => ({
          asset: line.assetId,
          model: line.model,
          terms: line.termsSha256,
          netMinor: line.netMinor.toString(),
          ...(line.upgradesLicenceId && { widens: line.upgradesLicenceId }),
        })),
        ...(cart.code && { code: cart.code }),
        cart: sha256(canonical(lines.map((line) => line.termsSha256) as Json)),
      },
    })
    // What costs nothing asks nobody for money: an upgrade within the same price, a licence that was given.
    if (totals.total.minor === 0n) {
      await fulfilUnpaid(tx, orderId)
      return ok({ orderId, paid: true })
    }
    await tx.db.checkoutAttempt.create({ data: { id: newId('att', at), orderId, state: 'REQUESTED', expiresAt, createdAt: at } })
    return ok({ orderId, paid: false })
  })
}

/** Asks the provider about overdue orders that hold these assets; true when at least one of them has ended. */
async function freeOverdue(ctx: CheckoutCtx, assetIds: readonly string[]): Promise<boolean> {
  const overdue = await ctx.db.order.findMany({
    where: {
      state: { in: ['OPEN', 'AWAITING_PAYMENT'] },
      houseId: ctx.actor.houseId,
      lines: { some: { assetId: { in: [...assetIds] } } },
      attempts: { some: { state: 'OPEN', expiresAt: { lte: ctx.clock.now() } } },
    },
    select: { id: true },
  })
  let freed = false
  for (const { id } of overdue) freed = (await settleOrder(ctx, id)).state === 'CANCELLED' || freed
  return freed
}
