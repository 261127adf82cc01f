import { dayOf } from '#services/kernel/period.ts'
import { formatMoney, money } from '#services/kernel/money.ts'
import type { Context } from '#services/platform/context.ts'
import { currentPriceBook } from '#services/licensing/price-books.ts'
import type { InLine } from '#services/licensing/in-line.ts'
import { quoteUse, type Quote } from '#services/licensing/quotes.ts'
import { standingPrices } from '#services/licensing/store-views.ts'
import { modelNames, royaltyFreeModels } from '#services/licensing/rules/models.ts'
import type { PriceAxis } from '#services/licensing/rules/pricing.ts'
import { describeScope, type ScopeRow } from '#services/rights/rules/scope-words.ts'
import {
  questionsOf,
  readAnswers,
  searchOf,
  termsOf,
  type Answers,
  type Questions,
  type SoldModel,
} from '#app/components/catalog/use-questions.server.ts'

export interface ModelCard {
  value: SoldModel
  title: string
  price: string | null
  words: string
}
export interface Offered {
  total: string
  parts: { label: string; amount: string }[]
  scope: ScopeRow[]
  /** What the licence leaves out because nobody consented to it. */
  withheld: string | null
  sellable: boolean
  /** The asker holds a licence in force that covers this use. */
  held: boolean
  reasons: string[]
  /** Where only somebody at the till is in the way. */
  line: InLine | null
  nearest: { to: string; label: string; total: string }[]
  termsTemplate: { id: string; title: string }
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
}

type Quoting = Pick<Context, 'db' | 'clock' | 'actor'>
interface Asset {
  id: string
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  priceFactorBp: number
}

const modelWords: Record<SoldModel, string> = {
  ROYALTY_FREE_STANDARD: 'Nearly every use, worldwide, without end.',
  ROYALTY_FREE_EXTENDED: 'Also on products for sale, without a cap on copies.',
  RIGHTS_MANAGED: 'For one stated use; exclusive if you need it.',
}
const axisWords: Record<PriceAxis, string> = {
  base: 'Base price',
  asset: 'This picture',
  media: 'Where it is used',
  territory: 'Places',
  duration: 'Time',
  exclusivity: 'Exclusivity',
  'print-run': 'Copies',
  size: 'Size',
  rounding: 'Rounding',
  minimum: 'Smallest price',
}
const counterWords = {
  exclusivity: 'Without exclusivity',
  territory: 'In fewer places',
  period: 'For another time',
  media: 'For fewer uses',
  industry: 'In fewer industries',
  several: 'In a smaller scope',
} as const
const refusals = {
  'not-for-sale': 'No licence is sold for this picture at present.',
  'model-not-offered': 'This licence is not offered for this picture.',
  'terms-needed': 'Answer the questions to see the price.',
  'no-prices': 'Prices are being set up. Please come back soon.',
  'no-terms-template': 'The terms are being set up. Please come back soon.',
} as const

/** What the picture can be had for: the licences with their prices, the questions, and the answer to them. */
export async function offerFor(ctx: Quoting, asset: Asset, zone: string, search: URLSearchParams): Promise<Offer> {
  const today = dayOf(ctx.clock.now(), zone)
  const answers = readAnswers(search, today)
  const sold: SoldModel[] = [
    ...(asset.sellsRoyaltyFree ? royaltyFreeModels : []),
    ...(asset.sellsRightsManaged ? (['RIGHTS_MANAGED'] as const) : []),
  ]
  const chosen = (answers.model && sold.includes(answers.model) ? answers.model : sold[0]) ?? null
  const terms = termsOf(answers, zone)
  const asked =
    chosen === null || (chosen === 'RIGHTS_MANAGED' && !terms)
      ? null
      : { assetId: asset.id, model: chosen, ...(chosen === 'RIGHTS_MANAGED' && terms && { terms }) }
  const prices = sold.length > 0 ? await currentPriceBook(ctx) : undefined
  const quote = asked && (await quoteUse(ctx, asked, { prices, timeZone: zone }))
  const standing = prices && standingPrices(prices.book, asset.priceFactorBp)
  const priceNow = (model: SoldModel) =>
    model === 'RIGHTS_MANAGED' ? (quote?.ok && chosen === model ? quote.value.total : null) : (standing?.[model] ?? null)
  return {
    models: sold.map((model) => {
      const price = priceNow(model)
      return { value: model, title: modelNames[model], words: modelWords[model], price: price && formatMoney(price) }
    }),
    chosen,
    answers: { ...answers, model: chosen },
    questions: chosen === 'RIGHTS_MANAGED' ? questionsOf(answers, today) : null,
    offered: quote?.ok ? offeredOf(quote.value) : null,
    open: chosen === null ? refusals['not-for-sale'] : quote === null ? missing(answers) : quote.ok ? null : refusals[quote.error],
  }
}

function missing({ media, territory }: Answers): string {
  if (media.length === 0 && territory.length === 0) return 'Say what you use it for and in which places, and the price appears here.'
  return media.length === 0
    ? 'Say what you use it for, and the price appears here.'
    : 'Say in which places you use it, and the price appears here.'
}

function offeredOf(quote: Quote): Offered {
  const { currency } = quote.total
  const parts = quote.price.parts.map(({ axis, minor }, index) => {
    const step = index === 0 ? minor : minor - (quote.price.parts[index - 1]?.minor ?? 0n)
    return { label: axisWords[axis], amount: `${index > 0 && step > 0n ? '+' : ''}${formatMoney(money(step, currency))}` }
  })
  return {
    total: formatMoney(quote.total),
    parts: parts.length > 1 ? parts : [],
    scope: describeScope(quote.terms),
    withheld: quote.withheld,
    sellable: quote.sellable,
    held: quote.decision.verdict === 'allow',
    reasons: quote.why,
    line: quote.line,
    nearest:
      quote.model === 'RIGHTS_MANAGED'
        ? quote.nearest.map(({ axis, terms, total }) => ({ to: searchOf(terms), label: counterWords[axis], total: formatMoney(total) }))
        : [],
    termsTemplate: { id: quote.termsTemplate.id, title: quote.termsTemplate.title },
  }
}
