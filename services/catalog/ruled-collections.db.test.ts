import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { createCollection } from './collections.ts'
import { fillCollection, ruleCollection, ruleStanding } from './ruled-collections.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  const { id: houseId } = await aHouse(base)
  ctx = asActor(base, await aPerson(base, { houseId, roles: ['LIBRARIAN'] })) as TestContext
})
afterAll(async () => t[Symbol.asyncDispose]())

test('a collection is what its search found when it was filled, until it is filled again', async () => {
  const { houseId } = ctx.actor
  const { collectionId } = await createCollection(ctx, { title: 'Towers', description: '', featured: false })
  const items = async () =>
    (await ctx.db.collectionItem.findMany({ where: { collectionId }, orderBy: { position: 'asc' } })).map(({ assetId }) => assetId)
  const tower = await anAsset(ctx, { houseId, title: 'Water tower' })
  await anAsset(ctx, { houseId, title: 'Hidden tower', audience: 'INTERNAL' })
  expect(await fillCollection(ctx, { collectionId })).toMatchObject({ ok: false, error: 'no-rule' })
  await ruleCollection(ctx, { collectionId, text: 'title:tower' })
  expect(await ruleStanding(ctx, collectionId)).toMatchObject({ text: 'title:tower', would: { added: 1, removed: 0 }, ruledAt: null })
  const both = await Promise.all([fillCollection(ctx, { collectionId }), fillCollection(ctx, { collectionId })])
  expect(both.map((one) => one.ok && one.value.added).sort()).toEqual([0, 1])
  expect(await items()).toEqual([tower.id])
  const second = await anAsset(ctx, { houseId, title: 'Church tower' })
  await ctx.db.asset.update({ where: { id: tower.id }, data: { title: 'Water works' } })
  expect(await items()).toEqual([tower.id])
  expect(await ruleStanding(ctx, collectionId)).toMatchObject({ would: { added: 1, removed: 1 } })
  expect(await fillCollection(ctx, { collectionId })).toMatchObject({ ok: true, value: { added: 1, removed: 1 } })
  expect(await items()).toEqual([second.id])
  await ruleCollection(ctx, { collectionId, text: 'towr:x' })
  expect(await fillCollection(ctx, { collectionId })).toMatchObject({ ok: false, error: 'not-understood' })
  await ruleCollection(ctx, { collectionId, text: '' })
  expect(await ruleStanding(ctx, collectionId)).toMatchObject({ text: '', would: null })
  const other = asActor(ctx, await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] }))
  await expect(ruleStanding(other, collectionId)).rejects.toThrow()
})
