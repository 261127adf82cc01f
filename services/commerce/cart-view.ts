import { isPerson } from '../kernel/actor.ts'
import type { Language } from '../kernel/language.ts'
import { sum, type Currency, type Money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import type { InLine } from '../licensing/in-line.ts'
import type { QuoteError } from '../licensing/quotes.ts'
import { modelName } from '../licensing/rules/models.ts'
import { wishSearch } from '../licensing/rules/wish-search.ts'
import { describeScope, summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { cartKey, currencyNamed } from './carts.ts'
import type { CodeStanding } from './errors.ts'
import { priceLines, taxFor, type LinePrice } from './pricing.ts'
import { taxInWords } from './rules/tax-words.ts'
import { totalsOf } from './rules/totals.ts'

export interface CartLineView {
  id: string
  asset: { id: string; title: string; altText: string; versionId: string | null; dominantColour: string | null }
  model: string
  modelName: string
  summary: string
  scope: { label: string; words: string }[]
  /** What it costs after everything that lowers it. */
  price: Money | null
  /** What it costs by the book, where something lowers it. */
  list: Money | null
  /** What lowers it, in order. */
  off: { kind: 'given' | 'agreed' | 'volume' | 'code'; name: string; bp: number | null }[]
  /** What it was when it was put here, where the price by the book has changed since. */
  was: Money | null
  /** The licence that it widens, what that one counts for, and what the wider one costs by itself. */
  widens: { licenceId: string; number: string; credit: Money; whole: Money } | null
  terms: { id: string; title: string } | null
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
  /** Put aside: shown, not summed. */
  later: CartLineView[]
  currency: Currency
  code: { code: string; name: string | null; standing: CodeStanding } | null
  /** By the book, where something lowers it. */
  list: Money | null
  net: Money
  /** Known once we know who buys; a guest sees the price without it. */
  tax: Money | null
  taxLabel: string | null
  taxNote: string | null
  total: Money
  signedIn: boolean
  /** Whether every line can be bought now. */
  ready: boolean
  /** Whether anything is not as it was when it was put here. */
  changed: boolean
  /** What is agreed to by checking out, word by word. */
  texts: { id: string; title: string; body: string }[]
}

/** How many lines wait in the cart: the number beside the basket. */
export async function cartCount(ctx: Ctx<'db' | 'actor'>, token: string | null): Promise<number> {
  const key = cartKey(ctx, token)
  return key ? ctx.db.cartLine.count({ where: { laterAt: null, cart: { ...key, houseId: ctx.actor.houseId } } }) : 0
}

/** The cart as it stands: every line priced and checked at this instant, in one currency. `chosen` is the visitor's, for a cart that has none yet. */
export async function cartPage(
  ctx: Ctx<'db' | 'clock' | 'actor'> & { language?: Language },
  token: string | null,
  chosen: Currency | null = null,
): Promise<CartPage> {
  const { actor } = ctx
  const key = cartKey(ctx, token)
  const cart = key
    ? await ctx.db.cart.findFirst({
        where: { ...key, houseId: actor.houseId },
        include: { lines: { orderBy: [{ addedAt: 'asc' }, { id: 'asc' }] } },
      })
    : null
  const rows = cart?.lines ?? []
  // A cart with lines is priced as the till will price it; only an empty one follows what the visitor has chosen.
  const terms = {
    ...(cart && { id: cart.id }),
    currency: rows.length > 0 ? currencyNamed(cart?.currency) : chosen,
    code: cart?.code ?? null,
  }
  const [priced, aside, assets, rule] = await Promise.all([
    priceLines(
      ctx,
      rows.filter((row) => !row.laterAt),
      terms,
    ),
    priceLines(
      ctx,
      rows.filter((row) => row.laterAt),
      { ...terms, code: null },
    ),
    ctx.db.asset.findMany({
      where: { id: { in: rows.map((row) => row.assetId) } },
      select: { id: true, title: true, altText: true, publishedVersionId: true, publishedVersion: { select: { dominantColour: true } } },
    }),
    isPerson(actor) ? taxFor(ctx, actor.houseId, actor.orgId) : null,
  ])
  const assetOf = new Map(assets.map((asset) => [asset.id, asset]))
  const seenOf = new Map(rows.map((row) => [row.id, row.seen as { minor: string; currency: string } | null]))
  const language = ctx.language ?? 'en'
  const view = (line: LinePrice): CartLineView => {
    const { row } = line
    const asset = assetOf.get(row.assetId)
    const scope = line.ok ? line.quote.terms : (row.terms as unknown as ScopeTerms)
    const seen = seenOf.get(row.id)
    const total = line.ok ? line.quote.total : null
    return {
      id: row.id,
      asset: {
        id: row.assetId,
        title: asset?.title ?? '',
        altText: asset?.altText ?? '',
        versionId: asset?.publishedVersionId ?? null,
        dominantColour: asset?.publishedVersion?.dominantColour ?? null,
      },
      model: row.model,
      modelName: modelName(row.model, language),
      summary: summariseScope(scope, language),
      scope: describeScope(scope, language).map(({ label, words }) => ({ label, words })),
      price: line.ok ? line.net : null,
      list: line.ok && line.net.minor !== line.quote.total.minor ? line.quote.total : null,
      off: line.ok ? line.parts.map(({ kind, name, bp }) => ({ kind, name, bp })) : [],
      was:
        total && seen && seen.currency === total.currency && seen.minor !== total.minor.toString()
          ? { minor: BigInt(seen.minor), currency: total.currency }
          : null,
      widens:
        line.ok && line.quote.upgrade
          ? {
              licenceId: line.quote.upgrade.licenceId,
              number: line.quote.upgrade.number,
              credit: line.quote.upgrade.credit,
              whole: line.quote.price.total,
            }
          : null,
      terms: line.ok ? { id: line.quote.termsTemplate.id, title: line.quote.termsTemplate.title } : null,
      problem: !line.ok ? line.error : line.quote.sellable ? null : 'rights-taken',
      why: line.ok ? line.quote.why : [],
      line: line.ok ? line.quote.line : null,
      to: `/assets/${row.assetId}${wishSearch(row.model, scope, row.upgradesLicenceId)}`,
      nearest: line.ok ? line.quote.nearest.map((offer) => ({ summary: summariseScope(offer.terms, language), total: offer.total })) : [],
    }
  }
  const lines = priced.lines.map(view)
  const { currency } = priced
  const textIds = [...new Set(lines.flatMap((line) => line.terms?.id ?? []))]
  const texts = await ctx.db.termsTemplate.findMany({
    where: { id: { in: textIds }, houseId: actor.houseId },
    orderBy: { model: 'asc' },
    select: { id: true, title: true, body: true },
  })
  const bought = priced.lines.flatMap((line) => (line.ok && line.quote.sellable ? [line] : []))
  const totals = totalsOf(
    bought.map(({ net }) => ({ net })),
    currency,
    rule?.basisPoints ?? 0,
  )
  const tax = taxInWords(rule, language)
  const list = sum(
    bought.map(({ quote }) => quote.total),
    currency,
  )
  return {
    lines,
    later: aside.lines.map(view),
    currency,
    code: priced.code,
    list: list.minor === totals.net.minor ? null : list,
    net: totals.net,
    tax: rule ? totals.tax : null,
    taxLabel: tax.label,
    taxNote: tax.note,
    total: totals.total,
    signedIn: isPerson(actor),
    ready: lines.length > 0 && lines.every((line) => line.problem === null),
    changed: lines.some((line) => line.was !== null),
    texts,
  }
}
