import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { record } from '#services/compliance/record.ts'
import { newId } from '#services/kernel/ids.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, aPerson, anAsset } from '#services/testing/world.ts'
import { differenceOf, differencePicture } from './differences.ts'
import { rollBackAsset } from './roll-backs.ts'
import { comparePage } from './compare-view.ts'
import { versionsPage } from './version-views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(4)))
afterAll(async () => t[Symbol.asyncDispose]())

async function aShelf() {
  const ctx: TestContext = testContext(t.db, { media: childMedia() })
  const { id: houseId } = await aHouse(ctx)
  const lena = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'], name: 'Lena Hart' })
  const ida = await aPerson(ctx, { houseId, roles: ['AUDITOR'] })
  const asset = await anAsset(ctx, { houseId })
  const first = asset.currentVersionId ?? ''
  const by = (actor: Person) => asActor(ctx, actor)
  /** A version with a clean picture of its own. */
  const draw = async (number: number, svg: string, [width, height] = [640, 427]) => {
    ctx.clock.advance(60_000)
    const id = newId('ver', ctx.clock.now())
    const bytes = await sharp(
      Buffer.from(`<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#7a94ad"/>${svg}</svg>`),
    )
      .jpeg()
      .toBuffer()
    const sha256 = String(number).padStart(64, 'a')
    await t.db.assetVersion.create({
      data: {
        id,
        houseId,
        assetId: asset.id,
        number,
        fileName: `harbour-${number}.jpg`,
        mediaType: 'image/jpeg',
        byteSize: bytes.length,
        sha256,
        crc32: 1,
        storageKey: `original/${id}`,
        width,
        height,
        processing: 'READY',
        createdById: lena.userId,
        createdAt: ctx.clock.now(),
        embedded: { creator: ['Ada'], city: `City ${number}` },
      },
    })
    const key = `rendition/${id}/web`
    const stored = await ctx.storage.put(key, bytes)
    const row = {
      versionId: id,
      mediaType: 'image/jpeg',
      width,
      height,
      byteSize: stored.size,
      sha256: stored.sha256,
      crc32: stored.crc32,
      storageKey: key,
      createdAt: ctx.clock.now(),
    }
    await t.db.rendition.create({ data: { id: newId('ren', ctx.clock.now()), preset: 'web', watermarked: false, ...row } })
    await t.db.asset.update({ where: { id: asset.id }, data: { currentVersionId: id } })
    return id
  }
  return { ctx, houseId, lena, ida, asset, first, by, draw }
}

test('the history says who, when, why and what was live, page by page and by person', async () => {
  const { asset, by, lena, first, draw } = await aShelf()
  await draw(2, '')
  const rolled = await rollBackAsset(by(lena), {
    assetId: asset.id,
    versionId: first,
    reason: 'Better before',
    seenCurrentId: (await versionsPage(by(lena), asset.id)).asset.currentVersionId ?? '',
    seenLiveId: first,
  })
  expect(rolled.ok).toBe(true)
  const page = await versionsPage(by(lena), asset.id)
  expect(
    page.versions.map(({ number, note, restores, isCurrent, isLive, mayRollBack }) => ({
      number,
      note,
      restores,
      isCurrent,
      isLive,
      mayRollBack,
    })),
  ).toEqual([
    { number: 3, note: 'Better before', restores: 1, isCurrent: true, isLive: true, mayRollBack: false },
    { number: 2, note: '', restores: null, isCurrent: false, isLive: false, mayRollBack: true },
    { number: 1, note: '', restores: null, isCurrent: false, isLive: false, mayRollBack: false },
  ])
  expect(page.versions[0]?.spans).toMatchObject([{ by: 'Lena Hart', until: null }])
  expect(page.people).toEqual([{ userId: lena.userId, name: 'Lena Hart', versions: 2 }])
  expect((await versionsPage(by(lena), asset.id, { by: lena.userId })).versions.map(({ number }) => number)).toEqual([3, 2])
  expect((await versionsPage(by(lena), asset.id, { before: 3 })).versions.map(({ number }) => number)).toEqual([2, 1])
})

test('two versions are compared by file, by what they say, and by the record of their time', async () => {
  const { ctx, asset, by, lena, draw } = await aShelf()
  await draw(2, '')
  ctx.clock.advance(60_000)
  await t.db.asset.update({ where: { id: asset.id }, data: { title: 'Harbour at noon' } })
  await record(by(lena), {
    type: 'asset.edited',
    subject: { kind: 'asset', id: asset.id },
    data: { changes: { title: { from: asset.title, to: 'Harbour at noon' } } },
  })
  await draw(3, '')
  const page = await comparePage(by(lena), asset.id, { from: 1, to: 3 })
  expect(page.pair).toMatchObject({ from: { number: 1, live: true }, to: { number: 3, fileName: 'harbour-3.jpg', by: 'Lena Hart' } })
  expect(page.record).toEqual([{ label: 'Title', from: 'Harbour at dawn', to: 'Harbour at noon' }])
  expect(page.embedded.map(({ label, to }) => [label, to])).toContainEqual(['City', 'City 3'])
  expect((await comparePage(by(lena), asset.id, {})).pair).toMatchObject({ from: { number: 1 }, to: { number: 3 } })
})

test('one version alone is beside nothing', async () => {
  const { asset, by, lena } = await aShelf()
  expect(await comparePage(by(lena), asset.id, {})).toMatchObject({ pair: null, numbers: [1] })
})

test('a difference is looked at once, by two at once too, and its picture is for those who may open files', async () => {
  const { ctx, houseId, asset, by, lena, ida, draw } = await aShelf()
  const one = await draw(2, '')
  const other = await draw(3, '<rect x="64" y="64" width="128" height="96" fill="#000"/>')
  const pair = { assetId: asset.id, fromId: one, toId: other }
  const found = await Promise.all([differenceOf(by(lena), pair), differenceOf(by(lena), pair)])
  for (const each of found) {
    if (each.outcome !== 'found') throw new Error(each.outcome)
    expect(each.share).toBeCloseTo((128 * 96) / (640 * 427), 2)
    expect(each.regions).toHaveLength(1)
  }
  expect(await t.db.versionDifference.count({ where: { toId: other } })).toBe(1)
  expect(
    await differenceOf({ ...by(lena), media: { ...ctx.media, differ: () => Promise.reject(new Error('asked again')) } }, pair),
  ).toMatchObject({ outcome: 'found' })
  expect((await differencePicture(by(lena), pair)).mediaType).toBe('image/webp')
  expect(await differenceOf(by(ida), pair)).toEqual({ outcome: 'not-for-you' })
  await expect(differencePicture(by(ida), pair)).rejects.toMatchObject({ code: 'not-found' })

  // Who may open files in general may not open these while they are sealed.
  const jonas = by(await aPerson(ctx, { houseId, roles: ['REVIEWER'] }))
  expect(await differenceOf(jonas, pair)).toMatchObject({ outcome: 'found' })
  const until = new Date(ctx.clock.now().getTime() + 86_400_000)
  await t.db.asset.update({
    where: { id: asset.id },
    data: { state: 'EMBARGOED', embargoEndsAt: until, embargoThen: 'APPROVED', stateReason: 'A launch' },
  })
  expect(await differenceOf(jonas, pair)).toEqual({ outcome: 'not-for-you' })
  await expect(differencePicture(jonas, pair)).rejects.toMatchObject({ code: 'not-found' })
})

test('another shape, no picture and a failed look are said, and nothing of another house', async () => {
  const { ctx, asset, by, lena, first, draw } = await aShelf()
  const one = await draw(2, '')
  const crop = await draw(3, '', [427, 427])
  const none = await draw(4, '')
  await t.db.rendition.deleteMany({ where: { versionId: none } })
  const look = (fromId: string, toId: string, as = by(lena)) => differenceOf(as, { assetId: asset.id, fromId, toId })
  expect(await look(one, crop)).toEqual({ outcome: 'other-shape' })
  expect(await look(one, none)).toEqual({ outcome: 'no-picture' })
  const broken = {
    ...by(lena),
    media: { ...ctx.media, differ: () => Promise.resolve({ ok: false as const, error: 'timed-out' as const }) },
  }
  expect(await look(first, one, broken)).toEqual({ outcome: 'not-now' })
  await expect(look(one, one)).rejects.toMatchObject({ code: 'not-found' })
  const stranger = await aShelf()
  await expect(look(one, crop, stranger.by(stranger.lena))).rejects.toMatchObject({ code: 'not-found' })
  await expect(versionsPage(stranger.by(stranger.lena), asset.id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(comparePage(stranger.by(stranger.lena), asset.id, {})).rejects.toMatchObject({ code: 'not-found' })
})
