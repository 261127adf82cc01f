import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFolder, type Line } from '#services/intake/folder-imports.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import type { PrismaClient } from '#services/platform/generated/prisma/client.ts'
import { testDb } from '#services/testing/db.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { aHouse, anAsset, aPerson, aPicture } from '#services/testing/world.ts'
import { deriveVersion } from './processing.ts'
import { rollBackAsset } from './roll-backs.ts'
import { addSidecar } from './sidecars.ts'
import { receiveUpload } from './uploads.ts'

const holder: { db?: Awaited<ReturnType<typeof testDb>>; folder?: string } = {}
beforeAll(async () => {
  holder.db = await testDb()
  holder.folder = await mkdtemp(path.join(tmpdir(), 'sidecars-'))
})
afterAll(async () => {
  await holder.db?.[Symbol.asyncDispose]()
  if (holder.folder) await rm(holder.folder, { recursive: true })
})
const db = (): PrismaClient => holder.db?.db as PrismaClient

const packet = (city: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="${city}" photoshop:Headline="From beside"/></rdf:RDF></x:xmpmeta>`

async function aLibrary() {
  const base = { ...testContext(db()), media: childMedia() }
  const house = await aHouse(base)
  return { base, house, ctx: asActor(base, await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'] })) }
}

test('XMP beside a picture comes in with it from a folder, and is no file of its own', async () => {
  const { ctx } = await aLibrary()
  const folder = holder.folder as string
  await writeFile(path.join(folder, 'harbour.png'), await aPicture())
  await writeFile(path.join(folder, 'harbour.xmp'), packet('Husum'))
  await writeFile(path.join(folder, 'alone.xmp'), packet('Nowhere'))
  const lines: Line[] = []
  await importFolder(ctx, { folder, told: (line) => lines.push(line) })
  expect(lines.map(({ file, outcome }) => [file, outcome]).sort()).toEqual([
    ['alone.xmp', 'REFUSED'],
    ['harbour.png', 'TAKEN'],
  ])
  const asset = await db().asset.findUniqueOrThrow({ where: { id: lines.find(({ outcome }) => outcome === 'TAKEN')?.assetId ?? '' } })
  await deriveVersion(ctx, { versionId: asset.currentVersionId as string })
  expect((await db().asset.findUniqueOrThrow({ where: { id: asset.id } })).iptc).toEqual({ city: 'Husum', headline: 'From beside' })
})

test('sent later, it fills what is empty and lets a person’s word stand', async () => {
  const { ctx, house } = await aLibrary()
  const { id } = await anAsset(ctx, { houseId: house.id, state: 'DRAFT' })
  await db().asset.update({ where: { id }, data: { iptc: { city: 'Tönning' } } })
  const outcome = await addSidecar(ctx, { assetId: id, fileName: 'a.xmp', packet: packet('Husum') })
  if (!outcome.ok) throw new Error(outcome.error)
  await deriveVersion(ctx, outcome.value)
  expect((await db().asset.findUniqueOrThrow({ where: { id } })).iptc).toEqual({ city: 'Tönning', headline: 'From beside' })
  expect((await db().assetVersion.findUniqueOrThrow({ where: { id: outcome.value.versionId } })).embedded).toMatchObject({ city: 'Husum' })
})

test('what a person emptied is not filled again by reading the same words anew', async () => {
  const { ctx, house } = await aLibrary()
  const { id } = await anAsset(ctx, { houseId: house.id, state: 'DRAFT' })
  const outcome = await addSidecar(ctx, { assetId: id, fileName: 'a.xmp', packet: packet('Husum') })
  if (!outcome.ok) throw new Error(outcome.error)
  ctx.clock.advance(1_000)
  await deriveVersion(ctx, outcome.value)
  await db().asset.update({ where: { id }, data: { iptc: {} } })
  await deriveVersion(ctx, outcome.value)
  expect((await db().asset.findUniqueOrThrow({ where: { id } })).iptc).toEqual({})
})

test('a version that is brought back keeps what lay beside it, when it is read anew too', async () => {
  const { ctx, house } = await aLibrary()
  const { id, currentVersionId: first } = await anAsset(ctx, { houseId: house.id, state: 'DRAFT' })
  const outcome = await addSidecar(ctx, { assetId: id, fileName: 'a.xmp', packet: packet('Husum') })
  if (!outcome.ok) throw new Error(outcome.error)
  await deriveVersion(ctx, outcome.value)
  const next = await receiveUpload(ctx, {
    assetId: id,
    fileName: 'next.png',
    source: Readable.from([await aPicture()]),
    evenIfDuplicate: true,
  })
  if (!next.ok) throw new Error(next.error)
  const back = { assetId: id, versionId: first ?? '', reason: 'Better', seenCurrentId: next.value.versionId, seenLiveId: undefined }
  await db().assetVersion.update({ where: { id: next.value.versionId }, data: { sha256: 'f'.repeat(64) } })
  const rolled = await rollBackAsset(ctx, back)
  if (!rolled.ok) throw new Error(rolled.error)
  const { versionId } = rolled.value
  await deriveVersion(ctx, { versionId })
  expect((await db().assetVersion.findUniqueOrThrow({ where: { id: versionId } })).embedded).toMatchObject({ city: 'Husum' })
  expect(await db().fileMetadata.findUniqueOrThrow({ where: { versionId } })).toMatchObject({ found: { sidecar: true } })
})

test('a file with noughts in its IIM and half a letter in its XMP is read like any other', async () => {
  const { ctx, house } = await aLibrary()
  const { id } = await anAsset(ctx, { houseId: house.id, state: 'DRAFT' })
  const { currentVersionId: versionId } = await db().asset.findUniqueOrThrow({ where: { id } })
  const derive: (typeof ctx.media)['derive'] = async (input) => {
    const outcome = await childMedia().derive(input)
    if (outcome.ok) outcome.value.embedded = { xmp: { 'photoshop:City': 'Hu\0sum\ud800' }, iim: { 0: ['\0\u0002'] }, exif: {}, other: {} }
    return outcome
  }
  await deriveVersion({ ...ctx, media: { ...ctx.media, derive } }, { versionId: versionId as string })
  expect(await db().fileMetadata.findUniqueOrThrow({ where: { versionId: versionId as string } })).toMatchObject({
    found: { iim: { 0: ['\u0002'] } },
  })
})

test('what is no XMP, what is put away, what has no file, and who may not', async () => {
  const { base, ctx, house } = await aLibrary()
  const { id } = await anAsset(ctx, { houseId: house.id, state: 'DRAFT' })
  const send = (by = ctx, words = packet('Husum')) => addSidecar(by, { assetId: id, fileName: 'a.xmp', packet: words })
  expect(await send(ctx, 'Dear sir or madam, no XMP')).toMatchObject({ error: 'no-xmp' })
  const stranger = asActor(base, await aPerson(base, { houseId: (await aHouse(base)).id, roles: ['LIBRARIAN'] }))
  await expect(send(stranger)).rejects.toMatchObject({ code: 'not-found' })
  await expect(send(asActor(base, await aPerson(base, { houseId: house.id, roles: ['REVIEWER'] })))).rejects.toMatchObject({
    code: 'forbidden',
  })
  await db().asset.update({ where: { id }, data: { currentVersionId: null } })
  expect(await send()).toMatchObject({ error: 'no-file' })
  await db().asset.update({ where: { id }, data: { state: 'ARCHIVED' } })
  expect(await send()).toMatchObject({ error: 'asset-archived' })
})
