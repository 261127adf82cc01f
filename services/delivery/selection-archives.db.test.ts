import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepSelection } from '#services/assets/selections.ts'
import type { Person } from '#services/kernel/actor.ts'
import { sha256 } from '#services/kernel/canonical.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { unzip } from '#services/testing/unzip.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { mostInArchive, openSelectionArchive } from './selection-archives.ts'

const caller = { ip: null, userAgent: null }
let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
let lena: Person

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  lena = await aPerson(base, { houseId, roles: ['LIBRARIAN'] })
  ctx = asActor(base, lena) as TestContext
})
afterAll(async () => t[Symbol.asyncDispose]())

const selected = async (ids: readonly string[], as: Person = lena) => {
  const kept = await keepSelection(asActor(ctx, as), { ids })
  if (!kept.ok) throw new Error(kept.error)
  return kept.value.id
}

test('originals leave as one archive: byte for byte, in the order of the selection, each under a name of its own, each registered', async () => {
  const titles = ['Quay: north', 'Quay: north', 'Harbour']
  const assets = []
  for (const title of titles) assets.push(await anAsset(ctx, { houseId, title, state: 'DRAFT' }))
  const selectionId = await selected(assets.map(({ id }) => id).reverse())
  const opened = await openSelectionArchive(ctx, { selectionId, caller })
  if (!opened.ok) throw new Error(opened.error)
  const { value: file } = opened
  const zip = await buffer(await file.open(null))
  expect(zip.length).toBe(file.size)
  expect(file).toMatchObject({ fileName: '3 originals.zip', mediaType: 'application/zip', keep: 'nobody' })
  const files = unzip(zip)
  expect([...files.keys()]).toEqual(['Harbour.jpg', 'Quay north.jpg', 'Quay north (2).jpg'])
  const versions = await t.db.assetVersion.findMany({ where: { assetId: { in: assets.map(({ id }) => id) } }, select: { sha256: true } })
  for (const bytes of files.values()) expect(versions.map((version) => version.sha256)).toContain(sha256(bytes))
  const rows = await t.db.delivery.findMany({ where: { houseId, outcome: 'SERVED', rendition: 'original' } })
  expect(rows.map(({ assetId }) => assetId).sort()).toEqual(assets.map(({ id }) => id).sort())
  // What was interrupted goes on where it was.
  const rest = await buffer(await file.open({ start: 1_000, end: zip.length - 1 }))
  expect(rest.equals(zip.subarray(1_000))).toBe(true)
})

test('nothing to send and too many are said; who may not open files is refused, and that is written down', async () => {
  const bare = await anAsset(ctx, { houseId, state: 'DRAFT' })
  await t.db.asset.update({ where: { id: bare.id }, data: { currentVersionId: null } })
  expect(await openSelectionArchive(ctx, { selectionId: await selected([bare.id]), caller })).toMatchObject({ error: 'nothing-to-send' })
  const many = await selected([bare.id])
  await t.db.librarySelectionPart.create({
    data: { selectionId: many, part: 1, assetIds: Array.from({ length: mostInArchive }, (_, i) => `ast_${i}`) },
  })
  expect(await openSelectionArchive(ctx, { selectionId: many, caller })).toMatchObject({ error: 'too-many-selected' })
  const felix = await aPerson(ctx, { houseId, roles: ['FINANCE'] })
  const before = await t.db.delivery.count({ where: { houseId, outcome: 'REFUSED' } })
  await expect(openSelectionArchive(asActor(ctx, felix) as TestContext, { selectionId: many, caller })).rejects.toThrow('open originals')
  expect(await t.db.delivery.count({ where: { houseId, outcome: 'REFUSED' } })).toBe(before + 1)
  const other = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  await expect(openSelectionArchive(asActor(ctx, other) as TestContext, { selectionId: many, caller })).rejects.toThrow()
})
