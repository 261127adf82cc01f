import type { PriceList } from '../catalog/rules/price-bands.ts'
import { ratio, type Currency } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { currentPriceBook } from './price-books.ts'
import { minimumOf, type PriceBook } from './rules/pricing.ts'
import { standingPrices } from './store-views.ts'

/** The least that pictures of a class cost, in minor units: the cheapest royalty-free licence, else one ordinary use for a year. */
function leastOf(book: PriceBook, priceClass: string, currency: Currency): number | null {
  const [model, factor] = priceClass.split(':')
  const bp = Number(factor)
  if (!Number.isInteger(bp) || bp < 0) return null
  const rate = BigInt(currency === book.currency ? 10_000 : (book.rates[currency] ?? 0))
  if (rate === 0n) return null
  if (model === 'rf') {
    return Number(
      Object.values(standingPrices(book, bp, currency)).reduce((least, { minor }) => (minor < least ? minor : least), 1n << 62n),
    )
  }
  if (model !== 'rm') return null
  const own = currency === book.currency ? undefined : book.inCurrency?.[currency]?.baseMinor?.RIGHTS_MANAGED
  const base =
    own === undefined
      ? ratio(BigInt(book.rightsManaged.baseMinor) * BigInt(bp), rate, 100_000_000n)
      : ratio(BigInt(own), BigInt(bp), 10_000n)
  const minimum = minimumOf(book, currency)
  return Number(base < minimum ? minimum : base)
}

/** What pictures cost at least, by class, in a currency: for bands and orders of search. Null where the house has no prices in it. */
export async function priceList(ctx: Ctx<'db' | 'clock' | 'actor'>, wanted?: Currency): Promise<PriceList | null> {
  const current = await currentPriceBook(ctx)
  if (!current) return null
  const { book } = current
  const currency = wanted && (wanted === book.currency || book.rates[wanted]) ? wanted : book.currency
  const known = new Map<string, number | null>()
  return {
    currency,
    minorOf(priceClass) {
      const before = known.get(priceClass)
      if (before !== undefined) return before
      const minor = leastOf(book, priceClass, currency)
      known.set(priceClass, minor)
      return minor
    },
  }
}
