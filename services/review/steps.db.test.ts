import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aReviewDesk, brandThenBoth, reviewRows } from '#services/testing/review-desk.ts'
import { approveReview } from './reviews.ts'
import type { Plan } from './rules/plan.ts'
import type { StepState } from './rules/route.ts'
import { stepStates } from './rules/step-states.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
const states = stepStates.states
let placed = 0
/** One review for all the pairs: each is a step of its own. */
let shared: Promise<{ reviewId: string }> | undefined
const theDesk = () => (shared ??= aDesk(brandThenBoth).then((desk) => desk.sent()))
const aDesk = (made?: Plan) => aReviewDesk(t.db, made)
const { stepNamed } = reviewRows(() => t.db)

describe('the rows of a step', () => {
  test('the database keeps what the operations promise', async () => {
    const desk = await aDesk(brandThenBoth)
    const { reviewId } = await desk.sent()
    await expect(t.db.review.update({ where: { id: reviewId }, data: { state: 'APPROVED' } })).rejects.toThrow(
      /review_approved_by_every_step/,
    )
    await approveReview(desk.by(desk.jonas), { reviewId })
    const vote = await t.db.reviewVote.findFirstOrThrow({ where: { reviewId } })
    await expect(t.db.reviewVote.update({ where: { id: vote.id }, data: { decision: 'REJECT', reason: 'Changed' } })).rejects.toThrow(
      /review_is_frozen/,
    )
    const brand = await stepNamed(reviewId, 'Brand')
    await expect(t.db.reviewStep.update({ where: { id: brand.id }, data: { state: 'OPEN', endedAt: null } })).rejects.toThrow(
      /review_step_is_over/,
    )
  })

  test.each(states.flatMap((from) => states.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'go from %s to %s only where their table says so',
    async (from, to) => {
      const at = new Date('2026-11-21T09:00:00Z')
      const dated = (state: StepState) => ({ state, openedAt: at, sortAt: at, endedAt: stepStates.verbs(state).length === 0 ? at : null })
      const desk = await theDesk()
      const { id: first, ...row } = await stepNamed(desk.reviewId, 'Brand')
      const position = 10 + ++placed
      await t.db.reviewStep.create({ data: { ...row, id: `${first}${position}`, position, ...dated(from) } })
      const moved = await t.db.reviewStep
        .update({ where: { id: `${first}${position}` }, data: dated(to) })
        .then(() => 'moved')
        .catch((error: unknown) => (/review_step_(moves|is_over)/.test(String(error)) ? 'refused' : String(error)))
      expect(moved).toBe((Object.values(stepStates.table[from]) as StepState[]).includes(to) ? 'moved' : 'refused')
    },
  )
})
