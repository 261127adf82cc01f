import type { DiscountPart } from '../../licensing/rules/discounts.ts'
import type { TaxRule } from './tax.ts'

/**
 * What an order line keeps of its price: the quote as it was given, what the licence that it widens counted for, what was
 * taken off and by which version of the prices, and the tax rule that was applied.
 */
export interface PriceSnapshot {
  quote: unknown
  tax: TaxRule
  upgrade?: { licenceId: string; number: string; creditMinor: string; pricedFrom: string }
  discounts?: { priceBookId: string; parts: (Omit<DiscountPart, 'minor'> & { minor: string })[] }
}

/** The tax rule under which a line was sold. */
export const taxOfLine = (line: { price: unknown }): TaxRule => (line.price as PriceSnapshot).tax

/** The terms of a line as its price counted them: an upgrade is priced from the day on which the first licence began. */
export const pricedTerms = <T extends { from: string }>(line: { price: unknown; terms: unknown }): T => {
  const terms = line.terms as T
  const { upgrade } = line.price as PriceSnapshot
  return upgrade ? { ...terms, from: upgrade.pricedFrom } : terms
}

/** The licence that a line widened, and what it counted for. */
export const widenedBy = (line: { price: unknown }): PriceSnapshot['upgrade'] | null => (line.price as PriceSnapshot).upgrade ?? null

/** What a line costs before discounts: by the book, or the difference to the licence that it widens. */
export function listOfLine(line: { price: unknown }): bigint {
  const { quote, upgrade } = line.price as PriceSnapshot
  const whole = BigInt((quote as { totalMinor: string }).totalMinor)
  const credit = BigInt(upgrade?.creditMinor ?? 0)
  return whole > credit ? whole - credit : 0n
}

export type OffPart = Pick<DiscountPart, 'kind' | 'name' | 'bp'>

/** What lowered a line, in order. */
export const offLine = (line: { price: unknown }): OffPart[] =>
  ((line.price as PriceSnapshot).discounts?.parts ?? []).map(({ kind, name, bp }) => ({ kind, name, bp }))
