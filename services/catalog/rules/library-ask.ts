import { allFieldNames, libraryField, type LibraryField, type PanelFacet } from './library-fields.ts'
import { nearestWord, plainValue, printLibraryQuery, type Clause, type Value } from './library-query.ts'
import { monthsOf, readAmount, readDays, readSize } from './library-spans.ts'

/** One thing that the index is asked for: a key, or what `library_any` in the database knows besides. */
export type Leaf =
  | string
  | { begin: string }
  | { not: string }
  | { column: string; from: string | null; to: string | null }
  | { ids: string[] }
  | { said: string; words: string[]; field?: string }

export const librarySorts = {
  relevance: { label: 'Relevance', column: 'changed_at', down: true },
  changed: { label: 'Last changed', column: 'changed_at', down: true },
  'changed-first': { label: 'Longest unchanged', column: 'changed_at', down: false },
  created: { label: 'Newest', column: 'created_at', down: true },
  'created-first': { label: 'Oldest', column: 'created_at', down: false },
  title: { label: 'Title', column: 'title_key', down: false },
  'title-back': { label: 'Title, from Z', column: 'title_key', down: true },
  size: { label: 'Largest file', column: 'bytes', down: true },
  pixels: { label: 'Most pixels', column: 'pixels', down: true },
  expiry: { label: 'Ends first', column: 'ends_at', down: false },
} as const
export type LibrarySort = keyof typeof librarySorts

/** A question in keys: what `library_find` in the database answers. */
export interface LibraryAsk {
  must: Leaf[][]
  never: Leaf[][]
  facets: Record<string, Leaf[]>
  first: Leaf[][]
}

/** What the library knows of a word that was typed. */
export interface LibraryWord {
  typed: string
  plain: string
  /** Null where every language of the house takes it for a stop word. */
  stems: string[] | null
  /** Some language does. */
  stop: boolean
  known: boolean
  begins: boolean
  synonyms: string[]
}

export interface Named {
  id: string
  /** By any of these it is asked for. */
  names: readonly string[]
}
export interface OwnFieldNames {
  id: string
  code: string
  label: string
  /** A vocabulary's terms are its values. */
  choice: boolean
}
/** What names stand for in the house: read for those fields that a question has. */
export interface Names {
  me: string | null
  person: readonly Named[]
  collection: readonly Named[]
  kit: readonly Named[]
  term: readonly Named[]
  own: readonly OwnFieldNames[]
}

/** What cannot be answered as it is typed, what to do about it, and the words that would be right where one can guess. */
export interface Problem {
  says: string
  instead?: string
}
export interface Understood {
  ask: LibraryAsk
  problems: Problem[]
  /** Words that were read as others. */
  read: { wrong: string; right: string }[]
}

const tokensOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** Words that are looked for anywhere, as they stand between spaces: what the library is asked about before a question is understood. */
export const looseWords = (clauses: readonly Clause[]): string[] => [
  ...new Set(clauses.flatMap(({ values }) => values.flatMap(({ text }) => tokensOf(text)))),
]
/** Of these, the ones that a slip may have made: they stand alone, unquoted, and nobody has them. */
export const slippedWords = (clauses: readonly Clause[], words: ReadonlyMap<string, LibraryWord>, unfinished: boolean): string[] =>
  clauses.flatMap(({ field, not, values }, i) => {
    const [value] = values
    if (field !== null || not || !value || value.quoted || value.text.endsWith('*')) return []
    const tokens = tokensOf(value.text)
    const word = tokens.length === 1 ? words.get(tokens[0] as string) : undefined
    if (!word || word.known || word.plain.length < 4 || /\d/.test(word.plain)) return []
    return unfinished && i === clauses.length - 1 && word.begins ? [] : [word.typed]
  })

interface Knowing {
  words: ReadonlyMap<string, LibraryWord>
  /** What mistyped words are read as, best first. */
  corrections: ReadonlyMap<string, readonly LibraryWord[]>
  names: Names
  now: number
  /** In which the house's days begin and end. */
  zone: string
  /** The last word may be unfinished: nothing stands behind it. */
  unfinished: boolean
}

/** Clauses (and what the panel narrows by) as a question to the index, or what is wrong with them. */
export function understand(
  clauses: readonly Clause[],
  facets: Partial<Record<PanelFacet, readonly string[]>>,
  knowing: Knowing,
): Understood {
  const ask: LibraryAsk = { must: [], never: [], facets: {}, first: [] }
  const problems: Problem[] = []
  const read: Understood['read'] = []
  const loose = clauses.filter(({ field, not }) => field === null && !not).length
  clauses.forEach((clause, i) => {
    const last = knowing.unfinished && i === clauses.length - 1
    if (clause.field === null) {
      const [value] = clause.values
      if (!value) return
      const { leaves, title, reading } = anywhere(value, knowing, last && !clause.not, loose > 1)
      if (reading) read.push(reading)
      if (!leaves) return
      if (clause.not) ask.never.push(leaves)
      else {
        ask.must.push(leaves)
        ask.first.push(title)
      }
      return
    }
    const leaves: Leaf[] = []
    const found = inField(clause, knowing, leaves, (changed) =>
      printLibraryQuery(clauses.map((one, n) => (n === i ? { ...one, ...changed } : one))),
    )
    if (found) problems.push(found)
    else if (clause.not) ask.never.push(leaves)
    else ask.must.push(leaves)
  })
  for (const [facet, values] of Object.entries(facets))
    if (values.length > 0) ask.facets[facet] = values.map((value) => `f/${facet}:${value}`)
  return { ask, problems, read }
}

const plainOf = (token: string, words: Knowing['words']): string => words.get(token)?.plain ?? token

/** Words in a row, in one field or in any; the words alone are asked of the index first. */
function inARow(tokens: readonly string[], words: Knowing['words'], prefix: string | null): Leaf {
  const plain = tokens.map((token) => plainOf(token, words))
  return {
    said: plain.join(' '),
    words: [...new Set(plain)].map((word) => `${prefix ?? 'w'}/${word}`),
    ...(prefix && { field: prefix }),
  }
}

interface Meant {
  /** Null: nothing that could be looked for. */
  leaves: Leaf[] | null
  title: Leaf[]
  reading?: { wrong: string; right: string }
}
function anywhere({ text, quoted }: Value, { words, corrections }: Knowing, unfinished: boolean, others: boolean): Meant {
  if (/^(ast|ver)_[0-9a-z]{10,40}$/i.test(text)) return { leaves: [`id/${text.toLowerCase()}`], title: ['*'] }
  if (/^[0-9a-f]{64}$/i.test(text)) return { leaves: [`h/${text.toLowerCase()}`], title: ['*'] }
  const tokens = tokensOf(text)
  const [token] = tokens
  if (token === undefined) return { leaves: null, title: [] }
  const plain = plainOf(token, words)
  if (tokens.length > 1) return { leaves: [inARow(tokens, words, null)], title: [inARow(tokens, words, 'ti')] }
  if (quoted) return { leaves: [`w/${plain}`], title: [`ti/${plain}`] }
  if (text.endsWith('*')) return { leaves: [{ begin: `w/${plain}` }], title: [{ begin: `ti/${plain}` }] }
  const word = words.get(token)
  if (!word) return { leaves: [`w/${plain}`], title: [`ti/${plain}`] }
  if (word.stop && others) return { leaves: null, title: [] }
  const right = word.known || (unfinished && word.begins) ? undefined : corrections.get(token)
  if (right && right.length > 0)
    return {
      leaves: right.flatMap((one) => one.stems ?? [`w/${one.plain}`]),
      title: right.map((one) => `ti/${one.plain}`),
      reading: { wrong: text, right: right.map((one) => one.plain).join(' or ') },
    }
  // Where somebody has the word as it stands, that is what is meant; `begin*` asks for more.
  const begins: Leaf[] = unfinished && !word.known && word.plain.length >= 2 ? [{ begin: `w/${word.plain}` }] : []
  return {
    leaves: [...(word.stems ?? [`w/${word.plain}`]), `w/${word.plain}`, ...word.synonyms, ...begins],
    title: [`ti/${word.plain}`, ...(begins.length > 0 ? [{ begin: `ti/${word.plain}` }] : [])],
  }
}

type Changed = Partial<Pick<Clause, 'field' | 'values'>>

/** A fielded clause into leaves; what comes back is what is wrong with it. */
function inField(clause: Clause, knowing: Knowing, leaves: Leaf[], instead: (changed: Changed) => string): Problem | undefined {
  const name = clause.field as string
  const field = libraryField(name)
  const own = field ? undefined : knowing.names.own.find(({ code, label }) => [code, label].some((one) => one.toLowerCase() === name))
  if (!field && !own) {
    const near = nearestWord(name, [...allFieldNames, ...knowing.names.own.map(({ code }) => code.toLowerCase())])
    return {
      says: `There is no field “${name}”.${near ? ` Did you mean ${near}:?` : ''} To look for the words themselves, put them in quotation marks.`,
      ...(near && { instead: instead({ field: near }) }),
    }
  }
  if (clause.values.length === 0) return { says: `Say what to look for after ${name}:${field ? ` (${field.hint})` : ''}` }
  for (const value of clause.values) {
    const problem = own ? ownValue(own, value, knowing, leaves) : valueOf(field as LibraryField, value, clause, knowing, leaves, instead)
    if (problem) return problem
  }
  return undefined
}

function wordsIn({ text, quoted }: Value, prefix: string, { words }: Knowing): Leaf | null {
  const tokens = tokensOf(text)
  const [token] = tokens
  if (token === undefined) return null
  if (tokens.length > 1) return inARow(tokens, words, prefix)
  const key = `${prefix}/${plainOf(token, words)}`
  return !quoted && text.endsWith('*') ? { begin: key } : key
}

function ownValue(own: OwnFieldNames, value: Value, knowing: Knowing, leaves: Leaf[]): Problem | undefined {
  if (value.text === '*') leaves.push(`o/${own.id}`)
  else if (own.choice) {
    const terms = named(knowing.names.term, value.text)
    if (terms.length === 0) return { says: `No term “${value.text}” for ${own.label}.` }
    leaves.push(...terms.map((id) => `o/${own.id}:${id}`))
  } else
    leaves.push(
      !value.quoted && value.text.endsWith('*')
        ? { begin: `o/${own.id}:${value.text.slice(0, -1).toLowerCase()}` }
        : `o/${own.id}:${value.text.toLowerCase()}`,
    )
  return undefined
}

/** Ids by id, whole name, or (where none is whole) by what a name begins with. */
function named(all: readonly Named[], typed: string): string[] {
  const plain = (name: string) => name.toLowerCase().replace(/[“”„«»]/g, '"')
  const text = plain(typed)
  const by = (fits: (name: string) => boolean) =>
    all.filter(({ id, names }) => id === typed || names.some((name) => fits(plain(name)))).map(({ id }) => id)
  const whole = by((name) => name === text)
  return whole.length > 0 ? whole : by((name) => name.startsWith(text) || name.includes(` ${text}`))
}

const span = (column: string, from: number | null, to: number | null, write: (n: number) => string): Leaf => ({
  column,
  from: from === null ? null : write(from),
  to: to === null ? null : write(to),
})
const instant = (ms: number): string => new Date(ms).toISOString()

function valueOf(
  field: LibraryField,
  value: Value,
  clause: Clause,
  knowing: Knowing,
  leaves: Leaf[],
  instead: (changed: Changed) => string,
): Problem | undefined {
  const { text } = value
  const replaced = (right: string): string => instead({ values: clause.values.map((one) => (one === value ? plainValue(right) : one)) })
  switch (field.type) {
    case 'words': {
      if (!value.quoted && text === '*') {
        leaves.push({ begin: `${field.prefix}/` })
        return undefined
      }
      const leaf = wordsIn(value, field.prefix, knowing)
      if (!leaf) return { says: `${clause.field}: wants a word.` }
      leaves.push(leaf)
      return undefined
    }
    case 'exact': {
      const key = `${field.prefix}/${text.toLowerCase()}`
      leaves.push(field.name === 'hash' && text.length < 64 ? { begin: key } : key)
      return undefined
    }
    case 'choice': {
      const wanted = text.toLowerCase().replace(/[_ ]/g, '-')
      const one = field.choices.find((choice) => choice.value === wanted || choice.label.toLowerCase() === text.toLowerCase())
      if (one) {
        leaves.push(one.key)
        return undefined
      }
      const near = nearestWord(
        wanted,
        field.choices.map((choice) => choice.value),
      )
      return {
        says: `${clause.field}: does not know “${text}”. It knows ${field.choices.map((choice) => choice.value).join(', ')}.`,
        ...(near && { instead: replaced(near) }),
      }
    }
    case 'days': {
      const days = readDays(text, knowing.now, knowing.zone)
      if (!days)
        return {
          says: `${clause.field}: wants a year, a month, a day or a span: 2026, 2026-11, 2026-11-01..2026-11-20, 2026-11.., today, 7d.`,
        }
      const whole = field.column === 'created_at' ? monthsOf(days) : null
      if (whole) leaves.push(...whole.months.map((month) => `f/uploaded:${month}`))
      leaves.push(...(whole?.edges ?? [days]).map(({ from, to }) => span(field.column, from, to, instant)))
      return undefined
    }
    case 'size': {
      const size = readSize(text)
      if (!size) return { says: 'size: wants an amount with its unit: >20mp, <500kb, 2mb..10mb.' }
      leaves.push(span(size.column, size.from, size.to, String))
      return undefined
    }
    case 'amount': {
      const amount = readAmount(text)
      if (!amount) return { says: `${clause.field}: wants a number of pixels: >3000, 800..1200.` }
      leaves.push(span(field.column, amount.from, amount.to, String))
      return undefined
    }
    case 'name': {
      if (field.of === 'person' && text.toLowerCase() === 'me' && knowing.names.me) {
        leaves.push(`f/by:${knowing.names.me}`)
        return undefined
      }
      const all = knowing.names[field.of]
      const ids = named(all, text)
      if (ids.length > 0) {
        leaves.push(...ids.map((id) => `f/${field.name}:${id}`))
        return undefined
      }
      const near = nearestWord(
        text.toLowerCase(),
        all.flatMap(({ names }) => names.map((name) => name.toLowerCase())),
      )
      return {
        says: `No ${{ person: 'person', collection: 'collection', kit: 'kit', term: 'term' }[field.of]} is called “${text}”.`,
        ...(near && { instead: replaced(near) }),
      }
    }
  }
}
