import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aReviewDesk, plan, saved, step, reviewRows } from '#services/testing/review-desk.ts'
import { reviewPage } from './review-view.ts'
import { approveReview } from './reviews.ts'
import { setHouseRules } from './routes.ts'
import type { Role } from '../kernel/actor.ts'
import type { Plan } from './rules/plan.ts'
import { tendReviews } from './tending.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
const aDesk = (made?: Plan) => aReviewDesk(t.db, made)
const { stepNamed, stateOf, factsOf, stepsOf } = reviewRows(() => t.db)

describe('dates', () => {
  const dated = (boss: string) =>
    plan([step('Legal', { roles: ['RIGHTS_MANAGER'], dueDays: 2, remindDays: 1, escalateDays: 0, escalateTo: [boss] })])

  test('a reminder comes once, an escalation once, however many workers there are; who it comes to may decide from then on', async () => {
    const desk = await aDesk()
    const boss = await desk.person('Boss', 'FINANCE')
    await saved(desk.ctx, dated(boss.userId))
    // Saturday: two working days are Tuesday.
    const { reviewId } = await desk.sent()
    expect(await stepNamed(reviewId, 'Legal')).toMatchObject({
      dueOn: new Date('2026-11-24T00:00:00Z'),
      dueAt: new Date('2026-11-24T23:00:00Z'),
    })
    expect(await tendReviews(desk.system)).toEqual({ reminded: 0, escalated: 0, released: 0, failed: 0 })
    desk.ctx.clock.set(new Date('2026-11-23T08:00:00Z'))
    const rounds = await Promise.all([tendReviews(desk.system), tendReviews(desk.system)])
    expect(rounds.reduce((sum, { reminded }) => sum + reminded, 0)).toBe(1)
    await expect(approveReview(desk.by(boss), { reviewId })).rejects.toMatchObject({ code: 'forbidden' })
    desk.ctx.clock.set(new Date('2026-11-24T23:00:00Z'))
    const late = await Promise.all([tendReviews(desk.system), tendReviews(desk.system), tendReviews(desk.system)])
    expect(late.reduce((sum, { escalated }) => sum + escalated, 0)).toBe(1)
    expect((await factsOf(reviewId)).filter((type) => ['step.reminded', 'step.escalated'].includes(type))).toEqual([
      'step.reminded',
      'step.escalated',
    ])
    expect((await reviewPage(desk.by(boss), reviewId)).steps[0]).toMatchObject({ late: true, escalated: true })
    expect(await approveReview(desk.by(boss), { reviewId })).toMatchObject({ value: { state: 'APPROVED' } })
  })

  test('holidays are no working days', async () => {
    const desk = await aDesk()
    await setHouseRules(desk.ctx, { reviewOwnSubmissions: false, holidays: ['2026-11-23', '2026-11-24'] })
    await saved(desk.ctx, dated(desk.lena.userId))
    const { reviewId } = await desk.sent()
    expect(await stepNamed(reviewId, 'Legal')).toMatchObject({ dueOn: new Date('2026-11-26T00:00:00Z') })
    await expect(setHouseRules(desk.by(desk.jonas), { reviewOwnSubmissions: true, holidays: [] })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('who leaves', () => {
  test('takes nothing along: an owner’s step is everybody’s again, a missing word is not waited for', async () => {
    const desk = await aDesk()
    const nils = await desk.person('Nils', 'RIGHTS_MANAGER')
    await saved(
      desk.ctx,
      plan([step('Brand', { ownerId: desk.jonas.userId }), step('Legal', { together: true, need: 'ALL', roles: ['RIGHTS_MANAGER'] })]),
    )
    const olga = await desk.person('Olga', 'REVIEWER')
    const { assetId, reviewId } = await desk.sent()
    expect(await stepNamed(reviewId, 'Brand')).toMatchObject({ ownerId: desk.jonas.userId })
    await approveReview(desk.by(desk.maren), { reviewId })
    for (const gone of [desk.jonas, nils]) await t.db.member.update({ where: { id: gone.memberId }, data: { endedAt: new Date() } })
    expect(await tendReviews(desk.system)).toMatchObject({ released: 2 })
    expect(await tendReviews(desk.system)).toMatchObject({ released: 0 })
    expect(await stepNamed(reviewId, 'Brand')).toMatchObject({ ownerId: null, state: 'OPEN' })
    expect(await stepNamed(reviewId, 'Legal')).toMatchObject({ state: 'APPROVED' })
    expect(await approveReview(desk.by(olga), { reviewId })).toMatchObject({ value: { state: 'APPROVED' } })
    expect(await stateOf(assetId)).toBe('APPROVED')
  })

  test('is not waited for among “so many”: what was said is enough where nobody else could say more', async () => {
    const desk = await aDesk()
    const olga = await desk.person('Olga', 'REVIEWER')
    await saved(desk.ctx, plan([step('Two', { need: 'COUNT', wanted: 2 })]))
    const { assetId, reviewId } = await desk.sent()
    expect(await approveReview(desk.by(desk.jonas), { reviewId })).toMatchObject({ value: { state: 'WAITING' } })
    await t.db.member.update({ where: { id: olga.memberId }, data: { roles: ['FINANCE'] } })
    expect(await tendReviews(desk.system)).toMatchObject({ released: 1 })
    expect([await stepsOf(reviewId), await stateOf(assetId)]).toEqual([{ Two: 'APPROVED' }, 'APPROVED'])
  })

  test('leaves what nobody can decide: that is said once, and again only when somebody could meanwhile', async () => {
    const desk = await aDesk(plan([step('Legal', { roles: ['RIGHTS_MANAGER'], ownerId: null })]))
    const { reviewId } = await desk.sent()
    const said = async () => (await factsOf(reviewId)).filter((type) => type === 'step.stranded').length
    const give = (...roles: Role[]) => t.db.member.update({ where: { id: desk.maren.memberId }, data: { roles } })
    await tendReviews(desk.system)
    expect([await said(), (await stepNamed(reviewId, 'Legal')).strandedAt]).toEqual([0, null])
    await give('FINANCE')
    const rounds = await Promise.all([tendReviews(desk.system), tendReviews(desk.system)])
    expect(rounds.reduce((sum, { released }) => sum + released, 0)).toBe(1)
    await tendReviews(desk.system)
    expect(await said()).toBe(1)
    expect((await reviewPage(desk.ctx, reviewId)).steps).toMatchObject([{ nobody: true }])
    await give('RIGHTS_MANAGER')
    await tendReviews(desk.system)
    expect((await stepNamed(reviewId, 'Legal')).strandedAt).toBeNull()
    await give('FINANCE')
    await tendReviews(desk.system)
    expect(await said()).toBe(2)
  })

  test('may be the sender, where a house stops to let people judge their own', async () => {
    const desk = await aDesk()
    await setHouseRules(desk.ctx, { reviewOwnSubmissions: true, holidays: [] })
    await saved(desk.ctx, plan([step('All', { need: 'ALL', roles: ['LIBRARIAN', 'REVIEWER'] })]))
    const { reviewId } = await desk.sent()
    await approveReview(desk.by(desk.jonas), { reviewId })
    await setHouseRules(desk.ctx, { reviewOwnSubmissions: false, holidays: [] })
    expect(await tendReviews(desk.system)).toMatchObject({ released: 1 })
    expect(await stepsOf(reviewId)).toEqual({ All: 'APPROVED' })
  })

  test('keeps nobody else waiting: a step that cannot be seen to is counted, and the others are', async () => {
    const desk = await aDesk(plan([step('Brand', { dueDays: 1, remindDays: 0 })]))
    const [broken, whole] = [await desk.sent(), await desk.sent()]
    const elsewhere = await aDesk()
    await t.db.review.update({ where: { id: broken.reviewId }, data: { assetId: (await elsewhere.sent()).assetId } })
    desk.ctx.clock.set(new Date('2026-11-23T08:00:00Z'))
    expect(await tendReviews(desk.system)).toMatchObject({ reminded: 1, failed: 1 })
    expect((await stepNamed(whole.reviewId, 'Brand')).remindedAt).not.toBeNull()
    expect((await stepNamed(broken.reviewId, 'Brand')).remindedAt).toBeNull()
  })
})
