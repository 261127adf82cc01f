import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aReviewDesk, plan, step } from '#services/testing/review-desk.ts'
import { anAsset } from '#services/testing/world.ts'
import { reviewFeed } from './feed.ts'
import { decideMany } from './many.ts'
import { reviewPage } from './review-view.ts'
import { approveReview, rejectReview, submitAsset } from './reviews.ts'
import type { Plan } from './rules/plan.ts'
import { taskFilterOf } from './rules/filter.ts'
import { queueBoard, queueHead, queueList, queueMonth } from './views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
const aDesk = (made?: Plan) => aReviewDesk(t.db, made)

describe('what is seen', () => {
  test('list, board, month and counts say the same; another house sees none of it', async () => {
    const desk = await aDesk(plan([step('Brand', { dueDays: 1 }), step('Legal', { roles: ['RIGHTS_MANAGER'], dueDays: 3 })]))
    const reviews = [await desk.sent({ title: 'First light' }), await desk.sent({ title: 'Second light' }), await desk.sent()]
    await approveReview(desk.by(desk.jonas), { reviewId: reviews[0]?.reviewId ?? '' })
    await rejectReview(desk.by(desk.jonas), { reviewId: reviews[2]?.reviewId ?? '', reason: 'Not this' })
    const see = (who: Person, search: string) => queueHead(desk.by(who), taskFilterOf(new URLSearchParams(search)))
    const jonas = await see(desk.jonas, 'view=board')
    expect(jonas.queue).toMatchObject({ tab: 'mine', counts: { mine: 1, others: 1, all: 2 }, steps: ['Brand', 'Legal'] })
    const board = await queueBoard(desk.by(desk.jonas), jonas.looker, { ...jonas.filter, tab: 'all' }, jonas.queue.steps, () => null)
    expect(board.columns.map(({ name, count, page }) => [name, count, page.items.map(({ asset }) => asset.title)])).toEqual([
      ['Brand', 1, ['Second light']],
      ['Legal', 1, ['First light']],
    ])
    expect(board.columns[0]?.page.items[0]).toMatchObject({ able: true, opens: ['Legal'], last: false })
    expect(board.columns[1]?.page.items[0]).toMatchObject({ able: false, last: true })
    expect(board.rested.map(({ state, count }) => [state, count])).toEqual([
      ['CHANGES_ASKED', 0],
      ['APPROVED', 0],
      ['REJECTED', 1],
    ])
    const month = await queueMonth(desk.by(desk.jonas), jonas.looker, { ...jonas.filter, tab: 'all' }, null)
    expect(
      month.weeks
        .flat()
        .filter(({ count }) => count > 0)
        .map(({ day, count }) => [day, count]),
    ).toEqual([
      ['2026-11-23', 1],
      ['2026-11-25', 1],
    ])
    const lena = await see(desk.lena, 'q=second&sort=newest&late=no')
    expect(lena.queue.tab, 'who has none of their own sees all').toBe('all')
    expect((await queueList(desk.ctx, lena.looker, lena.filter, null)).items.map(({ asset, own }) => [asset.title, own])).toEqual([
      ['Second light', true],
    ])
    const legal = await see(desk.maren, 'step=Legal&owner=nobody&route=none')
    expect((await queueList(desk.by(desk.maren), legal.looker, legal.filter, null)).items).toEqual([])
    const stranger = await aDesk()
    const elsewhere = await queueHead(stranger.ctx, taskFilterOf(new URLSearchParams('tab=all')))
    expect(elsewhere.queue.counts.all).toBe(0)
    await expect(reviewPage(stranger.ctx, reviews[0]?.reviewId ?? '')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('one’s due days are a calendar for other programs, and nobody else’s', async () => {
    const desk = await aDesk(plan([step('Brand', { dueDays: 1 })]))
    await desk.sent({ title: 'First light' })
    const feed = await reviewFeed(desk.by(desk.jonas))
    expect(feed.body).toContain('SUMMARY:Brand: First light')
    expect(feed.body).toContain('DTSTART;VALUE=DATE:20261123')
    expect((await reviewFeed(desk.by(desk.jonas))).etag).toBe(feed.etag)
    expect((await reviewFeed(desk.by(desk.maren))).body).not.toContain('First light')
  })

  test('many are decided with one reason, each by its own right', async () => {
    const desk = await aDesk()
    const both = await desk.person('Both', 'LIBRARIAN', 'REVIEWER')
    const theirs = await desk.sent()
    const asset = await anAsset(desk.ctx, { houseId: desk.house.id, state: 'DRAFT', title: 'Own' })
    await submitAsset(desk.by(both), { assetId: asset.id })
    const ids = (await t.db.reviewStep.findMany({ where: { houseId: desk.house.id } })).map(({ id }) => id)
    const outcomes = await decideMany(desk.by(both), { verb: 'approve', step: ids, reason: 'As agreed' })
    expect(Object.fromEntries(outcomes.map(({ title, outcome }) => [title, outcome.ok ? 'ok' : outcome.error]))).toEqual({
      'Harbour at dawn': 'ok',
      Own: 'own-submission',
    })
    expect(await t.db.review.findUnique({ where: { id: theirs.reviewId } })).toMatchObject({ state: 'APPROVED', reason: 'As agreed' })
    const rest = await decideMany(desk.by(desk.maren), { verb: 'changes', step: ids, reason: 'No' })
    expect(rest.map(({ outcome }) => (outcome.ok ? 'ok' : outcome.error))).toEqual(['forbidden'])
  })
})
