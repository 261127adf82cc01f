import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
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
/** Numbers that the sequence of licences does not reach; `world().take` makes a licence for each. */
let licence = 1_000_000n
const line = (assetNo: bigint, change: Partial<ScopeTerms> = {}, more: Partial<ClaimLine> = {}): ClaimLine => {
  const wanted = { ...terms, ...change }
  return { assetNo, licenceNo: ++licence, box: boxOf(wanted), exclusive: wanted.exclusive, state: 'ACTIVE', holdExpiresAt: null, ...more }
}

const issued = { document: '{}', documentSha256: '0'.repeat(64), signature: 'test' }
const standing = (state: ClaimLine['state'] | 'SUSPENDED' | 'RELEASED' | 'EXPIRED' | 'REVOKED' | 'CONFLICT') =>
  state === 'HELD'
    ? ({ state: 'RESERVED' } as const)
    : state === 'PENDING_PAYMENT'
      ? ({ state: 'AWAITING_PAYMENT' } as const)
      : state === 'ACTIVE' || state === 'SUSPENDED'
        ? ({ state, ...issued } as const)
        : state === 'CONFLICT'
          ? ({ state: 'CONFLICT' } as const)
          : ({ state: 'ENDED', endedBy: state } as const)

/** A licence for each line that has none yet. */
async function licencesFor(ctx: TestContext, lines: readonly ClaimLine[]) {
  const assets = await t.db.asset.findMany({ where: { no: { in: lines.map(({ assetNo }) => assetNo) } } })
  const at = ctx.clock.now()
  await t.db.licence.createMany({
    skipDuplicates: true,
    data: lines.flatMap((line) => {
      const asset = assets.find(({ no }) => no === line.assetNo)
      if (!asset) return []
      return {
        id: newId('lic', at),
        no: line.licenceNo,
        number: `CM-T-${line.licenceNo}`,
        houseId: asset.houseId,
        holderOrgId: asset.houseId,
        model: line.by === 'house' ? ('INTERNAL_GRANT' as const) : ('RIGHTS_MANAGED' as const),
        assetId: asset.id,
        versionId: 'ver_test',
        terms: {},
        exclusive: line.exclusive,
        startsAt: at,
        createdAt: at,
        ...standing(line.state),
      }
    }),
  })
}

async function world(fields: Partial<Parameters<typeof anAsset>[1]> = {}) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, { kind: 'system', houseId: house.id, name: 'test' })
  const asset = await anAsset(ctx, { houseId: house.id, ...fields })
  const take = async (...lines: ClaimLine[]) => {
    await licencesFor(ctx, lines)
    return inTransactionOrUndo(ctx, (tx) => takeClaims(tx, lines))
  }
  /** The licence goes with its claims, as it does wherever they are moved. */
  const move = (licenceNo: bigint, from: Parameters<typeof moveClaims>[1]['from'], to: Parameters<typeof moveClaims>[1]['to']) =>
    inTransaction(ctx, async (tx) => {
      const moved = await moveClaims(tx, { licenceNos: [licenceNo], from, to })
      if (moved.ok && moved.value.moved > 0) await tx.db.licence.updateMany({ where: { no: licenceNo }, data: standing(to) })
      return moved
    })
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
          twin: false,
          media: ['billboard'],
          territory: ['AT', 'DE'].sort((a) => (a === 'AT' ? -1 : 1)),
          industry: ['ALL'],
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

  test('a basket is all or nothing, and whoever forgets to undo is stopped at commit', async () => {
    const { ctx, house, asset, take } = await world()
    const other = await anAsset(ctx, { houseId: house.id })
    await take(line(asset.no))
    const basket = [line(other.no), line(asset.no)]
    expect(await take(...basket)).toMatchObject({ ok: false, error: 'rights-taken' })
    await expect(inTransaction(ctx, (tx) => takeClaims(tx, basket))).rejects.toSatisfy((error) =>
      violates(error, 'claim_agrees_with_licence'),
    )
    expect((await loadRights(ctx, { assetIds: [other.id] })).get(other.id)?.claims).toEqual([])
    expect(await t.db.decision.count({ where: { houseId: house.id } })).toBe(1)
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

  test('what was released is free for others, and stays ended', async () => {
    const { ctx, asset, take, move } = await world()
    const first = line(asset.no)
    await take(first)
    ctx.clock.advance(60_000)
    expect(await move(first.licenceNo, ['ACTIVE'], 'RELEASED')).toEqual({ ok: true, value: { moved: 1 } })
    expect(await t.db.claim.findFirst({ where: { licenceNo: first.licenceNo } })).toMatchObject({
      state: 'RELEASED',
      endedAt: ctx.clock.now(),
    })
    expect((await take(line(asset.no))).ok).toBe(true)
  })

  test('late money takes its scope anew, and only while nobody else has it', async () => {
    const { ctx, asset, take, move } = await world()
    const held = { state: 'HELD', holdExpiresAt: new Date('2026-11-21T10:00:00Z') } as const
    const revive = (late: ClaimLine) =>
      inTransactionOrUndo(ctx, async (tx) => {
        await tx.db.licence.update({ where: { no: late.licenceNo }, data: { state: 'RESERVED', endedBy: null } })
        return takeClaims(tx, [late])
      })
    const [early, late] = [line(asset.no, {}, held), line(asset.no, {}, held)]
    for (const one of [early, late]) {
      expect((await take(one)).ok).toBe(true)
      await move(one.licenceNo, ['HELD'], 'RELEASED')
    }
    const outcomes = await Promise.all([revive(early), revive(late), take(line(asset.no))])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ error: 'rights-taken', detail: [{ exclusive: true, twin: false }] })
  })

  test('does not come back when the contract it lay in is gone', async () => {
    const { ctx, asset, take, move } = await world()
    const sold = line(asset.no, {}, { state: 'HELD', holdExpiresAt: new Date('2026-11-21T10:00:00Z') })
    await take(sold)
    await move(sold.licenceNo, ['HELD'], 'RELEASED')
    await t.db.$executeRaw`UPDATE acquisitions SET superseded_at = ${ctx.clock.now()} WHERE asset_no = ${asset.no}`
    expect(await inTransactionOrUndo(ctx, (tx) => takeClaims(tx, [sold]))).toMatchObject({ ok: false, error: 'rights-not-held' })
  })
})
