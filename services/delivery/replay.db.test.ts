import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aHeldLicence } from '#services/testing/held-licences.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { newId } from '../kernel/ids.ts'
import { suspendStep } from '../licensing/licences.ts'
import { inTransaction } from '../platform/db.ts'
import { replayDeliveries, type DeliveryDifference } from './replay.ts'

let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
let partner: Person

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  const org = await anOrganisation(base, { houseId, kind: 'PARTNER' })
  partner = await aPerson(base, { houseId, orgId: org.id, roles: ['PARTNER'] })
  ctx = asActor(base, { kind: 'system', houseId, name: 'test' })
})
afterAll(() => t[Symbol.asyncDispose]())

const later = () => ctx.clock.advance(3_600_000)
const serve = (licence: { id: string; assetId: string; versionId: string }, by: Person = partner, rendition = 'original') =>
  t.db.delivery.create({
    data: {
      id: newId('dlv', ctx.clock.now()),
      houseId,
      at: ctx.clock.now(),
      outcome: 'SERVED',
      reason: 'licence',
      orgId: by.orgId,
      userId: by.userId,
      assetId: licence.assetId,
      versionId: licence.versionId,
      licenceId: licence.id,
      rendition,
    },
  })
const replay = async (assetId: string) => {
  const differences: DeliveryDifference[] = []
  return { ...(await replayDeliveries(ctx, { assetId }, (one) => differences.push(one))), why: differences.map(({ why }) => why) }
}

test('bytes under a licence in force stay allowed, though it was suspended and revoked since', async () => {
  const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId })
  await serve(licence)
  later()
  await inTransaction(ctx, (tx) => suspendStep(tx, licence, 'Dispute'))
  later()
  await t.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: ctx.clock.now() } })
  expect(await replay(licence.assetId)).toMatchObject({ asked: 1, same: 1, differ: 0 })
})

test('bytes while it was suspended, after it ended, to a stranger or of another version are found', async () => {
  const asset = await anAsset(ctx, { houseId })
  const licence = await aHeldLicence(ctx, { asset, orgId: partner.orgId })
  await serve({ ...licence, versionId: 'ver_other' })
  const org = await anOrganisation(ctx, { houseId, kind: 'PARTNER' })
  later()
  await serve(licence, await aPerson(ctx, { houseId, orgId: org.id, roles: ['PARTNER'] }))
  later()
  await inTransaction(ctx, (tx) => suspendStep(tx, licence, 'Dispute'))
  later()
  await serve(licence)
  later()
  await t.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: ctx.clock.now() } })
  later()
  await serve(licence)
  const { why, same } = await replay(asset.id)
  expect([same, why]).toEqual([0, ['another version than was licensed', 'another holder', 'suspended', 'revoked']])
})

test('more pixels than a comp gives are found', async () => {
  const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId, model: 'COMP' })
  await serve(licence, partner, 'comp')
  later()
  await serve(licence)
  await serve(licence, partner, 'web')
  expect((await replay(licence.assetId)).why).toEqual(['rendition-not-included', 'rendition-not-included'])
})
