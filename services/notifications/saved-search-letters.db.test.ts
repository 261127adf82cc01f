import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import {
  changeSavedSearch,
  dropSavedSearch,
  matchNews,
  mostSaved,
  recompileSaved,
  saveSearch,
  stopAlert,
} from '../catalog/saved-searches.ts'
import { savedSearches } from '../catalog/saved-search-views.ts'
import { addSynonyms } from '../catalog/synonyms.ts'
import { sendLetter } from './mails.ts'
import { mailPayload } from './jobs.ts'
import { tellOfNews } from './saved-search-letters.ts'

let t: TestDb
let ctx: TestContext
let clara: TestContext
let staff: TestContext
let system: TestContext
let houseId: string

beforeAll(async () => {
  t = await testDb()
})
beforeEach(async () => {
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  const org = await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })
  clara = asActor(ctx, await aPerson(ctx, { houseId, orgId: org.id, roles: ['CUSTOMER'] }))
  staff = asActor(ctx, await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] }))
  system = asActor(ctx, { kind: 'system', houseId, name: 'test' })
})
afterAll(() => t[Symbol.asyncDispose]())

const keep = async (search: string, pace: 'soon' | 'daily' | 'weekly' | 'none' = 'soon', who = clara) => {
  const outcome = await saveSearch(who, { name: `Search ${search}`.slice(0, 80), search, pace, currency: 'EUR' })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.id
}
const publish = async (title: string, fields: Partial<Parameters<typeof anAsset>[1]> = {}) => {
  ctx.clock.advance(1000)
  const { id } = await anAsset(ctx, { houseId, title, keywords: [], ...fields })
  await t.db.asset.update({ where: { id }, data: { altText: '' } })
  return id
}
/** Letters promised and not yet looked at by this test, by the search's name: titles of their pictures. */
const told = async () => {
  const jobs = await t.db.$queryRaw<{ id: bigint; payload: unknown }[]>`
    SELECT j.id, p.payload FROM graphile_worker._private_jobs p JOIN graphile_worker.jobs j ON j.id = p.id WHERE j.task_identifier = 'notifications.mail' AND p.payload ->> 'houseId' = ${houseId} ORDER BY j.id`
  await t.db.$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE id = ANY(${jobs.map(({ id }) => id)}::bigint[])`
  return jobs.map(({ payload }) => mailPayload.parse(payload))
}
const round = async () => {
  await tellOfNews(system)
  return (await told()).map(({ to, props }) => ({ to, pictures: (props.pictures as { title: string }[]).map(({ title }) => title).sort() }))
}

test('what is published and fits is told once, to whom it was promised, with pictures and a way to stop', async () => {
  const id = await keep('q=boat&kind=PHOTOGRAPH')
  await publish('Boats by night')
  await publish('The mark of boats', { kind: 'LOGO' })
  await publish('Mountains')
  await tellOfNews(system)
  const [letter, ...others] = await told()
  expect(others).toEqual([])
  expect(letter).toMatchObject({
    template: 'saved-search',
    to: (clara.actor as { email: string }).email,
    props: { total: 1, pictures: [{ title: 'Boats by night' }] },
  })
  await sendLetter(ctx, letter as never)
  const { stopKey } = await t.db.savedSearch.findUniqueOrThrow({ where: { id } })
  expect(ctx.mail.sent.at(-1)).toMatchObject({ stopUrl: `https://clearmark.test/hooks/alerts/${stopKey}` })
  expect(ctx.mail.sent.at(-1)?.html).toContain('Boats by night')
  ctx.clock.advance(2 * 3_600_000)
  expect(await round()).toEqual([])
  await t.db.asset.updateMany({ where: { title: 'Boats by night' }, data: { state: 'WITHDRAWN' } })
  await t.db.asset.updateMany({ where: { title: 'Boats by night' }, data: { state: 'PUBLISHED', publishedAt: ctx.clock.now() } })
  expect(await round()).toEqual([])
})

test('nobody hears more often than they chose', async () => {
  for (const pace of ['soon', 'daily', 'weekly', 'none'] as const) await keep('q=harbour', pace)
  const heard = []
  for (let hour = 0; hour < 24 * 2; hour++) {
    await publish(`Harbour ${hour}`)
    heard.push((await round()).length)
    ctx.clock.advance(3_599_000)
  }
  // The first hour all three; then hourly, and with the day and the week.
  expect(heard[0]).toBe(3)
  const sum = heard.reduce((a, b) => a + b, 0)
  expect(sum).toBe(24 * 2 + 2 + 1)
})

test('the engine decides: what may not be used as was asked, is sold, or costs something else is not told', async () => {
  await keep('q=quay&medium=billboard&territory=DE')
  await keep('q=quay&price=under-50')
  await publish('Quay one', { held: false })
  await publish('Quay two')
  expect((await round()).map(({ pictures }) => pictures)).toEqual([['Quay two']])
})

test('what left the store before it was told is not told, and one who left is told nothing', async () => {
  await keep('q=pier')
  await keep('q=pier', 'soon', staff)
  const gone = await publish('Pier one')
  await publish('Pier two')
  await matchNews(system)
  await t.db.asset.update({ where: { id: gone }, data: { state: 'WITHDRAWN' } })
  await t.db.member.updateMany({ where: { userId: (staff.actor as { userId: string }).userId }, data: { endedAt: ctx.clock.now() } })
  expect(await round()).toEqual([{ to: (clara.actor as { email: string }).email, pictures: ['Pier two'] }])
})

test('a worker that dies tells neither twice nor never; two at once tell once', async () => {
  await keep('q=mole')
  await publish('Mole one')
  await expect(
    t.db.$transaction(async (db) => {
      await tellOfNews({ ...system, db })
      throw new Error('the worker dies')
    }),
  ).rejects.toThrow('dies')
  expect(await told()).toEqual([])
  await Promise.all([tellOfNews(system), tellOfNews(system), tellOfNews(system)])
  await tellOfNews(system)
  expect(await told()).toHaveLength(1)
})

test('phrases, exclusions, forms, colours, collections and facets mean in a kept search what they mean in the store', async () => {
  const asked = [
    'q="red+boats"',
    'q=boats+-night',
    'q=boat',
    'q=Boote',
    'colour=%234a6b8a',
    'colour=blue&people=without',
    'collection=nowhere',
    'people=with',
    '',
  ]
  for (const search of asked) await keep(search)
  await publish('Red boats by night')
  await publish('Boats with red flags')
  const heard = new Map(
    (await (await tellOfNews(system), told())).map(({ props }) => [
      String(props.searchName),
      (props.pictures as { title: string }[]).map(({ title }) => title).sort(),
    ]),
  )
  expect(Object.fromEntries(heard)).toEqual({
    'Search q="red+boats"': ['Red boats by night'],
    'Search q=boats+-night': ['Boats with red flags'],
    'Search q=boat': ['Boats with red flags', 'Red boats by night'],
    'Search colour=%234a6b8a': ['Boats with red flags', 'Red boats by night'],
    'Search colour=blue&people=without': ['Boats with red flags', 'Red boats by night'],
    'Search ': ['Boats with red flags', 'Red boats by night'],
  })
})

test('synonyms that the house took on later count from the next night', async () => {
  await keep('q=vessel')
  await addSynonyms(staff, { words: ['vessel', 'boats'] })
  await recompileSaved(system)
  await publish('Boats again')
  expect(await round()).toHaveLength(1)
})

test('one keeps, renames and drops one’s own; a link in a letter stops them; others’ are not there', async () => {
  const id = await keep('q=%3Cscript%3E&kind=NONE&page=99&q=x')
  expect(await savedSearches(clara)).toMatchObject([{ id, pace: 'soon', wish: { text: '<script>' } }])
  await changeSavedSearch(clara, { id, name: 'Boats', pace: 'weekly' })
  expect(await savedSearches(clara)).toMatchObject([{ name: 'Boats', pace: 'weekly' }])
  await expect(changeSavedSearch(staff, { id, name: 'Mine', pace: 'soon' })).rejects.toMatchObject({ code: 'not-found' })
  const guest = asActor(ctx, aGuest(houseId))
  await expect(saveSearch(guest, { name: 'a', search: '', pace: 'none', currency: 'EUR' })).rejects.toMatchObject({ code: 'forbidden' })
  await dropSavedSearch(staff, { id })
  const { stopKey } = await t.db.savedSearch.findUniqueOrThrow({ where: { id } })
  expect(await stopAlert(ctx, 'no such key')).toBe(false)
  expect(await Promise.all([stopAlert(ctx, stopKey), stopAlert(ctx, stopKey)])).toEqual([true, true])
  expect(await savedSearches(clara)).toMatchObject([{ pace: 'none' }])
  expect(await t.db.auditFact.count({ where: { houseId, type: 'saved-search.paced' } })).toBe(2)
  await dropSavedSearch(clara, { id })
  await dropSavedSearch(clara, { id })
  expect(await savedSearches(clara)).toEqual([])
})

test('not without end, two at once', async () => {
  const userId = (clara.actor as { userId: string }).userId
  await t.db.$executeRaw`
    INSERT INTO saved_searches (id, house_id, user_id, name, search, currency, pace, stop_key, query, anchors, due_at, created_at, changed_at)
    SELECT ${houseId} || i, ${houseId}, ${userId}, 'n', '', 'EUR', 'none', ${houseId} || i, '*'::tsquery, '{*}', now(), now(), now() FROM generate_series(1, ${mostSaved - 1}::int) i`
  const both = await Promise.all([1, 2].map(() => saveSearch(clara, { name: 'b', search: 'q=b', pace: 'none', currency: 'EUR' })))
  expect(both.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['ok', 'too-many-saved'])
})

test('ten thousand kept searches cost a picture one statement', async () => {
  const userId = (clara.actor as { userId: string }).userId
  await t.db.$executeRaw`
    INSERT INTO saved_searches (id, house_id, user_id, name, search, currency, pace, stop_key, query, anchors, due_at, created_at, changed_at)
    SELECT ${houseId} || i, ${houseId}, ${userId}, 'n' || i, 'q=word' || i, 'EUR', 'daily', ${houseId} || 's' || i, ('''word' || i || '''')::tsquery, ARRAY['word' || i], now(), '2026-01-01', now() FROM generate_series(1, 10000) i`
  await t.db.$executeRaw`ANALYZE saved_searches`
  await publish('word17 word4000')
  expect(await matchNews(system)).toBe(1)
  expect(
    (await t.db.savedSearch.findMany({ where: { houseId, waiting: 1 }, select: { name: true } })).map(({ name }) => name).sort(),
  ).toEqual(['n17', 'n4000'])
  const plan = await t.db.$queryRaw<
    { 'QUERY PLAN': string }[]
  >`EXPLAIN SELECT id FROM saved_searches s WHERE s.anchors && ARRAY['word17', 'word4000']`
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('saved_searches_anchors_idx')
})

test('any words can be kept, worked out again and held against what is new; what is too long is told so', async () => {
  const hostile = [`' \\ "`, `a:* & !b | (c <-> 'd`, `-"x y" -z`, `'''`, '\\\\', '*', '-', '%', '\u202e\u0301', '🙂 ﬁ ß İ', 'ก'.repeat(300)]
  for (const words of hostile) for (const name of ['q', 'creator', 'colour']) await keep(new URLSearchParams({ [name]: words }).toString())
  await recompileSaved(system)
  ctx.clock.advance(1_000)
  await anAsset(ctx, { houseId, title: `Boats ' \\ "`, keywords: [] })
  expect(await matchNews(system)).toBeGreaterThan(0)
  expect(await t.db.savedSearch.count({ where: { houseId } })).toBe(3 * hostile.length)
  const outcome = await saveSearch(clara, { name: 'long', search: `q=${'ก'.repeat(490)}`, pace: 'none', currency: 'EUR' })
  expect(outcome).toMatchObject({ ok: false, error: 'too-long-to-save' })
})
