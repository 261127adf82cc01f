import type { Json } from '../../kernel/canonical.ts'
import { currencies, money, ratio, type Currency, type Money } from '../../kernel/money.ts'
import { boxOf, daysOf, type Limits, type ScopeTerms } from '../../rights/rules/scope.ts'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import type { Discounts } from './discounts.ts'
import { isGrant, isRoyaltyFree, type LicenceModel, type RoyaltyFreeModel } from './models.ts'
import { along, weigh, type Curve, type Weights } from './weights.ts'

/** What a royalty-free licence covers, with its caps as numbers. It starts on the day of sale and has no end. */
export interface StandingScope {
  media: string[]
  territory: { include: string[]; except?: string[] }
  industry: string[] | 'ALL'
  limits?: Limits
}

/** A version of the prices: data. Amounts are minor units of `currency`, factors are basis points. */
export interface PriceBook {
  currency: Currency
  royaltyFree: Record<RoyaltyFreeModel, { baseMinor: number; scope: StandingScope }>
  /** One ordinary medium in one reference country for a year, not exclusive. */
  rightsManaged: { baseMinor: number }
  media: Weights
  territory: Weights
  /** The share of the exclusive supplement that an industry is worth; all of them: 10,000. */
  industry: Weights
  /** Over days. */
  duration: Curve
  /** Over copies printed; and over the longest edge in pixels. */
  printRun: Curve
  pixels: Curve
  /** Added for exclusivity in all industries. */
  exclusiveBp: number
  minimumMinor: number
  roundToMinor: number
  /** Minor units of another currency for one of ours, in basis points. Set by people with the book, never by a market. */
  rates: Partial<Record<Currency, number>>
  /** What a currency has of its own; what it has not is the book's figure at its rate, rounded by the book's step. */
  inCurrency?: Partial<Record<Currency, OwnPrices>>
  discounts?: Discounts
}

/** Figures of one currency, in its own minor units: prices that look right there, steps of a hundred yen or of half a franc. */
export interface OwnPrices {
  roundToMinor?: number
  minimumMinor?: number
  baseMinor?: Partial<Record<RoyaltyFreeModel | 'RIGHTS_MANAGED', number>>
}

/** The currencies that a book sells in, its own first. */
export const currenciesOf = (book: PriceBook): Currency[] => [
  book.currency,
  ...currencies.filter((code) => code !== book.currency && book.rates[code] !== undefined),
]

/** A currency to show prices in: the wanted one, or the book's own where it has stopped to sell in that a moment ago. */
export const currencyIn = (book: PriceBook, wanted: Currency | undefined): Currency =>
  wanted !== undefined && currenciesOf(book).includes(wanted) ? wanted : book.currency

/** The least that a licence costs in a currency. */
export const minimumOf = (book: PriceBook, currency: Currency): bigint =>
  currency !== book.currency && book.inCurrency?.[currency]?.minimumMinor !== undefined
    ? BigInt(book.inCurrency[currency].minimumMinor)
    : ratio(BigInt(book.minimumMinor) * rateOf(book, currency), 1n, 10_000n)

function rateOf(book: PriceBook, currency: Currency): bigint {
  const rate = currency === book.currency ? 10_000 : (book.rates[currency] ?? 0)
  if (rate === 0) throw new Error(`the price book knows no ${currency}`)
  return BigInt(rate)
}

export type PriceAxis =
  'base' | 'asset' | 'media' | 'territory' | 'duration' | 'exclusivity' | 'print-run' | 'size' | 'rounding' | 'minimum'

export interface PricePart {
  axis: PriceAxis
  /** The factor in basis points; null for the base, rounding and minimum. */
  bp: number | null
  /** The amount after this step. */
  minor: bigint
}

export interface Price {
  total: Money
  parts: PricePart[]
}

export interface PriceInput {
  model: LicenceModel
  terms: ScopeTerms
  /** The asset's own factor, 10,000 for an ordinary one. */
  assetFactorBp: number
  currency?: Currency
}

/**
 * The price of a scope by a book: exact fractions until the one rounding at the end, so that it replays to the minor
 * unit. A wider scope never costs less; a wider and a narrower one therefore differ by an upgrade that is never negative.
 */
export function priceOf(book: PriceBook, { model, terms, assetFactorBp, currency = book.currency }: PriceInput): Price {
  if (isGrant(model)) return { total: money(0, currency), parts: [] }
  const royaltyFree = isRoyaltyFree(model)
  const rate = rateOf(book, currency)
  const own = currency === book.currency ? undefined : book.inCurrency?.[currency]
  const ownBase = own?.baseMinor?.[royaltyFree ? model : 'RIGHTS_MANAGED']
  const base = BigInt(royaltyFree ? book.royaltyFree[model].baseMinor : book.rightsManaged.baseMinor)

  let numerator = ownBase === undefined ? base * rate : BigInt(ownBase) * 10_000n
  let denominator = 10_000n
  const parts: PricePart[] = [{ axis: 'base', bp: null, minor: ratio(numerator, 1n, denominator) }]
  const factors: [PriceAxis, number][] = [['asset', assetFactorBp], ...(royaltyFree ? [] : scopeFactors(book, terms))]
  for (const [axis, bp] of factors) {
    numerator *= BigInt(bp)
    denominator *= 10_000n
    if (bp !== 10_000) parts.push({ axis, bp, minor: ratio(numerator, 1n, denominator) })
  }
  const step = BigInt(own?.roundToMinor ?? book.roundToMinor)
  const rounded = ratio(numerator, 1n, denominator * step) * step
  if (rounded !== parts.at(-1)?.minor) parts.push({ axis: 'rounding', bp: null, minor: rounded })
  const minimum = minimumOf(book, currency)
  if (rounded < minimum) parts.push({ axis: 'minimum', bp: null, minor: minimum })
  return { total: money(rounded < minimum ? minimum : rounded, currency), parts }
}

function scopeFactors(book: PriceBook, terms: ScopeTerms): [PriceAxis, number][] {
  const box = boxOf(terms)
  // Who buys for one industry shares with the others: only exclusivity asks which industries it is for.
  const exclusive = terms.exclusive ? Math.floor((book.exclusiveBp * weigh(industries, book.industry, box.industry)) / 10_000) : 0
  return [
    ['media', weigh(media, book.media, box.media)],
    ['territory', weigh(territories, book.territory, box.territory)],
    ['duration', along(book.duration, daysOf(terms))],
    ['exclusivity', 10_000 + exclusive],
    ['print-run', along(book.printRun, terms.limits?.printRun)],
    ['size', along(book.pixels, terms.limits?.pixels)],
  ]
}

/** What an order line keeps of a price; amounts as text, because JSON knows no big integers. */
export const priceRecord = ({ total, parts }: Price): Json => ({
  currency: total.currency,
  totalMinor: total.minor.toString(),
  parts: parts.map(({ axis, bp, minor }) => ({ axis, bp, minor: minor.toString() })),
})

/** The factor of the picture on the day of sale, as it stands in a price that was kept. */
export const assetFactorIn = (quote: unknown): number =>
  (quote as { parts?: { axis: string; bp: number | null }[] } | undefined)?.parts?.find(({ axis }) => axis === 'asset')?.bp ?? 10_000
