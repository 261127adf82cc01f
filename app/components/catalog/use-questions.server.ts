import { addDays, addMonths, isDay, type Day } from '#services/kernel/period.ts'
import { soldModels } from '#services/commerce/schema.ts'
import { wishSearch } from '#services/licensing/rules/wish-search.ts'
import { industryName, dayInWords } from '#services/rights/rules/scope-words.ts'
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
}

export const spans = [1, 3, 6, 12, 24, 36, 60, 120] as const
const most = 40

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
  }
}

/** The scope that the answers state; null while a question is open. */
export function termsOf(answers: Answers, zone: string): ScopeTerms | null {
  const { media: uses, territory, except, from, months, until, exclusive } = answers
  if (uses.length === 0 || territory.length === 0) return null
  if (territories.resolve(territory).difference(territories.resolve(except)).isEmpty) return null
  return {
    media: uses,
    territory: { include: territory, ...(except.length > 0 ? { except } : {}) },
    industry: exclusive === '' || exclusive === 'ALL' ? 'ALL' : exclusive.split(','),
    from,
    until: until ?? addDays(addMonths(from, months), -1),
    zone,
    exclusive: exclusive !== '',
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
  today: Day
}

const option = (name: (code: string) => string) => (code: string) => ({ value: code, label: name(code) })
const byLabel = (a: Option, b: Option) => a.label.localeCompare(b.label, 'en')
const sectors = industries.childrenOf(industries.all).map(option(industryName)).sort(byLabel)

const spanWords = (months: number): string =>
  months < 12 ? `${months} ${months === 1 ? 'month' : 'months'}` : `${months / 12} ${months === 12 ? 'year' : 'years'}`

/** Everything that the form shows: what is chosen, and what else there is. */
export function questionsOf(answers: Answers, today: Day): Questions {
  const { until, exclusive } = answers
  const own = exclusive !== '' && exclusive !== 'ALL' && !sectors.some(({ value }) => value === exclusive)
  const { media: uses, areas, regions, countries } = scopeChoices()
  return {
    answers,
    today,
    choices: { media: uses, areas, regions, countries },
    spans: [
      ...(until ? [{ value: '', label: `until ${dayInWords(until)}` }] : []),
      ...spans.map((months) => ({ value: String(months), label: spanWords(months) })),
    ],
    exclusive: [
      { value: '', label: 'No, others may use it too' },
      { value: 'ALL', label: 'Yes, in every industry' },
      ...(own ? [{ value: exclusive, label: `Yes, within ${exclusive.split(',').map(industryName).join(', ')}` }] : []),
      { label: 'Yes, but only within one industry', options: sectors },
    ],
  }
}
