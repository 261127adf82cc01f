import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aShop } from '#services/testing/shop.ts'
import { loadRights } from './loading.ts'

let testing: Awaited<ReturnType<typeof testDb>>
beforeAll(async () => void (testing = await testDb()))
afterAll(() => testing[Symbol.asyncDispose]())

test('many pictures are read as one text, and come to the same as one by one', async () => {
  const { db } = testing
  const shop = await aShop(db)
  const ctx = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
  const { id } = await shop.asset()
  const { no } = await db.asset.findUniqueOrThrow({ where: { id }, select: { no: true } })
  await db.$executeRaw`
    INSERT INTO releases (id, house_id, asset_id, asset_no, kind, status, reference, media_set, territory_set, industry_set, period, terms, recorded_at, minor, guardian, sensitive_set)
    VALUES ('rel_1', ${shop.houseId}, ${id}, ${no}, 'MODEL', 'LIMITED', 'MR "1"', '{[1,9)}', '{[0,)}', '{[0,)}', '[2020-01-01,2030-06-30 22:00+00)', '{}', '2025-01-01 10:11:12.345678+00', false, 'Ms Müller', '{[3,4)}')`
  await db.$executeRaw`
    INSERT INTO restrictions (id, house_id, asset_id, asset_no, kind, reason, reference, media_set, territory_set, industry_set, period, terms, recorded_at)
    VALUES ('res_1', ${shop.houseId}, ${id}, ${no}, 'HOLDBACK', 'line\nbreak', NULL, '{[0,)}', '{[2,3)}', '{[0,)}', '(,2031-01-01)', '{}', '2025-01-02')`
  // A claim without its licence, which the triggers would refuse.
  await db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRaw`
      INSERT INTO claims (house_id, asset_no, subject_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
      VALUES (${shop.houseId}, ${no}, ${no}, 77, '{[5,6)}', '{[2,3)}', '{[0,)}', '[2026-06-01,)', true, 'ACTIVE', '2026-06-01')`,
  ])

  const unknown = Array.from({ length: 200 }, (_, i) => i)
  for (const claims of ['live', 'exclusive', 'history', 'none'] as const)
    for (const knownAt of [undefined, new Date('2026-12-24')]) {
      const alone = await loadRights(ctx, { assetIds: [id], claims, knownAt })
      expect(alone.get(id)).toMatchObject({
        releases: [{ id: 'rel_1' }],
        restrictions: [{ id: 'res_1' }],
        claims: claims === 'none' ? [] : [{ licenceNo: 77n }],
      })
      expect(await loadRights(ctx, { assetIds: [id, ...unknown.map((n) => `ast_${n}`)], claims, knownAt })).toEqual(alone)
      expect(await loadRights(ctx, { assetNos: [no, ...unknown.map((n) => BigInt(900_000 + n))], claims, knownAt })).toEqual(alone)
    }
})
