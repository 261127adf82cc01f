import { facets, fixedFacets, type Counts, type Facet, type Filters, type Sort, noCounts } from './facets.ts'
import { tsTerm, type SearchQuery, type Term } from './search-query.ts'

/** What the house knows of a word that was typed. */
export interface KnownWord {
  typed: string
  plain: string
  /** Null where every language of the house takes it for a stop word. */
  stems: string[] | null
  /** Languages of the house in which it is a stop word. */
  stops: string[]
  known: boolean
  /** Some word of the house begins with it. */
  begins: boolean
  /** Stems of the words that the house takes for the same. */
  synonyms: string[]
}
/** What a mistyped word is read as, best first. */
export interface Correction {
  wrong: string
  right: KnownWord[]
}

/** A question in keys: what `search_store` in the database answers. Groups are ORs, joined by AND. */
export interface Ask {
  must: string[][]
  never: string[]
  phrases: { words: string; never: boolean }[]
  facets: Record<string, string[]>
  /** Ranges of keys that are counted, each from its first on and before its second; and single keys. */
  counted: [from: string, before: string][]
  count: string[]
  /** Groups of keys; or "order", the place of what the caller put in order. */
  tiers: (string[][] | 'order')[]
  offset: number
  limit: number
  order?: string[]
  only?: boolean
  /** The oldest first inside a tier. */
  up?: boolean
}
/** What a question may say besides words, filters and rights. */
export interface Extras {
  counted?: readonly Facet[]
  prices?: readonly string[]
  colour?: readonly (readonly string[])[]
  order?: { assetNos: readonly bigint[]; only: boolean }
}

/** German stop words that mean something in English: who types them alone means them. */
const meant = new Set(['man', 'die', 'war', 'hat', 'bin', 'den', 'also', 'will', 'gut', 'fort'])
export const mayBeLeftOut = (word: KnownWord): boolean =>
  word.stops.length > 0 && (word.stops.includes('english') || !meant.has(word.plain))

/** How one wanted word is asked for: anywhere, in title, keywords or creator, in the title, and letter by letter in the title. */
interface Wanted {
  anywhere: string[]
  near: string[] | null
  title: string[]
  exact: string[]
}

const wantedOf = (words: readonly KnownWord[], { prefix, exact }: Term): Wanted => {
  const all = <T>(list: (word: KnownWord) => readonly T[]): T[] => [...new Set(words.flatMap(list))]
  const stems = all((word) => word.stems ?? [word.plain])
  const plain = all((word) => [word.plain])
  const unfinished = prefix && words.some((word) => !word.known && word.begins)
  const begins = unfinished ? plain : []
  if (exact)
    return {
      anywhere: plain.map((word) => `w/${word}`),
      near: null,
      title: plain.map((word) => `x/${word}`),
      exact: plain.map((word) => `x/${word}`),
    }
  return {
    anywhere: [...stems, ...all((word) => word.synonyms), ...begins.map((word) => `p/${word}`)],
    near: unfinished ? null : stems.map((stem) => `b/${stem}`),
    title: [...stems.map((stem) => `a/${stem}`), ...begins.map((word) => `px/${word}`)],
    exact: plain.map((word) => `x/${word}`),
  }
}

/** The key of one value of a facet. */
export const keyOf = (facet: Facet, value: string): string =>
  facet === 'creator' ? `c/${value}` : facet === 'collection' ? `k/${value}` : `f/${facet}:${value}`

/** Where a facet's keys lie in their order, letter by letter: all that begin as they do. */
const rangeOf = (facet: Facet): [from: string, before: string] => {
  const start = keyOf(facet, '')
  return [start, start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + 1)]
}

/**
 * A query as keys. Stop words are left out unless there is nothing else; a word that nobody has is asked for as what it was
 * corrected to; the last word may be unfinished where no whole word is spelt so. Whole titles rank first, then the words as
 * typed in the title, their other forms in the title, then title, keywords and creator, then anywhere.
 */
export function askFor(
  query: SearchQuery,
  words: ReadonlyMap<string, KnownWord>,
  corrections: readonly Correction[],
  filters: Filters,
  sort: Sort,
  range: { offset: number; limit: number },
  rights: { filter: string[]; count: string[] } = { filter: [], count: [] },
  { counted, prices, colour, order }: Extras = {},
): Ask {
  const known = (typed: string): KnownWord[] =>
    corrections.find(({ wrong }) => wrong === typed)?.right ?? [words.get(typed) ?? unknownWord(typed)]
  const wanted = query.terms.filter((term) => !term.exclude)
  const sayings = wanted.filter((term) => term.words.some((typed) => !known(typed).every(mayBeLeftOut)))
  const asked = sayings.length > 0 ? sayings : wanted
  const parts = asked.flatMap((term) => {
    const meaning = term.words.filter((typed) => !known(typed).every(mayBeLeftOut))
    const kept = meaning.length > 0 ? meaning : term.words
    return kept.map((typed, i) =>
      wantedOf(known(typed), { ...term, prefix: term.prefix && i === kept.length - 1, exact: term.exact && term.words.length === 1 }),
    )
  })
  const excluded = query.terms.filter((term) => term.exclude)
  const ask: Ask = {
    must: parts.length > 0 ? parts.map(({ anywhere }) => anywhere) : [['*']],
    never: excluded
      .filter((term) => term.words.length === 1)
      .flatMap((term) => known(term.words[0] as string).flatMap((word) => word.stems ?? [word.plain])),
    phrases: query.terms
      .filter((term) => term.words.length > 1)
      .map((term) => ({ words: tsTerm({ ...term, prefix: term.prefix && !term.exclude }), never: term.exclude })),
    facets: Object.fromEntries([
      ...facets
        .filter((facet) => filters[facet].length > 0)
        .map((facet) => [facet, filters[facet].map((value) => keyOf(facet, value))] as const),
      ...(rights.filter.length > 0 ? [['rights', rights.filter] as const] : []),
    ]),
    counted: (counted ?? facets).map(rangeOf),
    count: rights.count,
    tiers: [],
    ...range,
  }
  const cells = colour?.map((ring) => ring.map((cell) => `l/${cell}`)) ?? []
  if (cells.length > 0) ask.must.push(cells.flat())
  if (order) {
    ask.order = order.assetNos.map(String)
    ask.only = order.only
  }
  if (sort === 'oldest') ask.up = true
  if (sort === 'price-up' || sort === 'price-down') {
    const classes = (prices ?? []).map((priceClass) => [[keyOf('price', priceClass)]])
    ask.tiers.push(...(sort === 'price-up' ? classes : classes.reverse()))
  }
  if (sort !== 'relevance') return ask
  if (order?.only) ask.tiers.push('order')
  else if (cells.length > 0) ask.tiers.push(...cells.map((ring) => [ring]))
  else if (parts.length > 0) {
    ask.tiers.push([
      [
        `t/${wanted
          .flatMap((term) => term.words.map((typed) => known(typed)[0]?.plain ?? typed))
          .join(' ')
          .slice(0, 200)}`,
      ],
    ])
    ask.tiers.push(parts.map(({ exact }) => exact))
    if (order) ask.tiers.push('order')
    ask.tiers.push(parts.map(({ title }) => title))
    const near = parts.flatMap((part) => (part.near ? [part.near] : []))
    if (near.length === parts.length) ask.tiers.push(near)
  }
  return ask
}

const unknownWord = (typed: string): KnownWord => ({
  typed,
  plain: typed.toLowerCase(),
  stems: [typed.toLowerCase()],
  stops: [],
  known: false,
  begins: false,
  synonyms: [],
})

/** Words that nobody has and that are asked for: what a correction is looked for. Short words are another word at every slip. */
export const mistyped = ({ terms }: SearchQuery, words: ReadonlyMap<string, KnownWord>): string[] =>
  [
    ...new Set(
      terms
        .filter((term) => !term.exclude && !(term.exact && term.words.length === 1))
        .flatMap((term) =>
          term.words.filter((typed, i) => {
            const word = words.get(typed)
            return (
              word &&
              !word.known &&
              word.stops.length === 0 &&
              word.plain.length >= 4 &&
              !(word.begins && term.prefix && i === term.words.length - 1)
            )
          }),
        ),
    ),
  ].slice(0, 3)

/** Counts by key as counts by facet and value; of the open facets the dozen most frequent, and what is chosen of them. */
export function countsOf(byKey: Readonly<Record<string, number>>, chosen: Pick<Filters, 'creator' | 'collection'>): Counts {
  const counts = noCounts()
  const open = (facet: 'creator' | 'collection', start: string) =>
    Object.fromEntries(
      Object.entries(byKey)
        .filter(([key]) => key.startsWith(start))
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .map(([key, n]) => [key.slice(2), n] as const)
        .filter(([value], place) => place < (facet === 'creator' ? 12 : 30) || chosen[facet].includes(value)),
    )
  for (const [key, n] of Object.entries(byKey)) {
    const colon = key.indexOf(':')
    const facet = fixedFacets.find((name) => key.startsWith('f/') && name === key.slice(2, colon))
    if (facet) counts[facet][key.slice(colon + 1)] = n
  }
  counts.creator = open('creator', 'c/')
  counts.collection = open('collection', 'k/')
  return counts
}
