import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { record } from '../compliance/record.ts'
import { inTransaction, inTransactionOrUndo, type Prisma } from '../platform/db.ts'
import { addAcquisition, endAcquisition } from './acquisitions.ts'
import { moveClaims, takeClaims } from './claims.ts'
import { storedAnswer } from './decisions.ts'
import { endImportedSale, recordImportedSales } from './imported-sales.ts'
import { loadRights } from './loading.ts'
import { addRelease } from './releases.ts'
import { replayDecisions, replayRecent, type Difference } from './replay.ts'
import { imposeRestriction } from './restrictions.ts'
import { decide } from './rules/decide.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'
import { groupTwins, leaveGroup } from './twins.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(6)))
afterAll(async () => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['advertising'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: false,
}

async function world() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const holder = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })
  const assets = [await anAsset(ctx, { houseId: house.id }), await anAsset(ctx, { houseId: house.id })] as const
  const sell = async (asset: (typeof assets)[number], change: Partial<ScopeTerms> = {}) => {
    ctx.clock.advance(1_000)
    const wanted = { ...terms, ...change }
    const licence = await aLicenceFor(ctx, { asset, exclusive: wanted.exclusive, holderOrgId: holder.id })
    const outcome = await inTransactionOrUndo(ctx, (tx) =>
      takeClaims(tx, [
        { assetNo: asset.no, licenceNo: licence.no, box: boxOf(wanted), exclusive: wanted.exclusive, state: 'ACTIVE', holdExpiresAt: null },
      ]),
    )
    return { licence, outcome }
  }
  const replay = async (ask: { since?: Date; assetId?: string } = {}) => {
    const differences: Difference[] = []
    return { ...(await replayDecisions(ctx, ask, (one) => differences.push(one))), differences }
  }
  return { ctx, house, holder, assets, sell, replay }
}

const behindTheBack = (work: (tx: Prisma.TransactionClient) => Promise<unknown>) =>
  t.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    await work(tx)
  })

describe('a stored decision', () => {
  test('gives the same answer after everything has changed since', async () => {
    const { ctx, assets, sell, replay } = await world()
    const [asset, twin] = assets
    await sell(asset)
    ctx.clock.advance(1_000)
    await imposeRestriction(ctx, {
      assetId: asset.id,
      kind: 'EMBARGO',
      reason: 'Secret',
      terms: { ...terms, territory: { include: ['FR'] } },
    })
    await sell(asset, { exclusive: true, territory: { include: ['AT'] } })
    ctx.clock.advance(1_000)
    await t.db.asset.update({ where: { id: asset.id }, data: { showsPeople: true, changedAt: ctx.clock.now() } })
    await t.db.$executeRaw`UPDATE acquisitions SET superseded_at = ${ctx.clock.now()} WHERE asset_no = ${asset.no}`
    await groupTwins(ctx, { assetIds: [asset.id, twin.id], name: 'x', why: '' })
    expect(await replay()).toMatchObject({ asked: 2, same: 2, differ: 0, otherEngine: 0 })
    expect(await replay({ assetId: twin.id })).toMatchObject({ asked: 0 })
    expect(await replay({ since: ctx.clock.now() })).toMatchObject({ asked: 0 })
  })

  test('is kept once for each line that was let pass, and never for one that was refused', async () => {
    const { house, assets, sell } = await world()
    await sell(assets[0], { exclusive: true })
    expect((await sell(assets[0])).outcome.ok).toBe(false)
    const rows = await t.db.decision.findMany({ where: { houseId: house.id } })
    expect(rows).toMatchObject([
      { purpose: 'sale', verdict: 'offer', answer: { reasons: [], licences: [] }, inputs: { claims: [], releases: [], restrictions: [] } },
    ])
  })

  test('a row that was changed, hidden or slipped in behind the engine’s back is found', async () => {
    const changed = await world()
    await changed.sell(changed.assets[0])
    await behindTheBack((tx) => tx.$executeRaw`UPDATE acquisitions SET licensor = 'Forged' WHERE asset_no = ${changed.assets[0].no}`)
    expect((await changed.replay()).differences).toMatchObject([{ why: 'row-changed' }])

    const hidden = await world()
    await hidden.sell(hidden.assets[0])
    await behindTheBack((tx) => tx.$executeRaw`DELETE FROM acquisitions WHERE asset_no = ${hidden.assets[0].no}`)
    expect((await hidden.replay()).differences).toMatchObject([{ why: 'row-missing' }])

    const slipped = await world()
    slipped.ctx.clock.advance(10_000)
    await slipped.sell(slipped.assets[0])
    const [asset] = slipped.assets
    await behindTheBack(
      (
        tx,
      ) => tx.$executeRaw`INSERT INTO restrictions (id, house_id, asset_id, asset_no, kind, reason, media_set, territory_set, industry_set, period, terms, recorded_at)
        VALUES (${`res_${asset.id}`}, ${asset.houseId}, ${asset.id}, ${asset.no}, 'OTHER', 'backdated', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', '2026-11-20')`,
    )
    expect((await slipped.replay()).differences).toMatchObject([{ why: 'rows-known-differ', is: `also res_${asset.id}` }])
  })

  test('a claim slipped in before it, a forged answer and another declaration are found', async () => {
    const claimed = await world()
    claimed.ctx.clock.advance(10_000)
    const { licence } = await claimed.sell(claimed.assets[0])
    await behindTheBack(
      (
        tx,
      ) => tx.$executeRaw`INSERT INTO claims (house_id, asset_no, subject_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at, ended_at)
        VALUES (${claimed.house.id}, ${claimed.assets[0].no}, ${claimed.assets[0].no}, ${licence.no + 1_000_000n}, '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', true, 'REVOKED', '2026-11-20', '2030-01-01')`,
    )
    expect((await claimed.replay()).differences).toMatchObject([{ why: 'claims-differ', was: 'none' }])

    const forged = await world()
    await forged.sell(forged.assets[0])
    await behindTheBack((tx) => tx.$executeRaw`UPDATE decisions SET verdict = 'allow' WHERE house_id = ${forged.house.id}`)
    expect((await forged.replay()).differences).toMatchObject([{ why: 'answer-differs' }])

    const declared = await world()
    declared.ctx.clock.advance(10_000)
    await declared.sell(declared.assets[0])
    await behindTheBack(
      (tx) =>
        tx.$executeRaw`UPDATE declarations SET superseded_at = recorded_at + interval '1 second' WHERE house_id = ${declared.house.id}`,
    )
    expect((await declared.replay()).differences).toMatchObject([{ why: 'row-missing' }])
  })

  test('one of another version’s rules is counted as that, and the night writes differences into the trail', async () => {
    const { ctx, house, assets, sell, replay } = await world()
    await sell(assets[0])
    await behindTheBack((tx) => tx.$executeRaw`UPDATE decisions SET engine_version = 0 WHERE house_id = ${house.id}`)
    expect(await replay()).toMatchObject({ asked: 1, same: 0, differ: 0, otherEngine: 1 })
    await sell(assets[1])
    expect(await replayRecent({ ...ctx, clock: ctx.clock })).toMatchObject({ asked: 2, differ: 0 })
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as typeof ctx.log
    await behindTheBack((tx) => tx.$executeRaw`UPDATE decisions SET verdict = 'allow' WHERE asset_no = ${assets[1].no}`)
    expect(await replayRecent({ ...ctx, log: silent })).toMatchObject({ differ: 1 })
    expect(await t.db.auditFact.count({ where: { houseId: house.id, type: 'decisions.differ' } })).toBe(1)
  })
})

test('an answer as of any day is the answer that was given on it', async () => {
  for (let round = 0; round < 4; round++) {
    const { ctx, house, holder, assets, sell, replay } = await world()
    let seed = 17 + round
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T
    const sold: { no: bigint; id: string }[] = []
    const scope = (): ScopeTerms => ({
      ...terms,
      territory: { include: [pick(['DE', 'AT', 'DACH', 'EU27'])] },
      media: [pick(['advertising', 'billboard', 'editorial'])],
    })
    const steps = [
      async () => {
        const { licence, outcome } = await sell(pick(assets), { ...scope(), exclusive: next(3) === 0 })
        if (outcome.ok) sold.push(licence)
      },
      async () => {
        const licence = sold.pop()
        if (!licence) return
        await inTransaction(ctx, async (tx) => {
          await tx.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: tx.clock.now() } })
          await moveClaims(tx, { licenceNos: [licence.no], from: ['ACTIVE', 'SUSPENDED'], to: 'REVOKED' })
        })
      },
      async () => {
        const licence = sold[0]
        const row = licence && (await t.db.licence.findUniqueOrThrow({ where: { id: licence.id } }))
        if (!row || !['ACTIVE', 'SUSPENDED'].includes(row.state)) return
        const [from, to] = row.state === 'ACTIVE' ? (['ACTIVE', 'SUSPENDED'] as const) : (['SUSPENDED', 'ACTIVE'] as const)
        await inTransaction(ctx, async (tx) => {
          await tx.db.licence.update({ where: { id: row.id }, data: { state: to } })
          await moveClaims(tx, { licenceNos: [row.no], from: [from], to })
          await record(tx, { type: to === 'ACTIVE' ? 'licence.reinstated' : 'licence.suspended', subject: { kind: 'licence', id: row.id } })
        })
      },
      () =>
        t.db.asset.update({
          where: { id: pick(assets).id },
          data: { showsPeople: pick([true, false, null]), editorialOnly: next(4) === 0, changedAt: ctx.clock.now() },
        }),
      () =>
        addRelease(ctx, {
          assetId: pick(assets).id,
          kind: 'MODEL',
          status: pick(['UNLIMITED', 'WITHDRAWN', 'LIMITED']),
          reference: `MR-${next(99)}`,
          terms: scope(),
        }),
      () => imposeRestriction(ctx, { assetId: pick(assets).id, kind: 'HOLDBACK', reason: 'x', terms: scope() }),
      () =>
        addAcquisition(ctx, {
          assetId: pick(assets).id,
          contract: 'C-2',
          licensor: 'L',
          terms: { ...scope(), media: ['ALL'] },
          subLicensable: next(2) === 0,
        }),
      async () => {
        const row = await t.db.acquisition.findFirst({ where: { assetId: pick(assets).id, supersededAt: null }, orderBy: { id: 'desc' } })
        if (row && next(3) === 0) await endAcquisition(ctx, { id: row.id, reason: 'x' })
      },
      () =>
        recordImportedSales(ctx, [
          {
            assetId: pick(assets).id,
            shop: 'S',
            reference: `R-${round}-${seed}`,
            holder: '',
            terms: { ...scope(), exclusive: next(3) === 0 },
            soldAt: ctx.clock.now(),
          },
        ]),
      async () => {
        const sale = await t.db.importedSale.findFirst({ where: { houseId: house.id, state: 'CLAIMED' } })
        if (sale) await endImportedSale(ctx, { id: sale.id, reason: 'x' })
      },
      async () => {
        const member = await t.db.exclusivityMember.findFirst({ where: { houseId: house.id, leftAt: null } })
        if (member) await leaveGroup(ctx, { memberId: member.id, reason: 'x' })
        else await groupTwins(ctx, { assetIds: assets.map(({ id }) => id), name: 'x', why: '' })
      },
    ]
    const ask = async (knownAt: Date, load: Date | undefined) => {
      const loaded = await loadRights(ctx, { assetIds: assets.map(({ id }) => id), holderOrgId: holder.id, knownAt: load })
      return JSON.stringify(
        assets.flatMap(({ id }) =>
          [true, false].map((exclusive) => {
            const rights = loaded.get(id)
            if (!rights) throw new Error('unknown')
            const decision = decide(rights, { box: boxOf(terms), exclusive, by: 'holder' }, { at: knownAt, knownAt })
            return [decision.verdict, storedAnswer(decision)]
          }),
        ),
      )
    }
    const given: { at: Date; answer: string }[] = []
    for (let step = 0; step < 30; step++) {
      ctx.clock.advance(60_000)
      await pick(steps)()
      ctx.clock.advance(60_000)
      given.push({ at: ctx.clock.now(), answer: await ask(ctx.clock.now(), undefined) })
    }
    expect(new Set(given.map(({ answer }) => answer)).size).toBeGreaterThan(3)
    for (const { at, answer } of given) expect([at, await ask(at, at)]).toEqual([at, answer])
    expect(await replay()).toMatchObject({ differ: 0, otherEngine: 0 })
  }
})
