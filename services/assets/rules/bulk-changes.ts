import type { OwnFieldType, SchemaField } from './own-fields.ts'
import { assetKinds, audiences } from './asset-words.ts'

/** A record as a change sees it: columns by their names, `iptc.headline`, `own.fld_…`. What is empty is null. */
export type RecordValue = string | number | boolean | string[] | null
export type RecordValues = Record<string, RecordValue>

export type Shape = 'text' | 'words' | 'terms' | 'flag' | 'answer' | 'choice' | 'number' | 'date' | 'link'
export interface BulkField {
  name: string
  label: string
  shape: Shape
  /** Of a text, in characters. */
  longest?: number | undefined
  /** It can be emptied. */
  clears: boolean
  options?: readonly string[] | undefined
  vocabularyId?: string | undefined
  /** Only one term. */
  single?: boolean | undefined
  /** Files say it too. */
  inFiles?: boolean | undefined
  /** For an own field: the kinds of asset that have it. */
  kinds?: readonly string[] | undefined
}

const text = (name: string, label: string, longest: number, more: Partial<BulkField> = {}): BulkField => ({
  name,
  label,
  shape: 'text',
  longest,
  clears: true,
  ...more,
})
const flag = (name: string, label: string): BulkField => ({ name, label, shape: 'flag', clears: false })

/** What of every record may be changed in many at once. Rights and prices are no part of it. */
export const recordFields: readonly BulkField[] = [
  text('title', 'Title', 200, { clears: false, inFiles: true }),
  text('description', 'Description', 5000, { inFiles: true }),
  text('altText', 'Alternative text', 1000, { inFiles: true }),
  text('iptc.extendedDescription', 'Extended description', 5000, { inFiles: true }),
  { name: 'keywords', label: 'Keywords', shape: 'words', clears: true, inFiles: true },
  text('iptc.headline', 'Headline', 256, { inFiles: true }),
  text('creator', 'Creator', 200, { inFiles: true }),
  text('creditLine', 'Credit line', 200, { inFiles: true }),
  text('copyrightNotice', 'Copyright notice', 500, { inFiles: true }),
  text('source', 'Source', 200, { inFiles: true }),
  { name: 'sourceUrl', label: 'Address of the source', shape: 'link', clears: true },
  { name: 'dateCreated', label: 'Date created', shape: 'date', clears: true, inFiles: true },
  text('iptc.city', 'City', 200, { inFiles: true }),
  text('iptc.country', 'Country', 200, { inFiles: true }),
  text('iptc.instructions', 'Instructions', 1000, { inFiles: true }),
  text('iptc.jobId', 'Job', 200, { inFiles: true }),
  { name: 'kind', label: 'Kind', shape: 'choice', clears: false, options: assetKinds },
  { name: 'audience', label: 'Audience', shape: 'choice', clears: false, options: audiences },
  { name: 'showsPeople', label: 'Recognisable people', shape: 'answer', clears: true },
  { name: 'showsProperty', label: 'Private property or artwork', shape: 'answer', clears: true },
  flag('editorialOnly', 'Editorial use only'),
  flag('sellsRoyaltyFree', 'Sold royalty-free'),
  flag('sellsRightsManaged', 'Sold rights-managed'),
]

const shapes: Record<OwnFieldType, Shape> = {
  TEXT: 'text',
  LONG_TEXT: 'text',
  PERSON: 'text',
  NUMBER: 'number',
  DATE: 'date',
  YES_NO: 'answer',
  CHOICE: 'terms',
  CHOICES: 'terms',
  LINK: 'link',
}
export const bulkFieldOf = (field: SchemaField): BulkField => ({
  name: `own.${field.id}`,
  label: field.label,
  shape: shapes[field.type],
  longest: field.type === 'LONG_TEXT' ? 5000 : 500,
  // A field that every saved record needs can be given another value, and not be emptied.
  clears: field.need !== 'ALWAYS',
  ...(field.vocabularyId && { vocabularyId: field.vocabularyId }),
  ...(field.type === 'CHOICE' && { single: true }),
  kinds: field.kinds,
})

export type BulkChange =
  | { field: string; op: 'set'; value: Exclude<RecordValue, null> }
  /** The same, only where nothing is said. */
  | { field: string; op: 'fill'; value: Exclude<RecordValue, null> }
  | { field: string; op: 'clear' }
  /** Words or terms beside those that are there; a text after the text. */
  | { field: string; op: 'add'; value: string[] }
  | { field: string; op: 'remove'; value: string[] }
  /** In a text: every place; in a list: the word or term that is exactly this. */
  | { field: string; op: 'find'; find: string; put: string; exact: boolean }
  | { field: string; op: 'from-file'; over: boolean }
  /** Every own field that holds the one term holds the other instead. */
  | { field: '*'; op: 'move-term'; from: string; into: string }
export type BulkOp = BulkChange['op']

export const opWords: Record<BulkOp, string> = {
  set: 'Set to',
  fill: 'Set where it is empty',
  clear: 'Empty',
  add: 'Add',
  remove: 'Remove',
  find: 'Find and replace',
  'from-file': 'Fill from the file',
  'move-term': 'Move to another term',
}

/** What may be done to a field. */
export function opsOf(field: BulkField): BulkOp[] {
  const lists = field.shape === 'words' || (field.shape === 'terms' && !field.single)
  return [
    'set',
    // A yes or no that every record has is never empty.
    ...(field.shape === 'flag' || field.shape === 'choice' ? [] : (['fill'] as const)),
    ...(lists || field.shape === 'text' ? (['add'] as const) : []),
    ...(lists ? (['remove'] as const) : []),
    ...(field.shape === 'text' || field.shape === 'words' || field.shape === 'terms' ? (['find'] as const) : []),
    ...(field.clears ? (['clear'] as const) : []),
    ...(field.inFiles ? (['from-file'] as const) : []),
  ]
}

export const isEmpty = (value: RecordValue | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Words and terms are sets, and their order is the writer's; the rest is equal when it is the same. */
export function sameValue(a: RecordValue | undefined, b: RecordValue | undefined): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b)
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, n) => item === b[n])
  return a === b
}

export interface Foreseen {
  before: RecordValues
  after: RecordValues
  /** Somebody's words are replaced by others. */
  over: boolean
}
export type Applied = ({ verdict: 'CHANGES' } & Foreseen) | { verdict: 'SAME' } | { verdict: 'REFUSED'; problem: string }

/**
 * What some changes make of a record, one after the other. `inFile` says what the asset's file says of a field.
 * Only what differs in the end is named.
 */
export function applyChanges(
  record: RecordValues,
  changes: readonly BulkChange[],
  fields: ReadonlyMap<string, BulkField>,
  inFile: (field: string) => RecordValue,
): Applied {
  const now: RecordValues = { ...record }
  for (const change of changes) {
    if (change.op === 'move-term') {
      for (const [name, value] of Object.entries(now))
        if (name.startsWith('own.') && Array.isArray(value) && value.includes(change.from))
          now[name] = swapped(value, change.from, change.into)
      continue
    }
    const field = fields.get(change.field)
    if (!field) return { verdict: 'REFUSED', problem: `The house has no field “${change.field}” any more.` }
    if (field.kinds && typeof record.kind === 'string' && !field.kinds.includes(record.kind)) continue
    now[field.name] = changed(field, now[field.name] ?? null, change, inFile)
    const problem = problemOf(field, now[field.name] ?? null)
    if (problem && !sameValue(record[field.name], now[field.name])) return { verdict: 'REFUSED', problem: `${field.label}: ${problem}` }
  }
  const names = Object.keys(now).filter((name) => !sameValue(record[name], now[name]))
  if (names.length === 0) return { verdict: 'SAME' }
  const pick = (from: RecordValues) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]))
  return {
    verdict: 'CHANGES',
    before: pick(record),
    after: pick(now),
    over: names.some((name) => overwrites(record[name] ?? null, now[name] ?? null)),
  }
}

const swapped = (list: readonly string[], from: string, into: string): string[] => [
  ...new Set(list.map((item) => (item === from ? into : item))),
]

/** A text that no longer holds what was there, a list that lost something, another answer. */
function overwrites(before: RecordValue, after: RecordValue): boolean {
  if (isEmpty(before)) return false
  if (Array.isArray(before)) return !before.every((item) => Array.isArray(after) && after.includes(item))
  if (typeof before === 'string' && typeof after === 'string') return !after.includes(before)
  return typeof before !== 'boolean' || after === null
}

function changed(
  field: BulkField,
  value: RecordValue,
  change: Exclude<BulkChange, { op: 'move-term' }>,
  inFile: (field: string) => RecordValue,
): RecordValue {
  switch (change.op) {
    case 'set':
      return change.value
    case 'fill':
      return isEmpty(value) ? change.value : value
    case 'clear':
      return Array.isArray(value) ? [] : null
    case 'add':
      if (field.shape === 'text') return [value, ...change.value].filter((part) => !isEmpty(part as RecordValue)).join(' ')
      return [...new Set([...listOf(value), ...change.value])]
    case 'remove': {
      const gone = new Set(change.value.map(plain))
      return listOf(value).filter((item) => !gone.has(plain(item)))
    }
    case 'find':
      return found(value, change)
    case 'from-file': {
      const said = inFile(field.name)
      return !isEmpty(said) && (change.over || isEmpty(value)) ? said : value
    }
  }
}

const listOf = (value: RecordValue): string[] => (Array.isArray(value) ? value : [])
const plain = (word: string): string => word.trim().toLowerCase()

function found(value: RecordValue, { find, put, exact }: { find: string; put: string; exact: boolean }): RecordValue {
  if (Array.isArray(value)) {
    const is = (item: string) => (exact ? item === find : plain(item) === plain(find))
    return [...new Set(value.flatMap((item) => (is(item) ? (put === '' ? [] : [put]) : [item])))]
  }
  if (typeof value !== 'string' || find === '') return value
  if (exact) return value.split(find).join(put)
  // Letter by letter: a pattern made of what was typed would take signs for orders, and lower case may be longer than upper.
  const wanted = find.toLowerCase()
  let out = ''
  for (let at = 0; at < value.length;) {
    const here = value.slice(at, at + find.length)
    if (here.toLowerCase() === wanted) {
      out += put
      at += find.length
    } else out += value[at++]
  }
  return out
}

/** Why a field cannot hold a value. */
export function problemOf(field: BulkField, value: RecordValue): string | null {
  if (isEmpty(value)) return field.clears || field.shape === 'flag' ? null : 'It cannot be empty.'
  switch (field.shape) {
    case 'text':
      if (typeof value !== 'string') return 'Write a text.'
      return value.length > (field.longest ?? 5000) ? `It would be longer than ${field.longest ?? 5000} characters.` : null
    case 'words':
      if (!Array.isArray(value)) return 'Write words.'
      if (value.length > 100) return `It would have ${value.length} keywords; 100 are the most.`
      return value.some((word) => word.length > 100) ? 'A keyword has at most 100 characters.' : null
    case 'terms':
      if (!Array.isArray(value)) return 'Choose terms.'
      return field.single && value.length > 1 ? 'It holds one term only.' : null
    case 'flag':
    case 'answer':
      return typeof value === 'boolean' ? null : 'Say yes or no.'
    case 'choice':
      return typeof value === 'string' && field.options?.includes(value) ? null : 'Choose one of the list.'
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'Write a number.'
      return null
    case 'date':
      return typeof value === 'string' && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value)
        ? null
        : 'Write a year, a month or a day: 2026, 2026-11 or 2026-11-21.'
    case 'link':
      return typeof value === 'string' && /^https?:\/\/[^\s]{3,990}$/.test(value) ? null : 'A web address starts with https:// or http://.'
  }
}

export interface Undoing {
  /** What goes back to what it was. */
  restore: RecordValues
  /** What somebody has changed since: it stays as they left it. */
  kept: string[]
}

/** What of a change can be taken back: exactly what still stands as the change left it. */
export function undoOf(record: RecordValues, before: RecordValues, after: RecordValues): Undoing {
  const names = Object.keys(after)
  const stands = (name: string) => sameValue(record[name], after[name])
  return {
    restore: Object.fromEntries(names.filter(stands).map((name) => [name, before[name] ?? null])),
    kept: names.filter((name) => !stands(name)),
  }
}

/** Of a long text a title says the beginning. */
const longest = 160
const begun = (text: string): string => (text.length > longest ? `${text.slice(0, longest).trimEnd()}…` : text)

/** A change in words, for the list of those made. */
export function changeWords(change: BulkChange, labelOf: (field: string) => string, wordOf: (value: string) => string): string {
  const words = (value: RecordValue) =>
    begun(Array.isArray(value) ? value.map(wordOf).join(', ') : value === true ? 'yes' : value === false ? 'no' : String(value ?? ''))
  switch (change.op) {
    case 'move-term':
      return `“${wordOf(change.from)}” becomes “${wordOf(change.into)}”`
    case 'set':
      return `${labelOf(change.field)} set to “${words(change.value)}”`
    case 'fill':
      return `${labelOf(change.field)} set to “${words(change.value)}” where it was empty`
    case 'clear':
      return `${labelOf(change.field)} emptied`
    case 'add':
      return `“${words(change.value)}” added to ${labelOf(change.field)}`
    case 'remove':
      return `“${words(change.value)}” removed from ${labelOf(change.field)}`
    case 'find':
      return `“${begun(wordOf(change.find))}” replaced by “${begun(wordOf(change.put))}” in ${labelOf(change.field)}`
    case 'from-file':
      return `${labelOf(change.field)} filled from the file${change.over ? ', over what was there' : ' where it was empty'}`
  }
}
