import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aReviewDesk, brandThenBoth, plan, step, reviewRows, type ReviewDesk } from '#services/testing/review-desk.ts'
import { cancelOpenReview } from '../assets/lock.ts'
import { replacedReason } from '../assets/rules/review-states.ts'
import { answerConsult, consult, handOn, takeOver } from './handing.ts'
import { reviewPage } from './review-view.ts'
import { approveReview, rejectReview, restartReview } from './reviews.ts'
import type { Plan } from './rules/plan.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
const aDesk = (made?: Plan) => aReviewDesk(t.db, made)
const { stepsOf, stepNamed, factsOf } = reviewRows(() => t.db)

describe('two at once', () => {
  test('of two reviewers on the same step, one decides', async () => {
    const { sent, by, jonas, person } = await aDesk(brandThenBoth)
    const olga = await person('Olga', 'REVIEWER')
    const { reviewId } = await sent()
    const outcomes = await Promise.all([approveReview(by(jonas), { reviewId }), rejectReview(by(olga), { reviewId, reason: 'Never' })])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.error).toBe('already-decided')
    expect(await t.db.reviewVote.count({ where: { reviewId } })).toBe(1)
  })

  test('the last two steps at once approve it exactly once', async () => {
    const { sent, by, jonas, maren, person } = await aDesk(brandThenBoth)
    const ida = await person('Ida', 'AUDITOR')
    for (let round = 0; round < 4; round++) {
      const { assetId, reviewId } = await sent()
      await approveReview(by(jonas), { reviewId })
      const outcomes = await Promise.all([approveReview(by(maren), { reviewId }), approveReview(by(ida), { reviewId })])
      expect(outcomes.map((outcome) => outcome.ok && outcome.value.state).sort()).toEqual(['APPROVED', 'WAITING'])
      expect((await factsOf(assetId)).filter((type) => type === 'asset.approved')).toHaveLength(1)
    }
  })

  test('a step is handed on once, and a question answered once', async () => {
    const { sent, by, jonas, lena, person, ctx } = await aDesk(brandThenBoth)
    const [olga, pia] = [await person('Olga', 'REVIEWER'), await person('Pia', 'REVIEWER')]
    const { reviewId } = await sent()
    const brand = await stepNamed(reviewId, 'Brand')
    const takes = await Promise.all([takeOver(by(olga), { stepId: brand.id }), takeOver(by(olga), { stepId: brand.id })])
    expect(takes.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['has-it-already', 'ok'])
    expect(await handOn(ctx, { stepId: brand.id, toId: pia.userId })).toMatchObject({ ok: true })
    expect(await stepNamed(reviewId, 'Brand')).toMatchObject({ ownerId: pia.userId })
    const asked = await consult(by(pia), { stepId: brand.id, askedId: lena.userId, question: 'Is this ours?' })
    const questionId = asked.ok ? asked.value.questionId : ''
    await expect(answerConsult(by(jonas), { questionId, answer: 'No' })).rejects.toMatchObject({ code: 'not-found' })
    const answers = await Promise.all([1, 2].map(() => answerConsult(ctx, { questionId, answer: 'Yes' })))
    expect(answers.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['answered-already', 'ok'])
  })
})

describe('a new version', () => {
  const nextVersion = async (desk: ReviewDesk, assetId: string) => {
    const old = await t.db.assetVersion.findFirstOrThrow({ where: { assetId } })
    const { houseId, fileName, mediaType, byteSize, sha256, crc32, storageKey, createdAt } = old
    const id = `${old.id}x`
    await t.db.assetVersion.create({
      data: {
        id,
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
        createdById: desk.lena.userId,
      },
    })
    await t.db.asset.update({ where: { id: assetId }, data: { currentVersionId: id, state: 'DRAFT' } })
    await cancelOpenReview(desk.ctx, assetId, replacedReason)
    return id
  }

  test('makes a decision about the old one void, and begins the review again where the route says so', async () => {
    const desk = await aDesk(brandThenBoth)
    const { assetId, reviewId } = await desk.sent()
    const versionId = await nextVersion(desk, assetId)
    expect(await stepsOf(reviewId)).toEqual({ Brand: 'CLOSED', Legal: 'CLOSED', Compliance: 'CLOSED' })
    expect(await approveReview(desk.by(desk.jonas), { reviewId })).toMatchObject({ error: 'outdated' })
    const again = await Promise.all([restartReview(desk.system, versionId), restartReview(desk.system, versionId)])
    expect(again.filter((one) => one.reviewId !== null)).toHaveLength(1)
    const review = await t.db.review.findFirstOrThrow({ where: { assetId, state: 'WAITING' } })
    expect(review).toMatchObject({ versionId, askedById: desk.lena.userId, note: 'Please' })
    expect(await approveReview(desk.by(desk.jonas), { reviewId: review.id, versionId: 'ver_other' })).toMatchObject({ error: 'outdated' })
    expect((await reviewPage(desk.by(desk.jonas), reviewId)).newerReviewId).toBe(review.id)
  })

  test('waits until it is sent again where the route says that', async () => {
    const desk = await aDesk(plan([step('Brand')], { onNewVersion: 'STOP' }))
    const { assetId } = await desk.sent()
    expect(await restartReview(desk.system, await nextVersion(desk, assetId))).toEqual({ reviewId: null })
    const without = await aDesk()
    const one = await without.sent()
    expect(await restartReview(without.system, await nextVersion(without, one.assetId)), 'nor without a route').toEqual({ reviewId: null })
    expect(await restartReview(without.system, 'ver_nowhere')).toEqual({ reviewId: null })
  })
})
