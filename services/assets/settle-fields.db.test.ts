import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PrismaClient } from '#services/platform/generated/prisma/client.ts'
import { testDb } from '#services/testing/db.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { fileMetadataPage, sidecarOf } from './file-metadata-view.ts'
import { settleFields } from './settle-fields.ts'

const holder: { db?: Awaited<ReturnType<typeof testDb>> } = {}
beforeAll(async () => {
  holder.db = await testDb()
})
afterAll(async () => holder.db?.[Symbol.asyncDispose]())
const db = (): PrismaClient => holder.db?.db as PrismaClient

const file = { title: 'Harbor', creator: ['Ada', 'Ben'], city: 'Husum', usageTerms: 'Ask the agency', headline: 'Boats' }

async function anAssetWithFile() {
  const base = testContext(db())
  const house = await aHouse(base)
  const lena = await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'] })
  const ctx = asActor(base, lena)
  const made = await anAsset(ctx, { houseId: house.id, state: 'DRAFT' })
  const assetId = made.id
  const asset = await db().asset.update({ where: { id: assetId }, data: { title: 'Harbour', creator: 'Ada', iptc: { city: 'Tönning' } } })
  const versionId = asset.currentVersionId as string
  await db().assetVersion.update({ where: { id: versionId }, data: { embedded: file } })
  await db().fileMetadata.create({
    data: {
      versionId,
      assetId,
      houseId: house.id,
      found: {
        xmp: { 'dc:title': { '@x-default': 'Harbor' }, 'crs:Version': '9' },
        iim: { 90: ['Husum'] },
        exif: { Make: 'Camera' },
        other: {},
      },
      origins: { title: 'XMP', city: 'IIM' },
      readAt: ctx.clock.now(),
    },
  })
  const seenAt = asset.changedAt.toISOString()
  return { base, ctx, house, assetId, versionId, seenAt }
}
const settle = (
  ctx: Parameters<typeof settleFields>[0],
  assetId: string,
  seenAt: string,
  choice: Record<string, 'take' | 'keep'>,
  verb: 'chosen' | 'take-all' | 'keep-all' = 'chosen',
) => settleFields(ctx, { assetId, seenAt, choice, verb })

describe('record beside file', () => {
  test('the page shows what differs first, where it stood, and all that was found', async () => {
    const { ctx, assetId } = await anAssetWithFile()
    const page = await fileMetadataPage(ctx, assetId, '')
    expect(page.conflicts.map(({ field, origin }) => [field, origin])).toEqual([
      ['title', 'XMP'],
      ['city', 'IIM'],
      ['creator', ''],
    ])
    expect(page.offers.map(({ field }) => field)).toEqual(['headline'])
    expect(page.panels.find(({ panel }) => panel === 'Rights')?.rows[0]).toMatchObject({
      field: 'usageTerms',
      takeable: false,
      rights: true,
    })
    expect(page.raw.map(({ standard, name }) => `${standard} ${name}`)).toEqual([
      'XMP dc:title',
      'XMP crs:Version',
      'IIM 2:90',
      'EXIF Make',
    ])
    expect(page.foreign).toBe(1)
    expect((await fileMetadataPage(ctx, assetId, 'husum')).raw).toHaveLength(1)
  })

  test('chosen fields are taken or stand; the others stay open', async () => {
    const { ctx, assetId, seenAt } = await anAssetWithFile()
    expect(await settle(ctx, assetId, seenAt, { title: 'take', city: 'keep', headline: 'take', usageTerms: 'take' })).toMatchObject({
      ok: true,
      value: { taken: ['title', 'headline'], kept: ['city'] },
    })
    const asset = await db().asset.findUniqueOrThrow({ where: { id: assetId } })
    expect(asset).toMatchObject({ title: 'Harbor', creator: 'Ada', iptc: { city: 'Tönning', headline: 'Boats' } })
    const page = await fileMetadataPage(ctx, assetId, '')
    expect(page.conflicts.map(({ field }) => field)).toEqual(['creator'])
    const fact = await db().auditFact.findFirstOrThrow({ where: { subjectId: assetId, type: 'asset.fields-settled' } })
    expect(fact.body).toContain('Harbor')
  })

  test('all at once, the one way or the other', async () => {
    const one = await anAssetWithFile()
    expect(await settle(one.ctx, one.assetId, one.seenAt, {}, 'take-all')).toMatchObject({
      ok: true,
      value: { taken: ['title', 'city', 'creator'] },
    })
    expect(await db().asset.findUniqueOrThrow({ where: { id: one.assetId } })).toMatchObject({
      title: 'Harbor',
      creator: 'Ada; Ben',
      iptc: { city: 'Husum' },
    })
    const other = await anAssetWithFile()
    expect(await settle(other.ctx, other.assetId, other.seenAt, {}, 'keep-all')).toMatchObject({
      ok: true,
      value: { kept: ['title', 'city', 'creator'] },
    })
    expect((await fileMetadataPage(other.ctx, other.assetId, '')).conflicts).toEqual([])
  })

  test('two at once: the second is told to look again', async () => {
    const { base, ctx, assetId, seenAt } = await anAssetWithFile()
    base.clock.advance(1000)
    const both = await Promise.all([settle(ctx, assetId, seenAt, { title: 'take' }), settle(ctx, assetId, seenAt, { city: 'take' })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: 'changed-meanwhile' })
  })

  test('nothing chosen, nothing read, put away, and not mine', async () => {
    const { base, ctx, house, assetId, versionId, seenAt } = await anAssetWithFile()
    expect(await settle(ctx, assetId, seenAt, {})).toMatchObject({ error: 'nothing-chosen' })
    const reviewer = asActor(base, await aPerson(base, { houseId: house.id, roles: ['REVIEWER'] }))
    await expect(settle(reviewer, assetId, seenAt, { title: 'take' })).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = asActor(base, await aPerson(base, { houseId: (await aHouse(base)).id, roles: ['LIBRARIAN'] }))
    await expect(settle(stranger, assetId, seenAt, { title: 'take' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(fileMetadataPage(stranger, assetId, '')).rejects.toMatchObject({ code: 'not-found' })
    await expect(sidecarOf(stranger, assetId)).rejects.toMatchObject({ code: 'not-found' })
    await db().fileMetadata.delete({ where: { versionId } })
    expect(await settle(ctx, assetId, seenAt, { title: 'take' })).toMatchObject({ error: 'no-file-read' })
    await db().asset.update({ where: { id: assetId }, data: { state: 'ARCHIVED' } })
    expect(await settle(ctx, assetId, seenAt, { title: 'take' })).toMatchObject({ error: 'asset-archived' })
  })

  test('the sidecar says what the record says, and what the file says about rights', async () => {
    const { ctx, assetId } = await anAssetWithFile()
    const { xmp, fileName } = await sidecarOf(ctx, assetId)
    expect(fileName).toMatch(/\.xmp$/)
    expect(xmp).toContain('<photoshop:City>Tönning</photoshop:City>')
    expect(xmp).toContain('Ask the agency')
  })
})
