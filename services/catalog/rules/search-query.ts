/** One thing that is looked for: a word, or words in a row. */
export interface Term {
  words: string[]
  exclude: boolean
  /** The last word may be unfinished: somebody is still typing. */
  prefix: boolean
  /** In quotation marks: in this form only. */
  exact: boolean
}
export interface SearchQuery {
  /** What was understood of the input, for the field on the page. */
  text: string
  terms: Term[]
  /** The input was longer than we read. */
  cut: boolean
}

export const longestQuery = 500
export const mostTerms = 32

const quoted = /(-?)"([^"]*)"?|(\S+)/gu
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * What somebody typed, as terms: `"a phrase"`, `-without`, and the last word as the beginning of one. Total: any input
 * is understood somehow, an unbalanced quote ends with the input, signs that are no words are left out.
 */
export function parseQuery(input: string): SearchQuery {
  const letters = [
    ...input
      .normalize('NFKC')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
      .replace(/[“”„«»]/gu, '"')
      .trimStart(),
  ]
  const text = letters.slice(0, longestQuery).join('')
  const terms: Term[] = []
  for (const [, minus, phrase, plain] of text.matchAll(quoted)) {
    if (phrase !== undefined) terms.push({ words: wordsOf(phrase), exclude: minus === '-', prefix: false, exact: true })
    // A word with signs inside (`black-and-white`, `l'été`) is looked for as words in a row.
    else if (plain) terms.push({ words: wordsOf(plain), exclude: plain.startsWith('-'), prefix: false, exact: false })
  }
  const kept = terms.filter(({ words }) => words.length > 0).slice(0, mostTerms)
  const last = kept.at(-1)
  const unfinished = last && !last.exclude && (last.words.at(-1)?.length ?? 0) >= 2 && /[\p{L}\p{N}]$/u.test(text)
  if (last && unfinished) last.prefix = true
  return { text: text.trim(), terms: kept, cut: letters.length > longestQuery || terms.length > mostTerms }
}

/** A term in Postgres's words. Terms hold letters and figures only, so nothing needs escaping. */
export const tsTerm = ({ words, prefix }: Pick<Term, 'words' | 'prefix'>): string =>
  words.map((word, index) => `'${word}'${prefix && index === words.length - 1 ? ':*' : ''}`).join(' <-> ')

/** Whether something is looked for at all: a query of exclusions alone finds nothing by itself. */
export const looksForSomething = ({ terms }: SearchQuery): boolean => terms.some(({ exclude }) => !exclude)
