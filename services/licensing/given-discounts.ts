import { record } from '../compliance/record.ts'
import { hasStaffRole, isStaff, type Actor, type Person } from '../kernel/actor.ts'
import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { isCurrency, ratio, type Currency } from '../kernel/money.ts'
import { endOfDay, type Day } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { currentPriceBook } from './price-books.ts'
import { quoteUse, type QuoteError, type QuoteUse } from './quotes.ts'
import { noDiscounts, type Discounts } from './rules/discounts.ts'
import { givenStates, type GivenState } from './rules/given-states.ts'
import type { LicenceModel } from './rules/models.ts'

/** A discount in force that a line of a cart may use. */
export interface GivenOffer {
  id: string
  assetId: string
  model: LicenceModel
  terms: ScopeTerms
  currency: Currency
  listMinor: bigint
  netMinor: bigint
  bp: number
}

/**
 * What has been given to a company for these pictures and is neither used nor over; the oldest first. What one of the orders
 * in `priced` has taken counts as unused: it is that order that is being priced anew.
 */
export async function givenFor(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  orgId: string | null,
  assetIds: readonly string[],
  priced: readonly string[] = [],
): Promise<GivenOffer[]> {
  if (orgId === null || assetIds.length === 0) return []
  const rows = await ctx.db.givenDiscount.findMany({
    where: {
      houseId: ctx.actor.houseId,
      orgId,
      assetId: { in: [...new Set(assetIds)] },
      state: 'APPROVED',
      OR: [{ orderId: null }, { orderId: { in: [...priced] } }],
      validUntil: { gt: ctx.clock.now() },
    },
    orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, assetId: true, model: true, terms: true, currency: true, listMinor: true, netMinor: true, bp: true },
  })
  return rows.flatMap(({ currency, terms, ...row }) =>
    isCurrency(currency) ? [{ ...row, terms: terms as unknown as ScopeTerms, currency }] : [],
  )
}

/** Those who sell: they may lower a price, each up to their own limit. */
export const mayGiveDiscounts = (actor: Actor): actor is Person => hasStaffRole(actor, 'RIGHTS_MANAGER', 'FINANCE')

/** How much somebody may give by themselves, in basis points. Administrators may give all of it. */
export function limitOf(actor: Person, { limits }: Pick<Discounts, 'limits'>): number {
  if (!isStaff(actor)) return 0
  if (actor.roles.includes('ADMINISTRATOR')) return 10_000
  return Math.max(actor.roles.includes('RIGHTS_MANAGER') ? limits.RIGHTS_MANAGER : 0, actor.roles.includes('FINANCE') ? limits.FINANCE : 0)
}

/** Whether somebody may let a discount pass: within their limit; what falls below the least price is for administrators. */
export const maySettle = (
  actor: Person,
  discounts: Pick<Discounts, 'limits'>,
  given: { bp: number; netMinor: bigint; minimumMinor: bigint },
): boolean => given.bp <= limitOf(actor, discounts) && (given.netMinor >= given.minimumMinor || actor.roles.includes('ADMINISTRATOR'))

export interface GiveDiscount {
  orgId: string
  assetId: string
  model: QuoteUse['model']
  terms?: ScopeTerms | undefined
  currency: Currency
  bp: number
  reason: string
  /** The last day on which it may be used, where the house is. */
  validUntil: Day
}
export type GiveDiscountError = QuoteError | 'not-a-customer' | 'in-the-past' | 'already-given'

/** Give a company a discount on one licence: it stands at once within the giver's limit, else somebody with a wider one decides. */
export async function giveDiscount(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { orgId, assetId, model, terms, currency, bp, reason, validUntil }: GiveDiscount,
): Promise<Result<{ id: string; state: 'WAITING' | 'APPROVED' }, GiveDiscountError>> {
  const { actor } = ctx
  if (!mayGiveDiscounts(actor)) throw new Refusal('forbidden', 'give a discount')
  const { houseId } = actor
  const org = await ctx.db.organisation.findFirst({
    where: { id: orgId, houseId, kind: { not: 'OWNER' }, closedAt: null },
    select: { id: true },
  })
  if (!org) return fail('not-a-customer')
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } })
  const until = endOfDay(validUntil, house.timeZone)
  if (until <= ctx.clock.now()) return fail('in-the-past')
  const quote = await quoteUse(ctx, { assetId, model, currency, ...(terms && { terms }) })
  if (!quote.ok) return fail(quote.error, quote.detail)
  const { total, floor, priceBookId } = quote.value
  const current = await currentPriceBook(ctx)
  const discounts = current?.book.discounts ?? noDiscounts
  const netMinor = total.minor - ratio(total.minor, BigInt(bp), 10_000n)
  const stands = maySettle(actor, discounts, { bp, netMinor, minimumMinor: floor.minor })
  const hash = model === 'RIGHTS_MANAGED' ? sha256(canonical(quote.value.terms as unknown as Json)) : sha256(model)

  return inTransaction(ctx, async (tx) => {
    // The company's row is the queue: two people would otherwise give the same thing twice.
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${orgId} FOR NO KEY UPDATE`
    const at = tx.clock.now()
    const same = await tx.db.givenDiscount.count({
      where: {
        houseId,
        orgId,
        assetId,
        model,
        termsSha256: hash,
        currency,
        orderId: null,
        state: { in: ['WAITING', 'APPROVED'] },
        validUntil: { gt: at },
      },
    })
    if (same > 0) return fail('already-given')
    const id = newId('dsc', at)
    await tx.db.givenDiscount.create({
      data: {
        id,
        houseId,
        orgId,
        assetId,
        model,
        terms: { ...quote.value.terms } as object,
        termsSha256: hash,
        currency,
        listMinor: total.minor,
        netMinor,
        minimumMinor: floor.minor,
        priceBookId,
        bp,
        state: stands ? 'APPROVED' : 'WAITING',
        reason,
        requestedById: actor.userId,
        requestedAt: at,
        validUntil: until,
        ...(stands && { decidedById: actor.userId, decidedAt: at, decision: '' }),
      },
    })
    await record(tx, {
      type: stands ? 'discount.given' : 'discount.requested',
      subject: { kind: 'discount', id },
      data: { org: orgId, asset: assetId, model, currency, bp, listMinor: total.minor.toString(), netMinor: netMinor.toString(), reason },
    })
    return ok({ id, state: stands ? ('APPROVED' as const) : ('WAITING' as const) })
  })
}

export type DecideDiscountError = 'already-decided' | 'beyond-your-limit' | 'in-the-past'

/** Let a discount pass, or refuse it, with a reason. Nobody decides on what is beyond their own limit. */
export async function decideDiscount(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { discountId, verdict, reason }: { discountId: string; verdict: 'approve' | 'refuse'; reason: string },
): Promise<Result<{ id: string }, DecideDiscountError>> {
  const { actor } = ctx
  if (!mayGiveDiscounts(actor)) throw new Refusal('forbidden', 'decide on a discount')
  const given = await ctx.db.givenDiscount.findFirst({ where: { id: discountId, houseId: actor.houseId } })
  if (!given) throw new Refusal('not-found', `no discount ${discountId}`)
  const current = await currentPriceBook(ctx)
  if (!maySettle(actor, current?.book.discounts ?? noDiscounts, given)) return fail('beyond-your-limit')
  if (verdict === 'approve' && given.validUntil <= ctx.clock.now()) return fail('in-the-past')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.givenDiscount.updateMany({
      where: { id: discountId, state: { in: givenStates.whence(verdict) } },
      data: {
        state: verdict === 'approve' ? 'APPROVED' : 'REFUSED',
        decidedById: actor.userId,
        decidedAt: tx.clock.now(),
        decision: reason,
      },
    })
    if (count === 0) return fail('already-decided')
    await record(tx, {
      type: verdict === 'approve' ? 'discount.approved' : 'discount.refused',
      subject: { kind: 'discount', id: discountId },
      data: { org: given.orgId, asset: given.assetId, bp: given.bp, requestedBy: given.requestedById, reason },
    })
    return ok({ id: discountId })
  })
}

export type WithdrawDiscountError = 'already-decided' | 'already-withdrawn' | 'in-an-order' | 'not-yours-to-withdraw' | 'reason-needed'

/** Who may take a discount back: who asked for it, and once it stands, who approved it. */
export const mayWithdraw = (
  { userId }: Person,
  given: { state: GivenState; orderId: string | null; requestedById: string; decidedById: string | null },
): boolean =>
  givenStates.after(given.state, 'withdraw') !== undefined &&
  given.orderId === null &&
  (given.requestedById === userId || given.decidedById === userId)

/**
 * Take a discount back while it waits, or, with a reason, after it was approved and before an order has it: of this and the
 * till at once, the first to write the row has it.
 */
export async function withdrawDiscount(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { discountId, reason }: { discountId: string; reason: string },
): Promise<Result<{ id: string }, WithdrawDiscountError>> {
  const { actor } = ctx
  if (!mayGiveDiscounts(actor)) throw new Refusal('forbidden', 'withdraw a discount')
  const where = { id: discountId, houseId: actor.houseId }
  const given = await ctx.db.givenDiscount.findFirst({ where })
  if (!given) throw new Refusal('not-found', `no discount ${discountId}`)
  if (given.requestedById !== actor.userId && given.decidedById !== actor.userId) return fail('not-yours-to-withdraw')
  if (given.state === 'APPROVED' && given.orderId === null && reason.trim().length < 3) return fail('reason-needed')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.givenDiscount.updateMany({
      // Approved since it was looked at, it asks for a reason: then it is looked at again.
      where: { ...where, state: { in: reason.trim().length < 3 ? ['WAITING'] : givenStates.whence('withdraw') }, orderId: null },
      data: { state: 'WITHDRAWN', withdrawnById: actor.userId, withdrawnAt: tx.clock.now(), withdrawal: reason.trim() },
    })
    if (count === 0) return fail(whyKept(await tx.db.givenDiscount.findFirstOrThrow({ where })))
    await record(tx, {
      type: 'discount.withdrawn',
      subject: { kind: 'discount', id: discountId },
      data: {
        org: given.orgId,
        asset: given.assetId,
        bp: given.bp,
        requestedBy: given.requestedById,
        approvedBy: given.decidedById,
        reason: reason.trim(),
      },
    })
    return ok({ id: discountId })
  })
}

const whyKept = ({ state, orderId }: { state: GivenState; orderId: string | null }): WithdrawDiscountError =>
  state === 'WITHDRAWN' ? 'already-withdrawn' : state === 'REFUSED' ? 'already-decided' : orderId === null ? 'reason-needed' : 'in-an-order'
