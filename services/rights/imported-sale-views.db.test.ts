import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { inTransaction, inTransactionOrUndo } from '../platform/db.ts'
import { moveClaims, takeClaims } from './claims.ts'
import { collidingOfImport, importedSalesOf, stillInTheWay } from './imported-sale-views.ts'
import { endImportedSale, recordImportedSales, settleImportedSale, type ImportedSaleLine } from './imported-sales.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
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
let reference = 0

async function world(fields: Partial<Parameters<typeof anAsset>[1]> = {}) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const person = await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] })
  const ctx = asActor(base, person)
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
  return { base, ctx, house, asset, line, person }
}

describe('the sales of other shops on the page of an asset', () => {
  test('say what each runs into, with the way to it, and what was decided, by whom and why', async () => {
    const { ctx, house, asset, line, person } = await world()
    const holder = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER', name: 'Meridian Verlag' })
    const licence = await aLicenceFor(ctx, { asset, exclusive: true, holderOrgId: holder.id })
    await inTransactionOrUndo(ctx, (tx) =>
      takeClaims(tx, [
        { assetNo: asset.no, licenceNo: licence.no, box: boxOf(terms), exclusive: true, state: 'ACTIVE', holdExpiresAt: null },
      ]),
    )
    const [first, second] = [line({ territory: { include: ['FR'] } }), line({ territory: { include: ['DE', 'FR'] } }, { holder: '' })]
    const outcomes = await recordImportedSales(ctx, [first, second])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['claimed', 'collides'])
    const [claimed, colliding] = outcomes as { id: string }[]

    const page = await importedSalesOf(ctx, asset.id, null)
    expect(page).toMatchObject({ total: 2, colliding: 1, maySettle: true, rows: { next: null } })
    expect(page.rows.items).toMatchObject([
      {
        reference: second.reference,
        holder: '',
        state: 'COLLIDES',
        scope: expect.stringMatching(/Germany.*1 January 2027 to 31 December 2027 · Exclusive/),
        runsInto: [
          { name: `Licence ${licence.number}`, rest: ' of Meridian Verlag, exclusive: Germany.', licenceId: licence.id, sale: null },
          {
            name: `Stockhaus ${first.reference}`,
            rest: ' of Kontor GmbH, sold by another shop, exclusive: France.',
            licenceId: null,
            sale: { id: claimed?.id, assetId: asset.id },
          },
        ],
        settledAt: null,
      },
      { reference: first.reference, state: 'CLAIMED', holder: 'Kontor GmbH', runsInto: [] },
    ])

    await settleImportedSale(ctx, { id: colliding?.id ?? '', assetId: asset.id, decision: 'accept', note: 'Both know' })
    await inTransaction(ctx, async (tx) => {
      await tx.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: ctx.clock.now() } })
      await moveClaims(tx, { licenceNos: [licence.no], from: ['ACTIVE'], to: 'REVOKED' })
    })
    const [kept] = (await importedSalesOf(ctx, asset.id, null)).rows.items
    expect(kept).toMatchObject({ state: 'SETTLED', settledAt: ctx.clock.now(), settledNote: 'Both know' })
    expect(kept?.settledBy).toBe((await t.db.user.findUniqueOrThrow({ where: { id: person.userId } })).name)
    expect(kept?.runsInto.map(({ rest }) => /has ended since/.test(rest))).toEqual([true, false])
  })

  test('say what is not held', async () => {
    const { ctx, asset, line } = await world({ held: false })
    const [sale] = await recordImportedSales(ctx, [line()])
    if (sale?.outcome !== 'collides') throw new Error('it should collide')
    expect((await importedSalesOf(ctx, asset.id, null)).rows.items[0]?.runsInto).toEqual([
      { name: null, rest: 'The house does not hold these rights.', licenceId: null, sale: null },
    ])
    expect(await stillInTheWay(ctx, sale.id, sale.causes)).toEqual(['The house does not hold these rights.'])
  })

  test('come in pages, what collides first, each once', async () => {
    const { ctx, asset, line } = await world()
    const [one] = await recordImportedSales(ctx, [line({ territory: { include: ['AT'] } })])
    const rest = Array.from({ length: 44 }, (_, i) => line(i % 2 ? {} : { territory: { include: ['FR'] }, exclusive: false }))
    await recordImportedSales(ctx, rest)
    await endImportedSale(ctx, { id: (one as { id: string }).id, reason: 'Over' })
    const seen: { id: string; state: string }[] = []
    let after: string | null = null
    do {
      const { rows, total }: Awaited<ReturnType<typeof importedSalesOf>> = await importedSalesOf(ctx, asset.id, after)
      expect(total).toBe(45)
      seen.push(...rows.items)
      after = rows.next
    } while (after)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(45)
    expect(seen.findIndex(({ state }) => state !== 'COLLIDES')).toBe(21)
    expect(seen.slice(21).some(({ state }) => state === 'COLLIDES')).toBe(false)
    expect((await importedSalesOf(ctx, asset.id, "1-9'; DROP")).rows.items).toHaveLength(20)
  })

  test('are read by all staff and settled by rights managers; others and other houses see none', async () => {
    const { base, ctx, house, asset, line } = await world({ held: false })
    const [sale] = await recordImportedSales(ctx, [line()], { importId: 'imp_seen' })
    if (sale?.outcome !== 'collides') throw new Error('it should collide')
    const librarian = asActor(base, await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'] }))
    expect(await importedSalesOf(librarian, asset.id, null)).toMatchObject({ total: 1, maySettle: false })
    const guest = asActor(base, aGuest(house.id))
    await expect(importedSalesOf(guest, asset.id, null)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(stillInTheWay(guest, sale.id, [])).rejects.toMatchObject({ code: 'forbidden' })
    await expect(collidingOfImport(guest, 'imp_seen')).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await world()
    expect(await importedSalesOf(stranger.ctx, asset.id, null)).toMatchObject({ total: 0, rows: { items: [] } })
    await expect(stillInTheWay(stranger.ctx, sale.id, [])).rejects.toMatchObject({ code: 'not-found' })
    expect(await collidingOfImport(stranger.ctx, 'imp_seen')).toEqual({ total: 0, sales: [] })
    expect(await collidingOfImport(ctx, 'imp_seen')).toMatchObject({ total: 1, sales: [{ id: sale.id, asset: { id: asset.id } }] })
    await settleImportedSale(ctx, { id: sale.id, decision: 'accept', note: 'Known' })
    expect(await collidingOfImport(ctx, 'imp_seen')).toEqual({ total: 0, sales: [] })
  })
})
