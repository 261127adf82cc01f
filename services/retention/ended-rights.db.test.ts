import { afterAll, beforeAll, expect, test } from 'vitest'
import { setLegalHold } from '../assets/legal-holds.ts'
import { publishAsset } from '../assets/publishing.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { expireWithRights, setExpiry } from './ended-rights.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
})
afterAll(() => t[Symbol.asyncDispose]())

const day = 86_400_000
async function aWorld() {
  const house = await aHouse(ctx)
  const keeper = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN', 'RIGHTS_MANAGER'] }))
  const admin = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['ADMINISTRATOR'] }))
  const night = (days = 0): TestContext => ({
    ...asActor(ctx, { kind: 'system', houseId: house.id, name: 'night' }),
    clock: { ...ctx.clock, now: () => new Date(ctx.clock.now().getTime() + days * day) },
  })
  /** Held from a contract that ended so many days ago. */
  const held = async (endedDaysAgo: number, fields: Partial<Parameters<typeof anAsset>[1]> = {}) => {
    const asset = await anAsset(ctx, { houseId: house.id, held: false, ...fields })
    const end = new Date(ctx.clock.now().getTime() - endedDaysAgo * day)
    await contract(asset, new Date(end.getTime() - 400 * day), end)
    return asset
  }
  return { house, keeper, admin, night, held }
}
const contract = (asset: { id: string; houseId: string; no?: bigint }, from: Date, to: Date | null) =>
  t.db.$executeRaw`
    INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
    SELECT 'acq_' || gen_random_uuid(), house_id, id, no, 'C', 'Studio', '{[0,)}', '{[0,)}', '{[0,)}', tstzrange(${from}, ${to}), '{}', true, true, ${from} FROM assets WHERE id = ${asset.id}`
const stateOf = async (id: string) => (await t.db.asset.findUniqueOrThrow({ where: { id } })).state

test('a picture leaves a week after the last of the rights to it, and not where a contract goes on', async () => {
  const { night, held, keeper } = await aWorld()
  const [ended, fresh, renewed, kept, put] = await Promise.all([held(8), held(6), held(8), held(8), held(30, { state: 'ARCHIVED' })])
  await contract(renewed, new Date(ctx.clock.now().getTime() - 8 * day), null)
  await setLegalHold(keeper, { assetId: kept.id, matter: 'A case', reason: 'A claim', stopsDelivery: false })
  expect(await expireWithRights(night())).toBe(2)
  expect(await Promise.all([ended, fresh, renewed, kept, put].map(({ id }) => stateOf(id)))).toEqual([
    'EXPIRED',
    'PUBLISHED',
    'PUBLISHED',
    'EXPIRED',
    'ARCHIVED',
  ])
  expect(await Promise.all([expireWithRights(night(1)), expireWithRights(night(1))]).then(([a, b]) => a + b), 'once, whoever looks').toBe(1)
  expect(await t.db.auditFact.count({ where: { subjectId: fresh.id, type: 'asset.expired' } })).toBe(1)
})

test('is the house’s to settle, by its administrators, and another house’s own business', async () => {
  const { night, held, keeper, admin } = await aWorld()
  const other = await aWorld()
  const [{ id }, theirs] = [await held(2), await other.held(40)]
  await expect(setExpiry(keeper, { on: false, graceDays: 0 })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await setExpiry(admin, { on: false, graceDays: 0 })).toMatchObject({ ok: true })
  expect(await expireWithRights(night())).toBe(0)
  await setExpiry(admin, { on: true, graceDays: 0 })
  expect(await expireWithRights(night())).toBe(1)
  expect([await stateOf(id), await stateOf(theirs.id)]).toEqual(['EXPIRED', 'PUBLISHED'])
  await expect(expireWithRights(keeper)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await publishAsset(keeper, { assetId: id }), 'a person may show it again').toMatchObject({ ok: true })
})
