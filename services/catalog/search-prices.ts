import type { Ctx } from '../platform/context.ts'
import type { Filters, Sort } from './rules/facets.ts'
import { bandOf, cheapestFirst, type PriceList } from './rules/price-bands.ts'

/** A filter that nothing meets: a band in which no picture costs. */
const nothing = 'none'

/**
 * Bands and sorts of prices in the terms of an engine, which knows classes: what they cost depends on the price book of the
 * day and the visitor's currency. A house's classes are few: one for each factor that its pictures have.
 */
export async function priceQuestion(
  ctx: Ctx<'db' | 'actor'>,
  asked: Filters['price'],
  sort: Sort,
  prices: PriceList | null,
): Promise<{ filter: string[]; classes: string[] }> {
  const sorts = sort === 'price-up' || sort === 'price-down'
  if (!prices || (asked.length === 0 && !sorts)) return { filter: [], classes: [] }
  const { houseId } = ctx.actor
  const rows = await ctx.db.$queryRaw<{ priceClass: string }[]>`
    SELECT DISTINCT substr(key, 9) AS "priceClass" FROM search_bitmaps WHERE house_id = ${houseId} AND key >= 'f/price:' AND key < 'f/price;'
    UNION SELECT substr(lexeme, 9) FROM search_changes c JOIN search_entries e ON e.house_id = ${houseId} AND e.n = c.n, unnest(tsvector_to_array(e.words)) lexeme
      WHERE c.house_id = ${houseId} AND lexeme LIKE 'f/price:%'`
  const classes = cheapestFirst(
    rows.map(({ priceClass }) => priceClass),
    prices,
  )
  const filter = classes.filter((one) => {
    const minor = prices.minorOf(one)
    return minor !== null && (asked as readonly string[]).includes(bandOf(minor, prices.currency))
  })
  return { filter: asked.length > 0 && filter.length === 0 ? [nothing] : filter, classes }
}
