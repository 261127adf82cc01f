import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import * as enums from '../platform/generated/prisma/enums.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson, type AssetFields } from '#services/testing/world.ts'
import { reviewPage } from '../review/review-view.ts'
import { archiveAsset, publishAsset, restoreAsset, withdrawAsset } from './publishing.ts'
import { approveReview, askForChanges, rejectReview, submitAsset } from '../review/reviews.ts'
import { assetStateNames } from './rules/asset-states.ts'
import { assetKinds, audiences } from './rules/asset-words.ts'
import { reviewStateNames } from './rules/review-states.ts'

let t: TestDb
let ctx: TestContext
let house: { id: string }
let librarian: Person
let reviewer: Person
beforeAll(async () => {
  t = await testDb()
  const bare = testContext(t.db)
  house = await aHouse(bare)
  librarian = await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN'], name: 'Lena' })
  reviewer = await aPerson(bare, { houseId: house.id, roles: ['REVIEWER'], name: 'Rui' })
  ctx = asActor(bare, librarian)
})
afterAll(() => t[Symbol.asyncDispose]())

const draft = (fields: Partial<AssetFields> = {}) => anAsset(ctx, { houseId: house.id, state: 'DRAFT', ...fields })
const by = (person: Person) => asActor(ctx, person)
const stateOf = async (id: string) => (await t.db.asset.findUniqueOrThrow({ where: { id } })).state
const factsOf = async (id: string) =>
  (await t.db.auditFact.findMany({ where: { subjectId: id }, orderBy: { link: { seq: 'asc' } } })).map(({ type }) => type)
async function submitted(fields: Partial<AssetFields> = {}) {
  const asset = await draft(fields)
  const outcome = await submitAsset(ctx, { assetId: asset.id, note: 'Please' })
  if (!outcome.ok) throw new Error(outcome.error)
  return { asset, assetId: asset.id, reviewId: outcome.value.reviewId }
}

test('the words of the rules are the words of the database', () => {
  expect(Object.values(enums.AssetState)).toEqual([...assetStateNames])
  expect(Object.values(enums.ReviewState)).toEqual([...reviewStateNames])
  expect(Object.values(enums.AssetKind)).toEqual([...assetKinds])
  expect(Object.values(enums.Audience)).toEqual([...audiences])
})

describe('review', () => {
  test('from draft to the store and into the archive, each step a fact', async () => {
    const { assetId, reviewId } = await submitted()
    expect(await stateOf(assetId)).toBe('IN_REVIEW')
    expect(await approveReview(by(reviewer), { reviewId, reason: '' })).toMatchObject({ ok: true })
    expect(await publishAsset(ctx, { assetId })).toMatchObject({ ok: true })
    expect(await withdrawAsset(ctx, { assetId, reason: 'The contract ended' })).toMatchObject({ ok: true })
    expect(await t.db.asset.findUnique({ where: { id: assetId } })).toMatchObject({ state: 'WITHDRAWN', stateReason: 'The contract ended' })
    expect(await publishAsset(ctx, { assetId })).toMatchObject({ ok: true })
    await withdrawAsset(ctx, { assetId, reason: 'Again' })
    expect(await archiveAsset(ctx, { assetId, reason: 'Old campaign' })).toMatchObject({ ok: true })
    expect(await restoreAsset(ctx, { assetId })).toMatchObject({ ok: true })
    expect(await stateOf(assetId)).toBe('DRAFT')
    expect(await factsOf(assetId)).toEqual([
      'asset.submitted',
      'asset.approved',
      'asset.published',
      'asset.withdrawn',
      'asset.published',
      'asset.withdrawn',
      'asset.archived',
      'asset.restored',
    ])
  })

  test.each([
    ['changes', askForChanges, 'CHANGES_ASKED', 'asset.changes-asked'],
    ['a rejection', rejectReview, 'REJECTED', 'asset.rejected'],
  ] as const)('%s: back to draft, with the reason', async (_name, decideIt, state, fact) => {
    const { assetId, reviewId } = await submitted()
    expect(await decideIt(by(reviewer), { reviewId, reason: 'Crop the sign' })).toMatchObject({ ok: true })
    expect(await t.db.asset.findUnique({ where: { id: assetId } })).toMatchObject({ state: 'DRAFT', stateReason: 'Crop the sign' })
    expect(await t.db.review.findUnique({ where: { id: reviewId } })).toMatchObject({
      state,
      reason: 'Crop the sign',
      decidedById: reviewer.userId,
    })
    expect(await factsOf(assetId)).toContain(fact)
    expect(await submitAsset(ctx, { assetId, note: '' }), 'and may be asked again').toMatchObject({ ok: true })
  })

  test('of many reviewers at once, one decides', async () => {
    const { assetId, reviewId } = await submitted()
    const others = await Promise.all([1, 2, 3].map(() => aPerson(ctx, { houseId: house.id, roles: ['REVIEWER'] })))
    const outcomes = await Promise.all([
      approveReview(by(reviewer), { reviewId, reason: '' }),
      ...others.map((other) => rejectReview(by(other), { reviewId, reason: 'No' })),
      askForChanges(by(reviewer), { reviewId, reason: 'Change' }),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.error).toBe('already-decided')
    expect((await factsOf(assetId)).filter((type) => type !== 'asset.submitted')).toHaveLength(1)
  })

  test('of two submissions at once, one asks', async () => {
    const { id: assetId } = await draft()
    const outcomes = await Promise.all([1, 2].map(() => submitAsset(ctx, { assetId, note: '' })))
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['already-waiting', 'ok'])
  })

  test('a reviewer who lost the role is turned away, though the session still says so', async () => {
    const { reviewId } = await submitted()
    const former = await aPerson(ctx, { houseId: house.id, roles: ['REVIEWER'] })
    await t.db.member.update({ where: { id: former.memberId }, data: { roles: ['AUDITOR'] } })
    await expect(approveReview(by(former), { reviewId, reason: '' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(approveReview(ctx, { reviewId, reason: '' }), 'nor is it a librarian who approves').rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('another house does not see the question', async () => {
    const { reviewId } = await submitted()
    const stranger = await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['REVIEWER'] })
    await expect(approveReview(by(stranger), { reviewId, reason: '' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(reviewPage(by(stranger), reviewId)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('four eyes, unless the house says that two are enough', async () => {
    const both = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN', 'REVIEWER'] })
    const asset = await draft()
    const asked = await submitAsset(by(both), { assetId: asset.id, note: '' })
    const reviewId = asked.ok ? asked.value.reviewId : ''
    expect(await approveReview(by(both), { reviewId, reason: '' })).toMatchObject({ error: 'own-submission' })
    await t.db.organisation.update({ where: { id: house.id }, data: { settings: { reviewOwnSubmissions: true } } })
    expect(await approveReview(by(both), { reviewId, reason: '' })).toMatchObject({ ok: true })
    await t.db.organisation.update({ where: { id: house.id }, data: { settings: {} } })
  })

  test('the next version is reviewed while the last one stays live, then takes its place', async () => {
    const asset = await anAsset(ctx, { houseId: house.id })
    expect(await submitAsset(ctx, { assetId: asset.id, note: '' })).toMatchObject({ error: 'nothing-new' })
    const old = await t.db.assetVersion.findUniqueOrThrow({ where: { id: asset.publishedVersionId ?? '' } })
    const { houseId, assetId, fileName, mediaType, byteSize, sha256, crc32, storageKey, createdAt } = old
    const next = await t.db.assetVersion.create({
      data: {
        id: `${old.id}x`,
        number: 2,
        processing: 'READY',
        houseId,
        assetId,
        fileName,
        mediaType,
        byteSize,
        sha256,
        crc32,
        storageKey,
        createdAt,
      },
    })
    await t.db.asset.update({ where: { id: asset.id }, data: { currentVersionId: next.id } })
    const asked = await submitAsset(ctx, { assetId: asset.id, note: '' })
    const reviewId = asked.ok ? asked.value.reviewId : ''
    expect(await t.db.asset.findUnique({ where: { id: asset.id } })).toMatchObject({ state: 'PUBLISHED', publishedVersionId: old.id })
    expect((await reviewPage(by(reviewer), reviewId)).live?.id).toBe(old.id)
    await approveReview(by(reviewer), { reviewId, reason: '' })
    expect(await t.db.asset.findUnique({ where: { id: asset.id } })).toMatchObject({ state: 'PUBLISHED', publishedVersionId: next.id })
  })

  test('needs a description, and a state that knows it', async () => {
    const asset = await draft()
    await t.db.asset.update({ where: { id: asset.id }, data: { altText: '' } })
    expect(await submitAsset(ctx, { assetId: asset.id, note: '' })).toMatchObject({
      error: 'not-described',
      detail: [expect.stringContaining('alternative text')],
    })
    const archived = await anAsset(ctx, { houseId: house.id, state: 'ARCHIVED' })
    expect(await submitAsset(ctx, { assetId: archived.id, note: '' })).toMatchObject({ error: 'wrong-state' })
  })
})

describe('publishing', () => {
  test('names every reason against it', async () => {
    const asset = await anAsset(ctx, {
      houseId: house.id,
      state: 'APPROVED',
      held: false,
      sellsRoyaltyFree: false,
      sellsRightsManaged: false,
    })
    expect(await publishAsset(ctx, { assetId: asset.id })).toMatchObject({
      error: 'not-publishable',
      detail: [expect.stringContaining('rights'), expect.stringContaining('sold')],
    })
  })

  test('each verb knows its states', async () => {
    const { id: assetId } = await draft()
    expect(await publishAsset(ctx, { assetId })).toMatchObject({ error: 'wrong-state', detail: { state: 'DRAFT' } })
    expect(await withdrawAsset(ctx, { assetId, reason: 'x' })).toMatchObject({ error: 'wrong-state' })
    expect(await restoreAsset(ctx, { assetId })).toMatchObject({ error: 'wrong-state' })
    const live = await anAsset(ctx, { houseId: house.id })
    expect(await archiveAsset(ctx, { assetId: live.id, reason: 'x' })).toMatchObject({ error: 'wrong-state' })
  })

  test('of two at once, one is a fact', async () => {
    const verbs = [
      ['APPROVED', (assetId: string) => publishAsset(ctx, { assetId })],
      ['PUBLISHED', (assetId: string) => withdrawAsset(ctx, { assetId, reason: 'Twice' })],
      ['WITHDRAWN', (assetId: string) => archiveAsset(ctx, { assetId, reason: 'Twice' })],
      ['ARCHIVED', (assetId: string) => restoreAsset(ctx, { assetId })],
    ] as const
    for (const [state, verb] of verbs) {
      const { id } = await anAsset(ctx, { houseId: house.id, state })
      const outcomes = await Promise.all([verb(id), verb(id), verb(id)])
      expect(
        outcomes.filter(({ ok }) => ok),
        state,
      ).toHaveLength(1)
      expect(await factsOf(id), state).toHaveLength(1)
    }
  })

  test('is for those whose work it is', async () => {
    const asset = await anAsset(ctx, { houseId: house.id, state: 'APPROVED' })
    await expect(publishAsset(by(reviewer), { assetId: asset.id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(archiveAsset(by(reviewer), { assetId: asset.id, reason: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
    const live = await anAsset(ctx, { houseId: house.id })
    const manager = await aPerson(ctx, { houseId: house.id, roles: ['RIGHTS_MANAGER'] })
    expect(await withdrawAsset(by(manager), { assetId: live.id, reason: 'Contract ended' })).toMatchObject({ ok: true })
    const stranger = await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] })
    await expect(publishAsset(by(stranger), { assetId: asset.id })).rejects.toMatchObject({ code: 'not-found' })
  })
})
