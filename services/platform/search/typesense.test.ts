import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTypesense, type TypesenseSandbox } from '#services/sandbox/typesense/typesense.ts'
import { SearchAway, type SearchServer, type ServerSearch } from './search-server.ts'
import { typesenseServer } from './typesense.ts'

let sandbox: TypesenseSandbox
let server: SearchServer
beforeEach(async () => {
  sandbox = await startTypesense({ apiKey: 'all' })
  server = typesenseServer({ url: sandbox.url, apiKey: 'all', prefix: 'house', answerWithin: 300 })
  await server.make({
    name: 'house_1',
    sort: 'n',
    fields: [
      { name: 'n', type: 'int32' },
      { name: 'title', type: 'string' },
      { name: 'kind', type: 'string', facet: true },
    ],
  })
})
afterEach(async () => {
  server.close()
  await sandbox.close()
})

const search = (more: Partial<ServerSearch> = {}): ServerSearch => ({
  collection: 'house_1',
  text: '*',
  fields: [{ name: 'title', weight: 1 }],
  filter: '',
  sort: 'n:desc',
  prefix: false,
  slips: 0,
  facets: [],
  offset: 0,
  limit: 10,
  wanted: ['id'],
  ...more,
})
const reason = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof SearchAway ? error.reason : error),
  )

test('documents go in by the batch, each refused one by its name, and come out as asked', async () => {
  const refused = await server.put('house_1', [
    { id: '1', n: 1, title: 'harbour', kind: 'a' },
    { id: '2', n: 'two', title: 'river', kind: 'a' },
    { id: '3', n: 3, title: 'river', kind: 'b' },
  ])
  expect(refused).toEqual([{ id: '2', why: 'Field `n` must be an int32.' }])
  expect(await server.search([search({ facets: ['kind'] }), search({ text: 'river' })])).toEqual([
    { found: 2, outOf: 2, documents: [{ id: '3' }, { id: '1' }], counts: { kind: { a: 1, b: 1 } } },
    { found: 1, outOf: 2, documents: [{ id: '3' }], counts: {} },
  ])
  await server.remove('house_1', ['1', 'nobody'])
  expect(await server.everything('house_1', 'n:>=0')).toEqual([{ id: '3', n: 3, title: 'river', kind: 'b' }])
  expect(await server.countOf('house_1')).toBe(1)
})

test('why it did not answer', async () => {
  expect(await reason(server.search([search({ collection: 'nowhere' })]))).toBe('missing')
  expect(await reason(server.search([search({ filter: 'nothing:=1' })]))).toBe('refused-question')
  expect(await reason(server.search([search({ limit: 251 })]))).toBe('refused-question')
  expect(await reason(typesenseServer({ url: sandbox.url, apiKey: 'wrong', prefix: 'house' }).search([search()]))).toBe('key-refused')
  sandbox.mode = 'not-ready'
  expect(await reason(server.search([search()]))).toBe('not-ready')
  sandbox.mode = 'silent'
  expect(await reason(server.search([search()]))).toBe('timeout')
  await sandbox.close()
  expect(await reason(server.search([search()]))).toBe('unreachable')
  // An address of documentation: nobody is there, and nobody says so.
  expect(['unreachable', 'timeout']).toContain(
    await reason(typesenseServer({ url: 'http://192.0.2.1:8108', apiKey: 'all', prefix: 'house', connectWithin: 50 }).search([search()])),
  )
})

test('aliases move in one step, also to where nothing is; what is behind none is null', async () => {
  expect(await server.behind('house')).toBeNull()
  await server.point('house', 'house_1')
  expect(await server.behind('house')).toBe('house_1')
  expect(await server.countOf('house')).toBe(0)
  await server.point('house', 'house_2')
  expect(await server.countOf('house')).toBeNull()
  expect(await server.collectionsFrom('house_')).toEqual(['house_1'])
})

test.each([29, 30] as const)('words taken for the same are exactly those, on version %i', async (version) => {
  const other = await startTypesense({ apiKey: 'all', version })
  const its = typesenseServer({ url: other.url, apiKey: 'all', prefix: 'house' })
  try {
    await its.make({
      name: 'house_1',
      sort: 'n',
      fields: [
        { name: 'n', type: 'int32' },
        { name: 'title', type: 'string' },
      ],
    })
    await its.put('house_1', [{ id: '1', n: 1, title: 'ship' }])
    const finds = async (text: string) => (await its.search([search({ text })]))[0]?.found
    await its.keepSynonyms('house_1', [
      { id: 'a', words: ['boat', 'ship'] },
      { id: 'b', words: ['car', 'auto'] },
    ])
    expect(await finds('boat')).toBe(1)
    await its.keepSynonyms('house_1', [{ id: 'b', words: ['car', 'auto'] }])
    expect(await finds('boat')).toBe(0)
    expect(await its.synonymsOf('house_1')).toEqual([{ id: 'b', words: ['car', 'auto'] }])
    await its.drop('house_1')
    expect(await its.countOf('house_1')).toBeNull()
  } finally {
    its.close()
    await other.close()
  }
})

test('a kept connection that was closed meanwhile is not the server being away; and no error carries the key', async () => {
  let asked = 0
  const closing = http.createServer((request, response) => {
    asked++
    if (asked === 2) return void request.socket.destroy()
    if (asked > 3) return void response.writeHead(500).end('{"message":"no"}')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"results":[{"found":0,"out_of":0,"hits":[]}]}')
  })
  await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve))
  const its = typesenseServer({
    url: `http://127.0.0.1:${(closing.address() as AddressInfo).port}`,
    apiKey: 'a-key-of-ours',
    prefix: 'house',
  })
  try {
    for (let i = 0; i < 2; i++) expect(await its.search([search()])).toHaveLength(1)
    expect(asked).toBe(3)
    const error: unknown = await its.search([search()]).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ reason: 'failing' })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('a-key-of-ours')
  } finally {
    its.close()
    closing.closeAllConnections()
    closing.close()
  }
})
