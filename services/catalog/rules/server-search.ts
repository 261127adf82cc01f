import { sha256 } from '../../kernel/canonical.ts'
import { facets, type Facet, type Filters, type Sort } from './facets.ts'
import { keyOf, mayBeLeftOut, mistyped, type KnownWord } from './search-ask.ts'
import type { SearchQuery, Term } from './search-query.ts'

/** A word of which a search server is asked for one form only: all stems of it brought to one. */
export interface FormedWord extends KnownWord {
  form: string
}

/**
 * Whatever a server filters by is a digest: letters a to f and figures. So nothing that anybody typed, or named a picture, a person or a
 * collection, can be read as a part of a filter, and two names that a server would take for the same (it leaves out all signs) stay two.
 */
export const digestOf = (key: string): string => sha256(key).slice(0, 32)

/** Letters and figures alone: no sign of a query's own survives. */
const bare = (word: string): string => word.replace(/[^\p{L}\p{N}]/gu, '')

/** How a query is put to a server. */
export interface Saying {
  text: string
  /** The last word of `text` may be unfinished. */
  prefix: boolean
  /** Slips are looked for, since some word is one that nobody has. */
  slips: 0 | 2
  /** Words that nobody has, as typed. */
  wrong: string[]
  /** Words anywhere, phrases, or both are in it. */
  words: boolean
  phrases: boolean
  /** The whole of it as a title, and each word as it would stand in one; empty where nothing is looked for. */
  whole: string
  exact: string[]
}

const quoted = (words: readonly string[]): string => `"${words.map(bare).filter(Boolean).join(' ')}"`

/**
 * A query in a server's words: every word in its one form, phrases in quotes, exclusions with a minus, and what may be unfinished last.
 * Stop words are left out unless there is nothing else, as in the house's own search.
 */
export function sayingOf(query: SearchQuery, words: ReadonlyMap<string, FormedWord>): Saying {
  const unknown = (typed: string): FormedWord => ({
    typed,
    plain: typed.toLowerCase(),
    stems: [],
    stops: [],
    known: false,
    begins: false,
    synonyms: [],
    form: typed.toLowerCase(),
  })
  const known = (typed: string): FormedWord => words.get(typed) ?? unknown(typed)
  const wanted = query.terms.filter((term) => !term.exclude)
  const meaning = wanted.filter((term) => term.words.some((typed) => !mayBeLeftOut(known(typed))))
  const asked = meaning.length > 0 ? meaning : wanted
  const wrong = mistyped(query, words)
  const said: string[] = []
  const [phrases, never]: [string[], string[]] = [[], []]
  let last = ''
  const isUnfinished = (term: Term, typed: string) => term.prefix && !known(typed).known && known(typed).begins
  for (const term of asked) {
    const end = term.words.at(-1) ?? ''
    const unfinished = isUnfinished(term, end)
    if ((term.words.length > 1 || term.exact) && !unfinished) phrases.push(quoted(term.words.map((typed) => known(typed).plain)))
    else
      for (const typed of term.words) {
        const word = known(typed)
        if (typed === end && unfinished) last = bare(word.plain)
        else said.push(bare(wrong.includes(typed) ? word.plain : word.form))
      }
  }
  for (const term of query.terms.filter(({ exclude }) => exclude))
    never.push(
      term.words.length > 1 ? `-${quoted(term.words.map((typed) => known(typed).plain))}` : `-${bare(known(term.words[0] ?? '').form)}`,
    )
  const kept = [
    ...phrases.filter((phrase) => phrase !== '""'),
    ...never.filter((word) => word !== '-' && word !== '-""'),
    ...said.filter(Boolean),
    ...(last ? [last] : []),
  ]
  const typed = wanted.flatMap((term) => term.words.map((word) => known(word).plain))
  return {
    text: kept.join(' ') || '*',
    prefix: last !== '',
    slips: wrong.length > 0 ? 2 : 0,
    wrong,
    words: said.length > 0 || last !== '' || never.length > 0,
    phrases: phrases.length > 0 || never.some((word) => word.includes('"')),
    whole: typed.join(' ').slice(0, 200),
    exact: [...new Set(asked.flatMap((term) => term.words.map((word) => known(word).plain)))],
  }
}

/** Fields that a saying is looked for in, the title first: words in all their forms, phrases letter by letter. */
export const fieldsOf = ({ words, phrases }: Saying): { name: string; weight: number }[] => [
  ...(words || !phrases
    ? [
        { name: 'title_words', weight: 6 },
        { name: 'near_words', weight: 3 },
        { name: 'all_words', weight: 1 },
      ]
    : []),
  ...(phrases
    ? [
        { name: 'title', weight: 6 },
        { name: 'near', weight: 3 },
        { name: 'body', weight: 1 },
      ]
    : []),
]

/** What lets a picture through: profiles of rights that were allowed, or those that were refused where they are fewer, less what is taken. */
export interface Passing {
  allowed: readonly string[]
  refused: readonly string[]
  blocked: readonly number[]
  exclusive: boolean
}
/** Longer lists cost a server more than the house's own search takes for the whole question. */
export const longestList = 250
export const mostBlocked = 1_000

const anyOf = (keys: readonly string[]): string => `keys:=[${keys.map(digestOf).join(',')}]`
const noneOf = (keys: readonly string[]): string => `keys:!=[${keys.map(digestOf).join(',')}]`

/** Whether a question of rights is short enough for a filter. */
export const fitsFilter = ({ allowed, refused, blocked }: Passing): boolean =>
  Math.min(allowed.length, refused.length) <= longestList && blocked.length <= mostBlocked

/** A question of rights as a filter. */
export function passingFilter({ allowed, refused, blocked, exclusive }: Passing): string[] {
  if (allowed.length === 0) return ['n:<0']
  return [
    ...(refused.length === 0
      ? []
      : allowed.length <= refused.length
        ? [anyOf(allowed.map((profile) => `r/${profile}`))]
        : [noneOf(refused.map((profile) => `r/${profile}`))]),
    ...(exclusive ? [anyOf(['f/licence:rights-managed'])] : []),
    ...(blocked.length > 0 ? [`n:!=[${blocked.join(',')}]`] : []),
  ]
}

/** Filters of a question; `but`: without this facet's own, so that its counts say what ticking another value adds. */
export const filterOf = (houseId: string, filters: Filters, rights: readonly string[], gone: readonly number[], but?: Facet): string =>
  [
    `house:=${digestOf(houseId)}`,
    ...facets
      .filter((facet) => facet !== but && filters[facet].length > 0)
      .map((facet) => anyOf(filters[facet].map((value) => keyOf(facet, value)))),
    ...rights,
    ...(gone.length > 0 ? [`n:!=[${gone.join(',')}]`] : []),
  ].join(' && ')

/** The order of results: whole titles, then the very words in the title, then as the server matches, the newest first among equals. */
export function orderOf(sort: Sort, saying: Saying): string | null {
  if (sort === 'newest') return 'n:desc'
  if (sort === 'oldest') return 'n:asc'
  if (sort !== 'relevance') return null
  if (saying.whole === '') return 'n:desc'
  const every = saying.exact.map((word) => `keys:=${digestOf(`x/${word}`)}`).join(' && ')
  return `_eval([(keys:=${digestOf(`t/${saying.whole}`)}):2,(${every}):1]):desc,_text_match:desc,n:desc`
}

/** Which field of a document counts a facet. */
export const countedBy = (facet: Facet): string => (facet === 'collection' ? 'collections' : facet === 'creator' ? 'creator' : 'facets')

/** Counts by field and value, as counts by key. */
export function keysCounted(counts: Readonly<Record<string, Readonly<Record<string, number>>>>): Record<string, number> {
  const byKey: Record<string, number> = {}
  for (const [field, values] of Object.entries(counts)) {
    const start = field === 'collections' ? 'k/' : field === 'creator' ? 'c/' : 'f/'
    for (const value in values) byKey[start + value] = values[value] ?? 0
  }
  return byKey
}
/** Whether a key is a value of this facet. */
export const isOf = (facet: Facet, key: string): boolean =>
  key.startsWith(facet === 'collection' ? 'k/' : facet === 'creator' ? 'c/' : `f/${facet}:`)
