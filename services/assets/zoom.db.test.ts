import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ok } from '../kernel/result.ts'
import type { Derived, Media } from '../platform/media/media.ts'
import { renditionKey } from '../platform/storage/keys.ts'
import { testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset } from '#services/testing/world.ts'
import { makeZoom } from './zoom.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
})
afterAll(() => t[Symbol.asyncDispose]())

/** A reader of pictures that says what it was asked for, and does something in the meantime. */
const reading = (asked: Parameters<Media['derive']>[0][], meanwhile: () => Promise<unknown> = () => Promise.resolve()) => ({
  ...ctx,
  media: {
    ...ctx.media,
    async derive(input: Parameters<Media['derive']>[0]) {
      asked.push(input)
      const file = path.join(input.outDir, 'zoom.webp')
      await writeFile(file, 'a large picture with its mark')
      await meanwhile()
      return ok({ files: [{ preset: 'zoom', path: file, mediaType: 'image/webp', width: 9, height: 9 }] } as unknown as Derived)
    },
  },
})

test('a close look is made once, with the mark, by however many ask', async () => {
  const { id: houseId } = await aHouse(ctx)
  const { currentVersionId } = await anAsset(ctx, { houseId })
  const versionId = currentVersionId ?? ''
  const asked: Parameters<Media['derive']>[0][] = []
  const both = reading(asked)
  expect(await Promise.all([makeZoom(both, versionId), makeZoom(both, versionId)])).toEqual([true, true])
  expect(asked.map(({ renditions }) => renditions.map(({ watermark }) => watermark))).toEqual([['Northlight Studio · preview']])
  expect(await t.db.rendition.findFirst({ where: { versionId, preset: 'zoom' } })).toMatchObject({ watermarked: true })
})

test('of what was purged while it was made nothing is kept', async () => {
  const { id: houseId } = await aHouse(ctx)
  const { id, currentVersionId } = await anAsset(ctx, { houseId, state: 'DELETED' })
  const versionId = currentVersionId ?? ''
  const purge = () => t.db.asset.update({ where: { id }, data: { purgedAt: ctx.clock.now() } })
  expect(await makeZoom(reading([], purge), versionId)).toBe(false)
  expect(await t.db.rendition.count({ where: { versionId, preset: 'zoom' } })).toBe(0)
  expect(await ctx.storage.stat(renditionKey(versionId, 'zoom-marked'))).toBeNull()
})
