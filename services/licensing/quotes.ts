import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Money } from '../kernel/money.ts'
import { dayOf } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { loadRights } from '../rights/loading.ts'
import { decide, type Decision } from '../rights/rules/decide.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import { nearestTerms, type Axis } from '../rights/rules/nearest.ts'
import { reasonInWords } from '../rights/rules/reason-words.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { withheldInWords, withinConsents } from '../rights/rules/within-consents.ts'
import { inLineFor, type InLine } from './in-line.ts'
import { currentPriceBook } from './price-books.ts'
import { isRoyaltyFree, type LicenceModel, type RoyaltyFreeModel } from './rules/models.ts'
import { priceOf, type Price, type PriceBook } from './rules/pricing.ts'
import { currentTerms } from './terms-templates.ts'

export interface QuoteUse {
  assetId: string
  model: RoyaltyFreeModel | 'RIGHTS_MANAGED'
  /** The stated use, for rights-managed; what a royalty-free licence covers is in the price book. */
  terms?: ScopeTerms
}
/** What a page that asks for several things has read already, so that it is not read for each of them. */
export interface Read {
  prices: Awaited<ReturnType<typeof currentPriceBook>>
  timeZone: string
}
export type QuoteError = 'not-for-sale' | 'model-not-offered' | 'terms-needed' | 'no-prices' | 'no-terms-template'

export interface Quote {
  asset: { id: string; no: bigint; title: string; versionId: string }
  model: LicenceModel
  /** What is sold: without what the people shown have not consented to, where all of it was wished. */
  terms: ScopeTerms
  /** What was taken out, in words; null where nothing was. */
  withheld: string | null
  price: Price
  total: Money
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
}

/** What a use costs and whether it can be had: the one answer that the store, the cart and the checkout show and obey. */
export async function quoteUse(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { assetId, model, terms: stated }: QuoteUse,
  read?: Read,
): Promise<Result<Quote, QuoteError>> {
  const { actor } = ctx
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: actor.houseId },
    select: {
      id: true,
      no: true,
      title: true,
      state: true,
      audience: true,
      publishedVersionId: true,
      sellsRoyaltyFree: true,
      sellsRightsManaged: true,
      priceFactorBp: true,
    },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const versionId = asset.publishedVersionId
  if (asset.state !== 'PUBLISHED' || asset.audience !== 'STORE' || !versionId) return fail('not-for-sale')
  if (!(isRoyaltyFree(model) ? asset.sellsRoyaltyFree : asset.sellsRightsManaged)) return fail('model-not-offered')

  const [current, termsTemplate, house] = await Promise.all([
    read ? read.prices : currentPriceBook(ctx),
    currentTerms(ctx, model),
    read ?? ctx.db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } }),
  ])
  if (!current) return fail('no-prices')
  if (!termsTemplate) return fail('no-terms-template')
  const now = ctx.clock.now()
  const wished = isRoyaltyFree(model) ? standingTerms(current.book, model, dayOf(now, house.timeZone), house.timeZone) : stated
  if (!wished) return fail('terms-needed')

  const rights = await loadRights(ctx, {
    assetIds: [asset.id],
    holderOrgId: isPerson(actor) ? actor.orgId : undefined,
    // A plain wish is refused by exclusive claims only: a best-seller's thousands of plain sales need not be read.
    claims: wished.exclusive ? 'live' : 'exclusive',
  })
  const known = rights.get(asset.id) as AssetRights
  const { terms, withheld } = withinConsents(known, wished, { knownAt: now }, isRoyaltyFree(model))
  const priced = (wanted: ScopeTerms) => priceOf(current.book, { model, terms: wanted, assetFactorBp: asset.priceFactorBp })
  const price = priced(terms)
  const answer = availabilityOf(known, terms, isRoyaltyFree(model), now, (wanted) => priced(wanted).total)
  return ok({
    asset: { id: asset.id, no: asset.no, title: asset.title, versionId },
    model,
    terms,
    withheld: withheldInWords(withheld),
    price,
    total: price.total,
    termsTemplate,
    priceBookId: current.id,
    ...answer,
    line: answer.sellable ? null : await inLineFor(ctx, known, { assetId, model, terms }),
  })
}

function availabilityOf(
  rights: AssetRights,
  terms: ScopeTerms,
  fixed: boolean,
  now: Date,
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
    why: forAnybody.reasons.map((reason) => reasonInWords(reason, use.box, { zone: terms.zone })),
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
