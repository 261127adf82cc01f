import type { Currency, Money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { currentPriceBook } from './price-books.ts'
import { standingPrices } from './store-views.ts'

/** What the least royalty-free licence costs today, for each factor of price that pictures of a page have. One reading for all of them. */
export async function pricesFrom(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  factors: readonly (number | null)[],
  currency: Currency,
): Promise<Map<number, Money>> {
  const asked = [...new Set(factors)].filter((factor) => factor !== null)
  const current = asked.length > 0 ? await currentPriceBook(ctx) : null
  if (!current) return new Map()
  const least = (factor: number) =>
    Object.values(standingPrices(current.book, factor, currency)).reduce((low, price) => (price.minor < low.minor ? price : low))
  return new Map(asked.map((factor) => [factor, least(factor)]))
}
