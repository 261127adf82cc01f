import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTypesense, type TypesenseSandbox } from './typesense.ts'

/** Where recordings of a real server lie, if anywhere: they are not part of the house. */
const recordings = process.env.TYPESENSE_RECORDINGS ?? path.resolve('../shared/reference/data/typesense-29-exchanges.jsonl.gz')
interface Exchange {
  method: string
  url: string
  req: string
  status: number
  res: string
}

const words = [
  'harbor',
  'lantern',
  'copper',
  'violin',
  'glacier',
  'meadow',
  'cinder',
  'saffron',
  'quartz',
  'willow',
  'ember',
  'falcon',
  'marble',
  'thicket',
  'orchid',
  'beacon',
]
let sandbox: TypesenseSandbox
beforeAll(async () => void (sandbox = await startTypesense({ apiKey: 'all' })))
afterAll(() => sandbox.close())
const ask = async (method: string, url: string, body = '', key = 'all') => {
  const response = await fetch(sandbox.url + url, { method, headers: { 'x-typesense-api-key': key }, ...(body ? { body } : {}) })
  return { status: response.status, text: await response.text() }
}

async function readRecordings(): Promise<Exchange[]> {
  const exchanges: Exchange[] = []
  for await (const line of createInterface({ input: createReadStream(recordings).pipe(createGunzip()) }))
    if (line.trim()) exchanges.push(JSON.parse(line) as Exchange)
  return exchanges
}

/** The ten thousand documents of the recording, by the pattern of those that can be seen whole. */
const pairs: [string, string][] = []
const bodies: string[] = []
const second: string[] = []

test.skipIf(!existsSync(recordings))(
  'answers as the recorded server does',
  async () => {
    const exchanges = await readRecordings()
    const schema =
      exchanges.find(({ method, url, status }) => method === 'POST' && url === '/collections' && status === 201) ??
      exchanges.find(({ method, url }) => method === 'POST' && url === '/collections')
    const seen =
      exchanges
        .find(({ url }) => url.includes('/books_v1/documents/import'))
        ?.req.split('\n')
        .slice(0, 20)
        .map((line) => JSON.parse(line) as Record<string, unknown>) ?? []
    for (const document of seen.slice(0, 16)) {
      pairs.push((document.title as string).split(' ').slice(0, 2) as [string, string])
      bodies.push(document.body as string)
    }
    for (const document of seen.slice(0, 5)) second.push((document.tags as string[])[1] as string)
    const made = (i: number) => ({
      id: String(i),
      tenant: `t${i % 3}`,
      title: `${(pairs[i % 16] as [string, string]).join(' ')} ${i}`,
      body: bodies[i % 16],
      tags: [['harbor', 'lantern', 'copper', 'violin'][i % 4], second[i % 5]],
      status: i % 3 === 0 ? 'draft' : i % 2 === 0 ? 'live' : 'gone',
      price: (i % 100) + 0.5,
      created: 1_700_000_000 + i,
      live: i % 2 === 0,
      loc: [52 + (i % 10) / 100, 13 + (i % 10) / 100],
      meta: { lang: i % 4 === 0 ? 'de' : 'en' },
      color_s: i % 2 === 0 ? 'red' : 'blue',
    })
    for (const [i, document] of seen.entries()) expect(made(i)).toEqual(document)
    expect(words.every((word) => pairs.some((pair) => pair.includes(word)))).toBe(true)

    await ask('POST', '/collections', JSON.stringify({ ...(JSON.parse(schema?.req ?? '{}') as object), name: 'books_v1' }))
    const imported = await ask(
      'POST',
      '/collections/books_v1/documents/import?action=upsert',
      Array.from({ length: 10_000 }, (_, i) => JSON.stringify(made(i))).join('\n'),
    )
    expect(imported.text.split('\n')).toHaveLength(10_000)
    expect(new Set(imported.text.split('\n'))).toEqual(new Set(['{"success":true}']))

    // What our adapter never asks is not stood in for; and what the recording changed meanwhile would have to be changed here too.
    const beyond =
      /infix|group_by|meta\.|loc:|loc\(|price\(|stopwords|preset|facet_query|highlight|overrides|stats|metrics|\/books_v2|\/keys|\/presets|filter_by=id:|documents\/10000|emplace|return_id|export/
    let [compared, counted] = [0, 0]
    let scoped = false
    const before = new Set<string>()
    for (const { method, url, req, status, res } of exchanges.slice(8)) {
      // Keys that carry a filter of their own were asked with here, and the recording does not say which.
      if (url.startsWith('/keys')) scoped = method === 'POST'
      if (scoped || status === 401 || before.has(url + req)) continue
      before.add(url + req)
      if (method === 'GET' && url.includes('/search') && !beyond.test(url) && url.includes('books_v1') && status < 500) {
        if (
          url === '/collections/books_v1/documents/search?q=*' ||
          url.includes('q=glacier&query_by=title&per_page=5') ||
          url.includes('q=dock')
        )
          continue
        const ours = await ask(method, url)
        expect([url, ours.status]).toEqual([url, status])
        compared++
        if (status !== 200) {
          expect(JSON.parse(ours.text)).toEqual(JSON.parse(res))
          continue
        }
        const found = /"found":(\d+)/.exec(res)
        const [answer, real] = [JSON.parse(ours.text) as Record<string, unknown>, res]
        // Bodies are cut at six thousand characters: what stands at their end may not be there.
        if (found) {
          expect([url, answer.found]).toEqual([url, Number(found[1])])
          counted++
        }
        for (const key of Object.keys(answer))
          if (real.length < 5_900) expect([url, key, real.includes(`"${key}"`)]).toEqual([url, key, true])
        const facets = /"facet_counts":(\[.*?\]),"found"/.exec(real)
        if (facets) {
          const counts = (list: { counts: { value: string; count: number }[]; field_name: string }[]) =>
            list.map(({ field_name: name, counts: each }) => [name, Object.fromEntries(each.map(({ value, count }) => [value, count]))])
          expect([url, counts(answer.facet_counts as never)]).toEqual([url, counts(JSON.parse(facets[1] as string) as never)])
        }
      }
      if (status >= 400 && url !== '/health' && !beyond.test(url) && !url.includes('/search') && !req.includes('"tenant"')) {
        const ours = await ask(method, url, req)
        expect([method, url, ours.status, JSON.parse(ours.text)]).toEqual([method, url, status, JSON.parse(res)])
        compared++
      }
    }
    const turnedAway = exchanges.find(({ status }) => status === 401)
    expect(await ask('GET', '/collections', '', 'wrong')).toEqual({ status: 401, text: JSON.stringify(JSON.parse(turnedAway?.res ?? '')) })
    const row = exchanges.find(({ res }) => res.startsWith('{"code":400'))
    expect((await ask('POST', '/collections/books_v1/documents/import?action=upsert', row?.req ?? '')).text).toBe(row?.res)
    expect(compared).toBeGreaterThan(200)
    expect(counted).toBeGreaterThan(200)
  },
  120_000,
)

if (!existsSync(recordings))
  process.stdout.write('typesense: no recordings of a real server here (TYPESENSE_RECORDINGS); the comparison with them was skipped\n')

test('synonyms live under the collection before version 30, and in sets from then on', async () => {
  const later = await startTypesense({ apiKey: 'all', version: 30 })
  const at = async (url: string, path_: string, method = 'GET', body?: string) =>
    (await fetch(url + path_, { method, headers: { 'x-typesense-api-key': 'all' }, ...(body ? { body } : {}) })).status
  try {
    for (const url of [sandbox.url, later.url])
      await at(url, '/collections', 'POST', '{"name":"small","fields":[{"name":"title","type":"string"}]}')
    expect(await at(sandbox.url, '/collections/small/synonyms')).toBe(200)
    expect(await at(sandbox.url, '/synonym_sets')).toBe(404)
    expect(await at(sandbox.url, '/collections/small', 'PATCH', '{"synonym_sets":["x"]}')).toBe(400)
    expect(await at(later.url, '/collections/small/synonyms')).toBe(404)
    expect(await at(later.url, '/synonym_sets/x', 'PUT', '{"items":[]}')).toBe(200)
    expect(await at(later.url, '/collections/small', 'PATCH', '{"synonym_sets":["x"]}')).toBe(200)
  } finally {
    await later.close()
  }
})

test('a key is held against the name in the request: an alias, or the collection behind it', async () => {
  await ask('POST', '/collections', '{"name":"things_1","fields":[{"name":"title","type":"string"}]}')
  await ask('PUT', '/aliases/things', '{"collection_name":"things_1"}')
  await ask('POST', '/keys', '{"actions":["documents:search"],"collections":["things"],"value":"narrow"}')
  await ask('POST', '/keys', '{"actions":["documents:search"],"collections":["things.*"],"value":"wide"}')
  const search = async (name: string, key: string) => (await ask('GET', `/collections/${name}/documents/search?q=*`, '', key)).status
  expect([
    await search('things', 'narrow'),
    await search('things_1', 'narrow'),
    await search('things', 'wide'),
    await search('things_1', 'wide'),
  ]).toEqual([200, 401, 200, 200])
})
