import { fieldCalled, keptInRecord, metadataMap, type MetadataField, type Panel, type RecordColumn } from './metadata-map.ts'
import { defaultText, mayHold, saysTheSame, valuesOf, wordsOf, type FieldValue, type FieldValues } from './metadata-values.ts'

/** What a file can fill of our record: the columns, and `iptc` for all fields without one. */
export interface FieldsOnRecord {
  title: string
  description: string
  altText: string
  keywords: string[]
  creator: string
  creditLine: string
  copyrightNotice: string
  source: string
  dateCreated: string | null
  digitalSourceType: string | null
  iptc?: unknown
}
export type FieldName = RecordColumn
type Column = FieldsOnRecord[RecordColumn]

/** What the forms of the record take: a file that says more is cut for the record, and still says all of it where it goes out. */
const longest: Record<RecordColumn, number> = {
  title: 200,
  description: 5000,
  altText: 1000,
  keywords: 100,
  creator: 200,
  creditLine: 200,
  copyrightNotice: 500,
  source: 200,
  dateCreated: 10,
  digitalSourceType: 100,
}
const columns = metadataMap.filter((field): field is MetadataField & { column: RecordColumn } => field.column !== undefined)

/** A file's value as the column has it. */
function columnOf(field: RecordColumn, value: FieldValue): string | string[] {
  const cut = (text: string) => text.slice(0, longest[field]).trim()
  if (field === 'keywords')
    return [...new Set((Array.isArray(value) ? value : [value]).map((word) => cut(String(word))).filter(Boolean))].slice(0, 100)
  if (field === 'creator') return cut((Array.isArray(value) ? value : [value]).map(String).join('; '))
  return cut(typeof value === 'object' ? defaultText(value) : String(value))
}

/** A column's value as a field has it; undefined where it is empty. */
function valueOf(column: RecordColumn, held: Column): FieldValue | undefined {
  if (Array.isArray(held)) return held.length > 0 ? held : undefined
  const text = held?.trim() ?? ''
  if (!text) return undefined
  return column === 'creator' ? text.split(/\s*;\s*/).filter(Boolean) : text
}

/** Everything that the record says, by the names of the map. */
export function recordValues(record: FieldsOnRecord): FieldValues {
  const said = columns.flatMap(({ name, column }) => {
    const value = valueOf(column, record[column])
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...valuesOf(record.iptc), ...Object.fromEntries(said) }
}

/** What an empty title may be made of, as many files have only the one. */
const titled = (file: FieldValues): FieldValue | undefined => file['title'] ?? file['headline']
const valueFor = (field: MetadataField, file: FieldValues): FieldValue | undefined =>
  field.column === 'title' ? titled(file) : file[field.name]

export type Fills = Partial<Omit<FieldsOnRecord, 'iptc'>> & { iptc?: FieldValues }

/**
 * What a file adds to its record: only what is empty there. A person's word always wins; `placeholderTitle`, the title
 * that we made of the file's name, is nobody's word. What is said about rights is not for the record.
 */
export function fillFromFile(record: FieldsOnRecord, file: FieldValues, placeholderTitle: string): Fills {
  const fills: Record<string, string | string[]> = {}
  for (const field of columns) {
    const found = valueFor(field, file)
    const empty =
      valueOf(field.column, record[field.column]) === undefined || (field.column === 'title' && record.title === placeholderTitle)
    if (found === undefined || !empty) continue
    const taken = columnOf(field.column, found)
    if (taken.length > 0) fills[field.column] = taken
  }
  const held = valuesOf(record.iptc)
  const more = keptInRecord.filter(({ name }) => held[name] === undefined && file[name] !== undefined && mayHold(name, file[name]))
  const iptc = { ...held, ...Object.fromEntries(more.map(({ name }) => [name, file[name] as FieldValue])) }
  return { ...(fills as Fills), ...(more.length > 0 ? { iptc } : {}) }
}

/** One field of the record set to what the file says; undefined where the file says nothing of it or the record has no place for it. */
export function takeFromFile(record: FieldsOnRecord, file: FieldValues, name: string): Fills | undefined {
  const field = fieldCalled(name)
  const found = field && valueFor(field, file)
  if (!field || found === undefined || field.rights || field.readOnly) return undefined
  if (field.column) {
    const taken = columnOf(field.column, found)
    return taken.length > 0 ? ({ [field.column]: taken } as Fills) : undefined
  }
  return { iptc: { ...valuesOf(record.iptc), [name]: found } }
}

function sameAsFile(field: MetadataField, record: FieldsOnRecord, ours: FieldValue, theirs: FieldValue): boolean {
  if (!field.column) return saysTheSame(field, ours, theirs)
  const taken = columnOf(field.column, theirs)
  const fold = (value: FieldValue): FieldValue =>
    field.column === 'keywords' && Array.isArray(value) ? value.map((word) => String(word).toLowerCase()) : value
  const held = record[field.column] ?? ''
  return saysTheSame(field, fold(Array.isArray(held) ? held : held), fold(taken))
}

export type Standing = 'same' | 'conflict' | 'only-file' | 'only-record' | 'neither'
export interface FieldBesideFile {
  field: string
  label: string
  panel: Panel
  standard: MetadataField['standard']
  record: string
  file: string
  standing: Standing
  /** Both say something, and not the same. */
  conflict: boolean
  /** The record has a place for it, and it says nothing about rights. */
  takeable: boolean
  rights: boolean
  private: boolean
}

/** The record beside what the file says of itself, field by field. */
export function besideFile(record: FieldsOnRecord, file: FieldValues): FieldBesideFile[] {
  const held = recordValues(record)
  return metadataMap.map((field) => {
    const [ours, theirs] = [held[field.name], file[field.name]]
    const standing: Standing =
      ours === undefined
        ? theirs === undefined
          ? 'neither'
          : 'only-file'
        : theirs === undefined
          ? 'only-record'
          : sameAsFile(field, record, ours, theirs)
            ? 'same'
            : 'conflict'
    return {
      field: field.name,
      label: field.label,
      panel: field.panel,
      standard: field.standard,
      record: wordsOf(field, ours),
      file: wordsOf(field, theirs),
      standing,
      conflict: standing === 'conflict',
      takeable: theirs !== undefined && !field.rights && !field.readOnly,
      rights: field.rights === true,
      private: field.private === true,
    }
  })
}

/** The columns of the record beside the file: what the record's own form shows. */
export const compareWithFile = (record: FieldsOnRecord, file: FieldValues): FieldBesideFile[] => {
  const all = new Map(besideFile(record, file).map((row) => [row.field, row]))
  return columns.flatMap(({ name }) => all.get(name) ?? [])
}

/** What is not for people outside of the house, taken out of a value: coordinates within a place, for one. */
function withoutPrivate(of: MetadataField['of'], value: FieldValue): FieldValue | undefined {
  if (Array.isArray(value)) {
    const kept = value.flatMap((item) => withoutPrivate(of, item) ?? [])
    return kept.length > 0 ? kept : undefined
  }
  if (!of || typeof value !== 'object') return value
  const kept = of.flatMap((field) => {
    const inner = value[field.name]
    const open = inner === undefined || field.private ? undefined : withoutPrivate(field.of, inner)
    return open === undefined ? [] : [[field.name, open] as const]
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/**
 * What goes out with a file: the record's words; where they are the file's own, cut or in one language, the file's in full.
 * What a file says about rights stays in it, for taking out such words is forbidden by law; a licence may say more.
 */
export function deliveredValues(record: FieldsOnRecord, file: FieldValues, { keepsPrivate }: { keepsPrivate: boolean }): FieldValues {
  const held = recordValues(record)
  const out: Record<string, FieldValue> = {}
  for (const field of metadataMap) {
    if (field.readOnly || (field.private && !keepsPrivate)) continue
    const [ours, theirs] = [held[field.name], file[field.name]]
    const value = field.rights
      ? theirs
      : ours !== undefined && theirs !== undefined && sameAsFile(field, record, ours, theirs)
        ? theirs
        : ours
    const open = value === undefined || keepsPrivate ? value : withoutPrivate(field.of, value)
    if (open !== undefined) out[field.name] = open
  }
  return out
}
