import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { childMedia } from '../platform/media/child-media.ts'
import { uploadKey } from '../platform/storage/keys.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { knownBytes } from './known-bytes.ts'
import { deriveVersion, sweepWaiting } from './processing.ts'
import { receiveUpload, sweepUploads, type ReceiveUpload } from './uploads.ts'
import { retryVersion } from './versions.ts'

let t: TestDb
let ctx: TestContext
let librarian: Person
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db, { media: childMedia() })
  const house = await aHouse(ctx)
  librarian = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
  ctx = asActor(ctx, librarian)
})
afterAll(() => t[Symbol.asyncDispose]())

let shade = 0
/** Bytes that no other test has: duplicates are told. */
const picture = (width = 80, height = 60) =>
  sharp({ create: { width, height, channels: 3, background: { r: ++shade % 256, g: (shade * 7) % 256, b: 99 } } })
    .jpeg()
    .toBuffer()
const send = (bytes: Buffer, more: Partial<ReceiveUpload> = {}, by = ctx) =>
  receiveUpload(by, { fileName: 'C:\\shoot\\Harbour_at_dawn.jpg', source: Readable.from([bytes]), declaredSize: bytes.length, ...more })
const factsOf = async (assetId: string) =>
  (await t.db.auditFact.findMany({ where: { subjectId: assetId }, orderBy: { link: { seq: 'asc' } } })).map(({ type }) => type)
const jobsFor = (versionId: string) =>
  t.db.$queryRaw<unknown[]>`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`assets.derive:${versionId}`}`
async function arrived(bytes: Buffer, more: Partial<ReceiveUpload> = {}) {
  const outcome = await send(bytes, more)
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value
}

describe('receiving a file', () => {
  test('makes a draft with one version, a fact and a job', async () => {
    const bytes = await picture()
    const { assetId, versionId, title } = await arrived(bytes)
    expect(title).toBe('Harbour at dawn')
    const version = await t.db.assetVersion.findUniqueOrThrow({ where: { id: versionId }, include: { asset: true } })
    expect(version).toMatchObject({
      number: 1,
      fileName: 'Harbour_at_dawn.jpg',
      mediaType: 'image/jpeg',
      byteSize: BigInt(bytes.length),
      processing: 'WAITING',
    })
    expect(version.asset).toMatchObject({ state: 'DRAFT', currentVersionId: versionId, createdById: librarian.userId })
    expect((await ctx.storage.stat(version.storageKey))?.size).toBe(bytes.length)
    expect(await factsOf(assetId)).toEqual(['asset.uploaded'])
    expect(await jobsFor(versionId)).toHaveLength(1)
  })

  test('goes by content, not by name', async () => {
    const bytes = await sharp({ create: { width: 5, height: 5, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const { versionId } = await arrived(bytes, { fileName: 'lies.pdf' })
    expect(await t.db.assetVersion.findUnique({ where: { id: versionId } })).toMatchObject({ mediaType: 'image/png' })
  })

  test.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'an empty file'],
    ['a web page called .jpg', '<!doctype html><html><script>1</script></html>', 'a web page'],
    ['half a ZIP', 'PK\x03\x04 and so on', 'a ZIP archive that is cut off'],
    ['a program', 'MZ\x90 and so on', 'a Windows program'],
    [
      'a picture with an archive behind it',
      Buffer.from(`\xff\xd8\xff\xe0 pixels PK\x05\x06${'\0'.repeat(18)}`, 'latin1'),
      'a picture that is also a ZIP archive',
    ],
  ])('refuses %s and keeps nothing', async (_name, content, what) => {
    const outcome = await send(Buffer.from(content))
    expect(outcome).toEqual({ ok: false, error: 'refused-type', detail: { what } })
    await keptNothing('REJECTED')
  })

  test('refuses what says it is too large, and what is', async () => {
    expect(await send(Buffer.from('x'), { declaredSize: 600 * 1024 ** 2 })).toMatchObject({ error: 'too-large' })
    const endless = Readable.from(
      (async function* () {
        yield await picture()
        const block = Buffer.alloc(16 * 1024 ** 2)
        for (;;) yield block
      })(),
      { objectMode: false },
    )
    expect(await send(Buffer.alloc(0), { source: endless, declaredSize: undefined })).toMatchObject({ error: 'too-large' })
    await keptNothing('REJECTED')
  })

  test('a connection that is cut leaves nothing', async () => {
    const bytes = await picture(400, 300)
    const cut = Readable.from(
      (async function* () {
        yield bytes.subarray(0, 300)
        throw new Error('aborted')
      })(),
    )
    expect(await send(bytes, { source: cut })).toMatchObject({ error: 'cut-off' })
    await keptNothing('ABANDONED')
    expect(await send(bytes, { source: Readable.from([bytes.subarray(0, 900)]) }), 'fewer bytes than were announced').toMatchObject({
      error: 'cut-off',
    })
    await keptNothing('ABANDONED')
  })

  test('tells of bytes that are here already, of two at once too', async () => {
    const bytes = await picture()
    const outcomes = await Promise.all([send(bytes), send(bytes), send(bytes)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const [first] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
    for (const outcome of outcomes)
      if (!outcome.ok) expect(outcome).toMatchObject({ error: 'duplicate-of', detail: { assetId: first?.assetId, state: 'DRAFT' } })
    expect((await send(bytes, { evenIfDuplicate: true })).ok).toBe(true)
  })

  test('another house has never seen them', async () => {
    const bytes = await picture()
    await arrived(bytes)
    const other = await aHouse(ctx)
    const stranger = asActor(ctx, await aPerson(ctx, { houseId: other.id, roles: ['LIBRARIAN'] }))
    const { assetId } = await arrived(bytes, { evenIfDuplicate: true })
    const asked = { sha256: sha256(bytes), assetId }
    expect(await knownBytes(ctx, asked)).toMatchObject({ id: assetId })
    expect(await knownBytes(stranger, asked), 'whoever guesses an id is told no title').toBeNull()
    expect((await send(bytes, {}, stranger)).ok).toBe(true)
  })

  test('is not for everybody', async () => {
    const reviewer = asActor(ctx, await aPerson(ctx, { houseId: librarian.houseId, roles: ['REVIEWER'] }))
    await expect(send(await picture(), {}, reviewer)).rejects.toMatchObject({ code: 'forbidden' })
  })

  async function keptNothing(state: string) {
    const last = await t.db.upload.findFirstOrThrow({
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      where: { state: { not: 'STORED' } },
    })
    expect(last.versionId).toBeNull()
    expect(await t.db.upload.count({ where: { state: 'RECEIVING' } })).toBe(0)
    expect(await t.db.upload.count({ where: { state: state as 'REJECTED' } })).toBeGreaterThan(0)
    expect(await ctx.storage.stat(uploadKey(last.id))).toBeNull()
  }
})

describe('a new version', () => {
  test('stands beside the old; the published one stays published', async () => {
    const asset = await anAsset(ctx, { houseId: librarian.houseId })
    const { number, versionId } = await arrived(await picture(), { assetId: asset.id })
    expect(number).toBe(2)
    expect(await t.db.asset.findUnique({ where: { id: asset.id } })).toMatchObject({
      state: 'PUBLISHED',
      currentVersionId: versionId,
      publishedVersionId: asset.publishedVersionId,
    })
  })

  test('takes an approval and a waiting review back', async () => {
    const asset = await anAsset(ctx, { houseId: librarian.houseId, state: 'IN_REVIEW' })
    const review = await t.db.review.create({
      data: {
        id: 'rev_replaced',
        houseId: librarian.houseId,
        assetId: asset.id,
        versionId: asset.currentVersionId ?? '',
        askedById: librarian.userId,
        askedAt: ctx.clock.now(),
      },
    })
    await arrived(await picture(), { assetId: asset.id })
    expect(await t.db.review.findUnique({ where: { id: review.id } })).toMatchObject({ state: 'CANCELLED' })
    expect(await t.db.asset.findUnique({ where: { id: asset.id } })).toMatchObject({ state: 'DRAFT' })
  })

  test('of the same bytes is none', async () => {
    const bytes = await picture()
    const { assetId } = await arrived(bytes)
    expect(await send(bytes, { assetId })).toMatchObject({ error: 'same-as-current', detail: { assetId } })
  })

  test('does not reach into the archive, nor into another house', async () => {
    const archived = await anAsset(ctx, { houseId: librarian.houseId, state: 'ARCHIVED' })
    expect(await send(await picture(), { assetId: archived.id })).toMatchObject({ error: 'asset-archived' })
    const other = await anAsset(ctx, { houseId: (await aHouse(ctx)).id })
    await expect(send(await picture(), { assetId: other.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('two at once are numbered apart', async () => {
    const asset = await anAsset(ctx, { houseId: librarian.houseId })
    const files = [await picture(), await picture()]
    const numbers = await Promise.all(files.map(async (file) => (await arrived(file, { assetId: asset.id })).number))
    expect(numbers.sort()).toEqual([2, 3])
  })
})

describe('making renditions', () => {
  test('fills what is empty in the record, keeps hashes, and may run twice', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Boats</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Ada Meyer</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`
    const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#123456' } })
      .withXmp(xmp)
      .jpeg()
      .toBuffer()
    const { assetId, versionId } = await arrived(bytes)
    await Promise.all([deriveVersion(ctx, { versionId }), deriveVersion(ctx, { versionId })])
    await deriveVersion(ctx, { versionId })
    const asset = await t.db.asset.findUniqueOrThrow({
      where: { id: assetId },
      include: { currentVersion: { include: { renditions: { orderBy: { preset: 'asc' } } } } },
    })
    expect(asset).toMatchObject({ title: 'Boats', creator: 'Ada Meyer' })
    expect(asset.currentVersion).toMatchObject({
      processing: 'READY',
      width: 900,
      height: 600,
      orientation: 'LANDSCAPE',
      dominantColour: expect.stringMatching(/^#12345./),
    })
    const renditions = asset.currentVersion?.renditions ?? []
    expect(renditions.map(({ preset, watermarked, width }) => [preset, watermarked, width])).toEqual([
      ['clean-grid', false, 640],
      ['grid', true, 640],
      ['page', true, 900],
      ['web', false, 900],
    ])
    for (const { storageKey, byteSize } of renditions) expect((await ctx.storage.stat(storageKey))?.size).toBe(Number(byteSize))
    expect(await factsOf(assetId)).toEqual(['asset.uploaded', 'version.ready'])
  })

  test('a slow run for the portal leaves no clean copy where the store looks for a marked one', async () => {
    const { assetId, versionId } = await arrived(await picture())
    await t.db.asset.update({ where: { id: assetId }, data: { kind: 'LOGO', audience: 'PORTAL' } })
    let go = () => {}
    const waits = new Promise<void>((resolve) => (go = resolve))
    let read = () => {}
    const hasRead = new Promise<void>((resolve) => (read = resolve))
    const media = childMedia()
    const slow: TestContext['media'] = {
      films: media.films,
      differ: media.differ,
      readText: media.readText,
      async derive(input) {
        const derived = await media.derive(input)
        read()
        await waits
        return derived
      },
    }
    const late = deriveVersion({ ...ctx, media: slow }, { versionId })
    await hasRead
    await t.db.asset.update({ where: { id: assetId }, data: { audience: 'STORE' } })
    await deriveVersion(ctx, { versionId })
    go()
    await late
    const marked = await t.db.rendition.findMany({ where: { versionId, watermarked: true } })
    expect(marked).toHaveLength(2)
    for (const { storageKey, sha256: said } of marked) expect(sha256(await buffer(await ctx.storage.open(storageKey)))).toBe(said)
  })

  test('a file that cannot be read ends with a reason, once', async () => {
    const { assetId, versionId } = await arrived((await picture(600, 600)).subarray(0, 700), { declaredSize: undefined })
    await deriveVersion(ctx, { versionId })
    await deriveVersion(ctx, { versionId })
    const version = await t.db.assetVersion.findUniqueOrThrow({ where: { id: versionId } })
    expect(version.processing).toBe('REJECTED')
    expect(version.rejectedReason).toMatch(/damaged or incomplete.*upload it again/)
    expect(await factsOf(assetId)).toEqual(['asset.uploaded', 'version.rejected'])
    expect(await retryVersion(ctx, { versionId })).toMatchObject({ ok: true })
    expect(await retryVersion(ctx, { versionId })).toMatchObject({ error: 'not-rejected' })
    await arrived(await picture(), { assetId })
    expect(await retryVersion(ctx, { versionId })).toMatchObject({ error: 'not-current' })
  })

  test('of what was purged meanwhile is kept by nobody, and named to be removed', async () => {
    const { id, currentVersionId } = await anAsset(ctx, { houseId: librarian.houseId, state: 'DELETED' })
    const derive: (typeof ctx.media)['derive'] = async (input) => {
      const outcome = await ctx.media.derive(input)
      await t.db.asset.update({ where: { id }, data: { purgedAt: ctx.clock.now() } })
      return outcome
    }
    await deriveVersion({ ...ctx, media: { ...ctx.media, derive } }, { versionId: currentVersionId ?? '' })
    const named = await t.db.purgedObject.findMany({ where: { assetId: id } })
    expect(named.map(({ preset }) => preset)).toContain('grid')
    expect(await t.db.fileMetadata.count({ where: { assetId: id } })).toBe(0)
  })

  test('that a storage does not let begin leaves no folder behind', async () => {
    const { versionId } = await arrived(await picture())
    const folders = async () => (await readdir(tmpdir())).filter((name) => /^(clearmark-work|derive)-/.test(name))
    const before = new Set(await folders())
    const away = { ...ctx.storage, localCopy: () => Promise.reject(new Error('the bucket does not answer')) }
    await expect(deriveVersion({ ...ctx, storage: away }, { versionId })).rejects.toThrow('the bucket does not answer')
    expect((await folders()).filter((name) => !before.has(name))).toEqual([])
  })

  test('of nothing is nothing', async () => {
    await expect(deriveVersion(ctx, { versionId: 'ver_gone' })).resolves.toBeUndefined()
  })
})

test('sweeps end what was never finished and ask again for what lost its job', async () => {
  const id = 'upl_stale'
  await t.db.upload.create({
    data: {
      id,
      houseId: librarian.houseId,
      userId: librarian.userId,
      fileName: 'x',
      createdAt: new Date(ctx.clock.now().getTime() - 2 * 86_400_000),
    },
  })
  await ctx.storage.put(uploadKey(id), Buffer.from('half a file'))
  expect(await sweepUploads(ctx)).toBe(1)
  expect(await ctx.storage.stat(uploadKey(id))).toBeNull()
  expect(await t.db.upload.findUnique({ where: { id } })).toMatchObject({ state: 'ABANDONED' })

  const { versionId } = await arrived(await picture())
  await t.db.$executeRaw`SELECT graphile_worker.remove_job(${`assets.derive:${versionId}`})`
  await t.db.assetVersion.update({ where: { id: versionId }, data: { createdAt: new Date(ctx.clock.now().getTime() - 3_600_000) } })
  await sweepWaiting(ctx)
  expect(await jobsFor(versionId)).toHaveLength(1)
})
