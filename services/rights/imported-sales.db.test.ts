import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { newId } from '../kernel/ids.ts'
import { inTransaction, inTransactionOrUndo } from '../platform/db.ts'
import { moveClaims, takeClaims } from './claims.ts'
import { endImportedSale, recordImportedSales, settleImportedSale, type ImportedSaleLine } from './imported-sales.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(12)))
afterAll(async () => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: false,
}
let reference = 0

async function world(fields: Partial<Parameters<typeof anAsset>[1]> = {}) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const asset = await anAsset(ctx, { houseId: house.id, ...fields })
  const line = (change: Partial<ScopeTerms> = {}, more: Partial<ImportedSaleLine> = {}): ImportedSaleLine => ({
    assetId: asset.id,
    shop: 'Stockhaus',
    reference: `S-${++reference}`,
    holder: 'Kontor GmbH',
    terms: { ...terms, ...change },
    soldAt: new Date('2026-10-01T12:00:00Z'),
    ...more,
  })
  const hold = (period: string) => t.db.$executeRaw`
    INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
    VALUES (${newId('acq', ctx.clock.now())}, ${house.id}, ${asset.id}, ${asset.no}, 'C-1', 'L', '{[0,)}', '{[0,)}', '{[0,)}', ${period}::tstzrange, '{}', true, false, ${ctx.clock.now()})`
  const sell = async (exclusive: boolean) => {
    const licence = await aLicenceFor(ctx, { asset, exclusive })
    const sold = await inTransactionOrUndo(ctx, (tx) =>
      takeClaims(tx, [
        { assetNo: asset.no, licenceNo: licence.no, box: boxOf({ ...terms, exclusive }), exclusive, state: 'ACTIVE', holdExpiresAt: null },
      ]),
    )
    return { licence, sold }
  }
  const liveClaims = () => t.db.claim.count({ where: { assetNo: asset.no, state: 'ACTIVE' } })
  return { ctx, house, asset, line, hold, sell, liveClaims }
}

describe('sales of other shops', () => {
  test('each gets a number and a claim, which exclusivity sees, and a decision that can be asked again', async () => {
    const { ctx, house, line, sell, liveClaims } = await world()
    const [first, second] = await recordImportedSales(ctx, [line(), line()], { importId: 'imp_1' })
    expect(first).toMatchObject({ outcome: 'claimed', no: expect.any(BigInt) })
    expect(second).toMatchObject({ outcome: 'claimed' })
    expect(await liveClaims()).toBe(2)
    expect((await sell(true)).sold).toMatchObject({ ok: false, error: 'rights-taken' })
    expect(await t.db.decision.count({ where: { houseId: house.id, purpose: 'imported-sale', verdict: 'offer' } })).toBe(2)
    expect(await t.db.auditFact.findFirstOrThrow({ where: { houseId: house.id, type: 'imported-sales.recorded' } })).toMatchObject({
      subjectId: 'imp_1',
    })
  })

  test('one that runs into an exclusive licence is kept as colliding, with the licence and the part', async () => {
    const { ctx, line, sell, liveClaims } = await world()
    const { licence } = await sell(true)
    const [outcome] = await recordImportedSales(ctx, [line({ until: null })])
    expect(outcome).toMatchObject({
      outcome: 'collides',
      causes: [{ cause: 'taken', exclusive: true, licenceNo: licence.no.toString(), part: { media: ['billboard'], territory: ['DE'] } }],
    })
    expect(await liveClaims()).toBe(1)
    expect(await t.db.importedSale.findFirst({ where: { state: 'COLLIDES', no: (outcome as { no: bigint }).no } })).toMatchObject({
      collision: [{ cause: 'taken' }],
    })
  })

  test('one outside what is held collides with that; one against a ban has its claim', async () => {
    const bare = await world({ held: false })
    await bare.hold('[2027-06-01,)')
    expect(await recordImportedSales(bare.ctx, [bare.line()])).toMatchObject([
      { outcome: 'collides', causes: [{ cause: 'not-held', part: { from: '2026-12-31T23:00:00.000Z' } }] },
    ])
    const people = await world({ showsPeople: true })
    expect(await recordImportedSales(people.ctx, [people.line({ media: ['advertising'] })])).toMatchObject([{ outcome: 'claimed' }])
    expect(await t.db.decision.findFirst({ where: { houseId: people.house.id } })).toMatchObject({ verdict: 'deny' })
  })

  test('of two exclusive ones in a list the earlier sale has the right, whatever the order of lines', async () => {
    const { ctx, line } = await world()
    const [late, early] = [line({ exclusive: true }), line({ exclusive: true }, { soldAt: new Date('2026-01-01') })]
    expect((await recordImportedSales(ctx, [late, early])).map(({ outcome }) => outcome)).toEqual(['collides', 'claimed'])
  })

  test('a sale that needs two contracts and gets only one part has none, and keeps nobody else from theirs', async () => {
    const { ctx, line, hold, liveClaims } = await world({ held: false })
    await hold('[2026-01-01,2027-07-01)')
    await hold('[2027-07-01,2029-01-01)')
    const outcomes = await recordImportedSales(ctx, [
      line({ exclusive: true, from: '2027-10-01' }, { soldAt: new Date('2026-01-01') }),
      line({ exclusive: true }, { soldAt: new Date('2026-02-01') }),
      line({ exclusive: true, until: '2027-03-31' }, { soldAt: new Date('2026-03-01') }),
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['claimed', 'collides', 'claimed'])
    expect(await liveClaims()).toBe(2)
  })

  test('a number that a shop used before is known, in the list and across lists; an unknown picture is said', async () => {
    const { ctx, house, line } = await world()
    const one = line()
    const again = { ...one, terms: { ...terms, exclusive: true } }
    expect((await recordImportedSales(ctx, [one, again])).map(({ outcome }) => outcome)).toEqual(['claimed', 'known'])
    const strange = await world()
    const outcomes = await recordImportedSales(ctx, [again, line({}, { assetId: strange.asset.id }), line({}, { assetId: 'ast_no' })])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['known', 'no-such-asset', 'no-such-asset'])
    expect(await t.db.importedSale.count({ where: { houseId: house.id } })).toBe(1)
  })

  test('the same list twice at once is recorded once', async () => {
    const { ctx, line, liveClaims } = await world()
    const list = Array.from({ length: 20 }, () => line())
    const both = await Promise.all([recordImportedSales(ctx, list), recordImportedSales(ctx, list)])
    expect(both.flat().filter(({ outcome }) => outcome === 'claimed')).toHaveLength(20)
    expect(both.flat().filter(({ outcome }) => outcome === 'known')).toHaveLength(20)
    expect(await liveClaims()).toBe(20)
  })

  test('only rights managers record and decide', async () => {
    const { ctx, house, line } = await world()
    const librarian = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] }))
    await expect(recordImportedSales(librarian, [line()])).rejects.toMatchObject({ code: 'forbidden' })
    await expect(settleImportedSale(librarian, { id: 'x', decision: 'accept', note: 'n' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(endImportedSale(librarian, { id: 'x', reason: 'n' })).rejects.toMatchObject({ code: 'forbidden' })
    const customer = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })
    const buyer = asActor(ctx, await aPerson(ctx, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] }))
    await expect(recordImportedSales(buyer, [line()])).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a sale that collides', () => {
  async function collision() {
    const made = await world()
    const { licence } = await made.sell(true)
    const [outcome] = await recordImportedSales(made.ctx, [made.line()])
    if (outcome?.outcome !== 'collides') throw new Error('it should collide')
    return { ...made, licence, id: outcome.id }
  }

  test('is accepted as a known conflict, with a note and without a claim; once', async () => {
    const { ctx, id, asset, liveClaims } = await collision()
    const settle = () => settleImportedSale(ctx, { id, assetId: asset.id, decision: 'accept', note: 'Agreed with both' })
    const outcomes = await Promise.all([settle(), settle()])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ error: 'not-colliding' })
    expect(await t.db.importedSale.findUnique({ where: { id } })).toMatchObject({ state: 'SETTLED', settledNote: 'Agreed with both' })
    expect(await liveClaims()).toBe(1)
  })

  test('gets its claim after the other has ended, and not before', async () => {
    const { ctx, id, asset, licence, liveClaims } = await collision()
    const retry = () => settleImportedSale(ctx, { id, assetId: asset.id, decision: 'retry', note: 'Again' })
    expect(await retry()).toMatchObject({ ok: false, error: 'still-collides', detail: [{ cause: 'taken' }] })
    expect(await t.db.importedSale.findUnique({ where: { id } })).toMatchObject({ state: 'COLLIDES', settledAt: null })
    await inTransaction(ctx, async (tx) => {
      await tx.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: ctx.clock.now() } })
      await moveClaims(tx, { licenceNos: [licence.no], from: ['ACTIVE'], to: 'REVOKED' })
    })
    const outcomes = await Promise.all([retry(), retry()])
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.state : outcome.error)).sort()).toEqual(['CLAIMED', 'not-colliding'])
    expect(await liveClaims()).toBe(1)
  })

  test('that is tried again in vain keeps what is in its way now, not what was when it came', async () => {
    const { ctx, id, asset, line, licence } = await collision()
    await inTransaction(ctx, async (tx) => {
      await tx.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: ctx.clock.now() } })
      await moveClaims(tx, { licenceNos: [licence.no], from: ['ACTIVE'], to: 'REVOKED' })
    })
    const [third] = await recordImportedSales(ctx, [line({ exclusive: true })])
    expect(third).toMatchObject({ outcome: 'claimed' })
    expect(await settleImportedSale(ctx, { id, assetId: asset.id, decision: 'retry', note: 'Again' })).toMatchObject({ error: 'still-collides' })
    const no = (third as { no: bigint }).no.toString()
    expect(await t.db.importedSale.findUnique({ where: { id } })).toMatchObject({
      state: 'COLLIDES',
      settledNote: null,
      collision: [{ cause: 'taken', licenceNo: no }],
    })
  })

  test('ends with a reason, and its scope is free again', async () => {
    const { ctx, asset, line, liveClaims, sell } = await world()
    const [sale] = await recordImportedSales(ctx, [line()])
    if (sale?.outcome !== 'claimed') throw new Error('it should be claimed')
    const end = () => endImportedSale(ctx, { id: sale.id, assetId: asset.id, reason: 'Cancelled there' })
    const outcomes = await Promise.all([end(), end()])
    expect(outcomes.map((outcome) => (outcome.ok ? 'ended' : outcome.error)).sort()).toEqual(['already-ended', 'ended'])
    expect(await liveClaims()).toBe(0)
    expect((await sell(true)).sold.ok).toBe(true)
    const stranger = await world()
    await expect(endImportedSale(stranger.ctx, { id: sale.id, assetId: asset.id, reason: 'x' })).rejects.toMatchObject({ code: 'not-found' })
    const beside = await anAsset(ctx, { houseId: asset.houseId })
    await expect(endImportedSale(ctx, { id: sale.id, assetId: beside.id, reason: 'x' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('ten thousand sales take seconds, and a collision in the middle stops nobody', async () => {
  const { ctx, asset, line, liveClaims } = await world()
  const others = await Promise.all(Array.from({ length: 9 }, () => anAsset(ctx, { houseId: asset.houseId })))
  const list = Array.from({ length: 10_000 }, (_, i) => line({}, { assetId: [asset, ...others][i % 10]?.id ?? '' }))
  list[5_000] = line({ exclusive: true }, { soldAt: new Date('2026-11-01') })
  const outcomes = await recordImportedSales(ctx, list)
  expect(outcomes.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(9_999)
  expect(outcomes[5_000]).toMatchObject({ outcome: 'collides' })
  expect(await liveClaims()).toBe(999)
})
