import { Prisma } from '../platform/db.ts'
import type { Ctx } from '../platform/context.ts'
import type { Box } from './rules/box.ts'
import type {
  AssetRights,
  Acquisition,
  Claim,
  ClaimState,
  HeldLicence,
  Release,
  ReleaseKind,
  ReleaseStatus,
  Restriction,
  RestrictionKind,
} from './rules/known.ts'
import { LeafSet } from './rules/leaf-set.ts'
import type { Limits } from './rules/scope.ts'

/** The columns in which every rights row says its box, and how they are read. */
export interface BoxColumns {
  media: string
  territory: string
  industry: string
  from: Date | null
  to: Date | null
}
export const boxColumns = Prisma.sql`media_set::text AS media, territory_set::text AS territory, industry_set::text AS industry, lower(period) AS "from", upper(period) AS "to"`
const beginning = new Date(-8.64e15)
export const readBox = (row: BoxColumns): Box => ({
  media: LeafSet.fromPostgres(row.media),
  territory: LeafSet.fromPostgres(row.territory),
  industry: LeafSet.fromPostgres(row.industry),
  period: { from: row.from ?? beginning, to: row.to },
})

/** One row of any kind: what all say alike, and what each says in words and yes or no, in the order of its select. */
interface RightsRow extends BoxColumns {
  row: 'acquisition' | 'release' | 'restriction' | 'claim'
  assetNo: bigint
  id: string
  recordedAt: Date
  supersededAt: Date | null
  words: string[]
  exclusive: boolean | null
  subLicensable: boolean | null
}

export interface WhichRights {
  assetIds?: readonly string[]
  assetNos?: readonly bigint[]
  /** Load the licences in force of this organisation, so that `decide` can say "allow". */
  holderOrgId?: string | undefined
  /**
   * `live` is what a decision of today needs. `exclusive` suffices for non-exclusive wishes and spares a best-seller's
   * thousands of plain sales. `history` also brings what has ended, for questions about the past; `none` is for callers
   * that let the exclusion constraint speak.
   */
  claims?: 'live' | 'exclusive' | 'history' | 'none'
  /** Also rows that have been superseded. */
  superseded?: boolean
}

const liveClaims = Prisma.sql`c.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')`

/**
 * Everything known about some assets of the house, by asset id; assets of other houses are not there. One query for
 * all kinds, however many assets. Numbers are passed as bigint: an int4 would miss the indexes and cost a thousand times as much.
 */
export async function loadRights(ctx: Ctx<'db' | 'actor'>, which: WhichRights): Promise<Map<string, AssetRights>> {
  const { db } = ctx
  const assets = await db.asset.findMany({
    where: {
      houseId: ctx.actor.houseId,
      ...(which.assetNos ? { no: { in: [...which.assetNos] } } : { id: { in: [...(which.assetIds ?? [])] } }),
    },
    select: { id: true, no: true, showsPeople: true, showsProperty: true, editorialOnly: true },
  })
  if (assets.length === 0) return new Map()
  const nos = Prisma.sql`ANY(${assets.map(({ no }) => no)}::bigint[])`
  const current = which.superseded || which.claims === 'history' ? Prisma.empty : Prisma.sql`AND superseded_at IS NULL`
  const rowsOf = (
    row: RightsRow['row'],
    table: string,
    words: string,
    flags = 'NULL::boolean AS exclusive, NULL::boolean AS "subLicensable"',
  ) =>
    Prisma.sql`SELECT ${Prisma.raw(`'${row}' AS row, asset_no AS "assetNo", id, recorded_at AS "recordedAt", superseded_at AS "supersededAt", ARRAY[${words}] AS words, ${flags}`)}, 0::bigint AS n, ${boxColumns}
      FROM ${Prisma.raw(table)} WHERE asset_no = ${nos} ${current}`
  const kinds = [
    rowsOf('acquisition', 'acquisitions', 'contract, licensor', 'exclusive, sub_licensable AS "subLicensable"'),
    rowsOf('release', 'releases', 'kind::text, status::text, reference, sensitive_set::text, guardian', 'minor AS exclusive, ai_uses AS "subLicensable"'),
    rowsOf('restriction', 'restrictions', 'kind::text, reason, reference'),
    ...(which.claims === 'none' ? [] : [claimsOf(nos, which.claims ?? 'live')]),
  ]

  const [rows, licences] = await Promise.all([
    // In one statement: four questions of a hundred microseconds each cost the process more to ask than the database to answer.
    db.$queryRaw<RightsRow[]>`SELECT * FROM (${Prisma.join(kinds, ' UNION ALL ')}) r ORDER BY row, n, id`,
    which.holderOrgId ? loadHeld(db, nos, ctx.actor.houseId, which.holderOrgId) : [],
  ])

  const groups = new Map(
    assets.map((asset) => [
      asset.no,
      {
        asset,
        acquisitions: [] as Acquisition[],
        releases: [] as Release[],
        restrictions: [] as Restriction[],
        claims: [] as Claim[],
        licences: [] as HeldLicence[],
      },
    ]),
  )
  for (const row of rows) {
    const group = groups.get(row.assetNo)
    if (!group) continue
    const known = { id: row.id, recordedAt: row.recordedAt, supersededAt: row.supersededAt, box: readBox(row) }
    const [first = '', second = '', third = null, fourth = '{}', guardian = null] = row.words
    const exclusive = row.exclusive ?? false
    if (row.row === 'acquisition')
      group.acquisitions.push({ ...known, contract: first, licensor: second, exclusive, subLicensable: row.subLicensable ?? false })
    else if (row.row === 'release')
      group.releases.push({
        ...known,
        kind: first as ReleaseKind,
        status: second as ReleaseStatus,
        reference: third ?? '',
        minor: exclusive,
        guardian,
        aiUses: row.subLicensable ?? false,
        sensitive: LeafSet.fromPostgres(fourth),
      })
    else if (row.row === 'restriction')
      group.restrictions.push({ ...known, kind: first as RestrictionKind, reason: second, reference: third })
    else group.claims.push({ ...known, licenceNo: BigInt(first), state: second as ClaimState, exclusive })
  }
  for (const row of licences) groups.get(row.assetNo)?.licences.push({ ...bare(row), limits: row.limits ?? {}, box: readBox(row) })
  return new Map(assets.map(({ id, no }) => [id, groups.get(no) as AssetRights]))
}

/** A row without the columns that became its box. */
function bare<R extends BoxColumns & { assetNo: bigint }>({
  media: _m,
  territory: _t,
  industry: _i,
  from: _f,
  to: _u,
  assetNo: _a,
  ...row
}: R) {
  return row
}

/** A claim ends when its licence does; one that was released without a word ended where it began. */
function claimsOf(nos: Prisma.Sql, which: 'live' | 'exclusive' | 'history'): Prisma.Sql {
  const ended = Prisma.sql`CASE WHEN ${liveClaims} THEN NULL ELSE coalesce(l.ended_at, c.created_at) END`
  return Prisma.sql`SELECT 'claim', c.asset_no, c.id::text, c.created_at, ${which === 'history' ? ended : Prisma.sql`NULL::timestamptz`},
      ARRAY[c.licence_no::text, c.state::text], c.exclusive, NULL::boolean, c.id, ${boxColumns}
    FROM claims c ${which === 'history' ? Prisma.sql`LEFT JOIN licences l ON l.no = c.licence_no` : Prisma.empty}
    WHERE c.asset_no = ${nos} ${which === 'history' ? Prisma.empty : Prisma.sql`AND ${liveClaims}`} ${which === 'exclusive' ? Prisma.sql`AND c.exclusive` : Prisma.empty}`
}

/** Licences in force by their claims: what was sold, as resolved on the day of sale. */
const loadHeld = (db: Ctx<'db'>['db'], nos: Prisma.Sql, houseId: string, holderOrgId: string) =>
  db.$queryRaw<(Omit<HeldLicence, 'box' | 'limits'> & BoxColumns & { assetNo: bigint; limits: Limits | null })[]>`
    SELECT c.asset_no AS "assetNo", l.id, l.no, l.number, l.exclusive, l.terms -> 'limits' AS limits, coalesce(l.issued_at, l.created_at) AS "recordedAt", l.ended_at AS "supersededAt", ${boxColumns}
    FROM licences l JOIN claims c ON c.licence_no = l.no
    WHERE l.house_id = ${houseId} AND l.holder_org_id = ${holderOrgId} AND l.state = 'ACTIVE' AND c.state = 'ACTIVE' AND c.asset_no = ${nos} ORDER BY c.id`
