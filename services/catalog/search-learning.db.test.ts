import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { learningPage } from './learning-views.ts'
import { readWish } from './rules/facets.ts'
import { mostFavoured, normalisedQuery } from './rules/use-weights.ts'
import { eraseLearning, favouredFor, noteLicensed, noteUse, pruneUses, setLearning } from './search-learning.ts'
import { searchPage } from './search.ts'

let t: TestDb
let guest: TestContext
let librarian: TestContext
let stranger: TestContext
const ids: Record<string, string> = {}

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  const { id: houseId } = await aHouse(base)
  guest = asActor(base, aGuest(houseId))
  librarian = asActor(base, await aPerson(base, { houseId, roles: ['LIBRARIAN'] }))
  stranger = asActor(base, aGuest((await aHouse(base)).id))
  for (const [name, title] of [
    ['keyword', 'In the morning'],
    ['form', 'Boat in the fog'],
    ['words', 'Boats at the pier'],
    ['title', 'Boats'],
    ['newest', 'Mist'],
  ] as const) {
    base.clock.advance(1000)
    ids[name] = (await anAsset(base, { houseId, title, keywords: name === 'keyword' || name === 'newest' ? ['boats'] : [] })).id
  }
  await t.db.asset.updateMany({ data: { altText: '' } })
})
afterAll(() => t[Symbol.asyncDispose]())

const order = async (q = 'boats ') =>
  (await searchPage(guest, readWish(new URLSearchParams({ q })))).tiles.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id))
const opened = async (name: string, times: number, text = ' BOATS ', who = guest) => {
  for (let i = 0; i < times; i++) await noteUse(who, { text, assetId: ids[name] ?? '', kind: 'opened' })
}
const plain = ['title', 'words', 'form', 'newest', 'keyword']

test('as long as the house has not asked for it, nothing is counted and nothing moves', async () => {
  await opened('keyword', 9)
  expect(await t.db.searchUse.count()).toBe(0)
  expect(await order()).toEqual(plain)
  for (const act of [setLearning(guest, { learns: true }), eraseLearning(guest), learningPage(guest, null)])
    await expect(act).rejects.toMatchObject({ code: 'forbidden' })
})

test('what is opened, carted and licensed moves up for these words; a whole title and the words in a title stay first', async () => {
  await setLearning(librarian, { learns: true })
  await opened('keyword', 2)
  expect(await order()).toEqual(plain)
  await opened('keyword', 1)
  expect(await order()).toEqual(['title', 'words', 'keyword', 'form', 'newest'])
  expect(await order('boat ')).toEqual(
    ['form', 'title', 'words', 'newest', 'keyword']
      .sort((a, b) => plain.indexOf(a) - plain.indexOf(b))
      .sort((a) => (a === 'form' ? -1 : 0)),
  )
  await noteUse(guest, { text: 'boats', assetId: ids.newest ?? '', kind: 'carted' })
  await noteLicensed(guest, [ids.newest ?? '', ids.form ?? ''])
  expect(await order()).toEqual(['title', 'words', 'newest', 'keyword', 'form'])
  const { comparison, queries, learns } = await learningPage(librarian, null)
  expect({ learns, queries }).toEqual({ learns: true, queries: [{ query: 'boats', opened: 3, carted: 1, licensed: 1 }] })
  expect(comparison?.without.map(({ id }) => id)).toEqual(plain.map((name) => ids[name]))
  expect(comparison?.with.map(({ title }) => title)).toEqual(['Boats', 'Boats at the pier', 'Mist', 'In the morning', 'Boat in the fog'])
  expect(comparison?.moved).toEqual([ids.newest, ids.keyword])
})

test('counted by day and without end for nobody; not for others’ pictures, other houses, or no words', async () => {
  await opened('form', 70)
  expect(await t.db.searchUse.findFirstOrThrow({ where: { assetNo: { gt: 0 }, opened: 50 } })).toMatchObject({ query: 'boats' })
  await opened('form', 1, 'boats', stranger)
  await noteUse(guest, { text: ' \u0000 ', assetId: ids.form ?? '', kind: 'opened' })
  await noteUse(guest, { text: "'; DROP TABLE assets; --", assetId: 'ast_none', kind: 'opened' })
  expect(await t.db.searchUse.count()).toBe(3)
  expect(normalisedQuery(`${'x'.repeat(500)}`)?.length).toBe(200)
  await Promise.all(Array.from({ length: 10 }, () => noteUse(guest, { text: 'pier', assetId: ids.words ?? '', kind: 'opened' })))
  expect(await t.db.searchUse.findFirstOrThrow({ where: { query: 'pier' } })).toMatchObject({ opened: 10 })
  expect(await favouredFor(guest, 'boats')).toHaveLength(3)
  expect(mostFavoured).toBeLessThan(48)
})

test('one network is one voice: the same words and picture count once a day, and no more than some hundreds in all', async () => {
  const from = '203.0.113.9'
  const uses = (query: string) => t.db.searchUse.aggregate({ where: { query }, _sum: { opened: true, carted: true } })
  const note = (text: string, kind: 'opened' | 'carted' = 'opened', where = from) =>
    noteUse(guest, { text, assetId: ids.newest ?? '', kind, from: where })
  const both = await Promise.all([note('poison'), note('poison')])
  expect(both.filter(Boolean)).toHaveLength(1)
  for (let n = 0; n < 5; n++) await note(' POISON ')
  expect(await note('poison', 'carted')).toBe(true)
  expect(await note('poison', 'carted')).toBe(false)
  expect(await note('poison', 'opened', '198.51.100.4')).toBe(true)
  expect((await uses('poison'))._sum).toEqual({ opened: 2, carted: 1 })
  let counted = 0
  for (let n = 0; n < 310; n++) counted += (await note(`words ${n}`)) ? 1 : 0
  expect(counted).toBeLessThan(300)
  expect(await t.db.rateLimit.count({ where: { key: { contains: 'poison' } } })).toBe(0)
  await t.db.searchUse.deleteMany({ where: { query: { not: 'boats' } } })
})

test('it fades, is forgotten by night, on demand, and with the switch', async () => {
  guest.clock.advance(90 * 86_400_000)
  // 3 looks at half-lives of a month are less than one; the licence still counts.
  expect(await order()).toEqual(['title', 'words', 'form', 'newest', 'keyword'])
  await setLearning(librarian, { learns: false })
  expect(await order()).toEqual(plain)
  expect((await learningPage(librarian, 'boats')).comparison?.with).toHaveLength(5)
  await setLearning(librarian, { learns: true })
  guest.clock.advance(91 * 86_400_000)
  await pruneUses(guest)
  expect(await t.db.searchUse.count()).toBe(0)
  await opened('form', 3)
  expect(await eraseLearning(librarian)).toEqual({ erased: 1 })
  expect(await eraseLearning(librarian)).toEqual({ erased: 0 })
  const facts = await t.db.auditFact.findMany({
    where: { type: { startsWith: 'search-learning' } },
    select: { type: true },
    orderBy: { at: 'asc' },
  })
  expect(facts.map(({ type }) => type.split('.')[1])).toEqual(['switched-on', 'switched-off', 'switched-on', 'erased'])
})
