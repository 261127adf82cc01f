import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { instantOf } from '../kernel/period.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { runDue } from './due.ts'
import { embargoAsset, holdAsset, lifeForMany, planWithdrawal, resumeAsset, scheduleAsset, setEndOfUse } from './life.ts'
import { releaseLegalHold, setLegalHold } from './legal-holds.ts'
import { archiveAsset, publishAsset, withdrawAsset } from './publishing.ts'
import { deleteAsset } from './life.ts'

let t: TestDb
let ctx: TestContext
let clock: TestContext
let house: { id: string }
let keeper: Person
beforeAll(async () => {
  t = await testDb()
})
beforeEach(async () => {
  const bare = testContext(t.db)
  house = await aHouse(bare)
  keeper = await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN', 'RIGHTS_MANAGER'] })
  ctx = asActor(bare, keeper)
  clock = asActor(bare, { kind: 'system', houseId: house.id, name: 'assets.run-due' })
})
afterAll(() => t[Symbol.asyncDispose]())

/** Another moment on the standing clock of both. */
const at = (time: string) => {
  const now = instantOf(time, 'Europe/Berlin')
  ctx = { ...ctx, clock: { ...ctx.clock, now: () => now } }
  clock = { ...clock, clock: { ...clock.clock, now: () => now } }
}
const approved = (fields = {}) => anAsset(ctx, { houseId: house.id, state: 'APPROVED', ...fields })
const rowOf = (id: string) => t.db.asset.findUniqueOrThrow({ where: { id } })
const factsOf = async (id: string) =>
  (await t.db.auditFact.findMany({ where: { subjectId: id }, orderBy: { link: { seq: 'asc' } } })).map(({ type }) => type)
const year = '2031'

describe('what was planned', () => {
  test('is published at its time and withdrawn at its end, once, whoever looks twice', async () => {
    const { id } = await approved()
    expect(await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-05-05T10:00`, unpublishOn: `${year}-06-05T10:00` })).toMatchObject({
      ok: true,
    })
    at(`${year}-05-05T09:59`)
    await runDue(clock)
    expect((await rowOf(id)).state).toBe('SCHEDULED')
    at(`${year}-05-05T10:00`)
    await Promise.all([runDue(clock), runDue(clock), runDue(clock)])
    expect(await rowOf(id)).toMatchObject({ state: 'PUBLISHED', publishAt: null, publishedAt: ctx.clock.now() })
    at(`${year}-06-05T10:00`)
    await Promise.all([runDue(clock), runDue(clock)])
    expect(await rowOf(id)).toMatchObject({ state: 'WITHDRAWN', unpublishAt: null })
    expect(await factsOf(id)).toEqual(['asset.scheduled', 'asset.published', 'asset.withdrawn'])
  })

  test('what may not be published any more stays planned and says why, once; and is published when it may', async () => {
    const { id } = await approved()
    await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-05-05T10:00`, unpublishOn: null })
    await t.db.asset.update({ where: { id }, data: { altText: '' } })
    at(`${year}-05-05T10:00`)
    expect(await runDue(clock)).toMatchObject({ published: 0, refused: 1 })
    expect(await rowOf(id)).toMatchObject({ state: 'SCHEDULED', scheduleRefused: expect.stringContaining('alternative text') })
    at(`${year}-05-05T10:01`)
    expect(await runDue(clock)).toMatchObject({ refused: 0 })
    at(`${year}-05-05T10:30`)
    expect(await runDue(clock)).toMatchObject({ refused: 1 })
    expect(await factsOf(id)).toEqual(['asset.scheduled', 'asset.schedule-refused'])
    await t.db.asset.update({ where: { id }, data: { altText: 'Boats' } })
    at(`${year}-05-05T10:40`)
    expect(await runDue(clock)).toMatchObject({ published: 1 })
    expect(await rowOf(id)).toMatchObject({ state: 'PUBLISHED', scheduleRefused: null })
  })

  test('a publication whose end has passed too is left to a person', async () => {
    const { id } = await approved()
    await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-05-05T10:00`, unpublishOn: `${year}-05-06T10:00` })
    at(`${year}-05-07T10:00`)
    await runDue(clock)
    expect(await rowOf(id)).toMatchObject({ state: 'SCHEDULED', scheduleRefused: expect.stringContaining('plan it anew') })
  })

  test('refuses what is no plan', async () => {
    const { id } = await approved()
    at(`${year}-05-05T10:00`)
    expect(await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-05-05T10:00`, unpublishOn: null })).toMatchObject({
      error: 'in-the-past',
    })
    expect(await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-06-05T10:00`, unpublishOn: `${year}-06-05T10:00` })).toMatchObject({
      error: 'ends-before-it-begins',
    })
    await t.db.asset.update({ where: { id }, data: { altText: '' } })
    expect(await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-06-05T10:00`, unpublishOn: null })).toMatchObject({
      error: 'not-publishable',
    })
    expect(await planWithdrawal(ctx, { assetId: id, unpublishOn: null })).toMatchObject({ error: 'wrong-state' })
    const live = await anAsset(ctx, { houseId: house.id })
    expect(await planWithdrawal(ctx, { assetId: live.id, unpublishOn: `${year}-01-01T10:00` })).toMatchObject({ error: 'in-the-past' })
    expect(await planWithdrawal(ctx, { assetId: live.id, unpublishOn: `${year}-09-01T10:00` })).toMatchObject({ ok: true })
  })

  test('an embargo ends as it said, and into a plan where it may not be shown yet', async () => {
    const [one, two, three] = [await approved(), await approved(), await approved()]
    const embargo = { endsOn: `${year}-05-05T10:00`, people: [], reason: 'Launch' }
    await embargoAsset(ctx, { assetId: one.id, becomes: 'APPROVED', ...embargo })
    await embargoAsset(ctx, { assetId: two.id, becomes: 'PUBLISHED', ...embargo })
    await embargoAsset(ctx, { assetId: three.id, becomes: 'PUBLISHED', ...embargo })
    await t.db.asset.update({ where: { id: three.id }, data: { altText: '' } })
    at(`${year}-05-05T10:00`)
    await Promise.all([runDue(clock), runDue(clock)])
    expect((await rowOf(one.id)).state).toBe('APPROVED')
    expect(await rowOf(two.id)).toMatchObject({ state: 'PUBLISHED', publishedVersionId: two.currentVersionId, embargoEndsAt: null })
    expect(await rowOf(three.id)).toMatchObject({ state: 'SCHEDULED', scheduleRefused: expect.stringContaining('alternative text') })
    expect(await embargoAsset(ctx, { assetId: one.id, becomes: 'APPROVED', ...embargo })).toMatchObject({ error: 'in-the-past' })
    const bare = await anAsset(ctx, { houseId: house.id, state: 'WITHDRAWN' })
    expect(await embargoAsset(ctx, { assetId: bare.id, becomes: 'APPROVED', ...embargo, endsOn: '2040-01-01T00:00' })).toMatchObject({
      error: 'not-approved',
    })
  })

  test('what has ended is expired, before anything is published that day', async () => {
    const [live, planned] = [await anAsset(ctx, { houseId: house.id }), await approved()]
    await setEndOfUse(ctx, { assetId: live.id, endsOn: `${year}-05-04` })
    await setEndOfUse(ctx, { assetId: planned.id, endsOn: `${year}-05-04` })
    await scheduleAsset(ctx, { assetId: planned.id, publishOn: `${year}-05-05T00:00`, unpublishOn: null })
    at(`${year}-05-04T23:59`)
    await runDue(clock)
    expect((await rowOf(live.id)).state).toBe('PUBLISHED')
    at(`${year}-05-05T00:00`)
    await runDue(clock)
    expect((await rowOf(live.id)).state).toBe('EXPIRED')
    expect((await rowOf(planned.id)).state).toBe('EXPIRED')
    expect(await publishAsset(ctx, { assetId: live.id })).toMatchObject({
      error: 'not-publishable',
      detail: [expect.stringContaining('end of use')],
    })
    await setEndOfUse(ctx, { assetId: live.id, endsOn: null })
    expect(await publishAsset(ctx, { assetId: live.id })).toMatchObject({ ok: true })
  })

  test('is another house’s own business', async () => {
    const { id } = await approved()
    await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-05-05T10:00`, unpublishOn: null })
    at(`${year}-05-05T10:00`)
    const other = await aHouse(ctx)
    await runDue({ ...clock, actor: { kind: 'system', houseId: other.id, name: 'x' } })
    expect((await rowOf(id)).state).toBe('SCHEDULED')
    const stranger = await aPerson(ctx, { houseId: other.id, roles: ['LIBRARIAN'] })
    await expect(holdAsset(asActor(ctx, stranger), { assetId: id, reason: 'Not mine' })).rejects.toMatchObject({ code: 'not-found' })
    const reviewer = await aPerson(ctx, { houseId: house.id, roles: ['REVIEWER'] })
    await expect(holdAsset(asActor(ctx, reviewer), { assetId: id, reason: 'No role' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('at once', () => {
  test('a hold and a planned publication: it is held, and was published before or not at all', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await approved()
      await scheduleAsset(ctx, { assetId: id, publishOn: `${year}-05-05T10:00`, unpublishOn: null })
      const after = { ...clock, clock: { ...clock.clock, now: () => instantOf(`${year}-05-05T10:00`, 'Europe/Berlin') } }
      const [held] = await Promise.all([holdAsset(ctx, { assetId: id, reason: 'Wait' }), runDue(after)])
      expect(held).toMatchObject({ ok: true })
      expect(await rowOf(id)).toMatchObject({ state: 'ON_HOLD', heldFrom: expect.stringMatching(/SCHEDULED|PUBLISHED/) })
      await resumeAsset(ctx, { assetId: id })
    }
  })

  test('a planned end and a withdrawal: it is withdrawn once', async () => {
    const { id } = await anAsset(ctx, { houseId: house.id })
    await planWithdrawal(ctx, { assetId: id, unpublishOn: `${year}-05-05T10:00` })
    at(`${year}-05-05T10:00`)
    await Promise.all([runDue(clock), withdrawAsset(ctx, { assetId: id, reason: 'By hand' }), runDue(clock)])
    expect((await factsOf(id)).filter((type) => type === 'asset.withdrawn')).toHaveLength(1)
  })

  test('of two holds, one is a fact', async () => {
    const { id } = await anAsset(ctx, { houseId: house.id })
    const outcomes = await Promise.all([1, 2, 3].map(() => holdAsset(ctx, { assetId: id, reason: 'Doubt' })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

describe('a legal hold', () => {
  const matter = { matter: 'Meyer v. Northlight', reason: 'A claim about the pier', stopsDelivery: false }

  test('keeps an asset from every end, by operation and by SQL, until the last matter is over', async () => {
    const { id } = await anAsset(ctx, { houseId: house.id, state: 'WITHDRAWN' })
    expect(await setLegalHold(ctx, { assetId: id, ...matter })).toMatchObject({ ok: true })
    expect(await setLegalHold(ctx, { assetId: id, ...matter })).toMatchObject({ error: 'already-held' })
    expect(await setLegalHold(ctx, { assetId: id, ...matter, matter: 'Tax audit' })).toMatchObject({ ok: true })
    expect((await rowOf(id)).legalHold).toBe(true)
    for (const end of [archiveAsset, deleteAsset])
      expect(await end(ctx, { assetId: id, reason: 'Old' })).toMatchObject({ error: 'legal-hold' })
    await expect(t.db.asset.update({ where: { id }, data: { state: 'ARCHIVED' } })).rejects.toThrow(/legal hold/)
    await expect(t.db.assetVersion.deleteMany({ where: { assetId: id } })).rejects.toThrow(/legal hold/)
    const [first, second] = await t.db.legalHold.findMany({ where: { assetId: id }, orderBy: { id: 'asc' } })
    await expect(t.db.legalHold.update({ where: { id: first?.id ?? '' }, data: { matter: 'Another' } })).rejects.toThrow()
    await expect(t.db.legalHold.delete({ where: { id: first?.id ?? '' } })).rejects.toThrow()
    expect(await releaseLegalHold(ctx, { holdId: first?.id ?? '', reason: 'Settled' })).toMatchObject({
      ok: true,
      value: { stillHeld: true },
    })
    expect(await releaseLegalHold(ctx, { holdId: first?.id ?? '', reason: 'Settled' })).toMatchObject({ error: 'already-released' })
    expect(await archiveAsset(ctx, { assetId: id, reason: 'Old' })).toMatchObject({ error: 'legal-hold' })
    await releaseLegalHold(ctx, { holdId: second?.id ?? '', reason: 'Over' })
    expect(await archiveAsset(ctx, { assetId: id, reason: 'Old' })).toMatchObject({ ok: true })
  })

  test('is the rights desk’s to set', async () => {
    const { id } = await approved()
    const librarian = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
    await expect(setLegalHold(asActor(ctx, librarian), { assetId: id, ...matter })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('and an archiving at once: one of the two came first, and never is an asset archived that was held before', async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await anAsset(ctx, { houseId: house.id, state: 'WITHDRAWN' })
      const [held, archived] = await Promise.all([
        setLegalHold(ctx, { assetId: id, ...matter }),
        archiveAsset(ctx, { assetId: id, reason: 'Old' }),
      ])
      expect(held.ok).toBe(true)
      if (!archived.ok) expect(archived.error).toBe('legal-hold')
      expect((await rowOf(id)).state).toBe(archived.ok ? 'ARCHIVED' : 'WITHDRAWN')
    }
  })
})

test('many at once: all that can, and each that cannot by name', async () => {
  const live = await Promise.all([1, 2, 3].map(() => anAsset(ctx, { houseId: house.id })))
  const draft = await anAsset(ctx, { houseId: house.id, state: 'DRAFT', title: 'A sketch' })
  const ids = [...live.map(({ id }) => id), draft.id]
  expect(await lifeForMany(ctx, { ids }, { verb: 'withdraw', reason: 'Season over' })).toEqual({
    done: 3,
    refused: [{ id: draft.id, title: 'A sketch', state: 'DRAFT', error: 'wrong-state', detail: { state: 'DRAFT' } }],
  })
  expect(
    await lifeForMany(ctx, { ids }, { verb: 'legal-hold', matter: 'One case', reason: 'All of it', stopsDelivery: false }),
  ).toMatchObject({ done: 4 })
  const gone = await lifeForMany(ctx, { ids }, { verb: 'delete', reason: 'Tidy up' })
  expect(gone).toMatchObject({ done: 0 })
  expect(new Set(gone.refused.map(({ error }) => error))).toEqual(new Set(['legal-hold']))
  expect(await lifeForMany(ctx, { ids: live.map(({ id }) => id) }, { verb: 'publish' })).toMatchObject({ done: 3, refused: [] })
})
