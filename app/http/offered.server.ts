import { plainTerms, type PlainTerms } from './plain-terms.server.ts'
import { wordsOf, type Saying } from '#app/words/words.ts'
import { formatNumber, inARow, type Language } from '#services/kernel/language.ts'
import { formatMoney, money } from '#services/kernel/money.ts'
import type { Result } from '#services/kernel/result.ts'
import type { InLine } from '#services/licensing/in-line.ts'
import type { Quote, QuoteError } from '#services/licensing/quotes.ts'
import type { LicenceModel } from '#services/licensing/rules/models.ts'
import type { LicencePack } from '#services/licensing/rules/packs.ts'
import type { PriceAxis } from '#services/licensing/rules/pricing.ts'
import { wishSearch } from '#services/licensing/rules/wish-search.ts'
import { dayInWords } from '#services/kernel/days.ts'
import { describeScope, namesIn, summariseScope, type ScopeRow } from '#services/rights/rules/scope-words.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'

export interface Offered {
  total: string
  parts: { label: string; amount: string }[]
  scope: ScopeRow[]
  plain: PlainTerms
  /** What the licence leaves out because nobody consented to it. */
  withheld: string | null
  sellable: boolean
  /** The asker holds a licence in force that covers this use. */
  held: boolean
  reasons: string[]
  /** Where only somebody at the till is in the way. */
  line: InLine | null
  nearest: { to: string; label: string; scope: string; total: string }[]
  termsTemplate: { id: string; title: string; version: number; sha256: string }
  /** For programs: the amount as schema.org wants it. */
  amount: { value: string; currency: string }
}
export interface PackCard {
  id: string
  name: string
  scope: string
  to: string
  total: string
}

/** The address at which terms are asked for. */
export const searchFor = (model: LicenceModel, terms: ScopeTerms, widens: string | null = null): string => wishSearch(model, terms, widens)

const few = 3
/** A few names, and how many more there are. */
function named(codes: readonly string[], nameOf: (code: string) => string, language: Language, t: Saying<'licence'>): string {
  const names = codes.slice(0, codes.length > few + 1 ? few : few + 1).map(nameOf)
  const rest = codes.length - names.length
  return inARow(rest > 0 ? [...names, t('more', { count: rest })] : names, language)
}

/** What one step of a price stands for, said of this very scope. */
function partLabel(axis: PriceAxis, terms: ScopeTerms, language: Language): string {
  const t = wordsOf(language, 'licence')
  const { medium, place, industry } = namesIn(language)
  switch (axis) {
    case 'media':
      return t('part.media', { names: named(terms.media, medium, language, t) })
    case 'territory': {
      const { include, except = [] } = terms.territory
      const names = named(include, place, language, t)
      return except.length > 0 ? t('part.except', { names, others: named(except, place, language, t) }) : t('part.territory', { names })
    }
    case 'duration':
      return terms.until === null ? t('part.endless') : t('part.duration', { day: dayInWords(terms.until, language) })
    case 'exclusivity':
      return terms.industry === 'ALL' || !terms.exclusive
        ? t('part.exclusivity')
        : t('part.exclusive-within', { names: named(terms.industry, industry, language, t) })
    case 'print-run':
      return terms.limits?.printRun ? t('part.copies', { count: formatNumber(terms.limits.printRun, language) }) : t('part.any-copies')
    case 'size':
      return terms.limits?.pixels ? t('part.pixels', { count: formatNumber(terms.limits.pixels, language) }) : t('part.any-size')
    default:
      return t(`part.${axis}`)
  }
}

/** A price as its steps: each line is what that answer added or took away. */
function partsOf(quote: Quote, language: Language): Offered['parts'] {
  const { currency } = quote.price.total
  const amountOf = (minor: bigint, first: boolean) => `${!first && minor > 0n ? '+' : ''}${formatMoney(money(minor, currency), language)}`
  const steps = quote.price.parts.map(({ axis, minor }, index) => {
    const step = index === 0 ? minor : minor - (quote.price.parts[index - 1]?.minor ?? 0n)
    return { label: partLabel(axis, quote.terms, language), amount: amountOf(step, index === 0) }
  })
  const paid = quote.upgrade
    ? [
        {
          label: wordsOf(language, 'licence')('part.held', { number: quote.upgrade.number }),
          amount: amountOf(-quote.upgrade.credit.minor, false),
        },
      ]
    : []
  const all = [...steps, ...paid]
  return all.length > 1 ? all : []
}

/** The amount in whole units, as programs read it. */
const plainAmount = (quote: Quote): string => {
  const { minor, currency } = quote.total
  return currency === 'JPY' ? String(minor) : `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
}

/** A quote as its page shows it. */
export function offeredOf(quote: Quote, asset: { creditLine: string; editorialOnly: boolean }, language: Language): Offered {
  const t = wordsOf(language, 'licence')
  return {
    total: formatMoney(quote.total, language),
    parts: partsOf(quote, language),
    scope: describeScope(quote.terms, language),
    plain: plainTerms(quote.model, quote.terms, asset, language),
    withheld: quote.withheld,
    sellable: quote.sellable,
    held: quote.decision.verdict === 'allow' && !quote.upgrade,
    reasons: quote.why,
    line: quote.line,
    nearest:
      quote.model === 'RIGHTS_MANAGED'
        ? quote.nearest.map(({ axis, terms, total }) => ({
            to: searchFor(quote.model, terms, quote.upgrade?.licenceId ?? null),
            label: t(`counter.${axis}`),
            scope: summariseScope(terms, language),
            total: formatMoney(total, language),
          }))
        : [],
    termsTemplate: quote.termsTemplate,
    amount: { value: plainAmount(quote), currency: quote.total.currency },
  }
}

/** The packs that can be had of this picture, each with its price; those that cannot are not offered. */
export const packCards = (
  packs: readonly { pack: LicencePack; terms: ScopeTerms }[],
  quotes: readonly Result<Quote, QuoteError>[],
  language: Language,
): PackCard[] =>
  packs.flatMap(({ pack }, index) => {
    const quote = quotes[index]
    if (!quote?.ok || !quote.value.sellable) return []
    const { terms, total } = quote.value
    return {
      id: pack.id,
      name: language === 'de' ? pack.nameDe : pack.nameEn,
      scope: summariseScope(terms, language),
      to: searchFor('RIGHTS_MANAGED', terms),
      total: formatMoney(total, language),
    }
  })
