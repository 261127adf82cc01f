import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { forgetMiss } from './misses.ts'
import { readWish } from './rules/facets.ts'
import { addSynonymsInput } from './schema.ts'
import { searchDesk } from './search-desk.ts'
import { foldSearch } from './search-index.ts'
import { searchPage } from './search.ts'
import { suggest } from './suggestions.ts'
import { addSynonyms, mostSynonyms, removeSynonyms } from './synonyms.ts'

let t: TestDb
let guest: TestContext
let librarian: TestContext
let stranger: TestContext
let houseId: string

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  guest = asActor(base, aGuest(houseId))
  librarian = asActor(base, await aPerson(base, { houseId, roles: ['LIBRARIAN'] }))
  const elsewhere = await aHouse(base)
  stranger = asActor(base, await aPerson(base, { houseId: elsewhere.id, roles: ['LIBRARIAN'] }))
  for (const title of ['Boats in the harbour', 'Harbour lights', 'Harvest in September', 'Die Häuser am Fluss'])
    await anAsset(base, { houseId, title, keywords: [] })
  await t.db.asset.updateMany({ data: { altText: '' } })
})
afterAll(() => t[Symbol.asyncDispose]())

const find = (q: string, who = guest) => searchPage(who, readWish(new URLSearchParams({ q })))
const titles = async (q: string) => (await find(q)).tiles.map(({ title }) => title).sort()

test('what was looked for in vain is kept for the librarian, once a text, with how often', async () => {
  for (const q of ['Zeppelin', ' zeppelin ', 'x'.repeat(400)]) await find(q)
  guest.clock.advance(1000)
  await find('submarine')
  await find('harbour')
  await searchPage(guest, readWish(new URLSearchParams({ q: 'airship', kind: 'LOGO' })))
  const { misses } = await searchDesk(librarian, null)
  expect(misses.items.map(({ text, times }) => [text.slice(0, 12), times])).toEqual([
    ['submarine', 1],
    ['zeppelin', 2],
    ['xxxxxxxxxxxx', 1],
  ])
  expect((await searchDesk(stranger, null)).misses.items).toEqual([])
  await expect(searchDesk(guest, null)).rejects.toMatchObject({ code: 'forbidden' })
  const forged = [[1, 'a\0'], [-8e15, 'a'], ['1', 'a'], {}, null].map((made) => Buffer.from(JSON.stringify(made)).toString('base64url'))
  for (const cursor of ['no cursor of ours', ...forged]) expect((await searchDesk(librarian, cursor)).misses.items).toHaveLength(3)

  await forgetMiss(stranger, { text: 'submarine' })
  await forgetMiss(librarian, { text: 'zeppelin' })
  expect((await searchDesk(librarian, null)).misses.items.map(({ text }) => text)).toContain('submarine')
  expect((await searchDesk(librarian, null)).misses.items.map(({ text }) => text)).not.toContain('zeppelin')
  await expect(forgetMiss(guest, { text: 'submarine' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('a long list comes in pages', async () => {
  for (let i = 0; i < 52; i++) await find(`qqq${i}zzz`)
  const first = await searchDesk(librarian, null)
  expect(first.misses.items).toHaveLength(50)
  const second = await searchDesk(librarian, first.misses.next)
  const all = [...first.misses.items, ...second.misses.items].map(({ text }) => text)
  expect(new Set(all).size).toBe(all.length)
  expect(second.misses.next).toBeNull()
})

test('synonyms are found in each other’s place, until they are removed', async () => {
  expect(await titles('port ')).toEqual([])
  const added = await addSynonyms(librarian, addSynonymsInput.parse({ words: 'Port, harbour; Hafen' }))
  expect(added.ok).toBe(true)
  expect(await titles('port ')).toEqual(['Boats in the harbour', 'Harbour lights'])
  expect(await titles('Häfen ')).toEqual(['Boats in the harbour', 'Harbour lights'])
  expect(await titles('Hafen boats ')).toEqual(['Boats in the harbour'])
  const { synonyms } = await searchDesk(librarian, null)
  expect(synonyms.map(({ words }) => words)).toEqual([['port', 'harbour', 'hafen']])
  const synonymId = added.ok ? added.value.synonymId : ''
  await removeSynonyms(stranger, { synonymId })
  expect(await titles('port ')).toHaveLength(2)
  await Promise.all([removeSynonyms(librarian, { synonymId }), removeSynonyms(librarian, { synonymId })])
  expect(await titles('port ')).toEqual([])
  expect(await t.db.auditFact.count({ where: { houseId, type: 'synonyms.removed' } })).toBe(1)
})

test('only librarians keep synonyms, and not without end', async () => {
  await expect(addSynonyms(guest, { words: ['a1', 'b1'] })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(removeSynonyms(guest, { synonymId: 'syn_x' })).rejects.toMatchObject({ code: 'forbidden' })
  await t.db.searchSynonym.createMany({
    data: Array.from({ length: mostSynonyms - 1 }, (_, i) => ({
      id: `syn_${i}`,
      houseId,
      words: [`a${i}`, `b${i}`],
      createdAt: guest.clock.now(),
    })),
  })
  const both = await Promise.all([addSynonyms(librarian, { words: ['c1', 'd1'] }), addSynonyms(librarian, { words: ['c2', 'd2'] })])
  expect(both.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['ok', 'too-many-synonyms'])
  expect(addSynonymsInput.safeParse({ words: 'one' }).success).toBe(false)
  expect(addSynonymsInput.safeParse({ words: 'new york, nyc' }).success).toBe(false)
  expect(addSynonymsInput.safeParse({ words: "'; DROP TABLE assets; --, x" }).success).toBe(false)
})

test('German words are found in their other forms, with and without dots', async () => {
  expect(await titles('Haus ')).toEqual(['Die Häuser am Fluss'])
  expect(await titles('hauser ')).toEqual(['Die Häuser am Fluss'])
  expect(await titles('Flüsse ')).toEqual(['Die Häuser am Fluss'])
})

test('while somebody types, words are completed and pictures named', async () => {
  await foldSearch(guest, houseId)
  expect((await suggest(guest, 'boats har')).questions).toEqual(['boats harbour', 'boats harvest'])
  expect((await suggest(guest, 'boats har')).pictures.map(({ title }) => title)).toEqual(['Boats in the harbour'])
  for (const nothing of ['', 'h', '-har', '"', 'x'.repeat(10_000)]) expect((await suggest(guest, nothing)).questions).toEqual([])
  expect((await suggest(stranger, 'har')).pictures).toEqual([])
})
