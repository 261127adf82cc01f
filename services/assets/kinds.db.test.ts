import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPreview } from '#services/delivery/previews.ts'
import type { Person } from '#services/kernel/actor.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import { PreviewForm } from '#services/platform/generated/prisma/enums.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { officeOf, sample, wavOf, zipOf } from '#services/testing/files.ts'
import { aGuest, aHouse, aPerson } from '#services/testing/world.ts'
import { staffPlayer, playerOf, playerSelect } from './player-view.ts'
import { printVersions } from './prints.ts'
import { deriveVersion } from './processing.ts'
import { receiveUpload } from './uploads.ts'

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

async function taken(fileName: string, bytes: Buffer) {
  const received = await receiveUpload(ctx, { fileName, source: Readable.from([bytes]) })
  if (!received.ok) throw new Error(`${fileName}: ${received.error} ${JSON.stringify(received.detail)}`)
  await deriveVersion(ctx, received.value)
  const version = await t.db.assetVersion.findUniqueOrThrow({
    where: { id: received.value.versionId },
    select: {
      ...playerSelect,
      processing: true,
      rejectedReason: true,
      palette: true,
      asset: { select: { id: true, kind: true, title: true } },
    },
  })
  return { ...received.value, version }
}
const refusal = async (fileName: string, bytes: Buffer) => {
  const received = await receiveUpload(ctx, { fileName, source: Readable.from([bytes]) })
  return received.ok ? 'taken' : (received.detail as { what: string }).what
}
const shown = async (assetId: string, preset: string, by = ctx) =>
  openPreview(by, { assetId, preset }).then(
    ({ mediaType }) => mediaType,
    (error: unknown) => (error as { code: string }).code,
  )

test('the forms of previews are the database’s', () => {
  expect(Object.values(PreviewForm)).toEqual(['PICTURE', 'FILM', 'SOUND', 'SPECIMEN', 'PAGES', 'LIST', 'ICON'])
})

test('each kind is known by its bytes, has pictures for lists, and says what it is', async () => {
  const font = readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-ExtraLight.ttf'))
  const kinds: [string, Buffer, string, string][] = [
    ['tones.wav', wavOf({ seconds: 3 }), 'AUDIO', 'SOUND'],
    ['face.ttf', font, 'FONT', 'SPECIMEN'],
    ['all.zip', zipOf({ 'a.txt': 'a', 'b/c.txt': 'c' }), 'ARCHIVE', 'LIST'],
    ['letter.docx', officeOf('docx'), 'DOCUMENT', 'ICON'],
  ]
  for (const [name, bytes, kind, form] of kinds) {
    const { assetId, version } = await taken(name, bytes)
    expect(version, name).toMatchObject({ processing: 'READY', preview: form, palette: [], dominantColour: null, asset: { kind } })
    expect(
      version.renditions.map(({ preset }) => preset),
      name,
    ).toEqual(expect.arrayContaining(['grid', 'page', 'clean-grid']))
    expect(
      version.renditions.some(({ preset }) => preset === 'web'),
      `${name} has no smaller copy`,
    ).toBe(false)
    expect(await shown(assetId, 'grid'), name).toBe('image/webp')
  }
  expect(await t.db.picturePrint.count(), 'a drawn card is like nothing').toBe(0)
  expect(await printVersions({ ...ctx, log: ctx.log }, async () => undefined)).toBe(0)
})

test('a film has its length and its size whether or not the machine can show it', async () => {
  const { version, versionId } = await taken('light.mp4', sample('film.mp4'))
  expect(version).toMatchObject({ processing: 'READY', width: 480, height: 270, asset: { kind: 'VIDEO' } })
  expect(Math.abs((version.durationMs ?? 0) - 5000)).toBeLessThan(60)
  const view = await staffPlayer(ctx, versionId)
  const ffmpeg = await ctx.media.films()
  expect(view?.form).toBe(ffmpeg ? 'FILM' : 'ICON')
  expect(view?.facts.lacks).toBe(ffmpeg ? undefined : 'ffmpeg')
})

test('outsiders hear the start, the people of the house and holders all; drafts are for the house', async () => {
  const { assetId, version } = await taken('long.wav', wavOf({ seconds: 45 }))
  const outside = playerOf(assetId, version, true)
  expect(outside.played?.preset).toBe('excerpt')
  expect(outside.partly).toBe(true)
  const guest = asActor(ctx, aGuest(ctx.actor.houseId))
  expect(await shown(assetId, 'excerpt', guest), 'a draft').toBe('not-found')
  for (const state of ['IN_REVIEW', 'APPROVED'] as const) await t.db.asset.update({ where: { id: assetId }, data: { state } })
  const live = { state: 'PUBLISHED', audience: 'STORE', publishedVersionId: version.id, publishedAt: ctx.clock.now() } as const
  await t.db.asset.update({ where: { id: assetId }, data: live })
  expect(await shown(assetId, 'excerpt', guest)).toMatch(/^audio\//)
  expect(await shown(assetId, 'listen', guest)).toBe('not-found')
  expect(await shown(assetId, 'original', guest)).toBe('not-found')
  if (await ctx.media.films()) expect(await shown(assetId, 'listen')).toBe('audio/mpeg')
})

test('what runs, what is two things at once and what nobody asked for is named and refused', async () => {
  expect(await refusal('a.docm', officeOf('docx', { macros: true }))).toBe('taken')
  expect(await refusal('a.jar', zipOf({ 'META-INF/MANIFEST.MF': 'x', 'A.class': 'y' }))).toBe('a Java program')
  expect(await refusal('a.gif', Buffer.concat([Buffer.from('GIF89a', 'latin1'), Buffer.alloc(50), zipOf({ 'a.txt': 'a' })]))).toBe(
    'a picture that is also a ZIP archive',
  )
  const rejected = await taken('voice.docm', officeOf('docx', { macros: true, title: 'Voice' }))
  expect(rejected.version).toMatchObject({ processing: 'REJECTED' })
  expect(rejected.version.rejectedReason).toMatch(/^It contains macros\./)
})
