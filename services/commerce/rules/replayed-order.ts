import type { Currency } from '../../kernel/money.ts'
import { agreedWith, discounted, noDiscounts, volumeOf } from '../../licensing/rules/discounts.ts'
import type { LicenceModel } from '../../licensing/rules/models.ts'
import { assetFactorIn, minimumOf, priceOf, priceRecord, type PriceBook, type Price } from '../../licensing/rules/pricing.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { pricedTerms, type PriceSnapshot } from './price-snapshot.ts'

export interface SoldLine {
  model: LicenceModel
  terms: unknown
  price: unknown
  netMinor: bigint
  /** The version that the line was priced by. */
  book: PriceBook
}
export interface ReplayedLine {
  /** What the line came to again, after everything that lowers it. */
  netMinor: bigint
  price: Price
  /** Whether quote and net are the very same. */
  same: boolean
}

/**
 * The lines of a past order priced again: each quote by its own version, what the widened licence counted for as it was
 * kept, and the discounts by the version that they were read from, over all lines at once as on the day of the order.
 */
export function replayedOrder(
  lines: readonly SoldLine[],
  order: { currency: Currency; code: string | null; orgId: string },
  discountsOf: (priceBookId: string) => PriceBook | undefined,
): ReplayedLine[] {
  const { currency } = order
  const again = lines.map((line) => {
    const { quote, upgrade, discounts } = line.price as PriceSnapshot
    const price = priceOf(line.book, {
      model: line.model,
      terms: pricedTerms<ScopeTerms>(line),
      assetFactorBp: assetFactorIn(quote),
      currency,
    })
    const credit = BigInt(upgrade?.creditMinor ?? 0)
    const listMinor = price.total.minor > credit ? price.total.minor - credit : 0n
    const part = discounts?.parts.find(({ kind }) => kind === 'given')
    return {
      line,
      price,
      listMinor,
      floorMinor: upgrade ? 0n : minimumOf(line.book, currency),
      // What was given by hand is a promised price of its own, whatever the list has come to say since.
      given: part ? { id: part.name, bp: part.bp ?? 0, netMinor: BigInt(part.minor) } : null,
      priceBookId: discounts?.priceBookId,
    }
  })
  const from = again.find(({ priceBookId }) => priceBookId)?.priceBookId
  const discounts = (from && discountsOf(from)?.discounts) || noDiscounts
  const nets = from
    ? discounted(again, {
        agreedBp: agreedWith(discounts, order.orgId),
        volumeBp: volumeOf(discounts, lines.length),
        code: discounts.codes.find(({ code }) => code === order.code) ?? null,
        currency,
      }).lines.map(({ netMinor }) => netMinor)
    : again.map(({ listMinor }) => listMinor)
  return again.map(({ line, price, listMinor }, index) => {
    const netMinor = nets[index] ?? listMinor
    const { quote } = line.price as PriceSnapshot
    return { netMinor, price, same: netMinor === line.netMinor && sameRecord(priceRecord(price), quote) }
  })
}

/** Amounts and names only: the order of the fields of stored JSON is the database's. */
const sameRecord = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  )
