import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Language } from '../kernel/language.ts'
import type { Currency, Money } from '../kernel/money.ts'
import { dayOf, endOfDay, type Day } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { loadRights } from '../rights/loading.ts'
import { decide, type Decision } from '../rights/rules/decide.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import { nearestTerms, type Axis } from '../rights/rules/nearest.ts'
import { reasonsInWords } from '../rights/rules/reason-words.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { withheldInWords, withinConsents } from '../rights/rules/within-consents.ts'
import { inLinesFor, type InLine } from './in-line.ts'
import { currentPriceBook } from './price-books.ts'
import { without } from './rules/in-line.ts'
import { isRoyaltyFree, type LicenceModel, type RoyaltyFreeModel } from './rules/models.ts'
import { currenciesOf, minimumOf, priceOf, type Price, type PriceBook } from './rules/pricing.ts'
import { beginsOn, isWider, pricedFrom, shortOf, upgradePrice, type ShortOf } from './rules/upgrade.ts'
import { termsByModel } from './terms-templates.ts'
import { upgradeLines, type UpgradeLine } from './upgrade-lines.ts'

export interface QuoteUse {
  assetId: string
  model: RoyaltyFreeModel | 'RIGHTS_MANAGED'
  /** The stated use, for rights-managed; what a royalty-free licence covers is in the price book. */
  terms?: ScopeTerms
  /** The house's own where none is named. */
  currency?: Currency
  /** The licence of the asker's company that this one widens: then the difference is quoted. */
  upgradesLicenceId?: string | null
}
/** What a page that asks for several things has read already, so that it is not read for each of them. */
export interface Read {
  prices: Awaited<ReturnType<typeof currentPriceBook>>
  timeZone: string
  /** By asset id, with live claims and the asker's licences. */
  rights?: ReadonlyMap<string, AssetRights>
  /** In which the reasons are worded; English where it is not said. */
  language?: Language
}
export type QuoteError =
  | 'not-for-sale'
  | 'model-not-offered'
  | 'terms-needed'
  | 'use-is-over'
  | 'no-prices'
  | 'no-terms-template'
  | 'currency-not-offered'
  | UpgradeError
const upgradeErrors = ['licence-not-in-force', 'licence-not-bought', 'narrower-than-held', 'nothing-wider'] as const
export type UpgradeError = (typeof upgradeErrors)[number]
/** Whether a refusal is about the licence that is to be widened. */
export const isUpgradeError = (error: string): error is UpgradeError => (upgradeErrors as readonly string[]).includes(error)

export interface Quote {
  asset: { id: string; no: bigint; title: string; versionId: string }
  model: LicenceModel
  /** What is sold: without what the people shown have not consented to, where all of it was wished. */
  terms: ScopeTerms
  /** What was taken out, in words; null where nothing was. */
  withheld: string | null
  /** By the book; of an upgrade the price of the wider licence by itself. */
  price: Price
  /** What is to be paid: the price, or the difference to what is held. */
  total: Money
  /** Below this no discount takes it by itself. */
  floor: Money
  /** As the engine gave it; `allow` means that the asker holds this already. For pages use `why`. */
  decision: Decision
  sellable: boolean
  /** Why it cannot be had, for outsiders: no contract, no names. */
  why: string[]
  /** Where only somebody at the till is in the way: the line that one may stand in. */
  line: InLine | null
  /** What can be had instead, priced; the largest first. */
  nearest: { axis: Axis; kept: number; terms: ScopeTerms; total: Money }[]
  termsTemplate: { id: string; version: number; title: string; sha256: string }
  priceBookId: string
  /** For an upgrade: which licence it widens, what that one counts for, and from which day the price counts. */
  upgrade: { licenceId: string; number: string; credit: Money; pricedFrom: Day } | null
}
/** With `narrower-than-held`: in what the wish falls short. */
export interface NarrowerDetail {
  shortOf: ShortOf[]
}

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** What a use costs and whether it can be had: the one answer that the store, the cart and the checkout show and obey. */
export async function quoteUse(ctx: Asking, wish: QuoteUse, read?: Read): Promise<Result<Quote, QuoteError>> {
  const [quote] = await quoteAll(ctx, [wish], read)
  if (!quote) throw new Refusal('not-found', `no asset ${wish.assetId}`)
  return quote
}

/** Many at once, in the order of the wishes: however many there are, the same number of queries. */
export const quoteUses = async (ctx: Asking, wishes: readonly QuoteUse[], read?: Read): Promise<Result<Quote, QuoteError>[]> =>
  (await quoteAll(ctx, wishes, read)).map((quote) => quote ?? fail('not-for-sale'))

const assetFields = {
  id: true,
  no: true,
  title: true,
  state: true,
  audience: true,
  publishedVersionId: true,
  sellsRoyaltyFree: true,
  sellsRightsManaged: true,
  priceFactorBp: true,
} as const

/** Everything that the answers rest on, read once for all; null for a picture that the house does not have. */
async function quoteAll(ctx: Asking, wishes: readonly QuoteUse[], read?: Read): Promise<(Result<Quote, QuoteError> | null)[]> {
  if (wishes.length === 0) return []
  const { actor, db } = ctx
  const { houseId } = actor
  const assetIds = [...new Set(wishes.map(({ assetId }) => assetId))]
  const [assets, prices, texts, house, widened] = await Promise.all([
    db.asset.findMany({ where: { id: { in: assetIds }, houseId }, select: assetFields }),
    read ? read.prices : currentPriceBook(ctx),
    termsByModel(ctx),
    read ?? db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
    upgradeLines(
      ctx,
      wishes.flatMap(({ upgradesLicenceId }) => upgradesLicenceId ?? []),
    ),
  ])
  const assetOf = new Map(assets.map((asset) => [asset.id, asset]))
  const now = ctx.clock.now()
  const today = dayOf(now, house.timeZone)

  const stated = wishes.map((wish): Result<Stated, QuoteError> | null => {
    const asset = assetOf.get(wish.assetId)
    if (!asset) return null
    const { model } = wish
    const versionId = asset.publishedVersionId
    if (asset.state !== 'PUBLISHED' || asset.audience !== 'STORE' || !versionId) return fail('not-for-sale')
    if (!(isRoyaltyFree(model) ? asset.sellsRoyaltyFree : asset.sellsRightsManaged)) return fail('model-not-offered')
    if (!prices) return fail('no-prices')
    const termsTemplate = texts.get(model)
    if (!termsTemplate) return fail('no-terms-template')
    const line = wish.upgradesLicenceId ? widened.get(wish.upgradesLicenceId) : null
    if (line === undefined || (line && (line.licence.assetId !== asset.id || !line.licence.inForce))) return fail('licence-not-in-force')
    if (line && !line.book) return fail('licence-not-bought')
    const { id: priceBookId, book } = line?.book ?? prices
    const currency = wish.currency ?? book.currency
    if (!currenciesOf(book).includes(currency)) return fail('currency-not-offered')
    const standing = isRoyaltyFree(model) ? standingTerms(book, model, today, house.timeZone) : wish.terms
    if (!standing) return fail('terms-needed')
    // A cart lasts longer than some uses do: what is over is not sold.
    if (standing.until !== null && endOfDay(standing.until, standing.zone) <= now) return fail('use-is-over')
    const wished = line ? { ...standing, from: beginsOn(line.licence.terms, standing.from, today) } : standing
    return ok({ asset: { ...asset, versionId }, model, wished, line, book, priceBookId, currency, termsTemplate })
  })

  const rights =
    read?.rights ??
    (await rightsOf(
      ctx,
      stated.flatMap((one) => (one?.ok ? [one.value] : [])),
    ))
  const quotes = stated.map((one) => (one?.ok ? quoted(one.value, rights, now, read?.language) : one))
  const linesOf = stated.map((one) => (one?.ok ? one.value.line : null))
  const blocked = quotes.flatMap((one, index) =>
    one?.ok && !one.value.sellable
      ? [
          {
            quote: one.value,
            wish: {
              assetId: one.value.asset.id,
              model: one.value.model,
              terms: one.value.terms,
              upgradesLicenceId: one.value.upgrade?.licenceId ?? null,
            },
            rights: without(rights.get(one.value.asset.id) as AssetRights, linesOf[index]?.nos),
          },
        ]
      : [],
  )
  const lines = await inLinesFor(ctx, blocked)
  blocked.forEach(({ quote }, index) => (quote.line = lines[index] ?? null))
  return quotes
}

/** A plain wish is refused by exclusive claims only: a best-seller's thousands of plain sales need not be read for it. */
async function rightsOf(ctx: Asking, stated: readonly Stated[]): Promise<Map<string, AssetRights>> {
  const holderOrgId = isPerson(ctx.actor) ? ctx.actor.orgId : undefined
  const exclusive = new Set(stated.flatMap(({ asset, wished }) => (wished.exclusive ? asset.id : [])))
  const plain = new Set(stated.flatMap(({ asset }) => (exclusive.has(asset.id) ? [] : asset.id)))
  const read = (assetIds: ReadonlySet<string>, claims: 'live' | 'exclusive') =>
    assetIds.size === 0 ? new Map<string, AssetRights>() : loadRights(ctx, { assetIds: [...assetIds], holderOrgId, claims })
  const [live, rest] = await Promise.all([read(exclusive, 'live'), read(plain, 'exclusive')])
  return new Map<string, AssetRights>([...live, ...rest])
}

interface Stated {
  asset: { id: string; no: bigint; title: string; versionId: string; priceFactorBp: number }
  model: RoyaltyFreeModel | 'RIGHTS_MANAGED'
  wished: ScopeTerms
  line: UpgradeLine | null
  book: PriceBook
  priceBookId: string
  currency: Currency
  termsTemplate: Quote['termsTemplate']
}

function quoted(
  { asset, model, wished, line, book, priceBookId, currency, termsTemplate }: Stated,
  rights: ReadonlyMap<string, AssetRights>,
  now: Date,
  language: Language = 'en',
): Result<Quote, QuoteError> {
  const known = rights.get(asset.id) as AssetRights
  const { terms, withheld } = withinConsents(known, wished, { knownAt: now }, isRoyaltyFree(model))
  const held = line?.licence.terms
  if (held) {
    const missing = shortOf(terms, held, now)
    if (missing.length > 0) return fail('narrower-than-held', { shortOf: missing } satisfies NarrowerDetail)
    if (!isWider(terms, held, now)) return fail('nothing-wider')
  }
  const cost = costOf({ asset, model, line, book, currency })
  const { price, total, credit, from } = cost(terms)
  // What the line holds already is in nobody's way: the wider licence takes its place.
  const answer = availabilityOf(without(known, line?.nos), terms, isRoyaltyFree(model), { now, language }, (wanted) => cost(wanted).total)
  const nearest = held
    ? answer.nearest.filter((offer) => shortOf(offer.terms, held, now).length === 0 && isWider(offer.terms, held, now))
    : answer.nearest
  return ok({
    asset: { id: asset.id, no: asset.no, title: asset.title, versionId: asset.versionId },
    model,
    terms,
    withheld: withheldInWords(withheld, language),
    price,
    total,
    floor: { minor: line ? 0n : minimumOf(book, currency), currency },
    termsTemplate,
    priceBookId,
    ...answer,
    nearest,
    line: null,
    upgrade: line ? { licenceId: line.licence.id, number: line.licence.number, credit, pricedFrom: from } : null,
  })
}

/** The price of a scope, or what is still to be paid for it. */
const costOf =
  ({
    asset,
    model,
    line,
    book,
    currency,
  }: Pick<Stated, 'model' | 'line' | 'book' | 'currency'> & { asset: Pick<Stated['asset'], 'priceFactorBp'> }) =>
  (terms: ScopeTerms): { price: Price; total: Money; credit: Money; from: Day } => {
    if (!line?.book) {
      const price = priceOf(book, { model, terms, assetFactorBp: asset.priceFactorBp, currency })
      return { price, total: price.total, credit: { minor: 0n, currency }, from: terms.from }
    }
    const from = pricedFrom(
      line.priced.map((one) => one.terms),
      terms,
    )
    const { price, credit, due } = upgradePrice(
      line.book.book,
      line.priced,
      { model, terms: { ...terms, from }, assetFactorBp: line.book.assetFactorBp },
      currency,
    )
    return { price, total: due, credit, from }
  }

function availabilityOf(
  rights: AssetRights,
  terms: ScopeTerms,
  fixed: boolean,
  { now, language }: { now: Date; language: Language },
  totalOf: (terms: ScopeTerms) => Money,
): Pick<Quote, 'decision' | 'sellable' | 'why' | 'nearest'> {
  const when = { at: now, knownAt: now }
  const use = { box: boxOf(terms), exclusive: terms.exclusive, by: 'holder' as const, ...(terms.limits ? { limits: terms.limits } : {}) }
  // What the asker holds stands in the way of buying it again, and is no reason to buy it.
  const unheld = { ...rights, licences: [] }
  const forAnybody = decide(unheld, use, when)
  const sellable = forAnybody.verdict !== 'deny'
  return {
    decision: decide(rights, use, when),
    sellable,
    why: reasonsInWords(forAnybody.reasons, use.box, { zone: terms.zone }, language),
    // A royalty-free licence is sold whole or not at all.
    nearest:
      sellable || fixed
        ? []
        : nearestTerms(unheld, terms, { by: 'holder' }, when).map((offer) => ({ ...offer, total: totalOf(offer.terms) })),
  }
}

/** A royalty-free licence begins on the day of sale and has no end. */
const standingTerms = (book: PriceBook, model: RoyaltyFreeModel, today: string, zone: string): ScopeTerms => ({
  ...book.royaltyFree[model].scope,
  from: today,
  until: null,
  zone,
  exclusive: false,
})
