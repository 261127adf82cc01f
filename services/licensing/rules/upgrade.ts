import { money, type Currency, type Money } from '../../kernel/money.ts'
import type { Day } from '../../kernel/period.ts'
import { covers, type Box } from '../../rights/rules/box.ts'
import { boxOf, limitKinds, type Limits, type ScopeTerms } from '../../rights/rules/scope.ts'
import { priceOf, type Price, type PriceBook, type PriceInput } from './pricing.ts'

/** What is priced of one licence in a line of upgrades. */
export type PricedScope = Pick<PriceInput, 'model' | 'terms' | 'assetFactorBp'>

export interface UpgradePrice {
  /** What the wider licence costs by itself. */
  price: Price
  /** What the line of licences has cost so far, by the same book. */
  credit: Money
  /** The difference; never below zero. */
  due: Money
}

/**
 * What it costs to widen a licence: the wider price less the narrower one, both by the book that the first licence of the
 * line was bought under. So price(A) + upgrade(A -> B) = price(B), and the way there does not matter: whatever steps are
 * taken, all of them together cost the dearest licence of the line.
 */
export function upgradePrice(book: PriceBook, line: readonly PricedScope[], wider: PricedScope, currency: Currency): UpgradePrice {
  const price = priceOf(book, { ...wider, currency })
  const paid = line.map((one) => priceOf(book, { ...one, currency }).total.minor).reduce((a, b) => (a > b ? a : b), 0n)
  const due = price.total.minor > paid ? price.total.minor - paid : 0n
  return { price, credit: money(paid, currency), due: money(due, currency) }
}

/** From when a wider licence is priced: as if it had been bought in the first place. */
export const pricedFrom = (line: readonly Pick<ScopeTerms, 'from'>[], wider: Pick<ScopeTerms, 'from'>): Day =>
  line.reduce((first, { from }) => (from < first ? from : first), wider.from)

/** From when it gives rights: from now on, or from its beginning where that is still to come. */
export const beginsOn = (held: Pick<ScopeTerms, 'from'>, wished: Day, today: Day): Day => {
  const first = wished < held.from ? wished : held.from
  return first < today ? today : first
}

export type ShortOf = 'media' | 'territory' | 'industry' | 'period' | 'exclusivity' | 'limits'

/** What remains of a licence at an instant. */
export const restOf = (held: ScopeTerms, now: Date): Box => {
  const box = boxOf(held)
  return { ...box, period: { from: box.period.from < now ? now : box.period.from, to: box.period.to } }
}

const leaveRoom = (wide: Limits | undefined, held: Limits | undefined): boolean =>
  limitKinds.every((kind) => wide?.[kind] === undefined || (held?.[kind] !== undefined && held[kind] <= wide[kind]))

/** In what a wish falls short of what remains of a licence; nothing where it covers all of it. */
export function shortOf(wider: ScopeTerms, held: ScopeTerms, now: Date): ShortOf[] {
  const wide = boxOf(wider)
  const rest = restOf(held, now)
  // The moment of asking is within the first day of the wish.
  const spans =
    wide.period.from <= rest.period.from && (wide.period.to === null || (rest.period.to !== null && rest.period.to <= wide.period.to))
  return [
    ...(wide.media.covers(rest.media) ? [] : (['media'] as const)),
    ...(wide.territory.covers(rest.territory) ? [] : (['territory'] as const)),
    ...(wide.industry.covers(rest.industry) ? [] : (['industry'] as const)),
    ...(spans ? [] : (['period'] as const)),
    ...(held.exclusive && !wider.exclusive ? (['exclusivity'] as const) : []),
    ...(leaveRoom(wider.limits, held.limits) ? [] : (['limits'] as const)),
  ]
}

/** Whether a wish asks for anything that is not held already. */
export function isWider(wider: ScopeTerms, held: ScopeTerms, now: Date): boolean {
  const wish = { ...boxOf(wider), period: restOf(wider, now).period }
  const own = restOf(held, now)
  return !(covers(own, wish) && (held.exclusive || !wider.exclusive) && leaveRoom(held.limits, wider.limits))
}
