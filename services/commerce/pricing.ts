import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { isCurrency } from '../kernel/money.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { quoteUse, type Quote } from '../licensing/quotes.ts'
import type { LicenceModel } from '../licensing/rules/models.ts'
import { priceRecord } from '../licensing/rules/pricing.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { PriceSnapshot } from './price-snapshot.ts'
import { taxRule, type TaxRule } from './rules/tax.ts'
import { totalsOf, type Totals } from './rules/totals.ts'
import type { soldModels } from './schema.ts'

type SoldModel = (typeof soldModels)[number]
export interface CartLineRow {
  id: string
  assetId: string
  model: LicenceModel
  terms: unknown
}
export type LineQuote = Awaited<ReturnType<typeof quoteLine>>

/** The price of a cart line, now. Royalty-free terms come from the price book of today; a rights-managed use was stated. */
export const quoteLine = (ctx: Ctx<'db' | 'clock' | 'actor'>, line: CartLineRow) =>
  quoteUse(ctx, {
    assetId: line.assetId,
    model: line.model as SoldModel,
    ...(line.model === 'RIGHTS_MANAGED' ? { terms: line.terms as ScopeTerms } : {}),
  })

export interface PricedLine {
  assetId: string
  asset: { id: string; no: bigint; versionId: string }
  versionId: string
  model: LicenceModel
  title: string
  summary: string
  terms: ScopeTerms
  termsSha256: string
  termsTemplateId: string
  priceBookId: string
  price: PriceSnapshot
  netMinor: bigint
  taxMinor: bigint
}
export interface PricedCart {
  lines: PricedLine[]
  totals: Totals
  tax: TaxRule
  /** Lines that cannot be had just now, and why, in words for the buyer. */
  missing: { lineId: string; assetId: string; title: string; why: string[] }[]
}

/** Which tax the house charges this company. */
export async function taxFor(ctx: Ctx<'db'>, houseId: string, orgId: string): Promise<TaxRule> {
  const parties = await ctx.db.organisation.findMany({
    where: { id: { in: [houseId, orgId] } },
    select: { id: true, country: true, vatId: true },
  })
  const nobody = { country: null, vatId: null }
  return taxRule(parties.find((one) => one.id === houseId) ?? nobody, parties.find((one) => one.id === orgId) ?? nobody)
}

/** Every line quoted anew. A line without a price stops the cart; one that is taken just now is named in `missing`. */
export async function priceCart(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  rows: readonly CartLineRow[],
): Promise<Result<PricedCart, 'line-not-available'>> {
  const { actor } = ctx
  const quotes = await Promise.all(rows.map(async (row) => ({ row, quote: await quoteLine(ctx, row) })))
  const unpriced = quotes.flatMap(({ row, quote }) => (quote.ok ? [] : [{ lineId: row.id, assetId: row.assetId, title: '', why: [] }]))
  if (unpriced.length > 0) return fail('line-not-available', { lines: unpriced })
  const given = quotes.flatMap(({ quote }) => (quote.ok ? [quote.value] : []))
  const currency = given[0]?.total.currency ?? 'EUR'
  if (!isCurrency(currency)) throw new Error(`a price in ${String(currency)}`)
  const tax = await taxFor(ctx, actor.houseId, actor.kind === 'person' ? actor.orgId : actor.houseId)
  const totals = totalsOf(
    given.map((quote) => ({ net: quote.total })),
    currency,
    tax.basisPoints,
  )
  const missing = quotes.flatMap(({ row, quote }) =>
    quote.ok && !quote.value.sellable
      ? [{ lineId: row.id, assetId: row.assetId, title: quote.value.asset.title, why: quote.value.why }]
      : [],
  )
  return ok({ missing, lines: given.map((quote, index) => lineOf(quote, tax, totals.lines[index]?.tax.minor ?? 0n)), totals, tax })
}

const lineOf = (quote: Quote, tax: TaxRule, taxMinor: bigint): PricedLine => ({
  assetId: quote.asset.id,
  asset: { id: quote.asset.id, no: quote.asset.no, versionId: quote.asset.versionId },
  versionId: quote.asset.versionId,
  model: quote.model,
  title: quote.asset.title,
  summary: summariseScope(quote.terms),
  terms: quote.terms,
  termsSha256: sha256(canonical(quote.terms as unknown as Json)),
  termsTemplateId: quote.termsTemplate.id,
  priceBookId: quote.priceBookId,
  price: { quote: priceRecord(quote.price), tax },
  netMinor: quote.total.minor,
  taxMinor,
})
