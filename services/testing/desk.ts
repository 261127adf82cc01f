import { newId, newNumber } from '#services/kernel/ids.ts'
import type { Person } from '#services/kernel/actor.ts'
import { endOfDay, type Day } from '#services/kernel/period.ts'
import { inTransactionOrUndo, type PrismaClient } from '#services/platform/db.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import { takeClaims } from '#services/rights/claims.ts'
import { boxOf, type ScopeTerms } from '#services/rights/rules/scope.ts'
import { asActor, testContext, type TestContext } from './context.ts'
import { aHouse, anAsset, anOrganisation, aPerson, type AssetFields } from './world.ts'

export const wholeWorld: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2026-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}

/** A rights desk of its own: a house, its rights manager, a colleague, an auditor, a customer. */
export async function aDesk(db: PrismaClient) {
  const base = testContext(db)
  const house = await aHouse(base)
  const person = (role: Person['roles'][number], name: string) => aPerson(base, { houseId: house.id, roles: [role], name })
  const manager = await person('RIGHTS_MANAGER', 'Maren Holt')
  const colleague = await person('RIGHTS_MANAGER', 'Jon Vale')
  const auditor = await person('AUDITOR', 'Ida Stern')
  const customer = await anOrganisation(base, { houseId: house.id, kind: 'CUSTOMER', name: 'Kontor GmbH' })
  return { ctx: asActor(base, manager), house, manager, colleague, auditor, customer }
}

/** A picture that nothing is held of but what the test says, with nobody and nothing of anybody's in it. */
export const aBarePicture = (ctx: TestContext, fields: Partial<AssetFields> = {}) =>
  anAsset(ctx, { houseId: ctx.actor.houseId, held: false, sellsRoyaltyFree: false, sellsRightsManaged: false, ...fields })

/** The asset under contract until the end of a day, or for good. */
export async function underContract(
  ctx: TestContext,
  assetId: string,
  contract: string,
  until: Day | null,
  replaces?: string,
): Promise<string> {
  const made = await addAcquisition(ctx, {
    assetId,
    contract,
    licensor: 'Studio Brandt',
    subLicensable: true,
    terms: { ...wholeWorld, until },
    ...(replaces && { replaces }),
  })
  if (!made.ok) throw new Error(made.error)
  return made.value.id
}

/** A licence in force with its claim: billboards in Germany, until the end of a day or for good. */
export async function sold(ctx: TestContext, asset: { id: string; no: bigint; houseId: string }, holderOrgId: string, until: Day | null) {
  const at = ctx.clock.now()
  const licence = await ctx.db.licence.create({
    data: {
      id: newId('lic', at),
      number: newNumber('CM', at),
      houseId: asset.houseId,
      holderOrgId,
      model: 'RIGHTS_MANAGED',
      state: 'ACTIVE',
      assetId: asset.id,
      versionId: 'ver_test',
      terms: {},
      exclusive: false,
      startsAt: at,
      endsAt: until && endOfDay(until, 'Europe/Berlin'),
      createdAt: at,
      document: '{}',
      documentSha256: '0'.repeat(64),
      signature: 'test',
      keyId: 'test',
      issuedAt: at,
    },
    select: { id: true, no: true, number: true },
  })
  const terms = { ...wholeWorld, media: ['billboard'], territory: { include: ['DE'] }, from: '2026-11-21', until }
  const taken = await inTransactionOrUndo(ctx, (tx) =>
    takeClaims(tx, [
      { assetNo: asset.no, licenceNo: licence.no, box: boxOf(terms), exclusive: false, state: 'ACTIVE', holdExpiresAt: null },
    ]),
  )
  if (!taken.ok) throw new Error(`${taken.error} ${JSON.stringify(taken.detail)}`)
  return licence
}

/** A line's own id for tests that write rows directly. */
export const rowId = (ctx: TestContext, prefix: string): string => newId(prefix, ctx.clock.now())
