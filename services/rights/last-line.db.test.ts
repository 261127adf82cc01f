import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { licenceStateNames, licenceStates } from '../licensing/rules/licence-states.ts'
import { inTransactionOrUndo, Prisma, violates } from '../platform/db.ts'
import { takeClaims } from './claims.ts'
import { recordImportedSales } from './imported-sales.ts'
import { claimStates, liveClaimStates } from './rules/known.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'
import { groupTwins } from './twins.ts'

/*
 * Somebody with a database client and bad intentions. Each promise is tried by SQL, past all our code, and the refusal is
 * known by its name: services/rights/claims.db.test.ts and twins.db.test.ts show the same through the front door.
 */

let t: TestDb
beforeAll(async () => void (t = await testDb(10)))
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

async function world(state: 'HELD' | 'ACTIVE' = 'ACTIVE', held = true) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const asset = await anAsset(ctx, { houseId: house.id, held })
  const licence = await aLicenceFor(ctx, { asset, exclusive: true, state })
  const take = () =>
    inTransactionOrUndo(ctx, (tx) =>
      takeClaims(tx, [
        {
          assetNo: asset.no,
          licenceNo: licence.no,
          box: boxOf(terms),
          exclusive: true,
          state,
          holdExpiresAt: state === 'HELD' ? new Date('2026-11-21T10:00:00Z') : null,
        },
      ]),
    )
  const taken = held ? await take() : undefined
  const claimId = taken?.ok ? taken.value.claims[0] : undefined
  return { ctx, house, asset, licence, claimId }
}
type World = Awaited<ReturnType<typeof world>>

const insert = (
  { house, asset }: Pick<World, 'house' | 'asset'>,
  licenceNo: bigint,
  { exclusive = false, state = 'ACTIVE', media = '{[500,501)}', houseId = house.id } = {},
) => Prisma.sql`
  INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, hold_expires_at, created_at)
  VALUES (${houseId}, ${asset.no}, ${licenceNo}, ${media}::int4multirange, '{[0,)}', '{[0,)}', '[2027-01-01,2028-01-01)', ${exclusive}, ${state}::claim_state,
    ${state === 'HELD' ? new Date('2027-01-01') : null}::timestamptz, now())`

const refused = (sql: Prisma.Sql, name: string) =>
  expect(t.db.$executeRaw(sql), name).rejects.toSatisfy((error) => violates(error, name), `refused by ${name}`)

describe('a claim', () => {
  test('no_double_sale: nothing beside an exclusive one, nothing exclusive beside anything', async () => {
    const made = await world()
    const plain = await aLicenceFor(made.ctx, made)
    await refused(insert(made, plain.no, { media: '{[0,)}' }), 'no_double_sale')
  })

  test('claim_within_held: nothing that is not held, may not be passed on, or was ended', async () => {
    const made = await world('ACTIVE', false)
    const plain = await aLicenceFor(made.ctx, made)
    await refused(insert(made, plain.no), 'claim_within_held')
    await t.db
      .$executeRaw`INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
      VALUES (${`acq_${made.asset.id}`}, ${made.house.id}, ${made.asset.id}, ${made.asset.no}, 'C', 'L', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', false, false, now())`
    await refused(insert(made, plain.no), 'claim_within_held')
    const own = await aLicenceFor(made.ctx, { ...made, model: 'INTERNAL_GRANT' })
    expect(await t.db.$executeRaw(insert(made, own.no))).toBe(1)
    await t.db.$executeRaw`UPDATE acquisitions SET superseded_at = now() + interval '1 year' WHERE asset_no = ${made.asset.no}`
    await refused(insert(made, own.no), 'claim_within_held')
  })

  test('claim_names_its_licence: of no licence, of another asset’s, of another house’s, of other rights', async () => {
    const [made, other] = [await world(), await world()]
    await refused(insert(made, 987_654_321n), 'claim_names_its_licence')
    const plain = await aLicenceFor(other.ctx, other)
    await refused(insert(made, plain.no), 'claim_names_its_licence')
    const own = await aLicenceFor(made.ctx, made)
    await refused(insert(made, own.no, { exclusive: true }), 'claim_names_its_licence')
    await refused(insert(made, own.no, { houseId: other.house.id }), 'claim_names_its_asset')
  })

  test('claim_agrees_with_licence: no rights without a licence in force, no hold without a reservation', async () => {
    const made = await world()
    const [reserved, active] = [await aLicenceFor(made.ctx, { ...made, state: 'HELD' }), await aLicenceFor(made.ctx, made)]
    await refused(insert(made, reserved.no), 'claim_agrees_with_licence')
    await refused(insert(made, active.no, { state: 'HELD' }), 'claim_agrees_with_licence')
    const ended = await aLicenceFor(made.ctx, made)
    await t.db.licence.update({ where: { id: ended.id }, data: { state: 'ENDED', endedBy: 'REVOKED' } })
    await refused(insert(made, ended.no), 'claim_agrees_with_licence')
  })

  test('claim_agrees_with_licence: a hold does not end by itself, nor does the scope of a licence in force', async () => {
    const hold = await world('HELD')
    await refused(
      Prisma.sql`UPDATE claims SET state = 'RELEASED', hold_expires_at = NULL WHERE id = ${hold.claimId}`,
      'claim_agrees_with_licence',
    )
    await refused(
      Prisma.sql`UPDATE claims SET state = 'ACTIVE', hold_expires_at = NULL WHERE id = ${hold.claimId}`,
      'claim_agrees_with_licence',
    )
    const active = await world()
    await refused(Prisma.sql`UPDATE claims SET state = 'EXPIRED' WHERE id = ${active.claimId}`, 'claim_agrees_with_licence')
    await refused(
      Prisma.sql`UPDATE licences SET state = 'ENDED', ended_by = 'REVOKED' WHERE no = ${active.licence.no}`,
      'claim_agrees_with_licence',
    )
  })

  test('claim_agrees_with_licence: a licence is not put in force whose scope nothing occupies', async () => {
    const made = await world()
    const bare = await aLicenceFor(made.ctx, { ...made, state: 'HELD' })
    await refused(
      Prisma.sql`UPDATE licences SET state = 'ACTIVE', document = '{}', document_sha256 = repeat('0', 64), signature = 'x' WHERE no = ${bare.no}`,
      'claim_agrees_with_licence',
    )
  })

  test('claim_is_frozen: its scope, asset, licence and beginning never change', async () => {
    const { claimId } = await world()
    const changes = [
      `media_set = '{[1,2)}'`,
      `territory_set = '{[1,2)}'`,
      `industry_set = '{[1,2)}'`,
      `period = '[2030-01-01,2031-01-01)'`,
      'exclusive = false',
      'licence_no = 1',
      'asset_no = 1',
      `house_id = 'x'`,
      `created_at = created_at - interval '1 day'`,
    ]
    for (const change of changes)
      await refused(Prisma.sql`UPDATE claims SET ${Prisma.raw(change)} WHERE id = ${claimId}`, 'claim_is_frozen')
    await t.db.$executeRaw`UPDATE claims SET subject_no = -77 WHERE id = ${claimId}`
    const [row] = await t.db.$queryRaw<{ same: boolean }[]>`SELECT subject_no = asset_no AS same FROM claims WHERE id = ${claimId}`
    expect(row?.same).toBe(true)
  })

  test('claim_is_over, append_only: what has ended stays ended, and nothing is deleted', async () => {
    const { claimId, licence, ctx } = await world()
    await t.db.$transaction([
      t.db.$executeRaw`UPDATE claims SET state = 'REVOKED', ended_at = ${ctx.clock.now()} WHERE id = ${claimId}`,
      t.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED' } }),
    ])
    await refused(Prisma.sql`UPDATE claims SET state = 'ACTIVE' WHERE id = ${claimId}`, 'claim_is_over')
    await refused(Prisma.sql`UPDATE claims SET ended_at = ended_at - interval '1 minute' WHERE id = ${claimId}`, 'claim_is_over')
    await refused(Prisma.sql`DELETE FROM claims WHERE id = ${claimId}`, 'append-only')
    await refused(Prisma.sql`TRUNCATE claims`, 'append-only')
  })

  test('claim_life: the database knows the same steps as the diagram', async () => {
    const { claimId } = await world()
    await refused(Prisma.sql`UPDATE claims SET state = 'HELD', hold_expires_at = now() WHERE id = ${claimId}`, 'claim_life')
    await refused(Prisma.sql`UPDATE claims SET state = 'PENDING_PAYMENT' WHERE id = ${claimId}`, 'claim_life')
    const rows = await t.db.$queryRaw<{ state: string; wanted: string | null }[]>`
      SELECT state::text, claim_of(state)::text AS wanted FROM unnest(enum_range(NULL::licence_state)) state`
    const live = rows.flatMap(({ wanted }) => wanted ?? [])
    expect(live.sort()).toEqual([...liveClaimStates].sort())
    expect(claimStates.length).toBe(8)
  })
})

describe('a licence', () => {
  test('licence_keeps_its_number: nor its asset, its house and whether it is exclusive', async () => {
    const { licence } = await world('HELD')
    for (const change of ['no = no + 1000000', `house_id = 'x'`, `asset_id = 'x'`, 'exclusive = false'])
      await refused(Prisma.sql`UPDATE licences SET ${Prisma.raw(change)} WHERE no = ${licence.no}`, 'licence_keeps_its_number')
  })

  test('licence_life: exactly the steps of licence-states.ts', async () => {
    const made = await world()
    for (const from of licenceStateNames)
      for (const to of licenceStateNames) {
        if (from === to) continue
        const { id } = await aLicenceFor(made.ctx, { ...made, state: 'HELD' })
        await t.db.$transaction(async (tx) => {
          await tx.$executeRaw`SET LOCAL session_replication_role = replica`
          await tx.$executeRaw`UPDATE licences SET state = ${from}::licence_state, ended_by = ${from === 'ENDED' ? (to === 'ACTIVE' ? 'SUPERSEDED' : 'RELEASED') : null}::licence_end, document = '{}', document_sha256 = 'x', signature = 'x' WHERE id = ${id}`
        })
        const allowed =
          Object.values(licenceStates.table[from] as Record<string, string>).includes(to) || (from === 'ENDED' && to === 'CONFLICT')
        const step = Prisma.sql`UPDATE licences SET state = ${to}::licence_state, ended_by = ${to === 'ENDED' ? 'REVOKED' : null}::licence_end WHERE id = ${id}`
        const outcome = await t.db.$executeRaw(step).then(
          () => true,
          (error: unknown) => !violates(error, 'licence_life'),
        )
        expect([from, to, outcome]).toEqual([from, to, allowed])
      }
  })
})

describe('what rights hang on', () => {
  test('rights_row_names_its_asset, only_supersede: contracts are of the house’s own assets, and never rewritten', async () => {
    const [made, other] = [await world(), await world()]
    await refused(
      Prisma.sql`INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
        VALUES ('acq_evil', ${other.house.id}, ${made.asset.id}, ${made.asset.no}, 'C', 'L', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', true, true, now())`,
      'rights_row_names_its_asset',
    )
    await refused(
      Prisma.sql`UPDATE acquisitions SET sub_licensable = true, media_set = '{[0,)}', contract = 'X' WHERE asset_no = ${made.asset.no}`,
      'superseded, never changed',
    )
    await refused(Prisma.sql`DELETE FROM acquisitions WHERE asset_no = ${made.asset.no}`, 'superseded, never changed')
    await refused(Prisma.sql`TRUNCATE acquisitions`, 'append-only')
  })

  test('nothing is written down before the last decision, which was made without it', async () => {
    const { ctx, house, asset } = await world()
    await t.db
      .$executeRaw`INSERT INTO restrictions (id, house_id, asset_id, asset_no, kind, reason, media_set, territory_set, industry_set, period, terms, recorded_at)
      VALUES (${`res_${asset.id}`}, ${house.id}, ${asset.id}, ${asset.no}, 'OTHER', 'backdated', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', '2020-01-01')`
    const decided = await t.db.decision.findFirstOrThrow({ where: { assetNo: asset.no } })
    expect((await t.db.restriction.findFirstOrThrow({ where: { assetNo: asset.no } })).recordedAt).toEqual(decided.at)
    await t.db.asset.update({ where: { id: asset.id }, data: { showsPeople: true, changedAt: new Date('2020-01-01') } })
    const [, now] = await t.db.declaration.findMany({ where: { assetNo: asset.no }, orderBy: { id: 'asc' } })
    expect(now).toMatchObject({ showsPeople: true, recordedAt: ctx.clock.now(), supersededAt: null })
  })

  test('declarations_follow_assets: nobody else says what a picture shows, or showed', async () => {
    const { house, asset } = await world()
    await refused(
      Prisma.sql`INSERT INTO declarations (house_id, asset_id, asset_no, editorial_only, recorded_at, superseded_at) VALUES (${house.id}, ${asset.id}, ${asset.no}, false, '2020-01-01', '2021-01-01')`,
      'declarations_follow_assets',
    )
    await refused(Prisma.sql`UPDATE declarations SET superseded_at = now() WHERE asset_no = ${asset.no}`, 'declarations_follow_assets')
    await refused(Prisma.sql`DELETE FROM declarations WHERE asset_no = ${asset.no}`, 'superseded, never changed')
  })

  test('append_only: decisions', async () => {
    const { asset } = await world()
    await refused(Prisma.sql`UPDATE decisions SET verdict = 'allow' WHERE asset_no = ${asset.no}`, 'append-only')
    await refused(Prisma.sql`DELETE FROM decisions WHERE asset_no = ${asset.no}`, 'append-only')
    await refused(Prisma.sql`TRUNCATE decisions`, 'append-only')
  })

  test('number_is_kept, asset_is_licensed: an asset keeps the number that claims know it by, and is not deleted from under them', async () => {
    const { asset } = await world()
    await refused(Prisma.sql`UPDATE assets SET no = no + 1000000 WHERE no = ${asset.no}`, 'number_is_kept')
    await refused(Prisma.sql`DELETE FROM assets WHERE no = ${asset.no}`, 'asset_is_licensed')
  })
})

describe('twins and other shops', () => {
  test('member_names_its_asset, membership_is_frozen, append_only: nobody slips out of a group', async () => {
    const [made, other] = [await world(), await world()]
    const twin = await anAsset(made.ctx, { houseId: made.house.id })
    const grouped = await groupTwins(made.ctx, { assetIds: [made.asset.id, twin.id], name: 'x', why: '' })
    if (!grouped.ok) throw new Error(grouped.error)
    const where = Prisma.sql`WHERE asset_no = ${made.asset.no}`
    await refused(Prisma.sql`DELETE FROM exclusivity_members ${where}`, 'append-only')
    await refused(Prisma.sql`UPDATE exclusivity_members SET asset_no = ${other.asset.no} ${where}`, 'membership_is_frozen')
    await refused(Prisma.sql`UPDATE exclusivity_members SET state = 'SUSPECTED' ${where}`, 'membership_is_frozen')
    await refused(Prisma.sql`UPDATE exclusivity_groups SET no = no + 7 WHERE house_id = ${made.house.id}`, 'number_is_kept')
    await refused(
      Prisma.sql`INSERT INTO exclusivity_members (id, house_id, group_id, asset_id, asset_no, state, added_at)
        VALUES ('xme_evil', ${made.house.id}, ${grouped.value.groupId}, ${other.asset.id}, ${other.asset.no}, 'CONFIRMED', now())`,
      'member_names_its_asset',
    )
    // The asset's own column follows its membership, whatever is written there.
    await t.db.$executeRaw`UPDATE assets SET exclusivity_no = NULL ${Prisma.sql`WHERE no = ${made.asset.no}`}`
    expect((await t.db.asset.findUniqueOrThrow({ where: { id: made.asset.id } })).exclusivityNo).not.toBeNull()
  })

  test('imported_sale_is_frozen, claim_agrees_with_licence: a sale of another shop has its claim, or says why not', async () => {
    const made = await world()
    const twin = await anAsset(made.ctx, { houseId: made.house.id })
    const [sale] = await recordImportedSales(made.ctx, [
      { assetId: twin.id, shop: 'S', reference: 'R', holder: '', terms: { ...terms, exclusive: false }, soldAt: new Date('2026-01-01') },
    ])
    if (sale?.outcome !== 'claimed') throw new Error('not claimed')
    await refused(Prisma.sql`UPDATE imported_sales SET holder = 'X' WHERE no = ${sale.no}`, 'imported_sale_is_frozen')
    await refused(Prisma.sql`UPDATE imported_sales SET state = 'ENDED' WHERE no = ${sale.no}`, 'claim_agrees_with_licence')
    await refused(Prisma.sql`UPDATE claims SET state = 'RELEASED' WHERE licence_no = ${sale.no}`, 'claim_agrees_with_licence')
    await refused(Prisma.sql`DELETE FROM imported_sales WHERE no = ${sale.no}`, 'append-only')
    await refused(
      Prisma.sql`INSERT INTO imported_sales (id, no, house_id, asset_id, asset_no, shop, reference, terms, exclusive, sold_at, state, recorded_at)
        VALUES ('ims_evil', ${made.licence.no}, ${made.house.id}, ${made.asset.id}, ${made.asset.no}, 'S', 'Q', '{}', true, now(), 'CLAIMED', now())`,
      'imported_sale_names_its_asset',
    )
  })
})
