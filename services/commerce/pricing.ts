import { isPerson } from '../kernel/actor.ts'
import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import type { Language } from '../kernel/language.ts'
import { money, type Currency, type Money } from '../kernel/money.ts'
import { dayOf } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { givenFor, type GivenOffer } from '../licensing/given-discounts.ts'
import { currentPriceBook } from '../licensing/price-books.ts'
import { quoteUses, type Quote, type QuoteError } from '../licensing/quotes.ts'
import { agreedWith, codeOn, discounted, noDiscounts, volumeOf, type DiscountedLine } from '../licensing/rules/discounts.ts'
import { fitsGiven } from '../licensing/rules/given-fit.ts'
import type { LicenceModel } from '../licensing/rules/models.ts'
import { priceRecord } from '../licensing/rules/pricing.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { PriceSnapshot } from './rules/price-snapshot.ts'
import { codeLeft } from './promotions.ts'
import type { CodeStanding } from './errors.ts'
import { unsettledOrders } from './rules/order-states.ts'
import { taxRule, type TaxRule } from './rules/tax.ts'
import { totalsOf, type Totals } from './rules/totals.ts'
import type { soldModels } from './schema.ts'

type SoldModel = (typeof soldModels)[number]
type Asking = Ctx<'db' | 'clock' | 'actor'> & { language?: Language }

export interface CartLineRow {
  id: string
  assetId: string
  model: LicenceModel
  terms: unknown
  upgradesLicenceId?: string | null
}
export interface CartTerms {
  /** Of a cart that is kept: what its own order at the till has taken is no hindrance to pricing it anew. */
  id?: string
  currency: string | null
  code: string | null
}

/** A line with what it costs after everything that lowers it; `ok: false` where it has no price at all. */
export type LinePrice =
  | { row: CartLineRow; ok: true; quote: Quote; net: Money; parts: DiscountedLine['parts'] }
  | { row: CartLineRow; ok: false; error: QuoteError; detail: unknown }

export interface LinePrices {
  lines: LinePrice[]
  currency: Currency
  /** What became of the code; null where none was typed in. */
  code: { code: string; name: string | null; standing: CodeStanding } | null
  /** The prices that discounts were read from. */
  discountsFrom: string | null
}

/**
 * Every line of a cart quoted and lowered, now: one reading for all. Royalty-free terms come from the price book of today;
 * a rights-managed use was stated. Only what can be had counts towards the number of licences and the sum of a code.
 */
export async function priceLines(
  ctx: Asking,
  rows: readonly CartLineRow[],
  { id: cartId, currency: wanted, code: typed }: CartTerms,
): Promise<LinePrices> {
  const { actor } = ctx
  const orgId = isPerson(actor) ? actor.orgId : null
  const [prices, house, atTill] = await Promise.all([
    currentPriceBook(ctx),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } }),
    cartId && orgId ? ctx.db.order.findMany({ where: { cartId, orgId, state: { in: [...unsettledOrders] } }, select: { id: true } }) : [],
  ])
  const book = prices?.book
  const currency = (wanted as Currency | null) ?? book?.currency ?? 'EUR'
  const [quotes, given] = await Promise.all([
    quoteUses(
      ctx,
      rows.map((row) => ({
        assetId: row.assetId,
        model: row.model as SoldModel,
        currency,
        ...(row.model === 'RIGHTS_MANAGED' ? { terms: row.terms as ScopeTerms } : {}),
        ...(row.upgradesLicenceId ? { upgradesLicenceId: row.upgradesLicenceId } : {}),
      })),
      { prices, timeZone: house.timeZone, ...(ctx.language && { language: ctx.language }) },
    ),
    givenFor(
      ctx,
      orgId,
      rows.map(({ assetId }) => assetId),
      atTill.map(({ id }) => id),
    ),
  ])
  const discounts = book?.discounts ?? noDiscounts
  const buyable = quotes.flatMap((quote, index) => (quote.ok && quote.value.sellable ? [{ quote: quote.value, index }] : []))
  const found = typed ? codeOn(discounts, typed, dayOf(ctx.clock.now(), house.timeZone)) : null
  const left = found && typeof found === 'object' ? await codeLeft(ctx, found, orgId) : null
  const usable = found && typeof found === 'object' && left === 'left' ? found : null
  // A discount that somebody gave is used once, by the first line that it is for.
  const free = new Set(given)
  const lowered = discounted(
    buyable.map(({ quote }) => ({ listMinor: quote.total.minor, floorMinor: quote.floor.minor, given: takeGiven(free, quote) })),
    { agreedBp: agreedWith(discounts, orgId), volumeBp: volumeOf(discounts, buyable.length), code: usable, currency },
  )
  const netOf = new Map(buyable.map(({ index }, i) => [index, lowered.lines[i] as DiscountedLine]))
  return {
    currency,
    discountsFrom: prices?.id ?? null,
    code: typed
      ? {
          code: typed,
          name: found && typeof found === 'object' ? found.name : null,
          standing:
            typeof found === 'string' ? found : left && left !== 'left' ? left : lowered.code === 'none' ? 'code-unknown' : lowered.code,
        }
      : null,
    lines: rows.map((row, index): LinePrice => {
      const quote = quotes[index]
      if (!quote?.ok) return { row, ok: false, error: quote?.error ?? 'not-for-sale', detail: quote?.detail }
      const net = netOf.get(index)
      return { row, ok: true, quote: quote.value, net: net ? money(net.netMinor, currency) : quote.value.total, parts: net?.parts ?? [] }
    }),
  }
}

/** The discount that was given on exactly this licence in this currency: its price was promised, whatever the book has come to say since. */
function takeGiven(free: Set<GivenOffer>, quote: Quote): { id: string; bp: number; netMinor: bigint } | null {
  if (quote.upgrade) return null
  for (const one of free) {
    if (one.assetId !== quote.asset.id || one.model !== quote.model || one.currency !== quote.total.currency) continue
    if (one.netMinor > quote.total.minor || (quote.model === 'RIGHTS_MANAGED' && !fitsGiven(one.terms, quote.terms))) continue
    free.delete(one)
    return { id: one.id, bp: one.bp, netMinor: one.netMinor }
  }
  return null
}

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
  upgradesLicenceId: string | null
  discountId: string | null
  price: PriceSnapshot
  netMinor: bigint
  taxMinor: bigint
}
export interface PricedCart {
  lines: PricedLine[]
  totals: Totals
  tax: TaxRule
  /** The code that lowers a price; null where none does. */
  code: string | null
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
  ctx: Asking,
  rows: readonly CartLineRow[],
  terms: CartTerms,
): Promise<Result<PricedCart, 'line-not-available' | 'code-not-usable'>> {
  const { actor } = ctx
  const priced = await priceLines(ctx, rows, terms)
  const unpriced = priced.lines.flatMap((line) => (line.ok ? [] : [{ lineId: line.row.id, assetId: line.row.assetId, title: '', why: [] }]))
  if (unpriced.length > 0) return fail('line-not-available', { lines: unpriced })
  const given = priced.lines.flatMap((line) => (line.ok ? [line] : []))
  const missing = given.flatMap(({ row, quote }) =>
    quote.sellable ? [] : [{ lineId: row.id, assetId: row.assetId, title: quote.asset.title, why: quote.why }],
  )
  // Nobody pays more than the cart has shown: a code that counted a minute ago and is used up now is said before the money.
  const gone =
    priced.code && ['code-unknown', 'code-not-yet', 'code-over', 'code-used-up', 'code-used-by-you'].includes(priced.code.standing)
  if (gone && missing.length === 0) return fail('code-not-usable', { standing: priced.code?.standing })
  const tax = await taxFor(ctx, actor.houseId, isPerson(actor) ? actor.orgId : actor.houseId)
  const totals = totalsOf(
    given.map(({ net }) => ({ net })),
    priced.currency,
    tax.basisPoints,
  )
  const lines = given.map((line, index) => lineOf(line, priced, tax, totals.lines[index]?.tax.minor ?? 0n))
  return ok({ missing, lines, totals, tax, code: priced.code?.standing === 'applied' ? priced.code.code : null })
}

function lineOf(
  { quote, net, parts }: LinePrice & { ok: true },
  { discountsFrom }: LinePrices,
  tax: TaxRule,
  taxMinor: bigint,
): PricedLine {
  const { upgrade } = quote
  return {
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
    upgradesLicenceId: upgrade?.licenceId ?? null,
    discountId: parts.find(({ kind }) => kind === 'given')?.name ?? null,
    price: {
      quote: priceRecord(quote.price),
      tax,
      ...(upgrade && {
        upgrade: {
          licenceId: upgrade.licenceId,
          number: upgrade.number,
          creditMinor: upgrade.credit.minor.toString(),
          pricedFrom: upgrade.pricedFrom,
        },
      }),
      ...(parts.length > 0 && {
        discounts: { priceBookId: discountsFrom ?? '', parts: parts.map((part) => ({ ...part, minor: part.minor.toString() })) },
      }),
    },
    netMinor: net.minor,
    taxMinor,
  }
}
