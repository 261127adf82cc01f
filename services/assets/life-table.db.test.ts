import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../platform/db.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import type { Person } from '../kernel/actor.ts'
import { deleteAsset, embargoAsset, endEmbargo, expireAsset, holdAsset, resumeAsset, scheduleAsset, unscheduleAsset } from './life.ts'
import { takeBackStep } from './life-steps.ts'
import { lockAsset, moveAsset } from './lock.ts'
import { archiveAsset, publishAsset, restoreAsset, withdrawAsset } from './publishing.ts'
import { assetStates, heldFromNames, resumeVerbs, takeBackVerbs, type AssetState, type AssetVerb } from './rules/asset-states.ts'
import { stepOne } from './steps.ts'

let t: TestDb
let ctx: TestContext
let house: { id: string }
let keeper: Person
beforeAll(async () => {
  t = await testDb()
  const bare = testContext(t.db)
  house = await aHouse(bare)
  keeper = await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN', 'RIGHTS_MANAGER'] })
  ctx = asActor(bare, keeper)
})
afterAll(() => t[Symbol.asyncDispose]())

/** As the guard words it. */
const refusal = /no verb leads from|resumes to|held under embargo|was \S+, not/
const soon = '2031-05-05T10:00'
const later = '2031-06-05T10:00'

/** An asset in a state, with what the state needs to be left again: it remembers what it was where the database asks for that. */
async function assetIn(state: AssetState, remembers?: AssetState) {
  const asset = await anAsset(ctx, { houseId: house.id, state })
  const versionId = asset.currentVersionId ?? ''
  const at = ctx.clock.now()
  await t.db.review.create({
    data: {
      id: `rev_${asset.id}`,
      houseId: house.id,
      assetId: asset.id,
      versionId,
      state: 'APPROVED',
      askedById: keeper.userId,
      askedAt: at,
      decidedById: keeper.userId,
      decidedAt: at,
    },
  })
  if (state === 'ON_HOLD' && remembers)
    await t.db.asset.update({
      where: { id: asset.id },
      data: {
        heldFrom: remembers,
        ...(remembers === 'SCHEDULED' ? { publishAt: new Date('2031-01-01') } : {}),
        ...(remembers === 'EMBARGOED' ? { embargoEndsAt: new Date('2031-01-01'), embargoThen: 'APPROVED' } : {}),
      },
    })
  if (remembers && state !== 'ON_HOLD') await t.db.asset.update({ where: { id: asset.id }, data: { endedFrom: remembers } })
  return asset.id
}
const stateOf = async (id: string) => (await t.db.asset.findUniqueOrThrow({ where: { id } })).state

const resumes = Object.fromEntries(heldFromNames.map((name) => [resumeVerbs[name], name])) as Partial<Record<AssetVerb, AssetState>>
const takesBack = Object.fromEntries(Object.entries(takeBackVerbs).map(([state, verb]) => [verb, state])) as Partial<
  Record<AssetVerb, AssetState>
>
const reason = 'For the test'

/** Each verb by the operation that takes it. The reviewers' and the uploads' verbs are moves of the lock, as their operations take them. */
const drive = (verb: AssetVerb): ((assetId: string) => Promise<{ ok: boolean }>) => {
  const by = (assetId: string) => ({ assetId })
  switch (verb) {
    case 'publish':
      return (id) => publishAsset(ctx, by(id))
    case 'withdraw':
      return (id) => withdrawAsset(ctx, { ...by(id), reason })
    case 'archive':
      return (id) => archiveAsset(ctx, { ...by(id), reason })
    case 'restore':
      return (id) => restoreAsset(ctx, by(id))
    case 'schedule':
      return (id) => scheduleAsset(ctx, { ...by(id), publishOn: soon, unpublishOn: later })
    case 'unschedule':
      return (id) => unscheduleAsset(ctx, by(id))
    case 'hold':
      return (id) => holdAsset(ctx, { ...by(id), reason })
    case 'embargo':
      return (id) => embargoAsset(ctx, { ...by(id), endsOn: soon, becomes: 'APPROVED', people: [], reason })
    case 'liftEmbargo':
      return (id) => endEmbargo(ctx, by(id))
    case 'expire':
      return (id) => expireAsset(ctx, { ...by(id), reason })
    case 'delete':
      return (id) => deleteAsset(ctx, { ...by(id), reason })
    case 'resumeDraft':
    case 'resumeApproved':
    case 'resumeScheduled':
    case 'resumePublished':
    case 'resumeEmbargoed':
    case 'resumeExpired':
    case 'resumeWithdrawn':
      return (id) => resumeAsset(ctx, by(id))
    case 'takeBackApproved':
    case 'takeBackWithdrawn':
    case 'takeBackExpired':
    case 'takeBackArchived':
      return (id) => stepOne(ctx, id, takeBackStep)
    case 'purge':
    case 'submit':
    case 'approve':
    case 'askChanges':
    case 'reject':
    case 'replace':
      return (id) => inTransaction(ctx, async (tx) => ({ ok: await moveAsset(tx, await lockAsset(tx, id), verb) }))
  }
}

describe('the table of moves', () => {
  test('is the same in the rules and in the database', async () => {
    const rows = await t.db.assetMove.findMany()
    const there = rows.map(({ fromState, verb, toState }) => `${fromState} ${verb} ${toState}`).sort()
    const here = assetStates.states.flatMap((state) =>
      assetStates.verbs(state).map((verb) => `${state} ${verb} ${assetStates.after(state, verb) ?? ''}`),
    )
    expect(there).toEqual(here.sort())
  })

  const verbs = [...new Set(assetStates.states.flatMap((state) => assetStates.verbs(state)))]
  test.each(assetStates.states)('%s: every verb does what the table says, and no other does anything', async (state) => {
    for (const verb of verbs) {
      const remembers = resumes[verb] ?? takesBack[verb]
      const id = await assetIn(
        state,
        state === 'ON_HOLD'
          ? (resumes[verb] ?? 'APPROVED')
          : ['EXPIRED', 'ARCHIVED', 'DELETED'].includes(state)
            ? (remembers ?? 'WITHDRAWN')
            : undefined,
      )
      const expected = assetStates.after(state, verb)
      // A verb of the other kind of memory finds nothing to go back to.
      const outcome = await drive(verb)(id)
      const sideways = expected === undefined && (verb in resumes || verb in takesBack) && outcome.ok
      if (sideways) continue
      expect(outcome.ok, `${state} ${verb}`).toBe(expected !== undefined)
      expect(await stateOf(id), `${state} ${verb}`).toBe(expected ?? state)
    }
  })

  test.each(assetStates.states)('%s: plain SQL may do what some verb does, and nothing else', async (from) => {
    for (const to of assetStates.states) {
      if (from === to) continue
      const known = assetStates.verbs(from).filter((verb) => assetStates.after(from, verb) === to)
      const id = await assetIn(
        from,
        from === 'ON_HOLD'
          ? (heldFromNames.find((name) => name === to) ?? 'APPROVED')
          : ['EXPIRED', 'ARCHIVED', 'DELETED'].includes(from)
            ? to
            : undefined,
      )
      const day = new Date('2031-01-01')
      const says = {
        SCHEDULED: { publishAt: day },
        ON_HOLD: { heldFrom: 'APPROVED' as const },
        EMBARGOED: { embargoEndsAt: day, embargoThen: 'APPROVED' as const },
        DELETED: { deletedAt: day, purgeAt: day },
      }
      const moved = await t.db.asset
        .update({ where: { id }, data: { state: to, ...(to in says ? says[to as keyof typeof says] : {}) } })
        .then(() => true)
        .catch((error: unknown) => {
          expect(String(error), `${from} to ${to}`).toMatch(refusal)
          return false
        })
      expect(moved, `${from} to ${to} by ${known.join()}`).toBe(known.length > 0)
    }
  })

  test('what is held resumes to what it was and to nothing else', async () => {
    for (const from of heldFromNames)
      for (const to of heldFromNames.filter((name) => name !== from)) {
        const id = await assetIn('ON_HOLD', from)
        await expect(
          t.db.asset.update({
            where: { id },
            data: { state: to, publishAt: new Date('2031-01-01'), embargoEndsAt: new Date('2031-01-01'), embargoThen: 'APPROVED' },
          }),
        ).rejects.toThrow(refusal)
      }
  })

  test('what a state says of itself goes when the state is left', async () => {
    const id = await assetIn('APPROVED')
    await scheduleAsset(ctx, { assetId: id, publishOn: soon, unpublishOn: later })
    await unscheduleAsset(ctx, { assetId: id })
    expect(await t.db.asset.findUnique({ where: { id } })).toMatchObject({ publishAt: null, unpublishAt: null })
    await embargoAsset(ctx, { assetId: id, endsOn: soon, becomes: 'PUBLISHED', people: [keeper.userId], reason })
    await holdAsset(ctx, { assetId: id, reason })
    expect(await t.db.asset.findUnique({ where: { id } })).toMatchObject({ heldFrom: 'EMBARGOED', embargoFor: [keeper.userId] })
    expect(await archiveAsset(ctx, { assetId: id, reason }), 'an embargo is not ended by a detour').toMatchObject({ error: 'wrong-state' })
    await resumeAsset(ctx, { assetId: id })
    await endEmbargo(ctx, { assetId: id })
    expect(await t.db.asset.findUnique({ where: { id } })).toMatchObject({
      state: 'APPROVED',
      embargoEndsAt: null,
      embargoThen: null,
      embargoFor: [],
      heldFrom: null,
    })
  })
})
