import type { AssetKind } from './asset-words.ts'

/** Mirrors of the database's enums; a test holds them equal. */
export const ownFieldTypes = ['TEXT', 'LONG_TEXT', 'NUMBER', 'DATE', 'YES_NO', 'CHOICE', 'CHOICES', 'LINK', 'PERSON'] as const
export type OwnFieldType = (typeof ownFieldTypes)[number]
export const ownFieldNeeds = ['NEVER', 'PUBLISHING', 'REVIEW', 'ALWAYS'] as const
export type OwnFieldNeed = (typeof ownFieldNeeds)[number]

export const ownFieldTypeWords: Record<OwnFieldType, string> = {
  TEXT: 'Text, one line',
  LONG_TEXT: 'Text, several lines',
  NUMBER: 'Number',
  DATE: 'Date',
  YES_NO: 'Yes or no',
  CHOICE: 'One term of a vocabulary',
  CHOICES: 'Several terms of a vocabulary',
  LINK: 'Web address',
  PERSON: 'Person',
}
export const ownFieldNeedWords: Record<OwnFieldNeed, string> = {
  NEVER: 'Not needed',
  PUBLISHING: 'Needed before publishing',
  REVIEW: 'Needed before review',
  ALWAYS: 'Needed whenever the record is saved',
}

/** Terms are kept by id, always in a list: one choice is a list of one. */
export type OwnValue = string | number | boolean | string[]
/** An asset's values by the field's id. What is not there is not said. */
export type OwnValues = Record<string, OwnValue>

export interface SchemaField {
  id: string
  code: string
  kinds: AssetKind[]
  type: OwnFieldType
  label: string
  labelDe: string
  help: string
  vocabularyId: string | null
  need: OwnFieldNeed
  section: string
  position: number
  preset: OwnValue | null
  outside: boolean
  searchable: boolean
}
export interface Schema {
  version: number
  fields: SchemaField[]
}
export interface Term {
  id: string
  vocabularyId: string
  code: string
  label: string
  labelDe: string
  altLabels: string[]
  broaderId: string | null
  retired: boolean
  replacedById: string | null
}

export const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null

/** What a schema asks for that the values do not say, with when it is asked for. */
export function checkFields(schema: Schema, values: OwnValues): { id: string; label: string; need: Exclude<OwnFieldNeed, 'NEVER'> }[] {
  return schema.fields.flatMap(({ id, label, need }) => (need === 'NEVER' || isFilled(values[id]) ? [] : [{ id, label, need }]))
}

export const longestText = 5000
export type Read = { value: OwnValue | null } | { problem: string }
/** Finds a term of a vocabulary by what somebody wrote: its id, its code, or one of its labels. */
export type FindTerm = (vocabularyId: string, word: string) => Term | undefined

/** What was typed or chosen, as the field keeps it; null says that the field is empty. */
export function readValue(field: Pick<SchemaField, 'type' | 'vocabularyId'>, written: readonly string[], find: FindTerm): Read {
  const words = written.map((word) => word.trim()).filter((word) => word !== '')
  const word = words[0] ?? ''
  if (words.length === 0) return { value: null }
  switch (field.type) {
    case 'TEXT':
    case 'PERSON':
      if (word.length > 500) return { problem: 'At most 500 characters.' }
      return /[\n\r]/.test(word) ? { problem: 'Write it in one line.' } : { value: word }
    case 'LONG_TEXT':
      return word.length > longestText ? { problem: 'At most 5,000 characters.' } : { value: word }
    case 'NUMBER':
      return readNumber(word)
    case 'DATE':
      return readDate(word)
    case 'YES_NO':
      if (/^(yes|true|on|1|y|ja)$/i.test(word)) return { value: true }
      return /^(no|false|off|0|n|nein)$/i.test(word) ? { value: false } : { problem: 'Write yes or no.' }
    case 'LINK':
      return /^https?:\/\/[^\s]{3,990}$/.test(word) ? { value: word } : { problem: 'A web address starts with https:// or http://.' }
    case 'CHOICE':
      return words.length > 1 ? { problem: 'Choose one.' } : readTerms(field.vocabularyId ?? '', words, find)
    case 'CHOICES':
      return words.length > 200 ? { problem: 'At most 200 terms.' } : readTerms(field.vocabularyId ?? '', words, find)
  }
}

function readNumber(word: string): Read {
  // A comma may stand for the point; thousands are not told apart from it and are refused.
  const plain = /^-?\d{1,15}([.,]\d{1,10})?$/.test(word) ? Number(word.replace(',', '.')) : Number.NaN
  return Number.isFinite(plain) ? { value: plain } : { problem: 'Write a number: 12, -3 or 4.5.' }
}

function readDate(word: string): Read {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(word) ?? []
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`)
  // A day that no month has comes out as another day.
  const real = year !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`)
  return real ? { value: word } : { problem: 'Write a year, a month or a day: 2026, 2026-11 or 2026-11-21.' }
}

function readTerms(vocabularyId: string, words: readonly string[], find: FindTerm): Read {
  const ids: string[] = []
  for (const word of words) {
    const term = find(vocabularyId, word)
    if (!term) return { problem: `There is no term “${word.slice(0, 60)}” in the vocabulary.` }
    if (!ids.includes(term.id)) ids.push(term.id)
  }
  return { value: ids }
}

/** Which kinds of value may become which without a word of them changing. */
const widens: Partial<Record<OwnFieldType, readonly OwnFieldType[]>> = {
  TEXT: ['LONG_TEXT'],
  DATE: ['TEXT', 'LONG_TEXT'],
  LINK: ['LONG_TEXT'],
  PERSON: ['TEXT', 'LONG_TEXT'],
  CHOICE: ['CHOICES'],
}
/** Whether a field that holds values may become another kind of field: only where every value stays good as it is. */
export const mayBecome = (from: OwnFieldType, to: OwnFieldType): boolean => from === to || (widens[from]?.includes(to) ?? false)

/** Terms to be looked up by id, code or label; a label that several carry finds the one that is still in use. */
export function termFinder(terms: readonly Term[]): FindTerm {
  const plain = (word: string) => word.trim().toLowerCase().replace(/\s+/g, ' ')
  const byWord = new Map<string, Term>()
  const put = (term: Term, word: string) => {
    const key = `${term.vocabularyId} ${word}`
    if (word !== '' && (!byWord.has(key) || byWord.get(key)?.retired)) byWord.set(key, term)
  }
  // The surest first: nobody's label takes the place of another's code.
  for (const term of terms) put(term, term.id)
  for (const term of terms) put(term, plain(term.code))
  for (const of of [(t: Term) => [t.label], (t: Term) => [t.labelDe], (t: Term) => t.altLabels])
    for (const term of terms) for (const label of of(term)) put(term, plain(label))
  return (vocabularyId, word) => byWord.get(`${vocabularyId} ${word}`) ?? byWord.get(`${vocabularyId} ${plain(word)}`)
}

/** A value in words, for people. */
export function valueWords(field: Pick<SchemaField, 'type'>, value: OwnValue | undefined, labelOf: (termId: string) => string): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(labelOf).join(', ')
  if (field.type === 'YES_NO') return value === true ? 'Yes' : 'No'
  return String(value)
}
