import { cellsNear } from './colours.ts'
import { noFilters, readWish, type AskedFor } from './facets.ts'
import { readRights, type RightsWish } from './rights-wish.ts'
import { askFor, type KnownWord } from './search-ask.ts'
import { parseQuery, type SearchQuery } from './search-query.ts'

/** How often somebody wants to hear of what is new. `soon`: within the hour. */
export const paces = ['soon', 'daily', 'weekly', 'none'] as const
export type Pace = (typeof paces)[number]
const hours: Record<Pace, number> = { soon: 1, daily: 24, weekly: 168, none: 0 }
/** A little less than the pace, so that a letter does not come later by the timetable's step each time. */
const grace = 5 * 60_000
/** From when on the next letter may be written, after one at `at`. */
export const dueAfter = (pace: Pace, at: Date): Date => new Date(at.getTime() + hours[pace] * 3_600_000 - (pace === 'none' ? 0 : grace))

export interface KeptSearch extends AskedFor {
  rights: RightsWish
}

/** A kept search as it was asked; pages, orders and likeness are not kept. */
export function readKept(search: string): KeptSearch {
  const params = new URLSearchParams(search)
  return { ...readWish(params), sort: 'relevance', page: 1, like: '', rights: readRights(params) }
}

/** What is kept of an address: what was understood of it, in one spelling. */
export function canonicalSearch(search: string): string {
  const { text, filters, tint, rights } = readKept(search)
  const kept = new URLSearchParams()
  const words = parseQuery(text).text
  if (words) kept.set('q', words)
  for (const [facet, values] of Object.entries(filters)) for (const value of values) kept.append(facet, value)
  if (tint) kept.append('colour', tint)
  for (const name of ['medium', 'territory', 'until'] as const) if (rights[name]) kept.set(name, rights[name])
  if (rights.exclusive) kept.set('exclusive', 'yes')
  return kept.toString()
}

/** The words of a kept search are whole: nobody is typing any more. */
export function keptQuery(text: string): SearchQuery {
  const query = parseQuery(text)
  return { ...query, terms: query.terms.map((term) => ({ ...term, prefix: false })) }
}

const quoted = (key: string): string => `'${key.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
const anyOf = (keys: readonly string[]): string => `(${keys.map(quoted).join('|')})`

export interface KeptQuestion {
  /** As a `tsquery` over the keys of an entry. */
  query: string
  phrases: { words: string; never: boolean }[]
  /** One group of keys of which each match has one: the words that say most, else a facet. */
  anchors: string[]
}

/** A kept search as a question that one new entry answers by itself. Rights and prices change by the day: they are asked when somebody is told. */
export function questionOf(kept: KeptSearch, words: ReadonlyMap<string, KnownWord>, collectionIds: readonly string[]): KeptQuestion {
  const none = { offset: 0, limit: 1 }
  const collection = kept.filters.collection.length > 0 && collectionIds.length === 0 ? ['none'] : [...collectionIds]
  const filters = { ...noFilters(), ...kept.filters, collection, price: [] }
  const colour = kept.tint ? cellsNear(kept.tint) : []
  const ask = askFor(keptQuery(kept.text), words, [], filters, 'newest', none, undefined, { colour })
  const groups = [...ask.must, ...Object.values(ask.facets)]
  const longest = (keys: readonly string[]): number => (keys[0] === '*' ? 0 : Math.min(...keys.map((key) => key.length)))
  const wordiest = [...ask.must].sort((a, b) => longest(b) - longest(a))[0] ?? ['*']
  const anchors = wordiest[0] === '*' ? (Object.values(ask.facets)[0] ?? ['*']) : wordiest
  return {
    query: [...groups.map(anyOf), ...ask.never.map((key) => `!${quoted(key)}`)].join('&'),
    phrases: ask.phrases,
    anchors,
  }
}
