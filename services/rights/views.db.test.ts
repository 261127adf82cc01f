import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { newId } from '../kernel/ids.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { addAcquisition, endAcquisition } from './acquisitions.ts'
import { takeClaims } from './claims.ts'
import { rightsOverview } from './overview-views.ts'
import { addRelease } from './releases.ts'
import { imposeRestriction } from './restrictions.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2026-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}

async function world() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const asset = await anAsset(ctx, { houseId: house.id, held: false })
  const held = await addAcquisition(ctx, {
    assetId: asset.id,
    contract: 'A-17',
    licensor: 'Studio Brandt',
    subLicensable: true,
    terms: { ...terms, until: '2027-12-31' },
  })
  if (!held.ok) throw new Error(held.error)
  const holder = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER', name: 'Kontor GmbH' })
  const licence = await t.db.licence.create({
    data: {
      id: newId('lic', ctx.clock.now()),
      number: `CM-${asset.id.slice(-8)}`,
      houseId: house.id,
      holderOrgId: holder.id,
      model: 'RIGHTS_MANAGED',
      state: 'ACTIVE',
      assetId: asset.id,
      versionId: 'v',
      terms: {},
      exclusive: true,
      startsAt: ctx.clock.now(),
      endsAt: new Date('2026-12-15'),
      document: '{}',
      documentSha256: '0',
      signature: 'x',
      createdAt: ctx.clock.now(),
    },
  })
  const sold = { ...terms, media: ['billboard'], territory: { include: ['DE'] }, from: '2026-11-21', until: '2026-12-14', exclusive: true }
  await inTransactionOrUndo(ctx, (tx) =>
    takeClaims(tx, [{ assetNo: asset.no, licenceNo: licence.no, box: boxOf(sold), exclusive: true, state: 'ACTIVE', holdExpiresAt: null }]),
  )
  return { ctx, house, asset, licence, acquisitionId: held.value.id }
}

describe('the overview of the rights desk', () => {
  test('counts, and lists what ends soon', async () => {
    const { ctx, licence } = await world()
    const overview = await rightsOverview(ctx)
    expect(overview.counts).toEqual({ requests: 0, held: 1, bans: 0, live: 1, exclusive: 1, holds: 0 })
    expect(overview.ending).toMatchObject([{ kind: 'licence', name: licence.number }])
    expect(overview.conflicts).toEqual([])
  })

  test('names what does not fit together: ended contracts, bans and withdrawn consents over licences in force, and what is offered without being held', async () => {
    const { ctx, asset, acquisitionId, house } = await world()
    await imposeRestriction(ctx, { assetId: asset.id, kind: 'LEGAL_HOLD', reason: 'Dispute', terms })
    await addRelease(ctx, { assetId: asset.id, kind: 'MODEL', status: 'WITHDRAWN', reference: 'Letter', terms })
    await endAcquisition(ctx, { id: acquisitionId, reason: 'Terminated' })
    const kinds = (await rightsOverview(ctx)).conflicts.map(({ kind }) => kind)
    expect(kinds).toEqual(['consent-withdrawn', 'meets-ban', 'nothing-held', 'outside-contract'])
    await expect(rightsOverview(asActor(ctx, aGuest(house.id)))).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('shows the oldest request that waits first', async () => {
    const { ctx, asset, house } = await world()
    const partner = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER', name: 'Agentur Nord' })
    const ask = (id: string, createdAt: string) =>
      t.db.grantRequest.create({
        data: {
          id: `${id}-${house.id}`,
          houseId: house.id,
          orgId: partner.id,
          askedById: 'u',
          assetId: asset.id,
          purpose: id,
          terms: {},
          createdAt: new Date(createdAt),
        },
      })
    await ask('later', '2026-11-20')
    await ask('first', '2026-11-18')
    const { waits, counts } = await rightsOverview(ctx)
    expect(waits.map(({ purpose, org }) => [purpose, org])).toEqual([
      ['first', 'Agentur Nord'],
      ['later', 'Agentur Nord'],
    ])
    expect(counts.requests).toBe(2)
  })
})
