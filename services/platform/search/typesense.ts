import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { Client, Errors } from 'typesense'
import {
  SearchAway,
  type AwayReason,
  type SearchDocument,
  type SearchServer,
  type SearchShape,
  type ServerAnswer,
  type ServerSearch,
  type SynonymGroup,
} from './search-server.ts'

export interface TypesenseOptions {
  url: string
  apiKey: string
  prefix: string
  /** How long a connection may take to stand, and an answer to a search to come. */
  connectWithin?: number
  answerWithin?: number
}

/** What Node's agents have and its types leave out. */
type Connect = (options: object, done?: (error: Error | null, socket: Duplex) => void) => Duplex

/** Connections are kept; one that does not stand in time is given up, however long the answer may take afterwards. */
function agentOf(secure: boolean, within: number): http.Agent | https.Agent {
  const agent: (http.Agent | https.Agent) & { createConnection?: Connect } = secure
    ? new https.Agent({ keepAlive: true })
    : new http.Agent({ keepAlive: true })
  const connect = agent.createConnection?.bind(agent)
  if (!connect) return agent
  agent.createConnection = (options, done) => {
    const socket = connect(options, done)
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error(`no connection within ${within} ms`), { code: 'ECONNREFUSED' })),
      within,
    )
    const stop = () => clearTimeout(timer)
    socket.once(secure ? 'secureConnect' : 'connect', stop).once('close', stop)
    return socket
  }
  return agent
}

function reasonOf(error: unknown): AwayReason {
  if (error instanceof Errors.RequestUnauthorized) return 'key-refused'
  if (error instanceof Errors.ObjectNotFound) return 'missing'
  if (
    error instanceof Errors.RequestMalformed ||
    error instanceof Errors.ObjectUnprocessable ||
    error instanceof Errors.ObjectAlreadyExists
  )
    return 'refused-question'
  const { httpStatus, code } = error as { httpStatus?: number; code?: string }
  if (httpStatus === 503) return 'not-ready'
  if (httpStatus !== undefined) return 'failing'
  return code === 'ECONNABORTED' || code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
}

/** Without the client's error itself: that one carries the key and everything that was sent. */
const away = (error: unknown): SearchAway =>
  error instanceof SearchAway ? error : new SearchAway(reasonOf(error), error instanceof Error ? error.message : String(error))

/** A kept connection that the server has closed meanwhile: nothing was answered, and everything we ask may be asked twice. */
const wasClosed = (error: unknown): boolean => ['EPIPE', 'ECONNRESET'].includes((error as { code?: string }).code ?? '')

/** Answers of one search among several: each has its own error. */
function answerOf(result: Result): ServerAnswer {
  if (result.error !== undefined) {
    const reason: AwayReason = result.code === 404 ? 'missing' : result.code === 503 ? 'not-ready' : 'refused-question'
    throw new SearchAway(reason, result.error)
  }
  return {
    found: result.found,
    outOf: result.out_of,
    documents: result.hits?.map(({ document }) => document) ?? [],
    counts: Object.fromEntries(
      (result.facet_counts ?? []).map(({ field_name, counts }) => [
        field_name,
        Object.fromEntries(counts.map(({ value, count }) => [value, count])),
      ]),
    ),
  }
}
interface Result {
  error?: string
  code?: number
  found: number
  out_of: number
  hits?: { document: Record<string, unknown> }[]
  facet_counts?: { field_name: string; counts: { value: string; count: number }[] }[]
}

/** A search as the client takes it. */
export const parametersOf = (search: ServerSearch) => ({
  collection: search.collection,
  q: search.text,
  query_by: search.fields.map(({ name }) => name).join(','),
  query_by_weights: search.fields.map(({ weight }) => weight).join(','),
  filter_by: search.filter,
  sort_by: search.sort,
  prefix: String(search.prefix),
  num_typos: String(search.slips),
  // A word of four letters may have one slip, one of seven two; and only where nothing is found without.
  min_len_1typo: 4,
  min_len_2typo: 7,
  typo_tokens_threshold: search.slips === 0 ? 0 : 1,
  // Every word has to be there, and a word is one word.
  drop_tokens_threshold: 0,
  split_join_tokens: 'off' as const,
  ...(search.prefix ? { max_candidates: 200 } : {}),
  ...(search.facets.length > 0 ? { facet_by: search.facets.join(','), max_facet_values: 150 } : {}),
  offset: search.offset,
  limit: search.limit,
  include_fields: search.wanted.join(','),
  highlight_fields: 'none',
})

const quiet = { setLevel() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} }

/** Typesense by its own client. A question is asked once: whoever does not answer in time is stood in for. */
export function typesenseServer({ url, apiKey, prefix, connectWithin = 300, answerWithin = 1_000 }: TypesenseOptions): SearchServer {
  const secure = url.startsWith('https:')
  const agent = agentOf(secure, connectWithin)
  const clientOf = (seconds: number) =>
    new Client({
      nodes: [{ url }],
      apiKey,
      connectionTimeoutSeconds: seconds,
      numRetries: 0,
      retryIntervalSeconds: 0.01,
      // One server: the client must not take it for unwell for a minute because of one answer; the circuit decides that.
      healthcheckIntervalSeconds: 0,
      logger: quiet as never,
      ...(secure ? { httpsAgent: agent as https.Agent } : { httpAgent: agent as http.Agent }),
    })
  const asking = clientOf(answerWithin / 1_000)
  // An import or an export of many documents takes its time.
  const keeping = clientOf(60)
  const twice = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => (wasClosed(error) ? work() : Promise.reject(error as Error)))
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await twice(work)
    } catch (error) {
      throw away(error)
    }
  }
  const orNull = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await twice(work)
    } catch (error) {
      if (error instanceof Errors.ObjectNotFound) return null
      throw away(error)
    }
  }

  let version: number | undefined
  /** From version 30 on synonyms are sets of their own that a collection names; before, they live under the collection. */
  async function hasSets(): Promise<boolean> {
    version ??= Number.parseInt(String((await keeping.debug.retrieve()).version), 10)
    return Number.isNaN(version) || version >= 30
  }
  const setOf = (collection: string) => `${collection}_words`
  // The client's own `synonyms()` writes a line to the console whatever its logger; the address is the same.
  const under = (collection: string, id = '') =>
    `/collections/${encodeURIComponent(collection)}/synonyms${id && `/${encodeURIComponent(id)}`}`
  async function synonymsOf(collection: string): Promise<SynonymGroup[]> {
    if (await hasSets()) {
      const set = await orNull(() => keeping.synonymSets(setOf(collection)).retrieve())
      return (set?.items ?? []).map(({ id, synonyms }) => ({ id, words: synonyms }))
    }
    const { synonyms } = await keeping.apiCall.get<{ synonyms: { id: string; synonyms: string[] }[] }>(under(collection))
    return synonyms.map(({ id, synonyms: words }) => ({ id, words }))
  }

  return {
    prefix,
    search: (searches) =>
      attempt(async () => {
        const { results } = (await asking.multiSearch.perform({ searches: searches.map(parametersOf) } as never)) as unknown as {
          results: Result[]
        }
        return results.map(answerOf)
      }),
    countOf: async (collection) => (await orNull(() => asking.collections(collection).retrieve()))?.num_documents ?? null,
    collectionsFrom: (start) =>
      attempt(async () => (await keeping.collections().retrieve()).map(({ name }) => name).filter((name) => name.startsWith(start))),
    make: ({ name, fields, sort }: SearchShape) =>
      attempt(async () => {
        await keeping.collections().create({ name, fields: fields.map((field) => ({ ...field })), default_sorting_field: sort } as never)
      }),
    drop: (collection) =>
      attempt(async () => {
        if (await hasSets()) await orNull(() => keeping.synonymSets(setOf(collection)).delete())
        await orNull(() => keeping.collections(collection).delete())
      }),
    behind: async (alias) => (await orNull(() => keeping.aliases(alias).retrieve()))?.collection_name ?? null,
    point: (alias, collection) => attempt(async () => void (await keeping.aliases().upsert(alias, { collection_name: collection }))),
    put: (collection, documents) =>
      attempt(async () => {
        if (documents.length === 0) return []
        const rows = await keeping
          .collections<SearchDocument>(collection)
          .documents()
          .import([...documents], { action: 'upsert', throwOnFail: false })
        return rows.flatMap((row, i) => (row.success ? [] : [{ id: documents[i]?.id ?? '', why: row.error }]))
      }),
    remove: (collection, ids) =>
      attempt(async () => {
        for (let from = 0; from < ids.length; from += 100)
          await keeping
            .collections(collection)
            .documents()
            .delete({ filter_by: `id:[${ids.slice(from, from + 100).join(',')}]` })
      }),
    everything: (collection, filter) =>
      attempt(async () => {
        const lines = await keeping.collections(collection).documents().export({ filter_by: filter })
        return lines
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Record<string, unknown>)
      }),
    keepSynonyms: (collection, groups) =>
      attempt(async () => {
        if (await hasSets()) {
          await keeping.synonymSets(setOf(collection)).upsert({ items: groups.map(({ id, words }) => ({ id, synonyms: words })) } as never)
          await keeping.collections(collection).update({ synonym_sets: [setOf(collection)] } as never)
          return
        }
        for (const { id, words } of groups) await keeping.apiCall.put(under(collection, id), { synonyms: words })
        for (const { id } of await synonymsOf(collection))
          if (!groups.some((group) => group.id === id)) await keeping.apiCall.delete(under(collection, id))
      }),
    synonymsOf: (collection) => attempt(() => synonymsOf(collection)),
    close: () => agent.destroy(),
  }
}
