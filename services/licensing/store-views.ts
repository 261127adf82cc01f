import { Refusal } from '../kernel/errors.ts'
import type { Currency, Money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import type { Limits } from '../rights/rules/scope.ts'
import { currentPriceBook } from './price-books.ts'
import { modelNames, royaltyFreeModels, type LicenceModel, type RoyaltyFreeModel } from './rules/models.ts'
import { currencyIn, priceOf, type PriceBook } from './rules/pricing.ts'
import { currentTerms } from './terms-templates.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>

export interface ExplainedModel {
  model: LicenceModel
  name: string
  /** What an ordinary picture costs; null where it depends on the use. */
  price: Money | null
  media: string[]
  limits: Limits
  terms: { id: string; title: string } | null
}

/** What the licences of this house mean, with its own caps and prices; null where it has no prices yet. */
export async function licencesExplained(ctx: Reading, currency?: Currency): Promise<ExplainedModel[] | null> {
  const [current, ...terms] = await Promise.all([
    currentPriceBook(ctx),
    ...[...royaltyFreeModels, 'RIGHTS_MANAGED' as const].map((model) => currentTerms(ctx, model)),
  ])
  if (!current) return null
  const { book } = current
  const standing = standingPrices(book, 10_000, currency)
  const shown = (index: number) => {
    const text = terms[index]
    return text ? { id: text.id, title: text.title } : null
  }
  return [
    ...royaltyFreeModels.map((model, index) => {
      const { scope } = book.royaltyFree[model]
      return {
        model,
        name: modelNames[model],
        price: standing[model],
        media: scope.media,
        limits: scope.limits ?? {},
        terms: shown(index),
      }
    }),
    { model: 'RIGHTS_MANAGED', name: modelNames.RIGHTS_MANAGED, price: null, media: [], limits: {}, terms: shown(2) },
  ]
}

/** What the royalty-free licences of a picture cost today, by its factor. */
export function standingPrices(
  book: PriceBook,
  assetFactorBp: number,
  currency: Currency = book.currency,
): Record<RoyaltyFreeModel, Money> {
  const priced = (model: RoyaltyFreeModel) => {
    const terms = { ...book.royaltyFree[model].scope, from: '2000-01-01', until: null, zone: 'UTC', exclusive: false }
    // A royalty-free price asks neither day nor place: the same function as the quote's gives the same amount.
    return [model, priceOf(book, { model, terms, assetFactorBp, currency: currencyIn(book, currency) }).total] as const
  }
  return Object.fromEntries(royaltyFreeModels.map(priced)) as Record<RoyaltyFreeModel, Money>
}

/** A version of the terms, as it was published: superseded ones stay readable, since licences name them. */
export async function termsPage(ctx: Reading, templateId: string) {
  const text = await ctx.db.termsTemplate.findFirst({
    where: { id: templateId, houseId: ctx.actor.houseId },
    select: { id: true, model: true, version: true, title: true, body: true, sha256: true, effectiveFrom: true },
  })
  if (!text) throw new Refusal('not-found', `no terms ${templateId}`)
  const current = await currentTerms(ctx, text.model)
  return {
    ...text,
    modelName: modelNames[text.model],
    supersededBy: current && current.id !== text.id && current.version > text.version ? { id: current.id, version: current.version } : null,
  }
}
