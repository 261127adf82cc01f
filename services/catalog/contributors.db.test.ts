import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset } from '#services/testing/world.ts'
import { contributorNamed, contributorPage, contributorsPage, leadingContributors, listedContributors } from './contributors.ts'
import { contributorFeed } from './machine-views.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb(4)
  ctx = testContext(t.db)
})
afterAll(() => t[Symbol.asyncDispose]())

async function aStore() {
  const { id: houseId } = await aHouse(ctx)
  const guest = asActor(ctx, aGuest(houseId))
  const credited = async (creator: string, state: 'PUBLISHED' | 'DRAFT' = 'PUBLISHED') => {
    const asset = await anAsset(ctx, { houseId, state: 'DRAFT' })
    const way = state === 'PUBLISHED' ? (['IN_REVIEW', 'APPROVED'] as const) : []
    for (const step of way) await t.db.asset.update({ where: { id: asset.id }, data: { state: step } })
    await t.db.asset.update({
      where: { id: asset.id },
      data: { creator, state, ...(state === 'PUBLISHED' && { publishedVersionId: asset.currentVersionId, publishedAt: ctx.clock.now() }) },
    })
    return asset.id
  }
  return { houseId, guest, credited }
}

test('whoever has a picture in the store has an address; drafts give none', async () => {
  const { guest, credited } = await aStore()
  await credited('Zoë Müller')
  await credited('Zoë Müller')
  await credited('Carl Nobody', 'DRAFT')
  const { contributors, letters, next } = await contributorsPage(guest, {})
  expect(contributors).toEqual([{ slug: 'zoe-muller', name: 'Zoë Müller', count: 2 }])
  expect([letters, next]).toEqual([['z'], null])
  expect(await leadingContributors(guest, 3)).toEqual(contributors)
  expect(await listedContributors(guest)).toEqual([{ slug: 'zoe-muller' }])
  expect(await contributorNamed(guest, 'Zoë Müller')).toEqual({ slug: 'zoe-muller', name: 'Zoë Müller' })
  expect(await contributorNamed(guest, 'Carl Nobody')).toBeNull()
  expect((await contributorFeed(guest, 'zoe-muller')).entries).toHaveLength(2)
})

test('two names that would share an address have one each, also when they come at once', async () => {
  const { guest, credited } = await aStore()
  await Promise.all(['Ana Diaz', 'Ana Díaz', 'ana diaz'].map((name) => credited(name)))
  const { contributors } = await contributorsPage(guest, {})
  expect(contributors.map(({ slug }) => slug)).toEqual(['ana-diaz', 'ana-diaz-2', 'ana-diaz-3'])
  expect(new Set(contributors.map(({ name }) => name)).size).toBe(3)
  await Promise.all(contributors.map(({ name }) => credited(name)))
  expect((await contributorsPage(guest, {})).contributors).toEqual(contributors.map((one) => ({ ...one, count: 2 })))
})

test('a name in letters that no address has gets one all the same', async () => {
  const { guest, credited } = await aStore()
  await credited('葛飾北斎')
  const [only] = (await contributorsPage(guest, {})).contributors
  expect(only).toMatchObject({ name: '葛飾北斎' })
  expect(only?.slug).toMatch(/^[a-z0-9-]+$/)
})

test('where a name is changed on every picture, the old address leads to the new one, until the old name comes back', async () => {
  const { guest, credited } = await aStore()
  const ids = [await credited('A. Meyer'), await credited('A. Meyer')]
  await t.db.asset.update({ where: { id: ids[0] as string }, data: { creator: 'Ada Meyer' } })
  expect(await contributorPage(guest, 'a-meyer', 1)).toMatchObject({ name: 'A. Meyer', count: 1 })
  await t.db.asset.update({ where: { id: ids[1] as string }, data: { creator: 'Ada Meyer' } })
  expect(await contributorPage(guest, 'a-meyer', 1)).toEqual({ movedTo: 'ada-meyer' })
  expect(await contributorPage(guest, 'ada-meyer', 1)).toMatchObject({ count: 2, page: 1, pages: 1 })
  await credited('A. Meyer')
  expect(await contributorPage(guest, 'a-meyer', 1)).toMatchObject({ name: 'A. Meyer', count: 1 })
})

test('names that were exchanged lead in no circle', async () => {
  const { guest, credited } = await aStore()
  const id = await credited('One')
  for (const creator of ['Two', 'One']) await t.db.asset.update({ where: { id }, data: { creator } })
  expect(await contributorPage(guest, 'one', 1)).toMatchObject({ count: 1 })
  expect(await contributorPage(guest, 'two', 1)).toEqual({ movedTo: 'one' })
})

test('another house knows nothing of them, and a page beyond the last is the last', async () => {
  const { guest, credited } = await aStore()
  const other = await aStore()
  await credited('Ina Holm')
  await expect(contributorPage(other.guest, 'ina-holm', 1)).rejects.toMatchObject({ code: 'not-found' })
  await expect(contributorFeed(other.guest, 'ina-holm')).rejects.toMatchObject({ code: 'not-found' })
  expect(await contributorPage(guest, 'ina-holm', 50)).toMatchObject({ page: 1, tiles: [{ creator: 'Ina Holm' }] })
})
