import { isPerson } from '../kernel/actor.ts'
import { money, type Currency, type Money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { modelNames } from '../licensing/rules/models.ts'
import type { InLine } from '../licensing/in-line.ts'
import type { QuoteError } from '../licensing/quotes.ts'
import { wishSearch } from '../licensing/rules/wish-search.ts'
import { describeScope, summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { cartKey } from './carts.ts'
import { quoteLine, taxFor } from './pricing.ts'
import { taxLabel } from './rules/tax.ts'
import { totalsOf } from './rules/totals.ts'

export interface CartLineView {
  id: string
  asset: { id: string; title: string; altText: string; versionId: string | null; dominantColour: string | null }
  model: string
  modelName: string
  summary: string
  scope: { label: string; words: string }[]
  price: Money | null
  /** Why the line cannot be bought just now; null when it can. */
  problem: QuoteError | 'rights-taken' | null
  why: string[]
  /** Where only somebody at the till is in the way. */
  line: InLine | null
  /** The wish as the picture's page in the store reads it. */
  to: string
  nearest: { summary: string; total: Money }[]
}
export interface CartPage {
  lines: CartLineView[]
  net: Money
  /** Known once we know who buys; a guest sees the price without it. */
  tax: Money | null
  taxLabel: string | null
  taxNote: string | null
  total: Money
  signedIn: boolean
  /** Whether every line can be bought now. */
  ready: boolean
}

/** How many lines wait in the cart: the number beside the basket. */
export async function cartCount(ctx: Ctx<'db' | 'actor'>, token: string | null): Promise<number> {
  const key = cartKey(ctx, token)
  return key ? ctx.db.cartLine.count({ where: { cart: { ...key, houseId: ctx.actor.houseId } } }) : 0
}

/** The cart as it stands: every line priced and checked at this instant. */
export async function cartPage(ctx: Ctx<'db' | 'clock' | 'actor'>, token: string | null): Promise<CartPage> {
  const { actor } = ctx
  const key = cartKey(ctx, token)
  const rows = key
    ? await ctx.db.cartLine.findMany({
        where: { cart: { ...key, houseId: actor.houseId } },
        orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
        select: { id: true, assetId: true, model: true, terms: true },
      })
    : []
  const assets = await ctx.db.asset.findMany({
    where: { id: { in: rows.map((row) => row.assetId) } },
    select: { id: true, title: true, altText: true, publishedVersionId: true, publishedVersion: { select: { dominantColour: true } } },
  })
  const assetOf = new Map(assets.map((asset) => [asset.id, asset]))
  const quoted = await Promise.all(rows.map(async (row) => ({ row, quote: await quoteLine(ctx, row) })))

  const lines = quoted.map(({ row, quote }): CartLineView => {
    const asset = assetOf.get(row.assetId)
    const terms = quote.ok ? quote.value.terms : (row.terms as unknown as ScopeTerms)
    return {
      id: row.id,
      asset: {
        id: row.assetId,
        title: asset?.title ?? 'Picture',
        altText: asset?.altText ?? '',
        versionId: asset?.publishedVersionId ?? null,
        dominantColour: asset?.publishedVersion?.dominantColour ?? null,
      },
      model: row.model,
      modelName: modelNames[row.model],
      summary: summariseScope(terms),
      scope: describeScope(terms).map(({ label, words }) => ({ label, words })),
      price: quote.ok ? quote.value.total : null,
      problem: !quote.ok ? quote.error : quote.value.sellable ? null : 'rights-taken',
      why: quote.ok ? quote.value.why : [],
      line: quote.ok ? quote.value.line : null,
      to: `/assets/${row.assetId}${wishSearch(row.model, terms)}`,
      nearest: quote.ok ? quote.value.nearest.map((offer) => ({ summary: summariseScope(offer.terms), total: offer.total })) : [],
    }
  })
  const priced = lines.flatMap((line) => (line.price && line.problem === null ? [{ net: line.price }] : []))
  const currency: Currency = priced[0]?.net.currency ?? 'EUR'
  const rule = isPerson(actor) ? await taxFor(ctx, actor.houseId, actor.orgId) : null
  const totals = totalsOf(priced, currency, rule?.basisPoints ?? 0)
  return {
    lines,
    net: totals.net,
    tax: rule ? totals.tax : null,
    taxLabel: rule && rule.basisPoints > 0 ? taxLabel(rule.basisPoints) : null,
    taxNote: rule?.note ?? null,
    total: priced.length > 0 ? totals.total : money(0n, currency),
    signedIn: isPerson(actor),
    ready: lines.length > 0 && lines.every((line) => line.problem === null),
  }
}
