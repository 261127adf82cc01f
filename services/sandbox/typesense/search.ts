import type { SearchResponse } from 'typesense/lib/Typesense/Documents.js'
import { AnswerError } from './answer-error.ts'
import { listOf, valueOf, type Collection, type Stored } from './collection.ts'
import { parseFilter, type Keeps } from './filter.ts'
import { match, readQuery } from './matching.ts'

export type Params = Record<string, unknown>
const text = (params: Params, name: string, otherwise = ''): string => (params[name] === undefined ? otherwise : String(params[name]))
const list = (params: Params, name: string): string[] => text(params, name).split(',').filter(Boolean)
const number = (params: Params, name: string, otherwise: number): number => {
  const value = params[name] === undefined ? otherwise : Number(params[name])
  if (!Number.isInteger(value) || value < 0) throw new AnswerError(400, `Parameter \`${name}\` must be an unsigned integer.`)
  return value
}
/** The n-th of a list that speaks for each field, or the only one for all. */
const nth = (values: readonly string[], i: number): string | undefined => (values.length === 1 ? values[0] : values[i])

const missing = (what: string, name: string) => new AnswerError(404, `Could not find ${what} named \`${name}\` in the schema.`)

type Order = (a: Stored, b: Stored) => number
/** `_eval([(a):2,(b):1]):desc,_text_match:desc,n:asc`, three at most. */
function orderOf(collection: Collection, sort: string, scores: ReadonlyMap<string, number> | null): Order {
  const parts: { key: (document: Stored) => number; sign: number }[] = []
  let rest = sort.trim()
  while (rest !== '') {
    const found = /^(_eval\(\[([\s\S]*?)\]\)|[\w.]+):(asc|desc)(?:,|$)/.exec(rest)
    if (!found) throw new AnswerError(400, 'Could not parse the sort query.')
    const [whole, name = '', conditions, direction] = found
    const sign = direction === 'asc' ? 1 : -1
    if (conditions !== undefined) {
      const tests = [...conditions.matchAll(/\(((?:`[^`]*`|[^()`])*)\):(\d+)/g)].map(([, filter = '', score]) => ({
        keeps: parseFilter(collection, filter),
        score: Number(score),
      }))
      if (tests.length === 0) throw new AnswerError(400, 'Error parsing eval expression in sort_by clause.')
      parts.push({ sign, key: (document) => tests.find(({ keeps }) => keeps(document))?.score ?? 0 })
    } else if (name === '_text_match') parts.push({ sign, key: ({ id }) => scores?.get(id) ?? 0 })
    else {
      const field = collection.field(name)
      if (!field) throw missing('a field', name)
      if (!/^(int|float|bool)/.test(field.type))
        throw new AnswerError(400, `Could not find a field named \`${name}\` in the schema for sorting.`)
      parts.push({ sign, key: (document) => Number(valueOf(document, name) ?? 0) })
    }
    rest = rest.slice(whole.length)
  }
  if (parts.length > 3) throw new AnswerError(422, 'Only upto 3 sort_by fields can be specified.')
  const fallback = collection.schema.default_sorting_field
  if (parts.length === 0) parts.push({ sign: -1, key: ({ id }) => scores?.get(id) ?? 0 })
  if (fallback && parts.length < 3) parts.push({ sign: -1, key: (document) => Number(valueOf(document, fallback) ?? 0) })
  return (a, b) => {
    for (const { key, sign } of parts) {
      const difference = key(a) - key(b)
      if (difference !== 0) return sign * difference
    }
    return 0
  }
}

function countsOf(collection: Collection, found: readonly Stored[], name: string, most: number) {
  const field = collection.field(name)
  if (!field) throw missing('a facet field', name)
  if (!field.facet) throw missing('a facet field', name)
  const counts = new Map<string, number>()
  for (const document of found)
    for (const value of new Set(listOf(valueOf(document, name)).map(String))) counts.set(value, (counts.get(value) ?? 0) + 1)
  const sorted = [...counts].sort(([, a], [, b]) => b - a).slice(0, most)
  return {
    counts: sorted.map(([value, count]) => ({ count, highlighted: value, value })),
    field_name: name,
    sampled: false,
    stats: { total_values: sorted.length },
  }
}

const only = (document: Stored, wanted: readonly string[]): Stored =>
  wanted.length === 0
    ? document
    : (Object.fromEntries(wanted.flatMap((name) => (name in document ? [[name, document[name]]] : []))) as Stored)

/** Answer one search as the real server words it. Its ranking is our own: field weight, then slips; not Typesense's. */
export function search(collection: Collection, asked: string, params: Params): SearchResponse<Stored> {
  const perPage = number(params, 'per_page', params.limit === undefined ? 10 : number(params, 'limit', 10))
  if (perPage > 250) throw new AnswerError(422, 'Only upto 250 hits can be fetched per page.')
  const page = Math.max(1, number(params, 'page', 1))
  const offset = params.offset === undefined ? (page - 1) * perPage : number(params, 'offset', 0)
  const q = text(params, 'q', '*')
  const keeps: Keeps = parseFilter(collection, text(params, 'filter_by'))
  const names = list(params, 'query_by')
  const [weights, prefixes, typos] = [list(params, 'query_by_weights'), list(params, 'prefix'), list(params, 'num_typos')]
  if (weights.length > 0 && weights.length !== names.length)
    throw new AnswerError(400, 'Number of weights in `query_by_weights` does not match number of `query_by` fields.')
  for (const name of names) {
    const field = collection.field(name)
    if (!field) throw missing('a field', name)
    if (!field.type.startsWith('string')) throw new AnswerError(400, `Field \`${name}\` should be a string or a string array.`)
  }
  const query = q === '*' ? readQuery('') : readQuery(q, collection.schema.token_separators)
  if (q !== '*' && q.trim() !== '' && names.length === 0) throw new AnswerError(400, 'No search fields specified for the query.')
  const scores = match(
    collection,
    query,
    {
      fields: names.map((name, i) => ({
        name,
        weight: Number(nth(weights, i) ?? names.length - i),
        prefix: (nth(prefixes, i) ?? 'true') === 'true',
        typos: Number(nth(typos, i) ?? 2),
      })),
      least1: number(params, 'min_len_1typo', 4),
      least2: number(params, 'min_len_2typo', 7),
      dropsBelow: number(params, 'drop_tokens_threshold', 1),
      typosBelow: number(params, 'typo_tokens_threshold', 1),
      synonyms: [...collection.synonyms.values()],
    },
    (id) => keeps(collection.documents.get(id) as Stored),
  )
  const found = scores
    ? [...scores.keys()].map((id) => collection.documents.get(id) as Stored)
    : [...collection.documents.values()].filter(keeps)
  found.sort(orderOf(collection, text(params, 'sort_by'), scores))
  const facets = text(params, 'facet_by').match(/[\w.]+(?:\([^)]*\))?/g) ?? []
  const wanted = list(params, 'include_fields')
  return {
    facet_counts: facets.map((facet) => countsOf(collection, found, facet.replace(/\(.*$/, ''), number(params, 'max_facet_values', 10))),
    found: found.length,
    hits: found.slice(offset, offset + perPage).map((document) => ({
      document: only(document, wanted),
      highlight: {},
      highlights: [] as never,
      ...(scores ? { text_match: scores.get(document.id) ?? 0 } : {}),
    })) as never,
    out_of: collection.documents.size,
    ...(params.offset === undefined ? { page } : { offset }),
    request_params: { collection_name: asked, first_q: q, per_page: perPage, q } as never,
    search_cutoff: false,
    search_time_ms: 0,
  } as SearchResponse<Stored>
}
