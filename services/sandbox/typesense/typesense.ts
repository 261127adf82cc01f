import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CollectionCreateSchema } from 'typesense/lib/Typesense/Collections.js'
import { systemClock } from '#services/platform/clock.ts'
import { AnswerError } from './answer-error.ts'
import { Collection, type Stored } from './collection.ts'
import { parseFilter } from './filter.ts'
import { search, type Params } from './search.ts'

export interface TypesenseSandbox {
  url: string
  collections: Map<string, Collection>
  aliases: Map<string, string>
  /** What is asked from now on is answered so: as it should be, "Not Ready or Lagging", or not at all. */
  mode: 'well' | 'not-ready' | 'silent'
  /** Requests that came, by method and path. */
  journal: string[]
  close(): Promise<void>
}
interface Key {
  id: number
  value: string
  actions: string[]
  collections: string[]
}
interface Asked {
  method: string
  path: string[]
  params: Params
  body: string
}
interface Answer {
  status?: number
  body: unknown
}

const forbidden = () => new AnswerError(401, 'Forbidden - a valid `x-typesense-api-key` header must be sent.')
const nowhere = () => new AnswerError(404, 'Not Found')
const read = (body: string): Record<string, unknown> => {
  try {
    return JSON.parse(body || '{}') as Record<string, unknown>
  } catch {
    throw new AnswerError(400, 'Bad JSON.')
  }
}

/**
 * A Typesense server in memory, as far as our adapter uses one, that answers as the recorded ones do: the same statuses, words and
 * shapes. `version` 29 keeps synonyms under a collection, 30 in sets. Matching is Typesense's, ranking is our own.
 */
export async function startTypesense({
  apiKey,
  version = 29,
  port = 0,
}: {
  apiKey: string
  version?: 29 | 30
  port?: number
}): Promise<TypesenseSandbox> {
  const collections = new Map<string, Collection>()
  const aliases = new Map<string, string>()
  const sets = new Map<string, { id: string; synonyms: string[] }[]>()
  const keys: Key[] = []
  const journal: string[] = []

  const collectionOf = (name: string): Collection => {
    const found = collections.get(aliases.get(name) ?? name)
    if (!found) throw new AnswerError(404, 'Collection not found')
    for (const set of found.synonymSets) {
      found.synonyms.clear()
      for (const { id, synonyms } of sets.get(set) ?? []) found.synonyms.set(id, { id, root: '', synonyms })
    }
    return found
  }

  /** A key is asked about the name in the request, not about what an alias points to. */
  function assertMay(key: string, action: string, names: readonly string[]): void {
    if (key === apiKey) return
    const known = keys.find(({ value }) => value === key)
    const allows = (list: readonly string[], wanted: string) =>
      list.some((pattern) => pattern === '*' || pattern === wanted || (/[.*]/.test(pattern) && new RegExp(`^(?:${pattern})$`).test(wanted)))
    if (!known || !allows(known.actions, action) || !names.every((name) => allows(known.collections, name))) throw forbidden()
  }

  const oneSearch = (name: string, params: Params) => search(collectionOf(name), aliases.get(name) ?? name, params)
  const several = (body: string, shared: Params, key: string): unknown => {
    const { searches } = read(body) as { searches?: Params[] }
    if (!Array.isArray(searches)) throw new AnswerError(400, 'Missing `searches` array.')
    if (searches.length > 50) throw new AnswerError(422, 'Number of multi searches exceeds `limit_multi_searches` parameter.')
    assertMay(
      key,
      'documents:search',
      searches.map(({ collection }) => String(collection)),
    )
    return {
      results: searches.map((one) => {
        try {
          return oneSearch(String(one.collection), { ...shared, ...one })
        } catch (error) {
          if (!(error instanceof AnswerError)) throw error
          return { code: error.status, error: error.message }
        }
      }),
    }
  }

  function rows(collection: Collection, body: string, action: string, wantsId: boolean): string {
    return body
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        try {
          const { id } = collection.write(read(line), action)
          return JSON.stringify({ ...(wantsId ? { id } : {}), success: true })
        } catch (error) {
          if (!(error instanceof AnswerError)) throw error
          return JSON.stringify({ code: error.status, error: error.message, success: false })
        }
      })
      .join('\n')
  }

  function documents({ method, path, params, body }: Asked, name: string, key: string): Answer {
    const [, , , verb] = path
    const may = (action: string) => assertMay(key, `documents:${action}`, [name])
    if (method === 'GET' && verb === 'search') {
      may('search')
      return { body: oneSearch(name, params) }
    }
    if (method === 'GET' && verb === 'export') {
      may('export')
      const collection = collectionOf(name)
      const keeps = parseFilter(collection, String(params.filter_by ?? ''))
      const wanted = String(params.include_fields ?? '')
        .split(',')
        .filter(Boolean)
      const lines = [...collection.documents.values()]
        .filter(keeps)
        .map((document) =>
          JSON.stringify(
            wanted.length === 0 ? document : Object.fromEntries(Object.entries(document).filter(([field]) => wanted.includes(field))),
          ),
        )
      return { body: lines.join('\n') }
    }
    if (method === 'POST' && verb === 'import') {
      may('import')
      return { body: rows(collectionOf(name), body, String(params.action ?? 'create'), params.return_id === 'true') }
    }
    if (method === 'POST' && verb === undefined) {
      may(String(params.action ?? 'create'))
      return { status: 201, body: collectionOf(name).write(read(body), String(params.action ?? 'create')) }
    }
    if (verb === undefined) {
      const collection = collectionOf(name)
      const filter = String(params.filter_by ?? '')
      if (filter === '') throw new AnswerError(400, 'Parameter `filter_by` must be provided.')
      const found = [...collection.documents.values()].filter(parseFilter(collection, filter))
      if (method === 'DELETE') {
        may('delete')
        for (const { id } of found) collection.drop(id)
        return { body: { num_deleted: found.length } }
      }
      if (method === 'PATCH') {
        may('update')
        for (const { id } of found) collection.write({ ...read(body), id }, 'update')
        return { body: { num_updated: found.length } }
      }
    }
    const id = decodeURIComponent(verb ?? '')
    may(method === 'GET' ? 'get' : method === 'DELETE' ? 'delete' : 'update')
    const collection = collectionOf(name)
    const old = collection.documents.get(id)
    if (!old) throw new AnswerError(404, `Could not find a document with id: ${id}`)
    if (method === 'GET') return { body: old }
    if (method === 'DELETE') return { body: collection.drop(id) as Stored }
    if (method === 'PATCH') return { body: collection.write({ ...read(body), id }, 'update') }
    throw nowhere()
  }

  function synonymsUnder({ method, path, body }: Asked, name: string): Answer {
    if (version >= 30) throw nowhere()
    const { synonyms } = collectionOf(name)
    const id = path[3] === undefined ? undefined : decodeURIComponent(path[3])
    if (id === undefined) return { body: { synonyms: [...synonyms.values()] } }
    if (method === 'PUT') {
      const given = read(body) as { synonyms: string[]; root?: string }
      synonyms.set(id, { id, root: given.root ?? '', synonyms: given.synonyms })
      return { body: { id, ...given } }
    }
    const old = synonyms.get(id)
    if (!old) throw new AnswerError(404, 'Could not find that `id`.')
    if (method === 'DELETE') {
      synonyms.delete(id)
      return { body: { id } }
    }
    return { body: old }
  }

  function oneCollection(asked: Asked, name: string, key: string): Answer {
    const { method, path, body } = asked
    if (path[2] === 'documents') return documents(asked, name, key)
    if (path[2] === 'synonyms') {
      assertMay(key, 'synonyms:*', [name])
      return synonymsUnder(asked, name)
    }
    if (path[2] !== undefined) throw nowhere()
    assertMay(key, `collections:${method === 'GET' ? 'get' : method === 'DELETE' ? 'delete' : 'update'}`, [name])
    const collection = collectionOf(name)
    if (method === 'GET') return { body: collection.describe() }
    if (method === 'DELETE') {
      collections.delete(collection.schema.name)
      return { body: collection.describe() }
    }
    if (method === 'PATCH') {
      const change = read(body) as { synonym_sets?: string[] }
      if (change.synonym_sets && version < 30)
        throw new AnswerError(400, 'The `fields` value should be an array of objects containing `name`, `type` and other properties.')
      collection.synonymSets = change.synonym_sets ?? collection.synonymSets
      return { body: change }
    }
    throw nowhere()
  }

  function synonymSets({ method, path, body }: Asked): Answer {
    if (version < 30) throw nowhere()
    const name = path[1] === undefined ? undefined : decodeURIComponent(path[1])
    if (name === undefined) return { body: [...sets].map(([set, items]) => ({ name: set, items })) }
    if (method === 'PUT') {
      const { items } = read(body) as { items: { id: string; synonyms: string[] }[] }
      sets.set(name, items)
      return { body: { name, items } }
    }
    const items = sets.get(name)
    if (!items) throw new AnswerError(404, 'Synonym set not found')
    if (method === 'DELETE') sets.delete(name)
    return { body: { name, items } }
  }

  function aliasesOf({ method, path, body }: Asked, key: string): Answer {
    const name = path[1] === undefined ? undefined : decodeURIComponent(path[1])
    const said = (alias: string, collection: string) => ({ collection_name: collection, name: alias })
    if (name === undefined) return { body: { aliases: [...aliases].map(([alias, to]) => said(alias, to)) } }
    assertMay(key, `aliases:${method === 'GET' ? 'get' : method === 'DELETE' ? 'delete' : 'create'}`, [name])
    if (method === 'PUT') {
      // As the real one: an alias may point to what is not there.
      const { collection_name: to } = read(body) as { collection_name: string }
      aliases.set(name, to)
      return { body: said(name, to) }
    }
    const to = aliases.get(name)
    if (to === undefined) throw nowhere()
    if (method === 'DELETE') aliases.delete(name)
    return { body: said(name, to) }
  }

  function answer(asked: Asked, key: string): Answer {
    const { method, path, params, body } = asked
    if (method === 'GET' && path[0] === 'health') return { body: { ok: true } }
    if (key === '' || (key !== apiKey && !keys.some(({ value }) => value === key))) throw forbidden()
    switch (path[0]) {
      case 'debug':
        return { body: { state: 1, version: `${version}.0` } }
      case 'multi_search':
        return { body: several(body, params, key) }
      case 'aliases':
        return aliasesOf(asked, key)
      case 'synonym_sets':
        return synonymSets(asked)
      case 'keys': {
        assertMay(key, 'keys:create', [])
        if (method === 'DELETE') {
          keys.splice(
            keys.findIndex(({ id }) => id === Number(path[1])),
            1,
          )
          return { body: { id: Number(path[1]) } }
        }
        const made = {
          ...(read(body) as { actions: string[]; collections: string[] }),
          id: keys.length + 1,
          value: String(read(body).value ?? `key-${keys.length + 1}`),
        }
        keys.push(made)
        return { status: 201, body: { autodelete: false, expires_at: 64_723_363_199, ...made } }
      }
      case 'collections': {
        if (path[1] !== undefined) return oneCollection(asked, decodeURIComponent(path[1]), key)
        if (method === 'GET') return { body: [...collections.values()].map((collection) => collection.describe()) }
        const schema = read(body) as unknown as CollectionCreateSchema
        assertMay(key, 'collections:create', [schema.name])
        if (collections.has(schema.name)) throw new AnswerError(409, `A collection with name \`${schema.name}\` already exists.`)
        const made = new Collection(schema, systemClock.now())
        collections.set(schema.name, made)
        return { status: 201, body: made.describe() }
      }
      default:
        throw nowhere()
    }
  }

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://local')
      journal.push(`${request.method} ${url.pathname}`)
      const send = (status: number, body: unknown) => {
        const plain = typeof body === 'string'
        response
          .writeHead(status, { 'content-type': plain ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' })
          .end(plain ? body : JSON.stringify(body))
      }
      if (sandbox.mode === 'silent') return
      if (sandbox.mode === 'not-ready') return send(503, { message: 'Not Ready or Lagging' })
      try {
        const { status = 200, body } = answer(
          {
            method: request.method ?? 'GET',
            path: url.pathname.split('/').filter(Boolean),
            params: Object.fromEntries(url.searchParams),
            body: Buffer.concat(chunks).toString(),
          },
          String(request.headers['x-typesense-api-key'] ?? ''),
        )
        send(status, body)
      } catch (error) {
        send(error instanceof AnswerError ? error.status : 500, { message: error instanceof Error ? error.message : 'failed' })
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const sandbox: TypesenseSandbox = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    collections,
    aliases,
    mode: 'well',
    journal,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return sandbox
}
