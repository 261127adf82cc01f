import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aReviewDesk, brandThenBoth, plan, saved, step, reviewRows } from '#services/testing/review-desk.ts'
import { anAsset } from '#services/testing/world.ts'
import { endAway, setAway } from './absences.ts'
import { consult, handOn, takeOver } from './handing.ts'
import { reviewPage } from './review-view.ts'
import { approveReview, submitAsset } from './reviews.ts'
import { setHouseRules } from './routes.ts'
import type { Plan } from './rules/plan.ts'
import { taskFilterOf } from './rules/filter.ts'
import { tendReviews } from './tending.ts'
import { myTaskCount, queueHead, queueList } from './views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
const aDesk = (made?: Plan) => aReviewDesk(t.db, made)
const { stepNamed } = reviewRows(() => t.db)

describe('whose it is', () => {
  test('is nobody’s who lost the role or the seat between page and click', async () => {
    const { sent, by, jonas, person } = await aDesk(brandThenBoth)
    const olga = await person('Olga', 'REVIEWER')
    const { reviewId } = await sent()
    await t.db.member.update({ where: { id: jonas.memberId }, data: { roles: ['LIBRARIAN'] } })
    await t.db.member.update({ where: { id: olga.memberId }, data: { endedAt: new Date() } })
    await expect(approveReview(by(jonas), { reviewId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(approveReview(by(olga), { reviewId })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test.each([
    ['the seat', { endedAt: new Date('2026-11-20T00:00:00Z') }],
    ['the role', { roles: ['FINANCE' as const] }],
  ])('is not handed on, nor asked about, by a librarian who lost %s between page and click', async (_, change) => {
    const { sent, by, jonas, person } = await aDesk(brandThenBoth)
    const olga = await person('Olga', 'REVIEWER')
    const vera = await person('Vera', 'LIBRARIAN')
    const { reviewId } = await sent()
    const { id: stepId } = await stepNamed(reviewId, 'Brand')
    await t.db.member.update({ where: { id: vera.memberId }, data: change })
    await expect(handOn(by(vera), { stepId, toId: olga.userId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(consult(by(vera), { stepId, askedId: jonas.userId, question: 'Well?' })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await stepNamed(reviewId, 'Brand')).toMatchObject({ ownerId: null, people: [] })
  })

  test('is never the sender’s own, nor through whom the sender stands in for, nor through who stands in for the sender', async () => {
    const desk = await aDesk()
    const both = await desk.person('Both', 'LIBRARIAN', 'REVIEWER')
    const asset = await anAsset(desk.ctx, { houseId: desk.house.id, state: 'DRAFT' })
    const asked = await submitAsset(desk.by(both), { assetId: asset.id })
    const reviewId = asked.ok ? asked.value.reviewId : ''
    expect(await approveReview(desk.by(both), { reviewId })).toMatchObject({ error: 'own-submission' })
    const days = { from: '2026-11-20', until: '2026-11-30', note: '' }
    expect(await setAway(desk.by(desk.jonas), { delegateId: both.userId, ...days })).toMatchObject({ ok: true })
    expect(await approveReview(desk.by(both), { reviewId, forId: desk.jonas.userId }), 'for a colleague').toMatchObject({
      error: 'own-submission',
    })
    const olga = await desk.person('Olga', 'REVIEWER')
    expect(await setAway(desk.by(both), { delegateId: olga.userId, ...days })).toMatchObject({ ok: true })
    expect(await approveReview(desk.by(olga), { reviewId, forId: both.userId }), 'in the sender’s name').toMatchObject({
      error: 'own-submission',
    })
    const own = await stepNamed(reviewId, 'Review')
    expect(await handOn(desk.ctx, { stepId: own.id, toId: both.userId })).toMatchObject({ error: 'own-submission' })
    await setHouseRules(desk.ctx, { reviewOwnSubmissions: true, holidays: [] })
    expect(await approveReview(desk.by(both), { reviewId })).toMatchObject({ ok: true })
  })

  test('passes to who stands in, in the other’s name; a delegate decides nothing that they could not be trusted with', async () => {
    const desk = await aDesk()
    const petra = await desk.person('Petra', 'FINANCE')
    await saved(desk.ctx, plan([step('Law', { roles: [], people: [petra.userId], ownerId: petra.userId })]))
    const { reviewId } = await desk.sent()
    await expect(approveReview(desk.by(desk.jonas), { reviewId }), 'before').rejects.toMatchObject({ code: 'forbidden' })
    const days = { from: '2026-11-21', until: '2026-11-21', note: '' }
    const away = await setAway(desk.by(petra), { delegateId: desk.maren.userId, ...days })
    expect(await approveReview(desk.by(desk.maren), { reviewId, forId: petra.userId })).toMatchObject({ error: 'delegate-not-qualified' })
    expect(await approveReview(desk.by(desk.jonas), { reviewId, forId: petra.userId })).toMatchObject({ error: 'stands-in-no-more' })
    await endAway(desk.by(petra), { absenceId: away.ok ? away.value.absenceId : '' })
    expect(await endAway(desk.by(petra), { absenceId: away.ok ? away.value.absenceId : '' })).toMatchObject({ error: 'over-already' })
    await setAway(desk.by(petra), { delegateId: desk.jonas.userId, ...days })
    const { looker, filter } = await queueHead(desk.by(desk.jonas), taskFilterOf(new URLSearchParams()))
    const mine = await queueList(desk.by(desk.jonas), looker, filter, null)
    expect(mine.items).toMatchObject([{ forName: 'Petra', mine: true, step: 'Law' }])
    expect((await reviewPage(desk.by(desk.jonas), reviewId)).chances).toMatchObject([{ forName: 'Petra' }])
    expect(await approveReview(desk.by(desk.jonas), { reviewId })).toMatchObject({ value: { state: 'APPROVED' } })
    expect(await t.db.reviewVote.findFirst({ where: { reviewId } })).toMatchObject({ userId: petra.userId, handId: desk.jonas.userId })
  })

  test('is said by those who may say it', async () => {
    const desk = await aDesk()
    const days = { from: '2026-11-21', until: '2026-11-25', note: '' }
    const admin = await desk.person('Astrid', 'ADMINISTRATOR')
    await expect(setAway(desk.by(desk.lena), { userId: desk.jonas.userId, delegateId: desk.maren.userId, ...days })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await setAway(desk.by(admin), { userId: desk.jonas.userId, delegateId: desk.maren.userId, ...days })).toMatchObject({ ok: true })
    expect(
      await setAway(desk.by(desk.jonas), { delegateId: desk.lena.userId, ...days, from: '2026-11-25', until: '2026-12-01' }),
    ).toMatchObject({ error: 'away-already' })
    expect(await setAway(desk.by(desk.jonas), { delegateId: desk.jonas.userId, ...days })).toMatchObject({ error: 'delegate-is-oneself' })
    expect(await setAway(desk.by(desk.jonas), { delegateId: 'usr_nobody', ...days })).toMatchObject({ error: 'no-such-colleague' })
    expect(
      await setAway(desk.by(desk.jonas), { delegateId: desk.lena.userId, ...days, from: '2026-11-01', until: '2026-11-02' }),
    ).toMatchObject({ error: 'over-already' })
    const racing = await Promise.all([1, 2, 3].map(() => setAway(desk.by(desk.maren), { delegateId: desk.lena.userId, ...days })))
    expect(racing.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('of so many, a hand is not spent on another’s word, and one that was spent so is not waited for', async () => {
    const desk = await aDesk(plan([step('Law', { need: 'COUNT', wanted: 3, roles: ['RIGHTS_MANAGER'] })]))
    const nils = await desk.person('Nils', 'RIGHTS_MANAGER')
    const vera = await desk.person('Vera', 'RIGHTS_MANAGER')
    const { reviewId } = await desk.sent()
    const days = { from: '2026-11-21', until: '2026-11-30', note: '' }
    expect(await setAway(desk.by(desk.maren), { delegateId: nils.userId, ...days })).toMatchObject({ ok: true })
    expect(await approveReview(desk.by(nils), { reviewId, forId: desk.maren.userId })).toMatchObject({ error: 'own-word-first' })
    // Before it was refused: a word for Maren by who is one of the three.
    const { id: stepId, houseId } = await stepNamed(reviewId, 'Law')
    const said = { id: 'rvo_before', houseId, reviewId, stepId, userId: desk.maren.userId, handId: nils.userId, reason: '' }
    await t.db.reviewVote.create({ data: { ...said, decision: 'APPROVE', at: desk.ctx.clock.now() } })
    expect(await approveReview(desk.by(vera), { reviewId })).toMatchObject({ value: { state: 'WAITING' } })
    expect(await tendReviews(desk.system)).toMatchObject({ released: 1 })
    expect(await stepNamed(reviewId, 'Law')).toMatchObject({ state: 'APPROVED', wanted: 2 })
  })

  test('is handed on only to who may decide it, by who has a say in it', async () => {
    const { sent, by, jonas, maren, lena, person, ctx } = await aDesk(brandThenBoth)
    const olga = await person('Olga', 'REVIEWER')
    const { reviewId } = await sent()
    const { id: stepId } = await stepNamed(reviewId, 'Brand')
    await expect(handOn(by(maren), { stepId, toId: olga.userId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(takeOver(by(maren), { stepId })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await handOn(by(jonas), { stepId, toId: maren.userId })).toMatchObject({ error: 'not-qualified' })
    expect(await handOn(by(jonas), { stepId, toId: 'usr_gone' })).toMatchObject({ error: 'no-such-colleague' })
    expect(await handOn(by(jonas), { stepId, toId: olga.userId })).toMatchObject({ ok: true })
    expect(await consult(by(jonas), { stepId, askedId: jonas.userId, question: 'Well?' })).toMatchObject({ error: 'asked-oneself' })
    expect(await consult(by(jonas), { stepId, askedId: 'usr_gone', question: 'Well?' })).toMatchObject({ error: 'no-such-colleague' })
    await expect(consult(by(maren), { stepId, askedId: lena.userId, question: 'Well?' })).rejects.toMatchObject({ code: 'forbidden' })
    expect([await myTaskCount(by(jonas)), await myTaskCount(by(olga))]).toEqual([0, 1])
    await approveReview(by(jonas), { reviewId })
    expect(await handOn(ctx, { stepId, toId: jonas.userId })).toMatchObject({ error: 'already-decided' })
    expect(await consult(ctx, { stepId, askedId: jonas.userId, question: 'Well?' })).toMatchObject({ error: 'already-decided' })
  })
})
