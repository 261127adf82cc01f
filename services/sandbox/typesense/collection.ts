import type { CollectionSchema } from 'typesense/lib/Typesense/Collection.js'
import type { CollectionCreateSchema } from 'typesense/lib/Typesense/Collections.js'
import { AnswerError } from './answer-error.ts'

export type Stored = Record<string, unknown> & { id: string }
type Field = NonNullable<CollectionSchema['fields']>[number]

const types = new Set([
  'string',
  'string[]',
  'int32',
  'int64',
  'int32[]',
  'int64[]',
  'float',
  'float[]',
  'bool',
  'bool[]',
  'geopoint',
  'object',
  'auto',
  'string*',
])
const fits: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  int32: (value) => Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_647,
  int64: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  geopoint: (value) => Array.isArray(value) && value.length === 2,
}
const article = (type: string): string => (/^(int|array)/.test(type) ? 'an' : 'a')

/** Letters and figures only, in small letters and without accents: everything else is left out, and spaces part words. */
export const wordsOf = (text: string, separators: readonly string[] = []): string[] => {
  const parted = separators.reduce((rest, sign) => rest.replaceAll(sign, ' '), text)
  return parted
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter(Boolean)
}

/** The value of a field, also of one inside another (`meta.lang`). */
export const valueOf = (document: Stored, field: string): unknown =>
  field in document
    ? document[field]
    : field.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document)
export const listOf = (value: unknown): unknown[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value])

/** A collection in memory: its schema, its documents, and for each text field where a word stands. */
export class Collection {
  readonly documents = new Map<string, Stored>()
  readonly synonyms = new Map<string, { id: string; root: string; synonyms: string[] }>()
  readonly createdAt: number
  synonymSets: string[] = []
  /** Field → word → ids. */
  readonly #words = new Map<string, Map<string, Set<string>>>()
  /** Field and id → words in their order, an array's elements apart. */
  readonly #texts = new Map<string, Map<string, string[][]>>()

  constructor(
    readonly schema: CollectionCreateSchema,
    at: Date,
  ) {
    this.createdAt = Math.floor(at.getTime() / 1_000)
    for (const field of schema.fields ?? [])
      if (!types.has(field.type))
        throw new AnswerError(400, `Field \`${field.name}\` has an invalid data type \`${field.type}\`, see docs for supported data types.`)
    const sort = schema.default_sorting_field
    if (sort && !this.field(sort))
      throw new AnswerError(400, `Default sorting field is defined as \`${sort}\` but is not found in the schema.`)
  }

  field(name: string): Field | undefined {
    const fields = (this.schema.fields ?? []) as Field[]
    return (
      fields.find((field) => field.name === name) ??
      fields.find((field) => field.name.startsWith('.*') && name.endsWith(field.name.slice(2)) && name !== field.name)
    )
  }

  describe(): CollectionSchema {
    return {
      created_at: this.createdAt,
      default_sorting_field: this.schema.default_sorting_field ?? '',
      enable_nested_fields: this.schema.enable_nested_fields ?? false,
      fields: (this.schema.fields ?? []).map((field) => ({
        facet: false,
        index: true,
        infix: false,
        locale: '',
        optional: false,
        stem: false,
        stem_dictionary: '',
        store: true,
        ...field,
        sort: field.sort ?? ['int32', 'int64', 'float', 'bool', 'geopoint'].includes(field.type),
      })),
      name: this.schema.name,
      num_documents: this.documents.size,
      symbols_to_index: this.schema.symbols_to_index ?? [],
      token_separators: this.schema.token_separators ?? [],
      ...(this.synonymSets.length > 0 ? { synonym_sets: this.synonymSets } : {}),
    } as unknown as CollectionSchema
  }

  /** Write a document as `action` says; `emplace` and `update` keep what they do not name. */
  write(row: Record<string, unknown>, action: string): Stored {
    const id = row.id === undefined ? String(this.documents.size) : row.id
    if (typeof id !== 'string') throw new AnswerError(400, "Document's `id` field should be a string.")
    const old = this.documents.get(id)
    if (old && action === 'create') throw new AnswerError(409, `A document with id ${id} already exists.`)
    if (!old && action === 'update') throw new AnswerError(404, `Could not find a document with id: ${id}`)
    const document = { ...(action === 'emplace' || action === 'update' ? old : {}), ...row, id } as Stored
    for (const field of (this.schema.fields ?? []) as Field[]) {
      if (field.name.startsWith('.*')) continue
      const value = valueOf(document, field.name)
      if (value === undefined || value === null) {
        if (field.optional || field.index === false) continue
        throw new AnswerError(400, `Field \`${field.name}\` has been declared in the schema, but is not found in the document.`)
      }
      const [, one = field.type, many] = /^(.+?)(\[\])?$/.exec(field.type) ?? []
      const right = many ? Array.isArray(value) && value.every((part) => fits[one]?.(part) ?? true) : (fits[one]?.(value) ?? true)
      if (!right)
        throw new AnswerError(
          400,
          many ? `Field \`${field.name}\` must be an array of ${one}.` : `Field \`${field.name}\` must be ${article(one)} ${one}.`,
        )
    }
    this.drop(id)
    this.documents.set(id, document)
    for (const [name, value] of Object.entries(document)) {
      const field = name === 'id' ? undefined : this.field(name)
      if (!field?.type.startsWith('string') || field.index === false) continue
      const texts = listOf(value).map((part) => wordsOf(String(part), this.schema.token_separators))
      let byId = this.#texts.get(name)
      if (!byId) this.#texts.set(name, (byId = new Map()))
      byId.set(id, texts)
      let words = this.#words.get(name)
      if (!words) this.#words.set(name, (words = new Map()))
      for (const word of texts.flat()) {
        const ids = words.get(word)
        if (ids) ids.add(id)
        else words.set(word, new Set([id]))
      }
    }
    return document
  }

  drop(id: string): Stored | undefined {
    const old = this.documents.get(id)
    if (!old) return undefined
    for (const [name, byId] of this.#texts) {
      for (const word of (byId.get(id) ?? []).flat()) {
        const ids = this.#words.get(name)?.get(word)
        ids?.delete(id)
        if (ids?.size === 0) this.#words.get(name)?.delete(word)
      }
      byId.delete(id)
    }
    this.documents.delete(id)
    return old
  }

  vocabulary = (field: string): ReadonlyMap<string, ReadonlySet<string>> => this.#words.get(field) ?? new Map()
  texts = (field: string, id: string): string[][] => this.#texts.get(field)?.get(id) ?? []
}
