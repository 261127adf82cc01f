import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '#services/kernel/period.ts'
import { loadRights } from '#services/rights/loading.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset } from '#services/testing/world.ts'
import { readWish } from './rules/facets.ts'
import { cellOf, readRights } from './rules/rights-wish.ts'
import { lets } from './search-cells.ts'
import { checkSearch, findDrift, foldSearch, rebuildSearch } from './search-index.ts'
import { searchPage } from './search.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
const ids: Record<string, string> = {}
const nos: Record<string, bigint> = {}

const hold = (name: string, media: string, territory: string, until: string | null = null) => t.db.$executeRaw`
  INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
  VALUES (${`acq_${name}`}, ${houseId}, ${ids[name]}, ${nos[name]}, 'C', 'L', ${media}::int4multirange, ${territory}::int4multirange, '{[0,)}', tstzrange('2000-01-01', ${until}::timestamptz), '{}', true, true, ${ctx.clock.now()})`
async function sell(name: string, licenceNo: bigint, exclusive: boolean) {
  const at = ctx.clock.now()
  const sale = t.db.$executeRaw`
    INSERT INTO imported_sales (id, no, house_id, asset_id, asset_no, shop, reference, terms, exclusive, sold_at, state, recorded_at)
    VALUES (${`sal_${licenceNo}`}, ${licenceNo}, ${houseId}, ${ids[name]}, ${nos[name]}, 'Elsewhere', ${String(licenceNo)}, '{}', ${exclusive}, ${at}, 'CLAIMED', ${at})`
  const claim = t.db.$executeRaw`
    INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
    VALUES (${houseId}, ${nos[name]}, ${licenceNo}, '{[11,12)}', '{[0,)}', '{[0,)}', '[2026-01-01,2030-01-01)', ${exclusive}, 'ACTIVE', ${at})`
  await t.db.$transaction([sale, claim])
}

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  ctx = asActor(base, aGuest(houseId))
  const make = async (name: string, fields: Partial<Parameters<typeof anAsset>[1]> = {}) => {
    ctx.clock.advance(1000)
    const asset = await anAsset(ctx, { houseId, title: name, ...fields })
    ids[name] = asset.id
    nos[name] = asset.no
  }
  await make('everything')
  await make('twin')
  await make('nothing', { held: false })
  await make('billboards', { held: false })
  await make('short', { held: false })
  await make('people', { showsPeople: true })
  await make('sold')
  await make('exclusive')
  await make('flat', { sellsRightsManaged: false })
  await hold('billboards', '{[11,12)}', '{[0,)}')
  await hold('short', '{[0,)}', '{[0,)}', '2027-01-01')
  await sell('sold', 1n, false)
  await sell('exclusive', 2n, true)
})
afterAll(() => t[Symbol.asyncDispose]())

const page = (search: string) =>
  searchPage(ctx, { ...readWish(new URLSearchParams(search)), rights: readRights(new URLSearchParams(search)) })
const names = async (search: string) => (await page(search)).tiles.map(({ title }) => title).sort()
const questions = [
  'medium=billboard&territory=DE',
  'medium=billboard',
  'territory=JP&until=2026-12-20',
  'medium=editorial',
  'exclusive=yes',
  'medium=billboard&exclusive=yes',
  'medium=billboard&until=2029-05-05',
]

/** Every answer beside the engine's own, asked asset by asset. */
async function expectTheEnginesAnswers() {
  const all = await loadRights(ctx, { assetIds: Object.values(ids), claims: 'live' })
  const today = dayOf(ctx.clock.now(), 'Europe/Berlin')
  for (const question of questions) {
    const wish = readRights(new URLSearchParams(question))
    const answer = (exclusive: boolean) =>
      Object.keys(ids)
        .filter((name) => lets(cellOf(wish, exclusive, today, 'Europe/Berlin'), all.get(ids[name] as string) as never, ctx.clock.now()))
        .filter((name) => !exclusive || name !== 'flat')
        .sort()
    const found = await page(question)
    expect([question, found.tiles.map(({ title }) => title).sort()]).toEqual([question, answer(wish.exclusive)])
    expect(found).toMatchObject({
      total: answer(wish.exclusive).length,
      withheld: 0,
      rights: { usable: answer(false).length, alone: answer(true).length },
    })
  }
}

test('what may be used is what the engine says, before a fold, after it, and made anew', async () => {
  await expectTheEnginesAnswers()
  await foldSearch(ctx, houseId)
  await expectTheEnginesAnswers()
  expect(await findDrift(ctx, houseId)).toEqual([])
  await rebuildSearch(ctx, houseId)
  await expectTheEnginesAnswers()
  expect(await findDrift(ctx, houseId)).toEqual([])
})

test('what is asked for reads like this', async () => {
  expect(await names('medium=billboard&territory=DE')).toEqual(['billboards', 'everything', 'flat', 'sold', 'twin'])
  expect(await names('medium=billboard&territory=DE&exclusive=yes')).toEqual(['billboards', 'everything', 'twin'])
  expect((await page('medium=billboard&territory=DE')).rights).toMatchObject({ usable: 5, alone: 3, words: { until: '2027-11-21' } })
  expect((await page('')).rights).toBeNull()
})

test('a sale, an ended contract and a new one change the answer at the next request', async () => {
  expect(await names('medium=billboard&exclusive=yes')).toContain('twin')
  await sell('twin', 3n, true)
  expect(await names('medium=billboard&exclusive=yes')).not.toContain('twin')
  expect(await names('medium=billboard')).not.toContain('twin')
  await t.db.$transaction([
    t.db.$executeRaw`UPDATE imported_sales SET state = 'ENDED' WHERE no = 3`,
    t.db.$executeRaw`UPDATE claims SET state = 'EXPIRED' WHERE licence_no = 3`,
  ])
  expect(await names('medium=billboard')).toContain('twin')

  await t.db.$executeRaw`UPDATE acquisitions SET superseded_at = ${ctx.clock.now()} WHERE asset_id = ${ids.billboards}`
  expect(await names('medium=billboard')).not.toContain('billboards')
  await hold('nothing', '{[11,13)}', '{[0,)}', '2028-01-01')
  expect(await names('medium=billboard')).toContain('nothing')
  await expectTheEnginesAnswers()
  await foldSearch(ctx, houseId)
  await expectTheEnginesAnswers()
  expect(await findDrift(ctx, houseId)).toEqual([])
})

test('a picture that the index still shows and the engine refuses is withheld', async () => {
  await foldSearch(ctx, houseId)
  await page('medium=billboard&territory=FR')
  await sell('flat', 4n, true)
  // As if the index had not heard of it.
  await t.db.$executeRaw`DELETE FROM search_changes`
  const found = await page('medium=billboard&territory=FR')
  expect(found.tiles.map(({ title }) => title)).not.toContain('flat')
  expect(found.withheld).toBe(1)
  await rebuildSearch(ctx, houseId)
  expect(await page('medium=billboard&territory=FR')).toMatchObject({ withheld: 0 })
})

test('bad questions about rights ask nothing', async () => {
  for (const search of [
    'medium=PIRATE',
    "territory='; DROP TABLE assets; --",
    'until=2026-99-99',
    'exclusive=maybe',
    `medium=${'x'.repeat(10_000)}`,
  ])
    expect(await page(search)).toMatchObject({ rights: null, total: Object.keys(ids).length })
  expect((await page('medium=billboard&until=9999-12-31')).rights?.words.until).toBe('2027-11-21')
})

test('each planted difference is found, and making the index anew mends it', async () => {
  const plant = async (sql: string, what: string) => {
    await t.db.$executeRawUnsafe(sql)
    await t.db.$executeRaw`DELETE FROM search_changes WHERE house_id = ${houseId}`
    expect((await findDrift(ctx, houseId)).map((drift) => drift.what)).toContain(what)
    await rebuildSearch(ctx, houseId)
    expect(await findDrift(ctx, houseId)).toEqual([])
  }
  await page('medium=billboard')
  await plant(`DELETE FROM search_entries WHERE asset_id = '${ids.sold}'`, 'entry-missing')
  await plant(`UPDATE search_entries SET words = words || 'planted'::tsvector WHERE asset_id = '${ids.sold}'`, 'entry-differs')
  await plant(`UPDATE search_entries SET profile = 1 WHERE asset_id = '${ids.sold}'`, 'entry-differs')
  await plant(
    `INSERT INTO search_entries (house_id, asset_no, asset_id, subject_no, profile, words) VALUES ('${houseId}', 999999, 'ast_ghost', 1, 1, 'ghost')`,
    'entry-left-over',
  )
  await plant(`UPDATE search_bitmaps SET bits = ~ bits WHERE key = 'f/people:without'`, 'bitmap-differs')
  await plant(`DELETE FROM search_bitmaps WHERE key = '*'`, 'bitmap-differs')
})

test('while the index is folded and made anew, every search sees all and only what is in store', async () => {
  let done = false
  const expected = (await page('')).total
  const keep = (async () => {
    for (let i = 0; i < 6; i++) await (i % 2 === 0 ? rebuildSearch(ctx, houseId) : foldSearch(ctx, houseId))
    done = true
  })()
  const change = (async () => {
    for (let i = 0; !done; i++) await t.db.asset.update({ where: { id: ids.everything ?? '' }, data: { title: `everything ${i}` } })
  })()
  while (!done) expect((await page('')).total).toBe(expected)
  await Promise.all([keep, change])
  expect(await findDrift(ctx, houseId)).toEqual([])
})

test('two writers of one picture at once leave nothing behind: a ban and a publication, in either order, and two bans', async () => {
  const ban = (db: Pick<typeof t.db, '$executeRaw'>, asset: { id: string; no: bigint }, n: number) => db.$executeRaw`
    INSERT INTO restrictions (id, house_id, asset_id, asset_no, kind, reason, media_set, territory_set, industry_set, period, terms, recorded_at)
    VALUES (${`rst_${asset.id}${n}`}, ${houseId}, ${asset.id}, ${asset.no}, 'OTHER', 'Two at once', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', ${ctx.clock.now()})`
  const publish = (db: Pick<typeof t.db, 'asset'>, id: string) =>
    db.asset.update({ where: { id }, data: { state: 'PUBLISHED', publishedAt: ctx.clock.now() } })
  for (let round = 0; round < 6; round++) {
    const asset = await anAsset(ctx, { houseId, title: `twice ${round}`, state: round % 3 === 1 ? 'PUBLISHED' : 'APPROVED' })
    const first = round % 2 === 0
    // One has written and not committed while the other writes: whoever is second must see what the first wrote.
    let written: () => void = () => undefined
    const ready = new Promise<void>((resolve) => (written = resolve))
    const one = t.db.$transaction(async (tx) => {
      await (first ? ban(tx, asset, 1) : publish(tx, asset.id))
      written()
      await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.15)`
    })
    await Promise.race([ready, one])
    const two = first && round % 3 !== 1 ? publish(t.db, asset.id) : ban(t.db, asset, 2)
    await Promise.all([one, two])
    expect([round, await findDrift(ctx, houseId)]).toEqual([round, []])
    expect((await page('medium=billboard&territory=DE')).tiles.map(({ title }) => title)).not.toContain(`twice ${round}`)
  }
})

test('by night the index is compared, what differs is mended, and the operator is told', async () => {
  const staff = asActor(ctx, { kind: 'system', houseId, name: 'test' })
  expect(await checkSearch(staff, houseId)).toEqual({ drifted: 0, left: 0 })
  await t.db.$executeRaw`DELETE FROM search_entries WHERE asset_id = ${ids.everything}`
  await t.db.$executeRaw`DELETE FROM search_changes WHERE house_id = ${houseId}`
  const small = await checkSearch(staff, houseId)
  expect(small.drifted).toBeGreaterThan(0)
  expect(small.left).toBe(0)
  await t.db.$executeRaw`UPDATE search_bitmaps SET bits = ~ bits WHERE house_id = ${houseId} AND key = 'f/people:without'`
  expect(await checkSearch(staff, houseId)).toEqual({ drifted: 1, left: 0 })
  expect(await t.db.auditFact.count({ where: { houseId, type: 'search.drifted' } })).toBe(2)
  expect(await t.db.searchIndex.findUniqueOrThrow({ where: { houseId } })).toMatchObject({ drifted: 1, checkedAt: ctx.clock.now() })
})
