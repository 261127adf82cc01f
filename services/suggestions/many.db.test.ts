import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepSelection } from '#services/assets/selections.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { enqueueLook } from './jobs.ts'
import { suggestFor } from './making.ts'
import { decideForMany, lookAgain } from './many.ts'
import { suggestionsDesk } from './views.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => void (ctx = testContext((t = await testDb()).db)))
afterAll(async () => t[Symbol.asyncDispose]())

test('one word for a selection: each picture for itself, those that cannot are counted, the rest of the house is left alone', async () => {
  const { id: houseId } = await aHouse(ctx)
  const by = asActor(ctx, await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] }))
  await anAsset(ctx, { houseId, keywords: ['boats'] })
  const named = async () => {
    const asset = await anAsset(ctx, { houseId, state: 'DRAFT', keywords: [] })
    await t.db.assetVersion.update({ where: { id: asset.currentVersionId ?? '' }, data: { fileName: 'boats.jpg' } })
    await suggestFor(by, asset.id)
    return asset.id
  }
  const [one, two, archived, other] = [await named(), await named(), await named(), await named()]
  const kept = await keepSelection(by, { ids: [one, two, archived] })
  if (!kept.ok) throw new Error(kept.error)
  const selectionId = kept.value.id
  const desk = await suggestionsDesk(by, { after: null, at: null, selectionId })
  expect(desk).toMatchObject({ waiting: 3, selected: 3, words: [{ field: 'keywords', plain: 'boats', label: 'boats', assets: 3 }] })

  await t.db.asset.update({ where: { id: archived }, data: { state: 'ARCHIVED' } })
  expect(await decideForMany(by, { selectionId, field: 'keywords', plain: 'boats', verdict: 'accept' })).toEqual({
    ok: true,
    value: { decided: 2, refused: 1 },
  })
  const keywords = async (id: string) => (await t.db.asset.findUniqueOrThrow({ where: { id } })).keywords
  expect(await Promise.all([one, two, archived, other].map(keywords))).toEqual([['boats'], ['boats'], [], []])

  expect(await lookAgain(by, { selectionId })).toEqual({ ok: true, value: { asked: 3 } })
  const jobs = async () =>
    (
      await t.db.$queryRaw<
        { versionId: string; priority: number }[]
      >`SELECT substr(key, 18) AS "versionId", priority::int AS priority FROM graphile_worker.jobs WHERE task_identifier = 'suggestions.look' ORDER BY priority, run_at, id`
    ).map(({ versionId, priority }) => ({ versionId, priority }))
  const waiting = await jobs()
  expect(waiting.map(({ priority }) => priority)).toEqual([16_000, 16_000, 16_000])

  // What is brought meanwhile is read before all of them, and what nobody asked for after all.
  await enqueueLook(ctx, { houseId, versionId: 'ver_old' }, 'in-time')
  await enqueueLook(ctx, { houseId, versionId: 'ver_fresh' })
  expect((await jobs()).map(({ versionId }) => versionId)).toEqual(['ver_fresh', ...waiting.map(({ versionId }) => versionId), 'ver_old'])

  const stranger = asActor(ctx, await aPerson(ctx, { houseId, roles: ['REVIEWER'] }))
  await expect(decideForMany(stranger, { selectionId, field: 'keywords', plain: 'boats', verdict: 'refuse' })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(lookAgain(stranger, { selectionId })).rejects.toMatchObject({ code: 'forbidden' })
})
