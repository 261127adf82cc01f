import type { TaxRule } from './rules/tax.ts'

/** What an order line keeps of its price: the quote as it was given, and the tax rule that was applied. */
export interface PriceSnapshot {
  quote: unknown
  tax: TaxRule
}

/** The tax rule under which a line was sold. */
export const taxOfLine = (line: { price: unknown }): TaxRule => (line.price as PriceSnapshot).tax
