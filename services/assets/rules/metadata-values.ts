import { z } from 'zod'
import type { Vocabulary } from './metadata-codes.ts'
import { keptInRecord, metadataMap, type FieldType, type MetadataField } from './metadata-map.ts'
import type { StructureField } from './metadata-structures.ts'

export type FieldValue = string | number | boolean | FieldValue[] | { [name: string]: FieldValue }
/** Fields of the metadata map by name. */
export type FieldValues = { readonly [name: string]: FieldValue }

const longestText = 32_000
const mostItems = 500

const text = z.string().min(1).max(longestText)
const alt = z.union([
  text,
  z.record(z.string().regex(/^(x-default|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)$/), text).refine((words) => Object.keys(words).length > 0),
])
const plain: Record<Exclude<FieldType, 'struct'>, z.ZodType<FieldValue>> = {
  text,
  alt,
  uri: z.string().min(1).max(4000),
  date: z.string().regex(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/),
  integer: z.number().int(),
  real: z.number(),
  boolean: z.boolean(),
  code: z.string().min(1).max(100),
}

/** What a field, or one of a structure, may hold. */
function schemaOf({ type, of = [], many }: Pick<MetadataField | StructureField, 'type' | 'of' | 'many'>): z.ZodType<FieldValue> {
  const one: z.ZodType<FieldValue> =
    type === 'struct'
      ? (z
          .object(Object.fromEntries(of.map((field) => [field.name, schemaOf(field).optional()])))
          .strict()
          .refine((struct) => Object.keys(struct).length > 0) as unknown as z.ZodType<FieldValue>)
      : plain[type]
  return many ? (z.array(one).min(1).max(mostItems) as unknown as z.ZodType<FieldValue>) : one
}

const schemas = new Map(metadataMap.map((field) => [field.name, schemaOf(field)]))

/** Whether a field may hold a value. */
export const mayHold = (name: string, value: unknown): boolean => schemas.get(name)?.safeParse(value).success ?? false

/** `assets.iptc`: the fields of the record that have no column, each checked; unknown names are refused. */
export const iptcValues = z
  .object(Object.fromEntries(keptInRecord.map((field) => [field.name, (schemas.get(field.name) as z.ZodType<FieldValue>).optional()])))
  .strict() as unknown as z.ZodType<FieldValues>

/** What is stored, as values; what is none is left out, so that a page never fails on an old row. */
export function valuesOf(json: unknown): FieldValues {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {}
  return Object.fromEntries(Object.entries(json).filter(([name, value]) => mayHold(name, value))) as FieldValues
}

/** The text of a language alternative: the default, or else the first. */
export const defaultText = (value: FieldValue | undefined): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || Array.isArray(value)) return ''
  const chosen = value['x-default'] ?? Object.values(value)[0]
  return typeof chosen === 'string' ? chosen : ''
}

/** What the words of a value depend on: a field of the map, or one of a structure. */
interface Worded {
  type: FieldType
  many?: 'bag' | 'seq' | undefined
  of?: readonly StructureField[] | undefined
  vocabulary?: Vocabulary | undefined
}

/** A value in words, as a page shows it and a search finds it. */
export function wordsOf(field: Worded, value: FieldValue | undefined): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) {
    const one = { ...field, many: undefined }
    return value.map((item) => wordsOf(one, item)).join(field.type === 'struct' ? '\n' : ', ')
  }
  if (typeof value === 'object') return field.type === 'alt' ? languagesOf(value) : structureWords(field.of ?? [], value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return field.vocabulary?.codes[String(value)] ?? String(value)
}

function languagesOf(value: { [language: string]: FieldValue }): string {
  const first = value['x-default']
  const others = Object.entries(value).filter(([language, words]) => language !== 'x-default' && words !== first)
  return [...(typeof first === 'string' ? [first] : []), ...others.map(([language, words]) => `[${language}] ${String(words)}`)].join('\n')
}

const structureWords = (of: readonly StructureField[], value: { [name: string]: FieldValue }): string =>
  of.flatMap((inner) => (value[inner.name] === undefined ? [] : [`${inner.label}: ${wordsOf(inner, value[inner.name])}`])).join('; ')

const folded = (value: FieldValue): unknown => {
  if (typeof value === 'string') return value.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (Array.isArray(value)) return value.map(folded)
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, inner]) => [name, folded(inner)] as const)
  const lone = entries.length === 1 && entries[0]?.[0] === 'x-default' ? entries[0][1] : undefined
  return lone ?? Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether two values say the same: white space and the order of a set do not count. */
export function saysTheSame(field: Pick<MetadataField, 'many'>, a: FieldValue, b: FieldValue): boolean {
  const [left, right] = [folded(a), folded(b)]
  if (field.many === 'bag' && Array.isArray(left) && Array.isArray(right)) {
    const sorted = (items: unknown[]) => [...new Set(items.map((item) => JSON.stringify(item)))].sort().join('\n')
    return sorted(left) === sorted(right)
  }
  return JSON.stringify(left) === JSON.stringify(right)
}
