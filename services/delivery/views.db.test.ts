import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aGrantedKit, aKit } from '#services/testing/held-licences.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { openPortalFile } from './downloads.ts'
import { portalHome, portalKit, refusalPage } from './views.ts'

let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
})
afterAll(() => t[Symbol.asyncDispose]())

const aPartner = async () =>
  aPerson(ctx, { houseId, orgId: (await anOrganisation(ctx, { houseId, kind: 'PARTNER' })).id, roles: ['PARTNER'] })
const as = (actor: Person) => ({ ...asActor(ctx, actor), actor })

test('a partner’s home shows the kits that it holds and those that it held, and nobody else’s', async () => {
  const [partner, rival] = [await aPartner(), await aPartner()]
  const asset = await anAsset(ctx, { houseId })
  const [open, over] = [
    await aKit(ctx, { houseId, assets: [asset], title: 'Open' }),
    await aKit(ctx, { houseId, assets: [asset], title: 'Over' }),
  ]
  await aGrantedKit(ctx, { kit: open, orgId: partner.orgId, assets: [asset] })
  const { grant } = await aGrantedKit(ctx, { kit: over, orgId: partner.orgId, assets: [asset] })
  await t.db.kitGrant.update({ where: { id: grant.id }, data: { revokedAt: ctx.clock.now(), revokedReason: 'Stop.' } })
  const home = await portalHome(as(partner))
  expect(home.open).toMatchObject([{ title: 'Open', files: 1, coverAssetId: asset.id, standing: 'open', endsAt: null }])
  expect(home.past).toMatchObject([{ title: 'Over', standing: 'kit-revoked', revokedReason: 'Stop.' }])
  expect(await portalHome(as(rival))).toMatchObject({ open: [], past: [] })
})

test('a kit’s page lists what can be had, says what cannot, and is silent about the files of a kit that is over', async () => {
  const partner = await aPartner()
  const [ready, stopped, gone] = [
    await anAsset(ctx, { houseId, title: 'Ready' }),
    await anAsset(ctx, { houseId, title: 'Stopped' }),
    await anAsset(ctx, { houseId, title: 'Gone' }),
  ]
  const kit = await aKit(ctx, { houseId, assets: [ready, stopped, gone], sections: ['A', 'A', 'B'] })
  const { grant, licences } = await aGrantedKit(ctx, { kit, orgId: partner.orgId, assets: [ready, stopped, gone] })
  await t.db.licence.update({ where: { id: licences[1]?.id as string }, data: { state: 'SUSPENDED' } })
  await t.db.asset.update({ where: { id: gone.id }, data: { state: 'WITHDRAWN' } })
  const page = await portalKit(as(partner), kit.id)
  expect(page.files).toMatchObject([
    { title: 'Ready', section: 'A', refused: null, web: { width: 640, height: 427 }, licence: { number: licences[0]?.number } },
    { title: 'Stopped', refused: 'suspended' },
  ])
  await t.db.kitGrant.update({ where: { id: grant.id }, data: { revokedAt: ctx.clock.now() } })
  expect(await portalKit(as(partner), kit.id)).toMatchObject({ standing: 'kit-revoked', files: [], guidance: '' })
  await expect(portalKit(as(await aPartner()), kit.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('a refusal has a page for those who were refused, and for nobody else', async () => {
  const partner = await aPartner()
  const asset = await anAsset(ctx, { houseId })
  const kit = await aKit(ctx, { houseId, assets: [asset] })
  await aGrantedKit(ctx, { kit, orgId: partner.orgId, assets: [asset], endsAt: new Date(ctx.clock.now().getTime() - 1) })
  const refused = await openPortalFile(as(partner), {
    kitId: kit.id,
    assetId: asset.id,
    rendition: 'web',
    caller: { ip: null, userAgent: null },
  })
  if (refused.ok) throw new Error('not refused')
  const { deliveryId } = refused.detail as { deliveryId: string }
  expect(await refusalPage(as(partner), deliveryId)).toMatchObject({
    reason: 'kit-ended',
    rendition: 'web',
    asset: { id: asset.id },
    kit: { id: kit.id },
  })
  await expect(refusalPage(as(await aPartner()), deliveryId)).rejects.toMatchObject({ code: 'not-found' })
})
