import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { aGuest, aHouse, anAsset } from '#services/testing/world.ts'
import { loader } from './search.tsx'

let t: TestDb
let ctx: TestContext

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  const { id: houseId } = await aHouse(base)
  ctx = asActor(base, aGuest(houseId))
  for (const title of ['Boats by night', 'Harbour at dawn']) await anAsset(base, { houseId, title, keywords: [] })
  await t.db.asset.updateMany({ data: { altText: '' } })
})
afterAll(() => t[Symbol.asyncDispose]())

const found = async (search: string) => (await loader(await asked(ctx, `/search?${search}`))).found
const every = [
  'q',
  'kind',
  'orientation',
  'colour',
  'licence',
  'people',
  'released',
  'made',
  'date',
  'price',
  'creator',
  'collection',
  'medium',
  'territory',
  'until',
  'exclusive',
  'sort',
  'page',
  'like',
]
const hostile = [
  "'; DROP TABLE assets; --",
  '<script>alert(1)</script>',
  '%00',
  '\ud800',
  '../../etc/passwd',
  '{{7*7}}',
  '"'.repeat(99),
  "' OR 1=1 --",
  '${1}',
  '\\',
  '🌊',
  '-',
  '((((',
  'NULL',
]

const table: [what: string, search: string, total: number][] = [
  ['ten thousand letters of no word', `q=${'x'.repeat(10_000)}`, 0],
  ['ten thousand letters of one word', `q=${'boats '.repeat(1_700)}`, 1],
  ['a quotation mark that is never closed', 'q="boats', 1],
  ['operators without anything', 'q=%26+%7C+!+(+)+-+%3A*', 2],
  ['an exclusion alone', 'q=-boats', 1],
  [
    'unknown values in every facet',
    'kind=PIRATE&colour=infra&licence=free&people=many&made=by-hand&date=tomorrow&price=cheap&orientation=UP',
    2,
  ],
  ['a colour that is none', 'colour=%23zzzzzz', 2],
  ['a colour that nothing has', 'colour=%2300ff00', 0],
  ['unknown codes of rights', 'medium=PIRATE&territory=ATLANTIS&until=2026-99-99&exclusive=maybe', 2],
  ['a page far behind the end', 'page=1000000000', 2],
  ['a page that is none', 'page=-1', 2],
  ['a page that is half', 'page=1.5', 2],
  ['an order that is none', 'sort=DROP', 2],
  ['a picture that is none', 'like=ast_none', 2],
  ['a collection that is none', 'collection=nowhere', 2],
  ['ten thousand parameters', Array.from({ length: 10_000 }, (_, i) => `p${i}=${i}`).join('&'), 2],
  ['ten thousand values of a facet', Array.from({ length: 10_000 }, (_, i) => `creator=Nobody+${i}`).join('&'), 0],
  ['ten thousand of the same', 'kind=PHOTOGRAPH&'.repeat(10_000), 2],
]

test.each(table)('%s', async (_, search, total) => {
  const page = await found(search)
  expect(page.total).toBe(total)
  expect(page.tiles).toHaveLength(total)
  expect(page.page).toBe(1)
})

test('what is hostile is only words, in every field', async () => {
  for (const name of every)
    for (const text of hostile) expect((await found(new URLSearchParams({ [name]: text }).toString())).total).toBeLessThanOrEqual(2)
  expect(await t.db.asset.count()).toBe(2)
})

test('what was looked for in vain is missed as it was typed, not in the pieces that the page tries by itself', async () => {
  await t.db.searchMiss.deleteMany()
  expect((await found('q=zebra+quagga+okapi+')).total).toBe(0)
  await found('q=zebra+quagga+okapi+&kind=LOGO')
  expect((await t.db.searchMiss.findMany()).map(({ text, times }) => [text, times])).toEqual([['zebra quagga okapi', 1]])
})
