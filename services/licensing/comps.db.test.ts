import { buffer } from 'node:stream/consumers'
import exifr from 'exifr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDownload } from '#services/delivery/downloads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { quoteUse } from '#services/licensing/quotes.ts'
import { readDocument } from '#services/licensing/rules/licence-document.ts'
import { asActor } from '#services/testing/context.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { aGuest } from '#services/testing/world.ts'
import { renewComp, takeComp } from './comps.ts'
import { myLicences } from './views.ts'

let t: TestDb
let shop: Shop
let buyer: Person
const caller = { ip: '203.0.113.9', userAgent: 'test' }
const media = childMedia()
const as = (person: Person) => ({ ...asActor(shop.ctx, person), media })
const day = 86_400_000

beforeAll(async () => {
  t = await testDb()
  shop = await aShop(t.db)
  buyer = await shop.buyer()
})
afterAll(() => t[Symbol.asyncDispose]())

const taken = async (assetId: string, person = buyer) => {
  const outcome = await takeComp(as(person), { assetId })
  if (!outcome.ok) throw new Error(`${outcome.error} ${JSON.stringify(outcome.detail)}`)
  return outcome.value
}

describe('a comp', () => {
  test('is a licence of its own kind, with its document, an end and no claim', async () => {
    const asset = await shop.asset()
    const comp = await taken(asset.id)
    const row = await t.db.licence.findUniqueOrThrow({ where: { id: comp.licenceId } })
    expect(row).toMatchObject({ model: 'COMP', state: 'ACTIVE', holderOrgId: buyer.orgId, exclusive: false, orderLineId: null })
    expect(Math.round(((row.endsAt?.getTime() ?? 0) - row.startsAt.getTime()) / day)).toBe(30)
    const document = readDocument(row.document ?? '')
    expect(document).toMatchObject({ model: 'COMP', order: null, until: row.endsAt?.toISOString() })
    expect(document.scope.terms).toMatchObject({ media: ['layout-comp'] })
    expect(await t.db.$queryRaw`SELECT 1 FROM claims WHERE licence_no = ${row.no}`).toEqual([])
    expect(await t.db.$queryRaw`SELECT purpose FROM decisions WHERE licence_no = ${row.no}`).toEqual([{ purpose: 'comp' }])
  })

  test('twice at once is once', async () => {
    const asset = await shop.asset()
    const outcomes = await Promise.all([1, 2, 3].map(() => taken(asset.id)))
    expect(new Set(outcomes.map(({ licenceId }) => licenceId)).size).toBe(1)
    expect(outcomes.filter(({ before }) => !before)).toHaveLength(1)
    expect(await t.db.auditFact.count({ where: { type: 'licence.issued', subjectId: outcomes[0]?.licenceId ?? '' } })).toBe(1)
  })

  test('gives the marked file with its number and end in it, and nothing clean', async () => {
    const asset = await shop.asset()
    const comp = await taken(asset.id)
    const file = await openDownload(as(buyer), { licenceId: comp.licenceId, caller })
    if (!file.ok) throw new Error(file.error)
    const bytes = await buffer(await file.value.open(null))
    const fields = (await exifr.parse(bytes, { xmp: true })) as Record<string, string>
    expect(fields.LicenseID).toBe(comp.number)
    expect(fields.Instructions).toContain('Layout only')
    expect(fields.Instructions).toContain(comp.number)
    expect(fields.LicenseEndDate).toBeTruthy()
    for (const rendition of ['original', 'web'] as const)
      expect(await openDownload(as(buyer), { licenceId: comp.licenceId, rendition, caller })).toMatchObject({
        error: 'rendition-not-included',
      })
    expect(await t.db.delivery.count({ where: { licenceId: comp.licenceId, outcome: 'SERVED', reason: 'comp', rendition: 'comp' } })).toBe(
      1,
    )
    const rendition = await t.db.rendition.findFirstOrThrow({ where: { versionId: asset.publishedVersionId ?? '', preset: 'comp' } })
    expect(rendition.watermarked).toBe(true)
  })

  test('is dark from the instant of its end on, and when the picture leaves the store', async () => {
    const asset = await shop.asset()
    const comp = await taken(asset.id)
    const later = { ...as(buyer), clock: { now: () => comp.endsAt } }
    expect(await openDownload(later, { licenceId: comp.licenceId, caller })).toMatchObject({ ok: false, error: 'ended' })
    await t.db.asset.update({ where: { id: asset.id }, data: { state: 'WITHDRAWN' } })
    expect(await openDownload(as(buyer), { licenceId: comp.licenceId, caller })).toMatchObject({ ok: false, error: 'not-published' })
  })

  test('is nobody else’s', async () => {
    const comp = await taken((await shop.asset()).id)
    await expect(openDownload(as(await shop.buyer()), { licenceId: comp.licenceId, caller })).rejects.toMatchObject({ code: 'not-found' })
    await expect(renewComp(as(await shop.buyer()), { licenceId: comp.licenceId })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('occupies nothing: what was free exclusively stays so', async () => {
    const asset = await shop.asset()
    await taken(asset.id)
    const quote = await quoteUse(as(await shop.buyer()), { assetId: asset.id, model: 'RIGHTS_MANAGED', terms: someUse() })
    expect(quote).toMatchObject({ ok: true, value: { sellable: true } })
  })

  test('has a shelf of its own among the licences', async () => {
    const person = await shop.buyer()
    const comp = await taken((await shop.asset()).id, person)
    expect((await myLicences(as(person), {})).items).toEqual([])
    expect((await myLicences(as(person), { shelf: 'comps' })).items).toMatchObject([{ id: comp.licenceId, comp: true }])
  })

  test('is renewed in its last days under a number of its own', async () => {
    const asset = await shop.asset()
    const comp = await taken(asset.id)
    expect(await renewComp(as(buyer), { licenceId: comp.licenceId })).toMatchObject({ ok: false, error: 'too-early' })
    const late = { ...as(buyer), clock: { now: () => new Date(comp.endsAt.getTime() - 2 * day) } }
    const [first, second] = await Promise.all([
      renewComp(late, { licenceId: comp.licenceId }),
      renewComp(late, { licenceId: comp.licenceId }),
    ])
    if (!first.ok || !second.ok) throw new Error('not renewed')
    expect(first.value.licenceId).toBe(second.value.licenceId)
    expect(await t.db.licence.findUniqueOrThrow({ where: { id: comp.licenceId } })).toMatchObject({ state: 'ENDED', endedBy: 'SUPERSEDED' })
    expect(first.value.endsAt.getTime()).toBeGreaterThan(comp.endsAt.getTime())
  })

  test('begins anew after its end, swept or not', async () => {
    const asset = await shop.asset()
    const comp = await taken(asset.id)
    const after = { ...as(buyer), clock: { now: () => new Date(comp.endsAt.getTime() + day) } }
    const anew = await takeComp(after, { assetId: asset.id })
    expect(anew).toMatchObject({ ok: true, value: { before: false } })
    expect(await t.db.licence.findUniqueOrThrow({ where: { id: comp.licenceId } })).toMatchObject({ state: 'ENDED', endedBy: 'EXPIRED' })
  })
})

describe('there is no comp', () => {
  test('for a guest, and of what is not in the store', async () => {
    const asset = await shop.asset()
    await expect(takeComp(asActor(shop.ctx, aGuest(shop.houseId)), { assetId: asset.id })).rejects.toMatchObject({ code: 'signed-out' })
    await expect(takeComp(as(buyer), { assetId: 'ast_none' })).rejects.toMatchObject({ code: 'not-found' })
    const gone = await shop.asset({ state: 'WITHDRAWN' })
    expect(await takeComp(as(buyer), { assetId: gone.id })).toMatchObject({ ok: false, error: 'not-for-sale' })
    await t.db.asset.update({ where: { id: asset.id }, data: { sellsRoyaltyFree: false, sellsRightsManaged: false } })
    expect(await takeComp(as(buyer), { assetId: asset.id })).toMatchObject({ ok: false, error: 'not-for-sale' })
  })

  test('under an embargo, and the reason is named', async () => {
    const asset = await shop.asset()
    await t.db.$executeRaw`
      INSERT INTO restrictions (id, house_id, asset_id, asset_no, kind, reason, media_set, territory_set, industry_set, period, terms, recorded_at)
      VALUES ('rst_embargo', ${shop.houseId}, ${asset.id}, ${asset.no}, 'EMBARGO', 'Until the premiere', '{[0,)}', '{[0,)}', '{[0,)}', '[2020-01-01,)', '{}', '2026-01-01')`
    const outcome = await takeComp(as(buyer), { assetId: asset.id })
    expect(outcome).toMatchObject({ ok: false, error: 'nothing-to-license' })
    expect(JSON.stringify(outcome)).toContain('why')
  })

  test('while the rights desk has suspended the one that runs', async () => {
    const asset = await shop.asset()
    const comp = await taken(asset.id)
    await t.db.licence.update({ where: { id: comp.licenceId }, data: { state: 'SUSPENDED' } })
    expect(await takeComp(as(buyer), { assetId: asset.id })).toMatchObject({ ok: false, error: 'suspended' })
  })

  test('where its file cannot be made', async () => {
    const asset = await shop.asset()
    const broken = { ...as(buyer), media: { films: async () => null, differ: () => Promise.resolve({ ok: false as const, error: 'unsupported' as const }), readText: () => Promise.resolve({ ok: false as const, error: 'unsupported' as const }), derive: () => Promise.resolve({ ok: false as const, error: 'unreadable' as const }) } }
    expect(await takeComp(broken, { assetId: asset.id })).toMatchObject({ ok: false, error: 'no-file' })
    expect(await t.db.licence.count({ where: { assetId: asset.id } })).toBe(0)
  })
})

test('the database itself refuses a claim of a comp, and a second one that runs', async () => {
  const asset = await shop.asset()
  const comp = await taken(asset.id)
  const { no } = await t.db.licence.findUniqueOrThrow({ where: { id: comp.licenceId } })
  await expect(t.db.$executeRaw`
    INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
    VALUES (${shop.houseId}, ${asset.no}, ${no}, '{[1,2)}', '{[1,2)}', '{[1,2)}', '[2026-12-01,2027-01-01)', false, 'ACTIVE', now())`).rejects.toThrow(
    /comp_claims_nothing/,
  )
  await expect(t.db.$executeRaw`
    INSERT INTO licences (id, number, house_id, holder_org_id, model, state, asset_id, version_id, terms, exclusive, starts_at, ends_at, created_at)
    SELECT 'lic_second', 'CM-2', house_id, holder_org_id, model, 'RESERVED', asset_id, version_id, terms, exclusive, starts_at, ends_at, created_at FROM licences WHERE id = ${comp.licenceId}`).rejects.toThrow(
    /one_running_comp/,
  )
})
