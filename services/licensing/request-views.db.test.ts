import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { askableAsset, askableAssets, myRequest, myRequests } from './request-views.ts'
import { askForGrant, grantRequest } from './requests.ts'

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
const terms = {
  media: ['leaflet'],
  territory: { include: ['DE'] },
  industry: 'ALL' as const,
  from: '2026-11-01',
  until: '2026-12-31',
  zone: 'Europe/Berlin',
  exclusive: false,
}

test('an organisation sees its own requests and what came of them, another sees none', async () => {
  const [partner, rival] = [await aPartner(), await aPartner()]
  const manager = await aPerson(ctx, { houseId, roles: ['RIGHTS_MANAGER'] })
  const asset = await anAsset(ctx, { houseId, title: 'Harbour' })
  const asked = await askForGrant(as(partner), { assetId: asset.id, purpose: 'A leaflet', terms })
  if (!asked.ok) throw new Error(asked.error)
  const { requestId } = asked.value
  expect((await myRequests(as(partner), null)).items).toMatchObject([
    { id: requestId, title: 'Harbour', state: 'WAITING', askedBy: partner.name },
  ])
  expect((await myRequests(as(rival), null)).items).toEqual([])
  await expect(myRequest(as(rival), requestId)).rejects.toMatchObject({ code: 'not-found' })

  expect(await grantRequest(as(manager), { requestId })).toMatchObject({ ok: true })
  expect(await myRequest(as(partner), requestId)).toMatchObject({
    state: 'GRANTED',
    decidedBy: manager.name,
    licence: { inForce: true },
    asset: { id: asset.id },
  })
})

test('what is published and not internal can be asked for, and found by title or keyword', async () => {
  const partner = await aPartner()
  const shown = await anAsset(ctx, { houseId, title: 'Lighthouse', keywords: ['storm'] })
  const internal = await anAsset(ctx, { houseId, title: 'Lighthouse plan', audience: 'INTERNAL' })
  const draft = await anAsset(ctx, { houseId, title: 'Lighthouse draft', state: 'DRAFT' })
  expect(await askableAsset(as(partner), shown.id)).toMatchObject({ title: 'Lighthouse', zone: 'Europe/Berlin' })
  for (const { id } of [internal, draft]) expect(await askableAsset(as(partner), id)).toBeNull()
  for (const word of ['lightHOUSE', 'Storm']) expect((await askableAssets(as(partner), word)).map(({ id }) => id)).toEqual([shown.id])
})
