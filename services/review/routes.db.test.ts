import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as enums from '../platform/generated/prisma/enums.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aReviewDesk, brandThenBoth, everything, plan, saved, step, reviewRows } from '#services/testing/review-desk.ts'
import { anAsset } from '#services/testing/world.ts'
import { approveReview, askForChanges, rejectReview, submitAsset } from './reviews.ts'
import { archiveRoute, moveRoute, saveRoute } from './routes.ts'
import { needs, stepKinds, type Plan } from './rules/plan.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
const aDesk = (made?: Plan) => aReviewDesk(t.db, made)
const { stepsOf, stepNamed, stateOf, factsOf } = reviewRows(() => t.db)

test('the words of the rules are the words of the database', () => {
  expect(Object.values(enums.ReviewStepKind)).toEqual([...stepKinds])
  expect(Object.values(enums.ReviewNeed)).toEqual([...needs])
  expect(Object.values(enums.ReviewStepState)).toEqual(['WAITING', 'OPEN', 'APPROVED', 'CHANGES_ASKED', 'REJECTED', 'CLOSED'])
  expect(Object.values(enums.ReviewDecision)).toEqual(['APPROVE', 'ASK_CHANGES', 'REJECT'])
})

describe('a route', () => {
  test('is walked in order, side by side where it says so, each step a fact', async () => {
    const { sent, by, jonas, maren, person } = await aDesk(brandThenBoth)
    const ida = await person('Ida', 'AUDITOR')
    const { assetId, reviewId } = await sent()
    expect(await stepsOf(reviewId)).toEqual({ Brand: 'OPEN', Legal: 'WAITING', Compliance: 'WAITING' })
    const early = await stepNamed(reviewId, 'Legal')
    expect(await approveReview(by(maren), { reviewId, stepId: early.id })).toMatchObject({ error: 'not-open' })
    expect(await approveReview(by(jonas), { reviewId, reason: '' })).toMatchObject({
      ok: true,
      value: { state: 'WAITING', opened: ['Legal', 'Compliance'] },
    })
    expect(await approveReview(by(ida), { reviewId })).toMatchObject({ ok: true, value: { state: 'WAITING', opened: [] } })
    expect(await stateOf(assetId)).toBe('IN_REVIEW')
    expect(await approveReview(by(maren), { reviewId })).toMatchObject({ ok: true, value: { state: 'APPROVED' } })
    expect(await stateOf(assetId)).toBe('APPROVED')
    expect(await factsOf(reviewId)).toEqual([
      'step.opened',
      'step.approved',
      'step.opened',
      'step.opened',
      'step.approved',
      'step.approved',
    ])
    expect(await factsOf(assetId)).toEqual(['asset.submitted', 'asset.approved'])
  })

  test('ends at once where somebody wants changes, or hears the others first where it says so', async () => {
    const both = [step('Brand'), step('Legal', { together: true, roles: ['RIGHTS_MANAGER'] })]
    const atOnce = await aDesk(plan(both))
    const one = await atOnce.sent()
    expect(await askForChanges(atOnce.by(atOnce.jonas), { reviewId: one.reviewId, reason: 'Too dark' })).toMatchObject({
      value: { state: 'CHANGES_ASKED' },
    })
    expect(await stepsOf(one.reviewId)).toEqual({ Brand: 'CHANGES_ASKED', Legal: 'CLOSED' })
    expect(await approveReview(atOnce.by(atOnce.maren), { reviewId: one.reviewId })).toMatchObject({ error: 'already-decided' })

    const waits = await aDesk(plan(both, { onChanges: 'WAIT' }))
    const two = await waits.sent()
    expect(await askForChanges(waits.by(waits.jonas), { reviewId: two.reviewId, reason: 'Too dark' })).toMatchObject({
      value: { state: 'WAITING' },
    })
    expect(await askForChanges(waits.by(waits.maren), { reviewId: two.reviewId, reason: 'No release' })).toMatchObject({
      value: { state: 'CHANGES_ASKED' },
    })
    expect(await t.db.asset.findUnique({ where: { id: two.assetId } })).toMatchObject({
      state: 'DRAFT',
      stateReason: 'Brand: Too dark\nLegal: No release',
    })
  })

  test('is rejected by one no, and says so to all', async () => {
    const { sent, by, jonas } = await aDesk(brandThenBoth)
    const { reviewId } = await sent()
    expect(await rejectReview(by(jonas), { reviewId, reason: 'Not ours' })).toMatchObject({ value: { state: 'REJECTED' } })
    expect(await stepsOf(reviewId)).toEqual({ Brand: 'REJECTED', Legal: 'CLOSED', Compliance: 'CLOSED' })
  })

  test('wants everybody’s word where it says all, and so many people’s where it says how many', async () => {
    const desk = await aDesk()
    const nils = await desk.person('Nils', 'RIGHTS_MANAGER')
    const olga = await desk.person('Olga', 'REVIEWER')
    await saved(desk.ctx, plan([step('Legal', { need: 'ALL', roles: ['RIGHTS_MANAGER'] }), step('Two', { need: 'COUNT', wanted: 2 })]))
    const { reviewId } = await desk.sent()
    expect(await approveReview(desk.by(desk.maren), { reviewId })).toMatchObject({ value: { state: 'WAITING', opened: [] } })
    expect(await approveReview(desk.by(desk.maren), { reviewId })).toMatchObject({ error: 'spoke-already' })
    const latecomer = await desk.person('Late', 'RIGHTS_MANAGER')
    expect(await approveReview(desk.by(latecomer), { reviewId })).toMatchObject({ error: 'not-asked' })
    expect(await approveReview(desk.by(nils), { reviewId })).toMatchObject({ value: { opened: ['Two'] } })
    expect(await approveReview(desk.by(desk.jonas), { reviewId })).toMatchObject({ value: { state: 'WAITING' } })
    expect(await approveReview(desk.by(olga), { reviewId })).toMatchObject({ value: { state: 'APPROVED' } })
  })

  test('stays with the review that began on it, however it is changed or put away', async () => {
    const desk = await aDesk()
    const routeId = await saved(desk.ctx, plan([step('Brand')]))
    const { reviewId } = await desk.sent()
    expect(await saveRoute(desk.ctx, { routeId, seen: 1, name: 'House route', plan: brandThenBoth })).toMatchObject({
      value: { number: 2 },
    })
    await archiveRoute(desk.ctx, { routeId })
    expect(await approveReview(desk.by(desk.jonas), { reviewId })).toMatchObject({ value: { state: 'APPROVED' } })
    const next = await desk.sent()
    expect(await stepsOf(next.reviewId), 'and nothing begins on one that is put away').toEqual({ Review: 'OPEN' })
  })

  test('is the first whose rule fits; a chosen one only where no rule binds', async () => {
    const desk = await aDesk()
    const logos = await saved(desk.ctx, plan([step('Logo')], { rule: { ...everything, kinds: ['LOGO'] } }), 'Logos')
    const short = await saved(desk.ctx, plan([step('Short')], { rule: { ...everything, applies: 'chosen' } }), 'Short')
    const asset = await anAsset(desk.ctx, { houseId: desk.house.id, state: 'DRAFT', kind: 'LOGO' })
    const bound = await submitAsset(desk.ctx, { assetId: asset.id, routeId: short })
    expect(await stepsOf(bound.ok ? bound.value.reviewId : '')).toEqual({ Logo: 'OPEN' })
    const photo = await anAsset(desk.ctx, { houseId: desk.house.id, state: 'DRAFT' })
    const chosen = await submitAsset(desk.ctx, { assetId: photo.id, routeId: short })
    expect(await stepsOf(chosen.ok ? chosen.value.reviewId : '')).toEqual({ Short: 'OPEN' })
    expect(await moveRoute(desk.ctx, { routeId: short, step: 'up' })).toMatchObject({ ok: true })
    expect(await moveRoute(desk.ctx, { routeId: short, step: 'up' })).toMatchObject({ error: 'at-the-end' })
    expect(await moveRoute(desk.ctx, { routeId: logos, step: 'down' })).toMatchObject({ error: 'at-the-end' })
  })

  test('is kept by those who keep the library, one at a time', async () => {
    const desk = await aDesk()
    const made = plan([step('Brand')])
    await expect(saveRoute(desk.by(desk.jonas), { routeId: null, seen: 0, name: 'Mine', plan: made })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const twice = await Promise.all([1, 2].map(() => saveRoute(desk.ctx, { routeId: null, seen: 0, name: 'One', plan: made })))
    expect(twice.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['name-taken', 'ok'])
    const routeId = await saved(desk.ctx, made, 'Other')
    const racing = await Promise.all([1, 2].map(() => saveRoute(desk.ctx, { routeId, seen: 1, name: 'Other', plan: made })))
    expect(racing.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['changed-meanwhile', 'ok'])
    expect(
      await saveRoute(desk.ctx, { routeId: null, seen: 0, name: 'X', plan: plan([step('A', { people: ['usr_gone'] })]) }),
    ).toMatchObject({ error: 'no-such-people' })
    const elsewhere = plan([step('A')], { rule: { ...everything, collections: ['col_elsewhere'] } })
    expect(await saveRoute(desk.ctx, { routeId: null, seen: 0, name: 'X', plan: elsewhere })).toMatchObject({ error: 'no-such-collection' })
    const stranger = await aDesk()
    await expect(saveRoute(stranger.ctx, { routeId, seen: 2, name: 'Y', plan: made })).rejects.toMatchObject({ code: 'not-found' })
    await expect(archiveRoute(stranger.ctx, { routeId })).rejects.toMatchObject({ code: 'not-found' })
    for (let n = 2; n < 40; n++) await saved(desk.ctx, made, `Route ${n}`)
    expect(await saveRoute(desk.ctx, { routeId: null, seen: 0, name: 'One more', plan: made })).toMatchObject({ error: 'too-many-routes' })
  })
})
