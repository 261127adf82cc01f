import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation } from '#services/testing/world.ts'
import { newId } from '../kernel/ids.ts'
import { othersUse } from './other-holders.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

test('exclusive, taken back and foreign licences are no part of what others do; five companies are', async () => {
  const ctx = testContext(t.db)
  const house = await aHouse(ctx)
  const asset = await anAsset(ctx, { houseId: house.id })
  const at = ctx.clock.now()
  const nextMonth = () => ctx.clock.advance(32 * 86_400_000)
  const sell = async (fields: { media: string[]; exclusive?: boolean; revoked?: boolean; issuedAt?: Date }) => {
    const holder = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })
    const id = newId('lic', at)
    await t.db.licence.create({
      data: {
        id,
        number: id,
        houseId: house.id,
        holderOrgId: holder.id,
        model: 'RIGHTS_MANAGED',
        assetId: asset.id,
        versionId: asset.currentVersionId ?? '',
        state: fields.revoked ? 'ENDED' : 'ACTIVE',
        terms: { media: fields.media },
        exclusive: fields.exclusive ?? false,
        startsAt: at,
        document: '{}',
        documentSha256: '0',
        signature: 'x',
        issuedAt: fields.issuedAt ?? at,
        createdAt: at,
        ...(fields.revoked && { endedBy: 'REVOKED' as const, endedAt: at, endReason: 'test' }),
      },
    })
  }
  const guest = asActor(ctx, aGuest(house.id))
  for (let n = 0; n < 4; n++) await sell({ media: ['social'] })
  await sell({ media: ['social'], exclusive: true })
  await sell({ media: ['social'], revoked: true })
  nextMonth()
  expect(await othersUse(guest, asset.id)).toEqual([])
  await sell({ media: ['social-paid'], issuedAt: ctx.clock.now() })
  // Whoever looks before and after a sale sees no difference.
  expect(await othersUse(guest, asset.id)).toEqual([])
  nextMonth()
  expect(await othersUse(guest, asset.id)).toEqual([{ code: 'social', atLeast: 5 }])
  await t.db.licence.updateMany({
    where: { assetId: asset.id, state: 'ACTIVE' },
    data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: ctx.clock.now(), endReason: 'test' },
  })
  expect(await othersUse(guest, asset.id)).toEqual([{ code: 'social', atLeast: 5 }])
  nextMonth()
  expect(await othersUse(guest, asset.id)).toEqual([])
  expect(await othersUse(asActor(ctx, aGuest((await aHouse(ctx)).id)), asset.id)).toEqual([])
})
