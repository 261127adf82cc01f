import { addDays, addMonths, isDay, type Day } from '#services/kernel/period.ts'
import { dayInWords, industryName, mediumName, placeName } from '#services/rights/rules/scope-words.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { scopeChoices } from '#services/rights/rules/vocabulary/choices.ts'
import { industries } from '#services/rights/rules/vocabulary/industries.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { territories } from '#services/rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '#services/rights/rules/vocabulary/vocabulary.ts'
import type { Option, OptionGroup } from '../ui/select.tsx'
import type { Chosen } from '../catalog/use-questions.server.ts'

/** The four questions of "may I use it?", as an address holds their answers: it can be shared, and means the same for whoever may ask. */
export interface Asked {
  asset: string | null
  /** What was typed to find a picture. */
  find: string
  media: string[]
  industry: string[]
  territory: string[]
  except: string[]
  from: Day
  /** Null: without end. */
  until: Day | null
  exclusive: boolean
  /** The organisation that will use it; null: the asker's own. */
  by: string | null
}

const most = 40
const known = (words: Vocabulary, codes: readonly string[]): string[] =>
  [...new Set(codes)].filter((code) => words.setOf(code)).slice(0, most)

/** What an address or a form says; what is unknown is left out or falls back to the plainest answer. */
export function readAsked(search: URLSearchParams, today: Day): Asked {
  const one = (name: string) => search.get(name) ?? ''
  const from = isDay(one('from')) ? one('from') : today
  const yearOn = addDays(addMonths(from, 12), -1)
  const until = search.has('until') ? (isDay(one('until')) ? one('until') : null) : yearOn
  return {
    asset: one('asset').slice(0, 100) || null,
    find: one('q').trim().slice(0, 100),
    media: known(media, search.getAll('media')),
    industry: known(industries, search.getAll('industry')).filter((code) => code !== industries.all),
    territory: known(territories, search.getAll('territory')),
    except: known(territories, search.getAll('except')),
    from,
    until,
    exclusive: one('exclusive') === 'yes',
    by: one('for').slice(0, 100) || null,
  }
}

/** What is not answered yet, or does not fit together: a sentence each. */
export function openQuestions({ asset, media: uses, territory, except, from, until }: Asked): string[] {
  const open: string[] = []
  if (!asset) open.push('Choose a picture.')
  if (uses.length === 0) open.push('Say what it is used for.')
  if (territory.length === 0) open.push('Say in which places.')
  else if (territories.resolve(territory).difference(territories.resolve(except)).isEmpty)
    open.push('Nothing is left of the places: what is taken out covers all of them.')
  if (until !== null && until < from) open.push('The last day is before the first. Change one of the two.')
  return open
}

/** The scope that the answers state; only where no question is open. */
export const termsOf = ({ media: uses, industry, territory, except, from, until, exclusive }: Asked, zone: string): ScopeTerms => ({
  media: uses,
  territory: { include: territory, ...(except.length > 0 ? { except } : {}) },
  industry: industry.length > 0 ? industry : 'ALL',
  from,
  until,
  zone,
  exclusive,
})

/** The address of the same question about other terms: the way to what can be had instead. */
export function searchOf({ asset, by }: Pick<Asked, 'asset' | 'by'>, terms: ScopeTerms): string {
  const search = new URLSearchParams()
  if (asset) search.set('asset', asset)
  for (const code of terms.media) search.append('media', code)
  if (terms.industry !== 'ALL') for (const code of terms.industry) search.append('industry', code)
  for (const code of terms.territory.include) search.append('territory', code)
  for (const code of terms.territory.except ?? []) search.append('except', code)
  search.set('from', terms.from)
  search.set('until', terms.until ?? '')
  if (terms.exclusive) search.set('exclusive', 'yes')
  if (by) search.set('for', by)
  return `?${search}`
}

/** The other answers once more, for the form that finds a picture: nothing is lost on the way. */
export function keptFields(asked: Asked, zone: string): [string, string][] {
  return [...new URLSearchParams(searchOf({ asset: null, by: asked.by }, termsOf(asked, zone)))]
}

export interface QuestionChoices {
  media: { chosen: Chosen[]; more: OptionGroup[] }
  industry: { chosen: Chosen[]; more: (Option | OptionGroup)[] }
  territory: { chosen: Chosen[]; except: Chosen[]; more: OptionGroup[] }
}

const named = (name: (code: string) => string) => (code: string) => ({ value: code, label: name(code) })
const without = (options: readonly Option[], chosen: readonly string[]) => options.filter(({ value }) => !chosen.includes(value))
const choices = scopeChoices()

/** Everything that the form shows: what is chosen, and what else there is. */
export function choicesOf({ media: uses, industry, territory, except }: Asked): QuestionChoices {
  const grouped = (
    groups: readonly { value: string; label: string; options: readonly Option[] }[],
    chosen: readonly string[],
  ): OptionGroup[] =>
    groups.map(({ value, label, options }) => {
      const whole = options.some((option) => option.value === value) ? [] : [{ value, label: `${label}, all of it` }]
      return { label, options: without([...whole, ...options], chosen) }
    })
  const places = [...territory, ...except]
  return {
    media: { chosen: uses.map(named(mediumName)), more: grouped(choices.media, uses) },
    industry: { chosen: industry.map(named(industryName)), more: grouped(choices.industries, industry) },
    territory: {
      chosen: territory.map(named(placeName)),
      except: except.map(named(placeName)),
      more: [
        { label: 'Areas', options: without(choices.areas, places) },
        { label: 'Regions', options: without(choices.regions, places) },
        { label: 'Countries', options: without(choices.countries, places) },
      ],
    },
  }
}

/** "1 January 2027 to 31 December 2027", for the summary of a question. */
export const spanInWords = ({ from, until }: Pick<Asked, 'from' | 'until'>): string =>
  until === null ? `from ${dayInWords(from)}, without end` : `${dayInWords(from)} to ${dayInWords(until)}`
