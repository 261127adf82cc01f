import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { inTransactionOrUndo, violates } from '../platform/db.ts'
import { takeClaims } from './claims.ts'
import { loadRights } from './loading.ts'
import { decide } from './rules/decide.ts'
import { reasonInWords } from './rules/reason-words.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'
import { twinsDesk, twinsOfAsset } from './twin-views.ts'
import { decideTwin, flagSameBytes, flagTwins, groupTwins, leaveGroup } from './twins.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(30)))
afterAll(async () => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: true,
}

async function world() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const a = await anAsset(ctx, { houseId: house.id })
  const b = await anAsset(ctx, { houseId: house.id })
  const c = await anAsset(ctx, { houseId: house.id })
  type Asset = typeof a
  const sell = async (asset: Asset, change: Partial<ScopeTerms> = {}) => {
    const wanted = { ...terms, ...change }
    const licence = await aLicenceFor(ctx, { asset, exclusive: wanted.exclusive })
    return inTransactionOrUndo(ctx, (tx) =>
      takeClaims(tx, [
        {
          assetNo: asset.no,
          licenceNo: licence.no,
          box: boxOf(wanted),
          exclusive: wanted.exclusive,
          state: 'ACTIVE',
          holdExpiresAt: null,
        },
      ]),
    )
  }
  const pair = (...assets: Asset[]) => groupTwins(ctx, { assetIds: assets.map(({ id }) => id), name: 'Harbour', why: 'One shoot' })
  const members = (state?: 'SUSPECTED' | 'CONFIRMED') =>
    t.db.exclusivityMember.findMany({
      where: { houseId: house.id, leftAt: null, ...(state ? { state } : {}) },
      orderBy: { assetNo: 'asc' },
    })
  return { ctx, house, a, b, c, sell, pair, members }
}

describe('twins', () => {
  test('an exclusive sale of one bars the others; the reason says a near-identical picture, not whose', async () => {
    const { ctx, a, b, c, sell, pair } = await world()
    expect((await pair(a, b)).ok).toBe(true)
    expect((await sell(a)).ok).toBe(true)
    expect(await sell(b, { exclusive: false })).toMatchObject({ error: 'rights-taken', detail: [{ twin: true, exclusive: true }] })
    expect((await sell(c)).ok).toBe(true)
    const rights = (await loadRights(ctx, { assetIds: [b.id] })).get(b.id)
    expect(rights?.claims).toMatchObject([{ twin: true, exclusive: true }])
    const when = { at: ctx.clock.now(), knownAt: ctx.clock.now() }
    const decision = rights && decide(rights, { box: boxOf(terms), exclusive: false, by: 'holder' }, when)
    expect(decision).toMatchObject({ verdict: 'deny', reasons: [{ cause: 'taken' }] })
    const [reason] = decision?.reasons ?? []
    expect(reason && reasonInWords(reason, boxOf(terms), { zone: 'UTC' })).toMatch(/near-identical/)
  })

  test('SQL that sells a twin exclusively is refused by no_double_sale', async () => {
    const { ctx, a, b, sell, pair } = await world()
    await pair(a, b)
    await sell(a)
    const { no } = await aLicenceFor(ctx, { asset: b, exclusive: true })
    await expect(
      t.db
        .$executeRaw`INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
        VALUES (${b.houseId}, ${b.no}, ${no}, '{[0,)}', '{[0,)}', '{[0,)}', '[2027-01-01,2028-01-01)', true, 'ACTIVE', now())`,
    ).rejects.toSatisfy((error) => violates(error, 'no_double_sale'))
  })

  test('what has been sold of both is an outcome with the licences, and nothing is written', async () => {
    const { a, b, sell, pair, members } = await world()
    await sell(a)
    await sell(b, { exclusive: false })
    expect(await pair(a, b)).toMatchObject({
      ok: false,
      error: 'sold-to-both',
      detail: [{ assetId: a.id, otherAssetId: b.id, licenceNo: expect.any(String) }],
    })
    expect(await members()).toEqual([])
  })

  test('plain sales of both may stand beside each other; an exclusive wish meets them all', async () => {
    const { a, b, sell, pair } = await world()
    await sell(a, { exclusive: false })
    await sell(b, { exclusive: false })
    expect((await pair(a, b)).ok).toBe(true)
    expect(await sell(a)).toMatchObject({ error: 'rights-taken', detail: [{ twin: false }, { twin: true }] })
  })

  test('the other refusals: too few, unknown, already together, in two groups', async () => {
    const { ctx, house, a, b, c, pair } = await world()
    expect(await pair(a)).toMatchObject({ error: 'too-few' })
    expect(await groupTwins(ctx, { assetIds: [a.id, 'ast_no'], name: 'x', why: '' })).toMatchObject({ error: 'no-such-asset' })
    await pair(a, b)
    expect(await pair(b, a)).toMatchObject({ error: 'already-together' })
    const d = await anAsset(ctx, { houseId: house.id })
    await pair(c, d)
    expect(await pair(a, c)).toMatchObject({ error: 'in-other-groups' })
  })

  test('a third picture comes into the group of its twin', async () => {
    const { ctx, a, b, c, sell, pair } = await world()
    await pair(a, b)
    await pair(b, c)
    await sell(a)
    expect(await sell(c)).toMatchObject({ error: 'rights-taken' })
    expect((await twinsOfAsset(ctx, a.id))?.others.map(({ assetId }) => assetId)).toEqual([b.id, c.id])
  })

  test('of many buyers of both twins at once one wins', async () => {
    const { a, b, sell, pair } = await world()
    await pair(a, b)
    const outcomes = await Promise.all(Array.from({ length: 24 }, (_, i) => sell(i % 2 ? a : b)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'rights-taken')).toHaveLength(23)
  })

  test('grouping and an exclusive sale of each at once never leave two', async () => {
    for (let round = 0; round < 5; round++) {
      const { a, b, sell, pair } = await world()
      const [grouped, ...sold] = await Promise.all([pair(a, b), sell(a), sell(b)])
      const both = sold.filter(({ ok }) => ok).length === 2
      expect(both ? grouped : grouped.ok).toEqual(both ? expect.objectContaining({ error: 'sold-to-both' }) : true)
    }
  })
})

describe('suspected twins', () => {
  test('bind until somebody decides; confirmed they stay, and only once', async () => {
    const { ctx, a, b, sell, members } = await world()
    expect((await flagTwins(ctx, { assetIds: [a.id, b.id], name: 'Same', why: 'Looks alike' })).ok).toBe(true)
    await sell(a)
    expect(await sell(b)).toMatchObject({ error: 'rights-taken' })
    const [member] = await members('SUSPECTED')
    const decideIt = (decision: 'confirm' | 'dismiss') => decideTwin(ctx, { memberId: member?.id ?? '', decision })
    const outcomes = await Promise.all([decideIt('confirm'), decideIt('dismiss')])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ error: 'already-decided' })
  })

  test('dismissed they go their own way, are not asked about again, and history remembers', async () => {
    const { ctx, a, b, sell, members } = await world()
    await flagTwins(ctx, { assetIds: [a.id, b.id], name: 'Same', why: 'Looks alike' })
    await sell(a)
    const then = ctx.clock.now()
    ctx.clock.advance(1_000)
    const [member] = await members('SUSPECTED')
    expect((await decideTwin(ctx, { memberId: member?.id ?? '', decision: 'dismiss' })).ok).toBe(true)
    expect(await members()).toEqual([])
    expect((await sell(b)).ok).toBe(true)
    expect(await flagTwins(ctx, { assetIds: [a.id, b.id], name: 'Same', why: 'Again' })).toMatchObject({ error: 'dismissed-before' })
    const before = (await loadRights(ctx, { assetIds: [b.id], knownAt: then })).get(b.id)
    expect(before?.claims).toMatchObject([{ twin: true }])
    const after = (await loadRights(ctx, { assetIds: [b.id], knownAt: ctx.clock.now() })).get(b.id)
    expect(after?.claims.map(({ twin }) => twin)).toEqual([undefined])
  })

  test('the same bytes under another number are suspected by themselves, twice told once', async () => {
    const { ctx, a, b, c, members } = await world()
    // All pictures of the test world have the same bytes: the first is what the others are twins of.
    await flagSameBytes(ctx, b.currentVersionId ?? '')
    await flagSameBytes(ctx, b.currentVersionId ?? '')
    await flagSameBytes(ctx, c.currentVersionId ?? '')
    expect((await members()).map(({ assetId, state }) => [assetId, state])).toEqual([
      [a.id, 'CONFIRMED'],
      [b.id, 'SUSPECTED'],
      [c.id, 'SUSPECTED'],
    ])
    expect(await t.db.auditFact.count({ where: { type: 'twins.suspected', houseId: a.houseId } })).toBe(2)
    const desk = await twinsDesk(ctx, { only: 'suspected', after: null })
    expect(desk).toMatchObject({
      suspected: 2,
      mayDecide: true,
      items: [{ members: [{ assetId: a.id }, { assetId: b.id }, { assetId: c.id }] }],
    })
  })

  test('the same bytes that both were sold exclusively are told to the trail', async () => {
    const { ctx, a, b, sell } = await world()
    await sell(a)
    await sell(b)
    await flagSameBytes(ctx, b.currentVersionId ?? '')
    expect(await t.db.auditFact.count({ where: { type: 'twins.sold-to-both', houseId: a.houseId } })).toBe(1)
  })
})

test('leaving a group frees the picture, once; a group of one is none', async () => {
  const { ctx, a, b, sell, pair, members } = await world()
  await pair(a, b)
  await sell(a)
  const [, second] = await members()
  const leave = () => leaveGroup(ctx, { memberId: second?.id ?? '', reason: 'Cropped differently' })
  const outcomes = await Promise.all([leave(), leave()])
  expect(outcomes.map((outcome) => (outcome.ok ? 'left' : outcome.error)).sort()).toEqual(['already-left', 'left'])
  expect(await members()).toEqual([])
  expect((await sell(b)).ok).toBe(true)
})

test('another house’s twins are not there, and only rights managers decide', async () => {
  const [ours, theirs] = [await world(), await world()]
  await theirs.pair(theirs.a, theirs.b)
  const [member] = await theirs.members()
  const memberId = member?.id ?? ''
  await expect(decideTwin(ours.ctx, { memberId, decision: 'confirm' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(leaveGroup(ours.ctx, { memberId, reason: 'x' })).rejects.toMatchObject({ code: 'not-found' })
  expect(await groupTwins(ours.ctx, { assetIds: [ours.a.id, theirs.a.id], name: 'x', why: '' })).toMatchObject({ error: 'no-such-asset' })
  expect((await twinsDesk(ours.ctx, { only: 'all', after: null })).items).toEqual([])
  const auditor = asActor(ours.ctx, await aPerson(ours.ctx, { houseId: ours.house.id, roles: ['AUDITOR'] }))
  await expect(groupTwins(auditor, { assetIds: [ours.a.id, ours.b.id], name: 'x', why: '' })).rejects.toMatchObject({ code: 'forbidden' })
  expect((await twinsDesk(auditor, { only: 'all', after: null })).mayDecide).toBe(false)
})
