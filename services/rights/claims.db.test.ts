import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset } from '#services/testing/world.ts'
import { newId } from '../kernel/ids.ts'
import { inTransaction, inTransactionOrUndo, violates } from '../platform/db.ts'
import { ClaimState as DbClaimState, ReleaseKind, ReleaseStatus, RestrictionKind } from '../platform/generated/prisma/enums.ts'
import { moveClaims, takeClaims, type ClaimLine } from './claims.ts'
import { loadRights } from './loading.ts'
import { claimStates, releaseKinds, releaseStatuses, restrictionKinds } from './rules/known.ts'
import { LeafSet } from './rules/leaf-set.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(30)))
afterAll(async () => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['DACH'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: true,
}
let licence = 1_000n
const line = (assetNo: bigint, change: Partial<ScopeTerms> = {}, more: Partial<ClaimLine> = {}): ClaimLine => {
  const wanted = { ...terms, ...change }
  return { assetNo, licenceNo: ++licence, box: boxOf(wanted), exclusive: wanted.exclusive, state: 'ACTIVE', holdExpiresAt: null, ...more }
}

async function world(fields: Partial<Parameters<typeof anAsset>[1]> = {}) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, { kind: 'system', houseId: house.id, name: 'test' })
  const asset = await anAsset(ctx, { houseId: house.id, ...fields })
  const take = (...lines: ClaimLine[]) => inTransactionOrUndo(ctx, (tx) => takeClaims(tx, lines))
  const move = (licenceNo: bigint, from: Parameters<typeof moveClaims>[1]['from'], to: Parameters<typeof moveClaims>[1]['to']) =>
    inTransaction(ctx, (tx) => moveClaims(tx, { licenceNos: [licenceNo], from, to }))
  const hold = (box: { media: string; territory: string; period: string }, subLicensable = true) => t.db.$executeRaw`
    INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
    VALUES (${newId('acq', ctx.clock.now())}, ${house.id}, ${asset.id}, ${asset.no}, 'C-1', 'L', ${box.media}::int4multirange, ${box.territory}::int4multirange, '{[0,)}', ${box.period}::tstzrange, '{}', ${subLicensable}, false, ${ctx.clock.now()})`
  return { ctx, house, asset, take, move, hold }
}

describe('the engine and the database mean the same', () => {
  test('the mirrors of the enums are equal to them', () => {
    expect([...claimStates].sort()).toEqual(Object.values(DbClaimState).sort())
    expect([...releaseKinds].sort()).toEqual(Object.values(ReleaseKind).sort())
    expect([...releaseStatuses].sort()).toEqual(Object.values(ReleaseStatus).sort())
    expect([...restrictionKinds].sort()).toEqual(Object.values(RestrictionKind).sort())
  })

  test('a LeafSet is what an int4multirange is, for every operation', async () => {
    // A small generator of our own: the same thousand pairs in each run, so that one query settles them all.
    let seed = 7
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    const draw = () =>
      LeafSet.ofRanges(
        Array.from({ length: next(5) }, () => [next(30), next(30) + (next(9) === 0 ? Infinity : 0)] as const).map(([a, b]) => [
          Math.min(a, b),
          Math.max(a, b),
        ]),
      )
    const pairs = Array.from({ length: 1_000 }, () => [draw(), draw()] as const)
    const rows = await t.db.$queryRaw<{ a: string; plus: string; times: string; minus: string; covers: boolean; meets: boolean }[]>`
      SELECT a::text, (a + b)::text AS plus, (a * b)::text AS times, (a - b)::text AS minus, a @> b AS covers, a && b AS meets
      FROM unnest(${pairs.map(([a]) => a.toPostgres())}::text[]::int4multirange[], ${pairs.map(([, b]) => b.toPostgres())}::text[]::int4multirange[]) WITH ORDINALITY AS t (a, b, n) ORDER BY n`
    pairs.forEach(([a, b], i) =>
      expect({
        a: a.toPostgres(),
        plus: a.union(b).toPostgres(),
        times: a.intersection(b).toPostgres(),
        minus: a.difference(b).toPostgres(),
        covers: a.covers(b),
        meets: a.overlaps(b),
      }).toEqual(rows[i]),
    )
  })
})

describe('taking claims', () => {
  test('lays a claim with the sets of the day and hands back its number', async () => {
    const { ctx, asset, take } = await world()
    const wanted = line(asset.no, {}, { state: 'HELD', holdExpiresAt: new Date('2026-11-21T10:00:00Z') })
    const outcome = await take(wanted)
    expect(outcome).toEqual({ ok: true, value: { claims: [expect.any(BigInt)] } })
    const known = (await loadRights(ctx, { assetIds: [asset.id] })).get(asset.id)
    expect(known?.claims).toMatchObject([{ licenceNo: wanted.licenceNo, exclusive: true, state: 'HELD' }])
    expect(known?.claims[0]?.box).toEqual(wanted.box)
  })

  test('is refused by an exclusive claim, and says which part is gone', async () => {
    const { asset, take } = await world()
    await take(line(asset.no))
    const outcome = await take(line(asset.no, { territory: { include: ['EU27'] }, media: ['out-of-home'], until: null, exclusive: false }))
    expect(outcome).toEqual({
      ok: false,
      error: 'rights-taken',
      detail: [
        {
          assetNo: asset.no,
          exclusive: true,
          state: 'ACTIVE',
          media: ['billboard'],
          territory: ['AT', 'DE'].sort((a) => (a === 'AT' ? -1 : 1)),
          from: new Date('2026-12-31T23:00:00Z'),
          to: new Date('2027-12-31T23:00:00Z'),
        },
      ],
    })
  })

  test('an exclusive wish is refused by a plain sale; beside it plain sales go on', async () => {
    const { asset, take } = await world()
    expect((await take(line(asset.no, { exclusive: false, until: null }))).ok).toBe(true)
    expect((await take(line(asset.no, { exclusive: false }))).ok).toBe(true)
    expect(await take(line(asset.no))).toMatchObject({ ok: false, error: 'rights-taken' })
    expect((await take(line(asset.no, { media: ['packaging'] }))).ok).toBe(true)
  })

  test('terms that touch at midnight do not meet', async () => {
    const { asset, take } = await world()
    await take(line(asset.no))
    expect((await take(line(asset.no, { from: '2028-01-01', until: '2028-12-31' }))).ok).toBe(true)
    expect((await take(line(asset.no, { from: '2027-12-31', until: '2028-12-31' }))).ok).toBe(false)
  })

  test('nothing is taken that is not held, or may not be passed on', async () => {
    const bare = await world({ held: false })
    expect(await bare.take(line(bare.asset.no))).toMatchObject({ error: 'rights-not-held', detail: { causes: ['not-held'] } })
    await bare.hold({ media: '{[0,)}', territory: '{[0,)}', period: '[2020-01-01,)' }, false)
    expect(await bare.take(line(bare.asset.no))).toMatchObject({ error: 'rights-not-held', detail: { causes: ['not-sub-licensable'] } })
    expect((await bare.take(line(bare.asset.no, {}, { by: 'house' }))).ok).toBe(true)
  })

  test('an asset of another house is not there', async () => {
    const [ours, theirs] = [await world(), await world()]
    expect(await ours.take(line(theirs.asset.no))).toMatchObject({ error: 'rights-not-held' })
  })

  test('nothing is taken against a consent or a restriction', async () => {
    const people = await world({ showsPeople: true })
    expect(await people.take(line(people.asset.no))).toMatchObject({ error: 'rights-barred', detail: { causes: ['release-missing'] } })
    expect((await people.take(line(people.asset.no, { media: ['website-editorial'] }))).ok).toBe(true)
  })

  test('a scope that needs two contracts becomes a claim within each', async () => {
    const { asset, take, hold, ctx } = await world({ held: false })
    await hold({ media: '{[0,)}', territory: '{[0,)}', period: '[2026-01-01,2027-07-01)' })
    await hold({ media: '{[0,)}', territory: '{[0,)}', period: '[2027-06-01,2029-01-01)' })
    const wanted = line(asset.no)
    expect(await take(wanted)).toMatchObject({ ok: true, value: { claims: [expect.any(BigInt), expect.any(BigInt)] } })
    const claims = (await loadRights(ctx, { assetIds: [asset.id] })).get(asset.id)?.claims ?? []
    const [first, second] = claims.map(({ box }) => box.period).sort((a, b) => a.from.getTime() - b.from.getTime())
    expect([first?.from, second?.from, second?.to]).toEqual([wanted.box.period.from, first?.to, wanted.box.period.to])
  })

  test('a basket is all or nothing, even when the caller forgets to undo', async () => {
    const { ctx, house, asset, take } = await world()
    const other = await anAsset(ctx, { houseId: house.id })
    await take(line(asset.no))
    const basket = [line(other.no), line(asset.no)]
    expect(await inTransaction(ctx, (tx) => takeClaims(tx, basket))).toMatchObject({ ok: false, error: 'rights-taken' })
    expect((await loadRights(ctx, { assetIds: [other.id] })).get(other.id)?.claims).toEqual([])
  })

  test('of 24 at once for one exclusive right one wins and 23 are told why', async () => {
    const { asset, take } = await world()
    const outcomes = await Promise.all(Array.from({ length: 24 }, () => take(line(asset.no))))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const outcome of outcomes.filter(({ ok }) => !ok))
      expect(outcome).toMatchObject({ error: 'rights-taken', detail: [{ media: ['billboard'], exclusive: true }] })
  })

  test('baskets of four out of eight assets, in any order: no deadlock, and no two winners share an asset', async () => {
    const { ctx, house, take } = await world()
    const assets = await Promise.all(Array.from({ length: 8 }, () => anAsset(ctx, { houseId: house.id })))
    const baskets = Array.from({ length: 24 }, (_, i) =>
      [0, 3, 5, 6].map((step) => assets[(i * 5 + step * (i % 2 ? 1 : 7)) % 8]?.no as bigint),
    )
    const outcomes = await Promise.all(baskets.map((nos) => take(...nos.map((no) => line(no)))))
    const won = baskets.filter((_, i) => outcomes[i]?.ok).flat()
    expect(won.length).toBeGreaterThan(0)
    expect(new Set(won).size).toBe(won.length)
    expect(outcomes.filter((outcome) => !outcome.ok).every((outcome) => !outcome.ok && outcome.error === 'rights-taken')).toBe(true)
  })
})

describe('moving claims', () => {
  test('a hold that is paid becomes active, once', async () => {
    const { asset, take, move } = await world()
    const hold = line(asset.no, {}, { state: 'HELD', holdExpiresAt: new Date('2026-11-21T10:00:00Z') })
    await take(hold)
    const moves = await Promise.all([1, 2, 3].map(() => move(hold.licenceNo, ['HELD'], 'ACTIVE')))
    expect(moves.map((outcome) => outcome.ok && outcome.value.moved).sort()).toEqual([0, 0, 1])
  })

  test('what was released is free, and comes back only while nobody else has it', async () => {
    const { asset, take, move } = await world()
    const first = line(asset.no)
    await take(first)
    expect(await move(first.licenceNo, ['ACTIVE'], 'RELEASED')).toEqual({ ok: true, value: { moved: 1 } })
    expect(await move(first.licenceNo, ['RELEASED'], 'ACTIVE')).toEqual({ ok: true, value: { moved: 1 } })
    await move(first.licenceNo, ['ACTIVE'], 'RELEASED')
    expect((await take(line(asset.no))).ok).toBe(true)
    expect(await move(first.licenceNo, ['RELEASED'], 'ACTIVE')).toMatchObject({
      ok: false,
      error: 'rights-taken',
      detail: [{ exclusive: true }],
    })
  })

  test('late money for rights that are gone is refused inside a transaction that goes on', async () => {
    const { ctx, house, asset, take } = await world()
    const late = line(asset.no, {}, { state: 'HELD', holdExpiresAt: new Date('2026-11-21T10:00:00Z') })
    await take(late)
    await inTransaction(ctx, (tx) => moveClaims(tx, { licenceNos: [late.licenceNo], from: ['HELD'], to: 'RELEASED' }))
    await take(line(asset.no))
    const state = await inTransaction(ctx, async (tx) => {
      const outcome = await moveClaims(tx, { licenceNos: [late.licenceNo], from: ['HELD', 'RELEASED'], to: 'ACTIVE' })
      expect(outcome).toMatchObject({ error: 'rights-taken' })
      await moveClaims(tx, { licenceNos: [late.licenceNo], from: ['RELEASED'], to: 'CONFLICT' })
      return (await tx.db.claim.findFirstOrThrow({ where: { houseId: house.id, licenceNo: late.licenceNo } })).state
    })
    expect(state).toBe('CONFLICT')
  })

  test('does not come back when the contract it lay in is gone', async () => {
    const { ctx, asset, take, move } = await world()
    const sold = line(asset.no)
    await take(sold)
    await move(sold.licenceNo, ['ACTIVE'], 'RELEASED')
    await t.db.$executeRaw`UPDATE acquisitions SET superseded_at = ${ctx.clock.now()} WHERE asset_no = ${asset.no}`
    expect(await move(sold.licenceNo, ['RELEASED'], 'ACTIVE')).toEqual({
      ok: false,
      error: 'rights-not-held',
      detail: { assetNo: asset.no },
    })
  })

  test('two late reactivations and a sale at once: one of them has the right', async () => {
    const { asset, take, move } = await world()
    const [a, b] = [line(asset.no), line(asset.no)]
    for (const one of [a, b]) {
      await take(one)
      await move(one.licenceNo, ['ACTIVE'], 'RELEASED')
    }
    const outcomes = await Promise.all([
      move(a.licenceNo, ['RELEASED'], 'ACTIVE'),
      move(b.licenceNo, ['RELEASED'], 'ACTIVE'),
      take(line(asset.no)),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

describe('the last line: SQL that breaks the promise fails, whoever writes it', () => {
  const insert = (houseId: string, assetNo: bigint, licenceNo: bigint, exclusive: boolean, media = '{[11,12)}') => t.db.$executeRaw`
    INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
    VALUES (${houseId}, ${assetNo}, ${licenceNo}, ${media}::int4multirange, '{[0,)}', '{[0,)}', '[2027-01-01,2028-01-01)', ${exclusive}, 'ACTIVE', now())`

  test('a double sale', async () => {
    const { house, asset, take } = await world()
    await take(line(asset.no))
    await expect(insert(house.id, asset.no, 7n, false)).rejects.toSatisfy((error) => violates(error, 'no_double_sale'))
  })
  test('a late reactivation', async () => {
    const { asset, take, move } = await world()
    const first = line(asset.no)
    await take(first)
    await move(first.licenceNo, ['ACTIVE'], 'EXPIRED')
    await take(line(asset.no))
    await expect(t.db.$executeRaw`UPDATE claims SET state = 'ACTIVE' WHERE licence_no = ${first.licenceNo}`).rejects.toSatisfy((error) =>
      violates(error, 'no_double_sale'),
    )
  })
  test('a sale of what is not held', async () => {
    const { house, asset } = await world({ held: false })
    await expect(insert(house.id, asset.no, 7n, false)).rejects.toSatisfy((error) => violates(error, 'is not within what is held'))
  })
  test('a claim without scope, and a hold without an end', async () => {
    const { house, asset } = await world()
    await expect(insert(house.id, asset.no, 7n, false, '{}')).rejects.toSatisfy((error) => violates(error, 'claim_has_scope'))
    await insert(house.id, asset.no, 8n, false)
    await expect(t.db.$executeRaw`UPDATE claims SET state = 'HELD' WHERE licence_no = 8 AND asset_no = ${asset.no}`).rejects.toSatisfy(
      (error) => violates(error, 'claim_hold_has_its_end'),
    )
  })
  test('a contract that is rewritten or deleted', async () => {
    const { asset } = await world()
    await expect(t.db.$executeRaw`UPDATE acquisitions SET contract = 'other' WHERE asset_no = ${asset.no}`).rejects.toSatisfy((error) =>
      violates(error, 'superseded, never changed'),
    )
    await expect(t.db.$executeRaw`DELETE FROM acquisitions WHERE asset_no = ${asset.no}`).rejects.toSatisfy((error) =>
      violates(error, 'superseded, never changed'),
    )
  })
})
