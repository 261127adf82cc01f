import { exponentOf, type Currency } from '../../kernel/money.ts'
import { facetValues } from './facets.ts'

export type PriceBand = (typeof facetValues.price)[number]

/** What a picture costs at least, in minor units of the visitor's currency: by its class, `rf:10000` (what its price starts from, and its factor). */
export interface PriceList {
  currency: Currency
  minorOf(priceClass: string): number | null
}

const limits = [50, 100, 250, 500]
/** A hundred yen are about one of the others. */
const scale = (currency: Currency): number => (exponentOf(currency) === 0 ? 100 : 10 ** exponentOf(currency))

/** The limits between the bands, in minor units of a currency. */
export const bandLimits = (currency: Currency): number[] => limits.map((limit) => limit * scale(currency))

/** The band that an amount lies in; a limit itself belongs to the band above. */
export function bandOf(minor: number, currency: Currency): PriceBand {
  const above = bandLimits(currency).filter((limit) => minor >= limit).length
  return facetValues.price[above] as PriceBand
}

/** Counts by class as counts by band: each picture has one class, so that they add up. */
export function countsByBand(byClass: Readonly<Record<string, number>>, prices: PriceList): Record<string, number> {
  const bands: Record<string, number> = {}
  for (const [priceClass, count] of Object.entries(byClass)) {
    const minor = prices.minorOf(priceClass)
    if (minor === null) continue
    const band = bandOf(minor, prices.currency)
    bands[band] = (bands[band] ?? 0) + count
  }
  return bands
}

/** Classes by what they cost, the cheapest first; those without a price are left out. */
export function cheapestFirst(classes: readonly string[], prices: PriceList): string[] {
  return classes
    .map((priceClass) => ({ priceClass, minor: prices.minorOf(priceClass) }))
    .filter((one): one is { priceClass: string; minor: number } => one.minor !== null)
    .sort((a, b) => a.minor - b.minor || (a.priceClass < b.priceClass ? -1 : 1))
    .map(({ priceClass }) => priceClass)
}
