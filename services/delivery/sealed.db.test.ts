import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor, Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aGrantedKit, aHeldLicence, aKit } from '#services/testing/held-licences.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { assetDetail } from '../assets/asset-view.ts'
import { sidecarOf } from '../assets/file-metadata-view.ts'
import { setLegalHold } from '../assets/legal-holds.ts'
import { archiveAsset } from '../assets/publishing.ts'
import { deleteAsset, embargoAsset, expireAsset, holdAsset } from '../assets/life.ts'
import { keepSelection } from '../assets/selections.ts'
import { libraryCards } from '../catalog/library-views.ts'
import { searchLibrary } from '../catalog/library-search.ts'
import { readLibraryWish } from '../catalog/rules/library-wish.ts'
import { assetsCalled } from '../clearance/finding.ts'
import { openDownload, openPortalFile, openStaffFile } from './downloads.ts'
import { openPreview } from './previews.ts'
import { openSelectionArchive } from './selection-archives.ts'

let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
let orgId: string
let partner: Person
let keeper: Person
let reviewer: Person
const caller = { ip: null, userAgent: null }

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  orgId = (await anOrganisation(ctx, { houseId, kind: 'PARTNER' })).id
  partner = await aPerson(ctx, { houseId, orgId, roles: ['PARTNER'] })
  keeper = await aPerson(ctx, { houseId, roles: ['LIBRARIAN', 'RIGHTS_MANAGER'] })
  reviewer = await aPerson(ctx, { houseId, roles: ['REVIEWER'] })
})
afterAll(() => t[Symbol.asyncDispose]())

const by = (actor: Actor) => asActor(ctx, actor)
const embargo = (assetId: string, people: string[] = []) =>
  embargoAsset(by(keeper), { assetId, endsOn: '2031-05-05T09:00', becomes: 'APPROVED', people, reason: 'The launch' })
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'open',
    (error: unknown) => (error as { code: string }).code,
  )

test('an embargo keeps bytes from licensees and from kits, under a hold too; every refusal is a row', async () => {
  const asset = await anAsset(ctx, { houseId, title: 'The new tower' })
  const licence = await aHeldLicence(ctx, { asset, orgId })
  const ask = () => openDownload(by(partner), { licenceId: licence.id, caller })
  expect((await ask()).ok).toBe(true)
  expect(await embargo(asset.id)).toMatchObject({ ok: true })
  expect(await ask()).toMatchObject({ error: 'embargoed' })
  expect(await holdAsset(by(keeper), { assetId: asset.id, reason: 'A doubt' })).toMatchObject({ ok: true })
  expect(await ask(), 'a hold on top').toMatchObject({ error: 'embargoed' })
  expect(await t.db.delivery.count({ where: { licenceId: licence.id, outcome: 'REFUSED' } })).toBe(2)
  expect(await expireAsset(by(keeper), { assetId: asset.id, reason: 'A way around' })).toMatchObject({ error: 'wrong-state' })
  for (const preset of ['grid', 'page', 'clean-grid'])
    for (const actor of [partner, aGuest(houseId)])
      expect(await codeOf(openPreview(by(actor), { assetId: asset.id, preset })), preset).toBe('not-found')
})

test('a hold, an end, the archive and the bin leave a licence in force as it is; kits give nothing of them', async () => {
  for (const end of [
    (assetId: string) => holdAsset(by(keeper), { assetId, reason: 'A doubt' }),
    (assetId: string) => expireAsset(by(keeper), { assetId, reason: 'Ended' }),
    async (assetId: string) => {
      await holdAsset(by(keeper), { assetId, reason: 'A doubt' })
      return archiveAsset(by(keeper), { assetId, reason: 'Old' })
    },
    async (assetId: string) => {
      await holdAsset(by(keeper), { assetId, reason: 'A doubt' })
      return deleteAsset(by(keeper), { assetId, reason: 'Old' })
    },
  ]) {
    const asset = await anAsset(ctx, { houseId })
    const licence = await aHeldLicence(ctx, { asset, orgId })
    const kit = await aKit(ctx, { houseId, assets: [asset] })
    await aGrantedKit(ctx, { kit, orgId, assets: [asset] })
    expect(await end(asset.id)).toMatchObject({ ok: true })
    expect((await openDownload(by(partner), { licenceId: licence.id, caller })).ok).toBe(true)
    expect(await openPortalFile(by(partner), { kitId: kit.id, assetId: asset.id, rendition: 'web', caller })).toMatchObject({
      error: 'not-published',
    })
  }
})

test('a legal hold stops deliveries only where it says so', async () => {
  const asset = await anAsset(ctx, { houseId })
  const licence = await aHeldLicence(ctx, { asset, orgId })
  const ask = () => openDownload(by(partner), { licenceId: licence.id, caller })
  const hold = (matter: string, stopsDelivery: boolean) =>
    setLegalHold(by(keeper), { assetId: asset.id, matter, reason: 'A claim', stopsDelivery })
  await hold('Case 1', false)
  expect((await ask()).ok).toBe(true)
  await hold('Case 2', true)
  expect(await ask()).toMatchObject({ error: 'legal-hold' })
})

test('whom an embargo does not name sees a drawing in the place of each picture, and none of its words', async () => {
  const asset = await anAsset(ctx, { houseId, title: 'Unveiling zeppelin', keywords: ['zeppelin'] })
  await t.db.asset.update({ where: { id: asset.id }, data: { description: 'A zeppelin over the lake' } })
  const named = await aPerson(ctx, { houseId, roles: ['REVIEWER'] })
  await embargo(asset.id, [named.userId])
  const versionId = asset.currentVersionId ?? ''
  const found = async (actor: Actor) => (await searchLibrary(by(actor), readLibraryWish(new URLSearchParams('q=zeppelin')))).ids
  const look = () => openPreview(by(reviewer), { assetId: asset.id, preset: 'clean-grid' })

  const drawn = await look()
  expect(drawn).toMatchObject({ mediaType: 'image/svg+xml', keep: 'nobody' })
  expect(await text(await drawn.open(null))).toContain('5 May 2031, 09:00')
  expect((await openPreview(by(named), { assetId: asset.id, preset: 'clean-grid' })).mediaType).toBe('image/jpeg')
  expect(await codeOf(openPreview(by(reviewer), { assetId: asset.id, preset: 'clip' }))).toBe('not-found')

  for (const held of [false, true]) {
    if (held) await holdAsset(by(keeper), { assetId: asset.id, reason: 'A doubt' })
    expect(await found(reviewer), `held ${held}`).toEqual([])
    expect(await found(named)).toEqual([asset.id])
    expect(await found(keeper)).toEqual([asset.id])
    expect((await assetsCalled(by(reviewer), ['Unveiling zeppelin'])).size).toBe(0)
    expect((await look()).mediaType).toBe('image/svg+xml')
    expect(await openStaffFile(by(reviewer), { versionId, rendition: 'original', caller })).toMatchObject({ error: 'embargoed' })
  }
  const [card] = await libraryCards(by(reviewer), [asset.id])
  expect(card).toMatchObject({ altText: 'Sealed until its embargo ends', keywords: [], creator: '' })
  expect(await assetDetail(by(reviewer), asset.id)).toMatchObject({ sealed: true, description: '', keywords: [], altText: '' })
  expect(await assetDetail(by(named), asset.id)).toMatchObject({ sealed: false, description: 'A zeppelin over the lake' })
  expect(await codeOf(sidecarOf(by(reviewer), asset.id))).toBe('forbidden')

  const open = await anAsset(ctx, { houseId })
  const kept = await keepSelection(by(reviewer), { ids: [asset.id, open.id] })
  const archive = await openSelectionArchive(by(reviewer), { selectionId: kept.ok ? kept.value.id : '', caller })
  expect(archive).toMatchObject({ ok: true, value: { fileName: '1 originals.zip' } })
})

test('is another house’s nobody’s drawing', async () => {
  const asset = await anAsset(ctx, { houseId })
  await embargo(asset.id)
  const stranger = await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['ADMINISTRATOR'] })
  expect(await codeOf(openPreview(by(stranger), { assetId: asset.id, preset: 'grid' }))).toBe('not-found')
})

test('a life begins as a draft, and what was purged is not made anew', async () => {
  const at = ctx.clock.now()
  for (const state of ['PUBLISHED', 'APPROVED', 'ARCHIVED'] as const)
    await expect(
      t.db.asset.create({ data: { id: `ast_begun${state}`, houseId, title: 'Begun', state, createdAt: at, changedAt: at } }),
      state,
    ).rejects.toThrow(/begins as a draft/)
  const asset = await anAsset(ctx, { houseId, state: 'DELETED' })
  await t.db.asset.update({ where: { id: asset.id }, data: { purgedAt: at } })
  const rendition = {
    id: 'ren_late',
    versionId: asset.currentVersionId ?? '',
    preset: 'zoom',
    mediaType: 'image/webp',
    width: 1,
    height: 1,
  }
  const stored = { byteSize: 1, sha256: 'a'.repeat(64), crc32: 1, storageKey: 'late', watermarked: true, createdAt: at }
  await expect(t.db.rendition.create({ data: { ...rendition, ...stored } })).rejects.toThrow(/purged/)
})
