import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor, Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aGrantedKit, aHeldLicence, aKit } from '#services/testing/held-licences.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson, aPicture } from '#services/testing/world.ts'
import type { DerivedFile, Media, RenditionSpec } from '../platform/media/media.ts'
import { ok } from '../kernel/result.ts'
import { openPreview } from './previews.ts'

let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
let partner: Person
let staff: Person

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  partner = await aPerson(ctx, { houseId, orgId: (await anOrganisation(ctx, { houseId, kind: 'PARTNER' })).id, roles: ['PARTNER'] })
  staff = await aPerson(ctx, { houseId, roles: ['AUDITOR'] })
})
afterAll(() => t[Symbol.asyncDispose]())

/** A decoder that makes what it is told to. */
const inPlace = (make: (renditions: RenditionSpec[], outDir: string) => Promise<DerivedFile[]>): Media => ({
  films: async () => null,
  differ: () => Promise.resolve({ ok: false as const, error: 'unsupported' as const }),
  readText: () => Promise.resolve({ ok: false as const, error: 'unsupported' as const }),
  derive: async ({ renditions, outDir }) =>
    ok({
      width: 640,
      height: 427,
      pages: null,
      durationMs: null,
      frames: null,
      form: 'PICTURE' as const,
      facts: {},
      dominantColour: '#000000',
      palette: [],
      embedded: { xmp: {}, iim: {}, exif: {}, other: {} },
      files: await make(renditions, outDir),
    }),
})

const shown = async (actor: Actor, assetId: string, preset: string) => {
  try {
    const file = await openPreview(asActor(ctx, actor), { assetId, preset })
    return file.keep
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('the store’s previews are for everybody, watermarked ones only, and leave no row', async () => {
  const asset = await anAsset(ctx, { houseId })
  const file = await openPreview(asActor(ctx, aGuest(houseId)), { assetId: asset.id, preset: 'grid' })
  expect((await buffer(await file.open(null))).equals(await aPicture())).toBe(true)
  expect(await shown(aGuest(houseId), asset.id, 'page')).toBe('everybody')
  expect(await shown(aGuest(houseId), asset.id, 'clean-grid')).toBe('not-found')
  expect(await shown(aGuest(houseId), asset.id, 'web')).toBe('not-found')
  expect(await t.db.delivery.count({ where: { assetId: asset.id } })).toBe(0)
})

test('what everybody may see is kept for good when the address names its version, and only then', async () => {
  const asset = await anAsset(ctx, { houseId })
  const keep = async (actor: Actor, preset: string, versionId?: string) =>
    (await openPreview(asActor(ctx, actor), { assetId: asset.id, preset, versionId })).keep
  const current = asset.publishedVersionId as string
  expect(await keep(aGuest(houseId), 'grid', current)).toBe('for-good')
  expect(await keep(aGuest(houseId), 'page', current)).toBe('for-good')
  expect(await keep(aGuest(houseId), 'grid', 'ver_another')).toBe('everybody')
  expect(await keep(aGuest(houseId), 'grid')).toBe('everybody')
  for (const preset of ['grid', 'clean-grid']) expect(await keep(staff, preset, current)).toBe('browser')
  await aHeldLicence(ctx, { asset, orgId: partner.orgId })
  expect(await keep(partner, 'clean-grid', current)).toBe('browser')
})

test('an unmarked preview is never for everybody', async () => {
  const asset = await anAsset(ctx, { houseId })
  await t.db.rendition.updateMany({ where: { versionId: asset.currentVersionId as string, preset: 'grid' }, data: { watermarked: false } })
  expect(await shown(aGuest(houseId), asset.id, 'grid')).toBe('not-found')
})

test('what is not for the store is shown to staff, to holders while they hold, and to those with the kit', async () => {
  const asset = await anAsset(ctx, { houseId, audience: 'PORTAL' })
  for (const actor of [aGuest(houseId), partner]) expect(await shown(actor, asset.id, 'grid')).toBe('not-found')
  expect(await shown(staff, asset.id, 'clean-grid')).toBe('browser')
  const kit = await aKit(ctx, { houseId, assets: [asset] })
  const { grant } = await aGrantedKit(ctx, { kit, orgId: partner.orgId, assets: [] })
  expect(await shown(partner, asset.id, 'grid')).toBe('browser')
  // The kit is open, the licence for this picture was never given, or has been suspended or revoked: no clean pixels.
  expect(await shown(partner, asset.id, 'clean-grid')).toBe('not-found')
  await t.db.rendition.updateMany({ where: { versionId: asset.currentVersionId as string, preset: 'page' }, data: { watermarked: false } })
  expect(await shown(partner, asset.id, 'page')).toBe('not-found')
  await t.db.kitGrant.update({ where: { id: grant.id }, data: { revokedAt: ctx.clock.now() } })
  expect(await shown(partner, asset.id, 'grid')).toBe('not-found')

  const licence = await aHeldLicence(ctx, { asset, orgId: partner.orgId })
  await t.db.asset.update({ where: { id: asset.id }, data: { state: 'WITHDRAWN' } })
  expect(await shown(partner, asset.id, 'clean-grid')).toBe('browser')
  await t.db.licence.update({ where: { id: licence.id }, data: { state: 'SUSPENDED' } })
  expect(await shown(partner, asset.id, 'clean-grid')).toBe('not-found')
})

test('drafts are for staff, and nothing is for another house', async () => {
  const asset = await anAsset(ctx, { houseId, state: 'DRAFT' })
  expect(await shown(staff, asset.id, 'page')).toBe('browser')
  expect(await shown(aGuest(houseId), asset.id, 'page')).toBe('not-found')
  expect(await shown({ ...staff, houseId: (await aHouse(ctx)).id }, asset.id, 'page')).toBe('not-found')
})

test('the close look is made when somebody first asks for it, once however many do, and bears the mark', async () => {
  const asset = await anAsset(ctx, { houseId })
  const asked: string[] = []
  const media = inPlace(async (renditions, outDir) => {
    asked.push(...renditions.map(({ preset, maxEdge, watermark }) => `${preset} ${maxEdge} ${watermark}`))
    await writeFile(path.join(outDir, 'zoom.webp'), await aPicture())
    return [{ preset: 'zoom', path: path.join(outDir, 'zoom.webp'), mediaType: 'image/webp', width: 640, height: 427 }]
  })
  const look = () => openPreview({ ...asActor(ctx, aGuest(houseId)), media }, { assetId: asset.id, preset: 'zoom' })
  const [one, two] = await Promise.all([look(), look()])
  expect([one.fileName, two.fileName, (await look()).fileName]).toEqual(['zoom.webp', 'zoom.webp', 'zoom.webp'])
  expect(asked).toEqual(['zoom 2400 Northlight Studio · preview'])
  const row = await t.db.rendition.findFirstOrThrow({ where: { versionId: asset.publishedVersionId as string, preset: 'zoom' } })
  expect(row.watermarked).toBe(true)
})

test('where it cannot be made the page’s preview stands in; what is withdrawn is not there to look into', async () => {
  const asset = await anAsset(ctx, { houseId })
  let tried = 0
  const media = inPlace(() => Promise.resolve((tried++, [])))
  const look = () => openPreview({ ...asActor(ctx, aGuest(houseId)), media }, { assetId: asset.id, preset: 'zoom' })
  const file = await look()
  expect([file.fileName, file.keep]).toEqual(['page.jpeg', 'browser'])
  // Each try is a process: whoever looks again and again starts one in ten minutes.
  for (let n = 0; n < 5; n++) await look()
  expect(tried).toBe(1)
  ctx.clock.advance(601_000)
  await look()
  expect(tried).toBe(2)
  const gone = await anAsset(ctx, { houseId, state: 'WITHDRAWN' })
  expect(await shown(aGuest(houseId), gone.id, 'zoom')).toBe('not-found')
})
