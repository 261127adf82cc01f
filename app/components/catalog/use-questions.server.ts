import { wordsOf } from '#app/words/words.ts'
import { screenEdge } from '#services/assets/rules/rendition-plan.ts'
import { soldModels } from '#services/commerce/schema.ts'
import { formatNumber, type Language } from '#services/kernel/language.ts'
import { addDays, addMonths, isDay, type Day } from '#services/kernel/period.ts'
import { termMonths } from '#services/licensing/rules/packs.ts'
import type { PriceBook } from '#services/licensing/rules/pricing.ts'
import { sizeKinds, sizeKindsOf, sizeSteps, sizesWithin, type SizeKind } from '#services/licensing/rules/sizes.ts'
import { wishSearch } from '#services/licensing/rules/wish-search.ts'
import { dayInWords, namesIn } from '#services/rights/rules/scope-words.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { scopeChoices, type ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'
import { industries } from '#services/rights/rules/vocabulary/industries.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { territories } from '#services/rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '#services/rights/rules/vocabulary/vocabulary.ts'
import type { Option, OptionGroup } from '../ui/select.tsx'

export type SoldModel = (typeof soldModels)[number]

/** The four questions of a rights-managed licence, as an address holds their answers. */
export interface Answers {
  model: SoldModel | null
  media: string[]
  territory: string[]
  except: string[]
  from: Day
  months: number
  /** A last day that is no whole number of months: where something nearer was offered. */
  until: Day | null
  /** '' is not exclusive; 'ALL' is in every industry; else industries, joined by commas. */
  exclusive: string
  /** How big, where the media have such a size: copies at most, and the longest edge on a screen at most. */
  printRun: number | null
  pixels: number | null
  /** The licence of one's own that is to be made wider. */
  widen: string | null
}

export const spans = termMonths
const most = 40
const sizeOf = (text: string): number | null => (/^[1-9]\d{0,11}$/.test(text) ? Number(text) : null)

const known = (words: Vocabulary, codes: readonly string[]): string[] =>
  [...new Set(codes)].filter((code) => words.setOf(code)).slice(0, most)

/** What a form or an address says; whatever is unknown or unreadable is left out or falls back to the plainest answer. */
export function readAnswers(fields: FormData | URLSearchParams, today: Day): Answers {
  const all = (name: string) => fields.getAll(name).filter((value) => typeof value === 'string')
  const one = (name: string) => all(name)[0] ?? ''
  const asked = one('from')
  const from = isDay(asked) && asked >= today && asked <= addMonths(today, 36) ? asked : today
  const last = one('until')
  const months = Number(one('months'))
  const sectors = one('exclusive') === 'ALL' ? ['ALL'] : known(industries, one('exclusive').split(','))
  return {
    model: soldModels.find((model) => model === one('model')) ?? null,
    media: known(media, all('media')),
    territory: known(territories, all('territory')),
    except: known(territories, all('except')),
    from,
    months: spans.find((span) => span === months) ?? 12,
    // A number of months that is chosen anew wins over the last day that was offered before.
    until: isDay(last) && last >= from && !one('months') ? last : null,
    exclusive: sectors.join(','),
    printRun: sizeOf(one('printRun')),
    // The gate gives one size below the original: no other can be kept.
    pixels: sizeOf(one('pixels')) === screenEdge ? screenEdge : null,
    widen: /^lic_[0-9a-z]{1,60}$/i.test(one('widen')) ? one('widen') : null,
  }
}

/** The scope that the answers state; null while a question is open. */
export function termsOf(answers: Answers, zone: string): ScopeTerms | null {
  const { media: uses, territory, except, from, months, until, exclusive, printRun, pixels } = answers
  if (uses.length === 0 || territory.length === 0) return null
  if (territories.resolve(territory).difference(territories.resolve(except)).isEmpty) return null
  const limits = sizesWithin(uses, { ...(printRun && { printRun }), ...(pixels && { pixels }) })
  return {
    media: uses,
    territory: { include: territory, ...(except.length > 0 ? { except } : {}) },
    industry: exclusive === '' || exclusive === 'ALL' ? 'ALL' : exclusive.split(','),
    from,
    until: until ?? addDays(addMonths(from, months), -1),
    zone,
    exclusive: exclusive !== '',
    ...(limits && { limits }),
  }
}

/** The address of the same page with other terms: the way to what can be had instead. */
export const searchOf = (terms: ScopeTerms): string => wishSearch('RIGHTS_MANAGED', terms)

/** One answer, to be shown as a tag. */
export interface Chosen {
  value: string
  label: string
}
export interface Questions {
  answers: Answers
  /** What there is to choose from, by name, code and other name. */
  choices: Pick<ScopeChoices, 'media' | 'areas' | 'regions' | 'countries'>
  spans: Option[]
  exclusive: (Option | OptionGroup)[]
  /** How big: only what the chosen media have, and the price book makes a difference for. */
  sizes: { kind: SizeKind; options: Option[] }[]
  today: Day
}

const byLabel = (a: Option, b: Option) => a.label.localeCompare(b.label, 'en')

/** Everything that the form shows: what is chosen, and what else there is. */
export function questionsOf(answers: Answers, today: Day, book?: Pick<PriceBook, SizeKind>, language: Language = 'en'): Questions {
  const { until, exclusive } = answers
  const t = wordsOf(language, 'licence')
  const { industry } = namesIn(language)
  const sectors = industries
    .childrenOf(industries.all)
    .map((code) => ({ value: code, label: industry(code) }))
    .sort(byLabel)
  const own = exclusive !== '' && exclusive !== 'ALL' && !sectors.some(({ value }) => value === exclusive)
  const { media: uses, areas, regions, countries } = scopeChoices(language)
  const span = (months: number) => (months < 12 ? t('span.months', { count: months }) : t('span.years', { count: months / 12 }))
  return {
    answers,
    today,
    choices: { media: uses, areas, regions, countries },
    spans: [
      ...(until ? [{ value: '', label: t('span.until', { day: dayInWords(until, language) }) }] : []),
      ...spans.map((months) => ({ value: String(months), label: span(months) })),
    ],
    exclusive: [
      { value: '', label: t('exclusive.no') },
      { value: 'ALL', label: t('exclusive.all') },
      ...(own ? [{ value: exclusive, label: t('exclusive.within', { industries: exclusive.split(',').map(industry).join(', ') }) }] : []),
      { label: t('exclusive.one'), options: sectors },
    ],
    sizes: book ? sizesOf(answers, book, language) : [],
  }
}

function sizesOf(answers: Answers, book: Pick<PriceBook, SizeKind>, language: Language): Questions['sizes'] {
  const t = wordsOf(language, 'licence')
  const asked = sizeKindsOf(answers.media)
  return sizeKinds
    .filter((kind) => asked.includes(kind))
    .map((kind) => {
      const steps = sizeSteps(book, kind)
      const own = answers[kind]
      const all = own && !steps.includes(own) ? [...steps, own].sort((a, b) => a - b) : steps
      const label = (step: number) => t(kind === 'printRun' ? 'size.copies' : 'size.screen', { count: formatNumber(step, language) })
      return {
        kind,
        options: [
          ...all.map((step) => ({ value: String(step), label: label(step) })),
          { value: '', label: t(kind === 'printRun' ? 'size.any-copies' : 'size.full') },
        ],
      }
    })
    .filter(({ options }) => options.length > 1)
}
