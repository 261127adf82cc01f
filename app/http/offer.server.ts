import type { contextOf } from './context.server.ts'
import { currencyOf } from './currency.server.ts'
import { caseAnswered, caseAsksAlone, readCase, type OwnCase } from './own-case.server.ts'
import { exampleLines, type ExampleLines } from './use-examples.server.ts'
import { offeredOf, packCards, type Offered, type PackCard } from './offered.server.ts'
import { heldLines, widening, type HeldLine, type Widening } from './widening.server.ts'
import {
  questionsOf,
  readAnswers,
  termsOf,
  type Answers,
  type Questions,
  type SoldModel,
} from '#app/components/catalog/use-questions.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { isPerson } from '#services/kernel/actor.ts'
import { formatMoney, type Currency } from '#services/kernel/money.ts'
import { dayOf } from '#services/kernel/period.ts'
import { othersUse } from '#services/licensing/other-holders.ts'
import { packsOffered } from '#services/licensing/pack-views.ts'
import { currentPriceBook } from '#services/licensing/price-books.ts'
import { quoteUses, type QuoteUse } from '#services/licensing/quotes.ts'
import type { SharedUse } from '#services/licensing/rules/shared-uses.ts'
import { modelName, royaltyFreeModels } from '#services/licensing/rules/models.ts'
import { packTerms } from '#services/licensing/rules/packs.ts'
import { standingPrices } from '#services/licensing/store-views.ts'
import { loadRights } from '#services/rights/loading.ts'
import { namesIn } from '#services/rights/rules/scope-words.ts'
import { releasesOf, type ReleasesSeen } from '#services/rights/rules/releases-seen.ts'

export type { Offered, PackCard } from './offered.server.ts'
export type { ExampleLine, ExampleLines } from './use-examples.server.ts'
export type { OwnCase } from './own-case.server.ts'
export type { HeldLine, Widening } from './widening.server.ts'

export interface ModelCard {
  value: SoldModel
  title: string
  price: string | null
  words: string
}
export interface Offer {
  models: ModelCard[]
  chosen: SoldModel | null
  answers: Answers
  questions: Questions | null
  /** Null while a question is open, or where it cannot be quoted at all. */
  offered: Offered | null
  /** What is still to be answered, or why there is no price. */
  open: string | null
  examples: ExampleLines | null
  ownCase: OwnCase | null
  packs: PackCard[]
  /** What the asker's company holds of this picture already. */
  held: HeldLine[]
  /** The licence that is being made wider, before and after. */
  widening: Widening | null
  /** What others license it for: never who, never few. */
  others: (SharedUse & { name: string })[]
  releases: ReleasesSeen
  currency: Currency
}

type Asking = Awaited<ReturnType<typeof contextOf>>
interface Asset {
  id: string
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  priceFactorBp: number
  creditLine: string
  editorialOnly: boolean
}

/**
 * What the picture can be had for: the licences with their prices, the questions and the answer to them, packs, examples,
 * what is held. The book, the packs and the rights are read once, and everything is quoted in one call.
 */
export async function offerFor(ctx: Asking, request: Request, asset: Asset, zone: string): Promise<Offer> {
  const { language } = ctx
  const search = new URL(request.url).searchParams
  const now = ctx.clock.now()
  const today = dayOf(now, zone)
  const sold: SoldModel[] = [
    ...(asset.sellsRoyaltyFree ? royaltyFreeModels : []),
    ...(asset.sellsRightsManaged ? (['RIGHTS_MANAGED'] as const) : []),
  ]
  const read = readAnswers(search, today)
  const chosen = (read.model && sold.includes(read.model) ? read.model : sold[0]) ?? null
  const answers = { ...read, model: chosen }
  const terms = chosen === 'RIGHTS_MANAGED' ? termsOf(answers, zone) : undefined
  const [prices, packs, currency, others] = await Promise.all([
    currentPriceBook(ctx),
    asset.sellsRightsManaged ? packsOffered(ctx) : [],
    currencyOf(request, ctx),
    asset.sellsRightsManaged ? othersUse(ctx, asset.id) : [],
  ])
  const packWishes = packs.map((pack) => ({ pack, terms: packTerms(pack, today, zone) }))
  // Plain wishes are refused by exclusive claims only: a best-seller's thousands of plain sales need not be read for them.
  const ownCase = readCase(search)
  const asksAlone = Boolean(terms?.exclusive) || packs.some(({ exclusive }) => exclusive) || caseAsksAlone(ownCase, language)
  const rights = await loadRights(ctx, {
    assetIds: [asset.id],
    holderOrgId: isPerson(ctx.actor) ? ctx.actor.orgId : undefined,
    claims: asksAlone ? 'live' : 'exclusive',
  })
  const known = rights.get(asset.id)
  if (!known) throw new Error(`asset ${asset.id} has no rights to read`)
  const held = await heldLines(ctx, known, answers.widen)
  const wish = (model: SoldModel): QuoteUse => ({
    assetId: asset.id,
    model,
    currency,
    ...(terms && { terms }),
    ...(held.widened && { upgradesLicenceId: held.widened.id }),
  })
  const asked: QuoteUse[] = chosen && terms !== null ? [wish(chosen)] : []
  const quotes = await quoteUses(
    ctx,
    [...asked, ...packWishes.map((one) => ({ assetId: asset.id, model: 'RIGHTS_MANAGED' as const, currency, terms: one.terms }))],
    { prices, timeZone: zone, rights, language },
  )
  const [quote] = asked.length > 0 ? quotes : []
  const value = quote?.ok ? quote.value : null
  const t = wordsOf(language, 'licence')
  const standing = prices && standingPrices(prices.book, asset.priceFactorBp, currency)
  const priceNow = (model: SoldModel) =>
    model === 'RIGHTS_MANAGED' ? (value && chosen === model ? value.total : null) : (standing?.[model] ?? null)
  const choice =
    value && prices && !held.widened && chosen
      ? {
          rights: known,
          book: prices.book,
          assetFactorBp: asset.priceFactorBp,
          currency,
          model: chosen,
          terms: value.terms,
          sold,
          asksAlone,
        }
      : null
  const when = { at: now, knownAt: now }
  return {
    models: sold.map((model) => {
      const price = priceNow(model)
      return { value: model, title: modelName(model, language), words: t(`model.${model}`), price: price && formatMoney(price, language) }
    }),
    chosen,
    answers,
    questions: chosen === 'RIGHTS_MANAGED' ? questionsOf(answers, today, prices?.book, language) : null,
    offered: value && offeredOf(value, asset, language),
    open: openQuestion(),
    examples: choice && value?.sellable ? exampleLines(choice, when, language) : null,
    ownCase: choice ? caseAnswered(choice, ownCase, when, language) : null,
    packs: packCards(packWishes, quotes.slice(asked.length), language),
    held: held.lines,
    widening: held.widened && widening(held.widened, value, quote && !quote.ok ? quote : null, language),
    others: others.map((use) => ({ ...use, name: namesIn(language).medium(use.code) })),
    releases: releasesOf(known),
    currency,
  }

  function openQuestion(): string | null {
    if (chosen === null) return t('open.not-for-sale')
    if (quote) return quote.ok || held.widened ? null : t(`open.${quote.error}`)
    if (answers.media.length === 0 && answers.territory.length === 0) return t('open.both')
    return t(answers.media.length === 0 ? 'open.media' : 'open.territory')
  }
}
