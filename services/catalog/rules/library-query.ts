import { slips } from './slips.ts'

/** One thing that is looked for: a word, or a value of a field. */
export interface Value {
  text: string
  /** In quotation marks: as it stands. */
  quoted: boolean
}
export interface Clause {
  not: boolean
  /** Null: anywhere. In small letters, as it was typed. */
  field: string | null
  /** Any of these. None: somebody has typed the field and not yet its value. */
  values: Value[]
}

export const longestLibraryQuery = 1_000
export const mostClauses = 40
const mostValues = 50

const fieldStart = /([\p{L}][\p{L}\p{N}_.-]*):(?!\/\/)/uy

/** What was typed, made plain: one kind of quotation mark, no signs that cannot be seen. */
export const plainInput = (input: string): string =>
  [
    ...input
      .normalize('NFKC')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
      .replace(/[“”„«»]/gu, '"')
      .trimStart(),
  ]
    .slice(0, longestLibraryQuery)
    .join('')

/**
 * What somebody typed, as clauses that must all hold: `word`, `"a phrase"`, `-without`, `begin*`, `field:value`, `field:one,other`, `-field:value`.
 * Total: any input is understood somehow; an unbalanced quotation mark ends with the input.
 */
export function parseLibraryQuery(input: string): Clause[] {
  const text = plainInput(input)
  const clauses: Clause[] = []
  let at = 0
  const quoted = (): string => {
    let inside = ''
    at++
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\\' && at + 1 < text.length) at++
      inside += text[at++]
    }
    at++
    return inside.trim()
  }
  const run = (stops: RegExp): string => {
    const from = at
    while (at < text.length && !stops.test(text[at] as string)) at++
    return text.slice(from, at)
  }
  while (at < text.length && clauses.length < mostClauses) {
    if (text[at] === ' ') {
      at++
      continue
    }
    const not = text[at] === '-'
    if (not) at++
    if (at >= text.length || text[at] === ' ') continue
    fieldStart.lastIndex = at
    const field = fieldStart.exec(text)
    if (!field) {
      const value = text[at] === '"' ? { text: quoted(), quoted: true } : { text: run(/[\s"]/), quoted: false }
      if (value.text !== '') clauses.push({ not, field: null, values: [value] })
      continue
    }
    at = fieldStart.lastIndex
    const values: Value[] = []
    for (;;) {
      const value = text[at] === '"' ? { text: quoted(), quoted: true } : { text: run(/[\s",]/), quoted: false }
      if (value.text !== '' && values.length < mostValues) values.push(value)
      if (text[at] !== ',') break
      at++
    }
    clauses.push({ not, field: (field[1] as string).toLowerCase(), values })
  }
  return clauses
}

/** Every mark that is read as one that ends, also the printer's. */
const quote = (text: string): string => `"${text.replace(/[\\"“”„«»]/g, '\\$&')}"`
export const printValue = ({ text, quoted }: Value): string => (quoted ? quote(text) : text)

/** A value that can stand unquoted in a field. */
export const plainValue = (text: string): Value => ({ text, quoted: text === '' || /[\s",\\“”„«»]/.test(text) })

/** Clauses as one would type them. */
export const printLibraryQuery = (clauses: readonly Clause[]): string =>
  clauses
    .map(({ not, field, values }) => `${not ? '-' : ''}${field === null ? '' : `${field}:`}${values.map(printValue).join(',')}`)
    .join(' ')

export interface Typing {
  /** Where what is being typed begins and ends. */
  from: number
  to: number
  /** The field whose value is typed; null: a field or a word. */
  field: string | null
  typed: string
}

/** What is being typed at the caret: a word that may become a field, or the value of one. Null inside quotation marks of no field. */
export function typingAt(text: string, caret: number): Typing | null {
  const before = text.slice(0, caret)
  const match = /(?:^|\s)-?(?:([\p{L}][\p{L}\p{N}_.-]*):(?:[^\s"]*,|"[^"]*",)*)?("[^"]*|[^\s",]*)$/u.exec(before)
  if (!match) return null
  const [, field, typed = ''] = match
  if (field === undefined && typed.startsWith('"')) return null
  return { from: caret - typed.length, to: caret, field: field?.toLowerCase() ?? null, typed: typed.replace(/^"/, '') }
}

/** The one of some words that was most likely meant; none where nothing is near. */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  const most = typed.length <= 4 ? 1 : typed.length <= 8 ? 2 : 3
  const begins = known.filter((word) => typed.length >= 2 && word.startsWith(typed))
  if (begins.length > 0) return begins.sort((a, b) => a.length - b.length)[0]
  return known
    .map((word) => ({ word, slips: slips(typed, word) }))
    .filter((one) => one.slips <= most)
    .sort((a, b) => a.slips - b.slips)[0]?.word
}
