import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { handlers } from '#services/jobs/handlers.ts'
import { Circuit } from '#services/platform/search/circuit.ts'
import type { SearchServer } from '#services/platform/search/search-server.ts'
import { typesenseServer } from '#services/platform/search/typesense.ts'
import { searchStanding } from '#services/platform/readiness.ts'
import { startTypesense, type TypesenseSandbox } from '#services/sandbox/typesense/typesense.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { noFilters, readWish } from './rules/facets.ts'
import { parseQuery } from './rules/search-query.ts'
import { checkMirror, engineStanding, searchOf, tendMirror } from './search-engines.ts'
import { aliasOf, findMirrorDrift, rebuildMirror, sendSearch } from './search-mirror.ts'
import { searchPage } from './search.ts'
import { serverSearch } from './search-typesense.ts'
import { addSynonyms } from './synonyms.ts'

let t: TestDb
let sandbox: TypesenseSandbox
let server: SearchServer
let ctx: TestContext
let houseId: string
let told: { event: string; fields: Record<string, unknown> }[] = []

beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
beforeEach(async () => {
  sandbox = await startTypesense({ apiKey: 'test' })
  server = typesenseServer({ url: sandbox.url, apiKey: 'test', prefix: 'clearmark', answerWithin: 400 })
  told = []
  const hear = (event: string, fields: Record<string, unknown> = {}) => void told.push({ event, fields })
  const log = { debug: () => undefined, info: hear, warn: hear, error: hear }
  const base = testContext(t.db, { log })
  ctx = { ...base, search: { server, circuit: new Circuit(base.clock, log) } }
  houseId = (await aHouse(ctx)).id
  ctx = asActor(ctx, aGuest(houseId))
  for (const title of ['Harbour at dawn', 'Boats in the river', 'Boats by night']) await picture(title)
})
afterEach(async () => {
  server.close()
  await sandbox.close()
})

async function picture(title: string) {
  ctx.clock.advance(1000)
  const asset = await anAsset(ctx, { houseId, title, keywords: [] })
  await t.db.asset.update({ where: { id: asset.id }, data: { altText: '' } })
  return asset.id
}
const page = async (q: string) => searchPage(ctx, readWish(new URLSearchParams({ q })))
const titles = async (q: string) => (await page(q)).tiles.map(({ title }) => title)
const byServer = () =>
  serverSearch(ctx, server).find({
    houseId,
    query: parseQuery('boats '),
    filters: noFilters(),
    rights: { filter: null, count: [] },
    sort: 'relevance',
    offset: 0,
    limit: 48,
  })
const searches = () => sandbox.journal.filter((line) => line === 'POST /multi_search').length
const events = () => told.map(({ event }) => event)
const pending = async () =>
  Number((await t.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM search_outbox WHERE house_id = ${houseId} AND NOT sent`)[0]?.n)
const jobs = async () =>
  Number(
    (
      await t.db.$queryRaw<
        { n: bigint }[]
      >`SELECT count(*) AS n FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks k ON k.id = j.task_id
    WHERE k.identifier = 'catalog.send-search' AND j.payload->>'houseId' = ${houseId} AND j.run_at <= now() + interval '1 second'`
    )[0]?.n,
  )

test('a house without a copy is answered by the database; the first minute makes one, and from then on the server answers', async () => {
  expect(await titles('harbour ')).toEqual(['Harbour at dawn'])
  expect(searches()).toBe(0)
  expect(await engineStanding(ctx)).toMatchObject({ collection: null, state: 'away', reason: 'behind' })
  await tendMirror(ctx, houseId)
  ctx.clock.advance(5_000)
  expect(await titles('harbour ')).toEqual(['Harbour at dawn'])
  expect(searches()).toBe(1)
  expect(await engineStanding(ctx)).toMatchObject({ state: 'answering', building: false, waiting: 0, trouble: null })
  expect(events()).toContain('search.engine-back')
})

test('published is found once its one job has run, withdrawn is gone before any job has; what was rolled back was never told', async () => {
  await rebuildMirror(ctx, server, houseId)
  const before = await jobs()
  const id = await t.db.$transaction(async (tx) => {
    const made = await anAsset({ ...ctx, db: tx }, { houseId, title: 'Zeppelin', keywords: [] })
    return made.id
  })
  // In the transaction of the change, due at once, and one job however many rows it touched.
  expect(await jobs()).toBe(before + 1)
  expect(await pending()).toBeGreaterThan(0)
  await handlers['catalog.send-search']?.(ctx, { houseId })
  expect(await pending()).toBe(0)
  expect((await page('zeppelin ')).tiles.map((tile) => tile.id)).toEqual([id])
  expect(searches()).toBe(1)

  await t.db.asset.update({ where: { id }, data: { state: 'WITHDRAWN' } })
  expect(await page('zeppelin ')).toMatchObject({ total: 0, tiles: [] })
  expect(searches()).toBe(2)

  const waiting = await pending()
  await expect(
    t.db.$transaction(async (tx) => {
      await tx.asset.updateMany({ where: { houseId, title: 'Harbour at dawn' }, data: { title: 'Undone' } })
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await pending()).toBe(waiting)
})

test.each([
  ['a connection is refused', 'unreachable', async () => void (await sandbox.close())],
  ['it does not answer', 'timeout', async () => void (sandbox.mode = 'silent')],
  ['it is not ready or lagging', 'not-ready', async () => void (sandbox.mode = 'not-ready')],
  ['its collection is gone', 'missing', async () => sandbox.collections.clear()],
  [
    'the key is refused',
    'key-refused',
    async () => void (server = typesenseServer({ url: sandbox.url, apiKey: 'wrong', prefix: 'clearmark' })),
  ],
  [
    'it has fewer documents than the house',
    'behind',
    async () =>
      void [...sandbox.collections.values()][0]?.drop([...([...sandbox.collections.values()][0]?.documents.keys() ?? [])][0] ?? ''),
  ],
])('where %s, the database answers the same question and the page says nothing of it', async (_, reason, harm) => {
  await rebuildMirror(ctx, server, houseId)
  const well = await page('boats ')
  expect(searches()).toBe(1)
  await harm()
  ctx = { ...ctx, search: { server, circuit: ctx.search?.circuit ?? new Circuit(ctx.clock, ctx.log) } }
  ctx.clock.advance(20_000)
  expect(await page('boats ')).toEqual(well)
  expect(searchStanding(ctx)).toMatchObject({ state: 'away', reason })
  expect(told.filter(({ event }) => event === 'search.engine-away').map(({ fields }) => fields.reason)).toEqual([reason])
  // Until the time has come nobody asks it again.
  const asked = sandbox.journal.length
  expect(await page('boats ')).toEqual(well)
  expect(sandbox.journal.length).toBe(asked)
})

test('a server that is back is asked again when the time has come, once, and then by all', async () => {
  await rebuildMirror(ctx, server, houseId)
  sandbox.mode = 'not-ready'
  await page('boats ')
  expect(searches()).toBe(1)
  ctx.clock.advance(3_000)
  await page('boats ')
  expect(searches()).toBe(2)
  sandbox.mode = 'well'
  ctx.clock.advance(3_000)
  await page('boats ')
  expect(searches()).toBe(2)
  ctx.clock.advance(3_000)
  await Promise.all([page('boats '), page('boats '), page('boats ')])
  expect(searchStanding(ctx)?.state).toBe('answering')
  expect(events().filter((event) => event === 'search.engine-back')).toHaveLength(1)
  await page('boats ')
  expect(searchStanding(ctx)?.state).toBe('answering')
})

test('what could not be sent waits, and is sent when the server is back', async () => {
  await rebuildMirror(ctx, server, houseId)
  sandbox.mode = 'not-ready'
  await picture('Kites')
  await sendSearch(ctx, { houseId })
  expect(await pending()).toBeGreaterThan(0)
  expect(await engineStanding(ctx)).toMatchObject({ trouble: expect.stringContaining('not-ready') })
  sandbox.mode = 'well'
  await sendSearch(ctx, { houseId })
  expect(await pending()).toBe(0)
  expect(await engineStanding(ctx)).toMatchObject({ trouble: null })
  expect(await findMirrorDrift(ctx, server, houseId)).toEqual([])
})

test('one document that the server refuses is told of and holds up none of the rest', async () => {
  await rebuildMirror(ctx, server, houseId)
  const { put } = server
  const refusing: SearchServer = {
    ...server,
    put: (collection, documents) =>
      put(
        collection,
        documents.map((document) => (String(document.title) === 'kites' ? { ...document, n: 'none' } : document)),
      ),
  }
  await picture('Kites')
  await picture('Balloons')
  await sendSearch({ ...ctx, search: { server: refusing, circuit: new Circuit(ctx.clock, ctx.log) } }, { houseId })
  expect(await pending()).toBe(0)
  expect(told.find(({ event }) => event === 'search.document-refused')?.fields.why).toBe('Field `n` must be an int32.')
  expect((await findMirrorDrift(ctx, server, houseId)).map(({ what }) => what)).toEqual(['document-missing'])
  expect(await engineStanding(ctx)).toMatchObject({ trouble: expect.stringContaining('1 documents were refused') })
})

test('two senders at once: one sends, the other comes again', async () => {
  await rebuildMirror(ctx, server, houseId)
  await picture('Kites')
  const sent = await Promise.all([sendSearch(ctx, { houseId }), sendSearch(ctx, { houseId }), sendSearch(ctx, { houseId })])
  expect(sent.filter((one) => one.sent > 0)).toHaveLength(1)
  expect(await findMirrorDrift(ctx, server, houseId)).toEqual([])
})

test('a copy is made anew beside searches and changes: no answer is wrong, nothing is lost, the old one goes', async () => {
  const first = await rebuildMirror(ctx, server, houseId)
  const expected = (await byServer()).total
  let done = false
  const make = (async () => {
    for (let i = 0; i < 4; i++) expect((await rebuildMirror(ctx, server, houseId)).ok).toBe(true)
    done = true
  })()
  const change = (async () => {
    for (let i = 0; !done; i++) {
      await t.db.asset.updateMany({ where: { houseId, title: { startsWith: 'Harbour' } }, data: { title: `Harbour ${i}` } })
      await sendSearch(ctx, { houseId })
    }
  })()
  while (!done) expect((await byServer()).total).toBe(expected)
  await Promise.all([make, change])
  await sendSearch(ctx, { houseId })
  expect(await findMirrorDrift(ctx, server, houseId)).toEqual([])
  expect(sandbox.collections.size).toBe(1)
  expect(first.ok && sandbox.collections.has(first.value.collection)).toBe(false)
  expect(sandbox.aliases.get(aliasOf(server, houseId))).toBe([...sandbox.collections.keys()][0])
})

test('what was sent while a copy is being made is kept for it', async () => {
  await rebuildMirror(ctx, server, houseId)
  const { make } = server
  const slow: SearchServer = {
    ...server,
    async make(shape) {
      await make(shape)
      await picture('Kites')
      await sendSearch(ctx, { houseId })
      // Told to the copy that answers, and kept for the one that is being made.
      expect(await pending()).toBe(0)
      const [kept] = await t.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM search_outbox WHERE house_id = ${houseId} AND sent`
      expect(Number(kept?.n)).toBeGreaterThan(0)
      expect(await rebuildMirror(ctx, server, houseId)).toMatchObject({ ok: false, error: 'already-building' })
    },
  }
  expect((await rebuildMirror(ctx, slow, houseId)).ok).toBe(true)
  expect(await t.db.searchOutbox.count({ where: { houseId } })).toBe(0)
  expect(await titles('kites ')).toEqual(['Kites'])
})

test('what was under way when the first copy was begun is in it', async () => {
  let begun = () => undefined as void
  let commit = () => undefined as void
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  const mayCommit = new Promise<void>((resolve) => (commit = resolve))
  const change = t.db.$transaction(
    async (tx) => {
      await anAsset({ ...ctx, db: tx }, { houseId, title: 'Kites', keywords: [] })
      begun()
      await mayCommit
    },
    { timeout: 20_000 },
  )
  await hasBegun
  const made = rebuildMirror(ctx, server, houseId)
  while ((await t.db.searchMirror.count({ where: { houseId } })) === 0) await pending()
  commit()
  await change
  expect(await made).toMatchObject({ ok: true, value: { documents: 4 } })
  expect(await findMirrorDrift(ctx, server, houseId)).toEqual([])
})

test("a copy whose count is not the index's does not take the place of one that is well", async () => {
  await rebuildMirror(ctx, server, houseId)
  const now = sandbox.aliases.get(aliasOf(server, houseId))
  const lossy: SearchServer = { ...server, put: async (collection, documents) => server.put(collection, documents.slice(1)) }
  expect(await rebuildMirror(ctx, lossy, houseId)).toMatchObject({ ok: false, error: 'counts-differ' })
  expect(sandbox.aliases.get(aliasOf(server, houseId))).toBe(now)
  expect(sandbox.collections.size).toBe(1)
  expect(await engineStanding(ctx)).toMatchObject({ building: false, collection: now })
  expect(await titles('harbour ')).toEqual(['Harbour at dawn'])
})

test('each planted difference is found, and the night mends it', async () => {
  await rebuildMirror(ctx, server, houseId)
  const collection = () => [...sandbox.collections.values()][0] as NonNullable<ReturnType<typeof sandbox.collections.get>>
  const some = () => ({ ...[...collection().documents.values()][0] }) as Record<string, unknown> & { id: string }
  const plant = async (harm: () => unknown, what: string) => {
    await harm()
    expect((await findMirrorDrift(ctx, server, houseId)).map((drift) => drift.what)).toEqual([what])
    expect(await checkMirror(ctx, houseId)).toEqual({ drifted: 1 })
    expect(await findMirrorDrift(ctx, server, houseId)).toEqual([])
  }
  await plant(() => collection().drop(some().id), 'document-missing')
  await plant(() => collection().write({ ...some(), title_words: ['planted'] }, 'upsert'), 'document-differs')
  await plant(() => collection().write({ ...some(), keys: [] }, 'upsert'), 'document-differs')
  await plant(() => collection().write({ ...some(), id: '999999999', n: 999_999_999 }, 'upsert'), 'document-left-over')
  const librarian = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  await addSynonyms(asActor(ctx, librarian), { words: ['ship', 'boat'] })
  await sendSearch(ctx, { houseId })
  expect(await findMirrorDrift(ctx, server, houseId)).toEqual([])
  await plant(() => collection().synonyms.clear(), 'synonyms-differ')
})

test('a house that no longer has a second engine forgets its copy and keeps no outbox', async () => {
  await rebuildMirror(ctx, server, houseId)
  await sendSearch({ ...ctx, search: null }, { houseId })
  expect(await t.db.searchMirror.count({ where: { houseId } })).toBe(0)
  await picture('Kites')
  expect(await t.db.searchOutbox.count({ where: { houseId } })).toBe(0)
  expect(
    await searchOf({ ...ctx, search: null }).find({
      houseId,
      query: parseQuery('kites '),
      filters: noFilters(),
      rights: { filter: null, count: [] },
      sort: 'relevance',
      offset: 0,
      limit: 3,
    }),
  ).toMatchObject({ total: 1 })
})
