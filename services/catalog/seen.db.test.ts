import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { wholeWorld } from '#services/testing/desk.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import { comparePage } from './compare-view.ts'
import { forgetSeen, noteSeen, recentlySeen, seenKept } from './seen.ts'
import { noFilters } from './rules/facets.ts'
import { noRights, type RightsWish } from './rules/rights-wish.ts'
import { waysOut } from './ways-out.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
let ids: string[]
beforeAll(async () => {
  t = await testDb(4)
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  ids = []
  for (const title of ['Red harbour', 'Blue harbour', 'Old mill'])
    ids.push((await anAsset(ctx, { houseId, title, keywords: title.toLowerCase().split(' ') })).id)
})
afterAll(() => t[Symbol.asyncDispose]())

const customer = async () =>
  asActor(ctx, await aPerson(ctx, { houseId, orgId: (await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })).id, roles: ['CUSTOMER'] }))
const titles = (tiles: { title: string }[]) => tiles.map(({ title }) => title)

test('what was looked at last comes first, once each; only for whoever looked; and can be forgotten', async () => {
  const [me, other] = [await customer(), await customer()]
  await noteSeen(me, ids)
  me.clock.advance(1000)
  await noteSeen(me, [ids[0] as string])
  expect(titles(await recentlySeen(me, [], { limit: 10 }))).toEqual(['Red harbour', 'Old mill', 'Blue harbour'])
  expect(titles(await recentlySeen(me, [], { limit: 1, except: ids[0] as string }))).toEqual(['Old mill'])
  expect(await recentlySeen(other, [], { limit: 10 })).toEqual([])
  await forgetSeen(me)
  expect(await recentlySeen(me, [], { limit: 10 })).toEqual([])
})

test('a guest is remembered by the browser alone, and ids of nowhere bring nothing', async () => {
  const guest = asActor(ctx, aGuest(houseId))
  await noteSeen(guest, ids)
  expect(await t.db.seenAsset.count({ where: { houseId } })).toBe(0)
  expect(titles(await recentlySeen(guest, [ids[1] as string, 'ast_nowhere'], { limit: 10 }))).toEqual(['Blue harbour'])
})

test('two looks at once are one memory, and no more is kept than is shown', async () => {
  const me = await customer()
  await Promise.all([noteSeen(me, [...ids]), noteSeen(me, [...ids].reverse()), noteSeen(me, ids)])
  expect(await recentlySeen(me, [], { limit: seenKept })).toHaveLength(3)
})

test('what was withdrawn is seen no more', async () => {
  const me = await customer()
  const gone = await anAsset(ctx, { houseId, title: 'Soon gone' })
  await noteSeen(me, [gone.id])
  await t.db.asset.update({ where: { id: gone.id }, data: { state: 'WITHDRAWN', withdrawnAt: ctx.clock.now(), stateReason: 'test' } })
  expect(await recentlySeen(me, [], { limit: 10 })).toEqual([])
  expect((await comparePage(me, [gone.id])).sides).toEqual([])
})

test('pictures side by side are told apart by what the rights engine says', async () => {
  const guest = asActor(ctx, aGuest(houseId))
  const bare = await anAsset(ctx, { houseId, title: 'Nothing held', held: false })
  const {
    sides: [held, none],
    use,
  } = await comparePage(guest, [ids[0] as string, bare.id])
  expect(use).toMatchObject({ medium: null, territory: 'Worldwide' })
  expect(held).toMatchObject({
    uses: { advertising: true, editorial: true },
    exclusive: true,
    contributor: { slug: 'ada-meyer' },
    width: 640,
  })
  expect(none).toMatchObject({ uses: { advertising: false, editorial: false, ai: false }, exclusive: false })
})

test('side by side they are asked for the use, the place and the day of the search', async () => {
  const guest = asActor(ctx, aGuest(houseId))
  const { id: assetId } = await anAsset(ctx, { houseId, title: 'Held at home', held: false })
  const manager = asActor(ctx, await aPerson(ctx, { houseId, roles: ['RIGHTS_MANAGER'] }))
  const terms = { ...wholeWorld, media: ['social'], territory: { include: ['DE'] } }
  const held = await addAcquisition(manager, { assetId, contract: 'A-1', licensor: 'Studio', subLicensable: true, terms })
  expect(held.ok).toBe(true)
  const asked = async (wish: Partial<RightsWish>) => {
    const { sides, use } = await comparePage(guest, [assetId], { ...noRights, ...wish })
    return { ...sides[0]?.uses, asked: sides[0]?.asked, in: use.territory, for: use.medium }
  }
  expect(await asked({})).toMatchObject({ social: false, advertising: false, asked: null })
  expect(await asked({ territory: 'DE' })).toMatchObject({ social: true, advertising: false, asked: null, in: 'Germany', for: null })
  expect(await asked({ territory: 'FR' })).toMatchObject({ social: false })
  expect(await asked({ territory: 'DE', medium: 'packaging' })).toMatchObject({ social: true, asked: false })
})

test('a way out says how many pictures letting go of a filter brings', async () => {
  const guest = asActor(ctx, aGuest(houseId))
  const wish = { text: 'blue', filters: { ...noFilters(), kind: ['LOGO'] }, sort: 'relevance' as const, page: 1, rights: noRights }
  expect(await waysOut(guest, wish)).toEqual({
    without: [{ drop: { facet: 'kind', value: 'LOGO' }, total: 1 }],
    included: null,
    unfiltered: 1,
    words: [],
    related: [],
  })
  const { words, related } = await waysOut(guest, { ...wish, text: 'blue zeppelin', filters: noFilters() })
  expect(words).toEqual([{ text: 'blue', total: 1 }])
  expect(related).toEqual(['harbour'])
})

test('a way out lets in what was left out, and offers nobody the word that they do not want', async () => {
  const guest = asActor(ctx, aGuest(houseId))
  const wish = { text: 'mill -old', filters: noFilters(), sort: 'relevance' as const, page: 1, rights: noRights }
  expect(await waysOut(guest, wish)).toMatchObject({ included: { text: 'mill', total: 1 }, words: [], unfiltered: 0 })
  expect(await waysOut(guest, { ...wish, text: '"old mill" -old -mill', filters: { ...noFilters(), kind: ['LOGO'] } })).toMatchObject({
    included: null,
    unfiltered: 0,
  })
  expect(await waysOut(guest, { ...wish, text: '-old', filters: noFilters() })).toMatchObject({ included: null, words: [] })
})
