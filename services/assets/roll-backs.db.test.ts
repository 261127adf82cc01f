import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { isRefusal } from '#services/kernel/errors.ts'
import { approveReview, submitAsset } from '#services/review/reviews.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, aPerson, anAsset } from '#services/testing/world.ts'
import { publishAsset, archiveAsset } from './publishing.ts'
import { publishingFacts } from './publishing-facts.ts'
import { noteVersion, rollBackAsset } from './roll-backs.ts'
import type { MediaType } from './rules/file-types.ts'
import { addVersion } from './versions.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb(6)
  ctx = testContext(t.db)
})
afterAll(async () => t[Symbol.asyncDispose]())

let bytes = 0
async function aShelf(state: 'DRAFT' | 'PUBLISHED' = 'PUBLISHED') {
  const { id: houseId } = await aHouse(ctx)
  const lena = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  const jonas = await aPerson(ctx, { houseId, roles: ['REVIEWER'] })
  const { id: assetId, currentVersionId } = await anAsset(ctx, { houseId, state })
  const by = (actor: Person) => asActor(ctx, actor)
  const first = currentVersionId ?? ''
  const asset = () => t.db.asset.findUniqueOrThrow({ where: { id: assetId } })
  /** Another file, as an upload brings it, read at once. */
  const upload = async (actor = lena): Promise<string> => {
    bytes += 1
    ctx.clock.advance(1_000)
    const sha256 = bytes.toString(16).padStart(64, '0')
    const uploadId = newId('upl', ctx.clock.now())
    await t.db.upload.create({ data: { id: uploadId, houseId, userId: actor.userId, fileName: 'next.jpg', createdAt: ctx.clock.now() } })
    const file = {
      uploadId,
      fileName: 'next.jpg',
      title: 'Next',
      mediaType: 'image/jpeg' as MediaType,
      storageKey: `original/${sha256}`,
      size: 10,
      sha256,
      crc32: 1,
    }
    const added = await t.db.$transaction((db) => addVersion({ ...by(actor), db }, file, { assetId, evenIfDuplicate: false }))
    if (!added.ok) throw new Error(added.error)
    await t.db.assetVersion.update({ where: { id: added.value.versionId }, data: { processing: 'READY', width: 3000, height: 2000 } })
    return added.value.versionId
  }
  const approve = async () => {
    const asked = await submitAsset(by(lena), { assetId, note: '' })
    if (!asked.ok) throw new Error(asked.error)
    const yes = await approveReview(by(jonas), { reviewId: asked.value.reviewId, reason: '' })
    if (!yes.ok) throw new Error(yes.error)
  }
  /** What the page says that somebody chooses on. */
  const seen = async () => {
    const { currentVersionId: seenCurrentId, publishedVersionId } = await asset()
    return {
      assetId,
      reason: 'The colours were right before.',
      seenCurrentId: seenCurrentId ?? '',
      ...(publishedVersionId && { seenLiveId: publishedVersionId }),
    }
  }
  const facts = (type: string) => t.db.auditFact.count({ where: { subjectId: assetId, type } })
  return { houseId, assetId, lena, jonas, by, first, asset, upload, approve, seen, facts }
}

describe('rolling back', () => {
  test('twice, to and fro: each is live at once, and history only grows', async () => {
    const { by, lena, upload, approve, seen, asset, assetId } = await aShelf()
    const second = await upload()
    await approve()
    const third = await upload()
    await approve()
    const back = await rollBackAsset(by(lena), { ...(await seen()), versionId: second })
    expect(back).toMatchObject({ ok: true, value: { number: 4, approved: true, live: true } })
    const forth = await rollBackAsset(by(lena), { ...(await seen()), versionId: third })
    expect(forth).toMatchObject({ ok: true, value: { number: 5, live: true } })
    // Back to what was itself brought back: its approval is that of the first of these bytes.
    if (!back.ok) throw new Error(back.error)
    const again = await rollBackAsset(by(lena), { ...(await seen()), versionId: back.value.versionId })
    expect(again).toMatchObject({ ok: true, value: { number: 6, approved: true, live: true } })
    const { currentVersionId, publishedVersionId } = await asset()
    expect(currentVersionId).toBe(publishedVersionId)
    const versions = await t.db.assetVersion.findMany({ where: { assetId }, orderBy: { number: 'asc' } })
    expect(versions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
    expect(versions[5]).toMatchObject({
      sha256: versions[1]?.sha256,
      storageKey: versions[1]?.storageKey,
      restoredFromId: second,
      note: 'The colours were right before.',
    })
  })

  test('to one that was never approved leaves the approved one live, and waits for a review', async () => {
    const { by, lena, first, upload, approve, seen, asset } = await aShelf()
    const second = await upload()
    const third = await upload()
    await approve()
    const outcome = await rollBackAsset(by(lena), { ...(await seen()), versionId: second })
    expect(outcome).toMatchObject({ ok: true, value: { number: 4, approved: false, live: false } })
    const after = await asset()
    expect(after.publishedVersionId).toBe(third)
    expect((await publishingFacts(ctx, after)).version?.approved).toBe(false)
    expect(first).not.toBe(third)
  })

  test('of a draft to an approved version makes it approved, and it can be published', async () => {
    const { by, lena, upload, approve, seen, asset, assetId } = await aShelf('DRAFT')
    await approve()
    const { currentVersionId: first } = await asset()
    await upload()
    expect((await asset()).state).toBe('DRAFT')
    const outcome = await rollBackAsset(by(lena), { ...(await seen()), versionId: first ?? '' })
    expect(outcome).toMatchObject({ ok: true, value: { approved: true, live: false } })
    expect((await asset()).state).toBe('APPROVED')
    expect(await publishAsset(by(lena), { assetId })).toMatchObject({ ok: true })
  })

  test('takes its previews along, but for those that would bear another mark', async () => {
    const { by, lena, first, upload, seen, houseId } = await aShelf()
    await upload()
    await t.db.rendition.updateMany({ where: { versionId: first, preset: 'grid' }, data: { watermarked: false } })
    const outcome = await rollBackAsset(by(lena), { ...(await seen()), versionId: first })
    if (!outcome.ok) throw new Error(outcome.error)
    const made = await t.db.rendition.findMany({ where: { versionId: outcome.value.versionId }, orderBy: { preset: 'asc' } })
    expect(made.map(({ preset }) => preset)).toEqual(['clean-grid', 'page', 'web'])
    expect(houseId).toBeTruthy()
  })

  test('is refused where it says nothing, cannot be read, is gone, or the asset is put away', async () => {
    const { by, lena, first, upload, seen, asset, assetId } = await aShelf('DRAFT')
    const { currentVersionId } = await asset()
    expect(await rollBackAsset(by(lena), { ...(await seen()), versionId: currentVersionId ?? '' })).toMatchObject({
      ok: false,
      error: 'already-current',
    })
    await upload()
    await t.db.assetVersion.update({ where: { id: first }, data: { processing: 'REJECTED' } })
    expect(await rollBackAsset(by(lena), { ...(await seen()), versionId: first })).toMatchObject({ ok: false, error: 'not-readable' })
    await t.db.assetVersion.update({ where: { id: first }, data: { processing: 'READY', purgedAt: ctx.clock.now() } })
    expect(await rollBackAsset(by(lena), { ...(await seen()), versionId: first })).toMatchObject({ ok: false, error: 'bytes-gone' })
    await t.db.assetVersion.update({ where: { id: first }, data: { purgedAt: null } })
    await archiveAsset(by(lena), { assetId, reason: 'Old' })
    expect(await rollBackAsset(by(lena), { ...(await seen()), versionId: first })).toMatchObject({ ok: false, error: 'wrong-state' })
    expect(await t.db.assetVersion.count({ where: { assetId } })).toBe(2)
  })

  test('is a librarian’s, in their own house, within one asset', async () => {
    const { by, jonas, lena, first, upload, seen } = await aShelf()
    await upload()
    const other = await aShelf()
    const input = { ...(await seen()), versionId: first }
    await expect(rollBackAsset(by(jonas), input)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(rollBackAsset(other.by(other.lena), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(rollBackAsset(by(lena), { ...input, versionId: other.first })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('at once', () => {
  test('of two roll-backs one happens, and the other is told', async () => {
    const { by, lena, upload, approve, seen, assetId, first, facts } = await aShelf()
    const second = await upload()
    await approve()
    await upload()
    const chosen = await seen()
    const outcomes = await Promise.all([first, second, second].map((versionId) => rollBackAsset(by(lena), { ...chosen, versionId })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'changed-meanwhile')).toHaveLength(2)
    expect(await t.db.assetVersion.count({ where: { assetId } })).toBe(4)
    expect(await facts('asset.rolled-back')).toBe(1)
  })

  test('with an upload: numbers stay in order, and the newest is current', async () => {
    for (let round = 0; round < 4; round++) {
      const { by, lena, upload, seen, assetId, first, asset } = await aShelf()
      await upload()
      const chosen = await seen()
      const [rolled] = await Promise.all([rollBackAsset(by(lena), { ...chosen, versionId: first }), upload()])
      const versions = await t.db.assetVersion.findMany({ where: { assetId }, orderBy: { number: 'asc' } })
      expect(versions.map(({ number }) => number)).toEqual(rolled.ok ? [1, 2, 3, 4] : [1, 2, 3])
      if (!rolled.ok) expect(rolled.error).toBe('changed-meanwhile')
      expect((await asset()).currentVersionId).toBe(versions.at(-1)?.id)
    }
  })

  test('with an approval: either the approval is told that its question is gone, or the roll-back that the page is old', async () => {
    for (let round = 0; round < 6; round++) {
      const { by, lena, jonas, upload, approve, seen, assetId, asset } = await aShelf()
      const second = await upload()
      await approve()
      const third = await upload()
      const asked = await submitAsset(by(lena), { assetId, note: '' })
      if (!asked.ok) throw new Error(asked.error)
      const chosen = await seen()
      const answer = approveReview(by(jonas), { reviewId: asked.value.reviewId, reason: '' }).catch((error: unknown) => {
        if (isRefusal(error)) return { ok: false as const, error: error.code }
        throw error
      })
      const [rolled, approved] = await Promise.all([rollBackAsset(by(lena), { ...chosen, versionId: second }), answer])
      expect([rolled.ok, approved.ok].filter(Boolean)).toHaveLength(1)
      const after = await asset()
      if (approved.ok) expect(after.publishedVersionId).toBe(third)
      else expect(after.publishedVersionId).not.toBe(third)
    }
  })
})

test('a note says why there is a version, once', async () => {
  const { by, lena, jonas, first, facts } = await aShelf()
  await noteVersion(by(lena), { versionId: first, note: 'From the agency' })
  await noteVersion(by(lena), { versionId: first, note: 'From the agency' })
  expect(await facts('version.noted')).toBe(1)
  await expect(noteVersion(by(jonas), { versionId: first, note: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('the database lets a version bring back only earlier bytes of its asset', async () => {
  const { first, upload } = await aShelf()
  const second = await upload()
  await expect(t.db.assetVersion.update({ where: { id: second }, data: { restoredFromId: first } })).rejects.toThrow(
    /version_restores_its_own/,
  )
})
