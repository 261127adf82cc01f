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

type Row<T> = Omit<T, 'box' | 'supersededAt'> & BoxColumns & { assetNo: bigint; supersededAt: Date | null }
interface ClaimRow extends BoxColumns {
  assetNo: bigint
  id: bigint
  licenceNo: bigint
  exclusive: boolean
  state: ClaimState
  recordedAt: Date
  supersededAt: Date | null
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
 * Everything known about some assets of the house, by asset id; assets of other houses are not there. One query a kind,
 * however many assets. Numbers are passed as bigint: an int4 would miss the indexes and cost a thousand times as much.
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
  const recorded = Prisma.sql`asset_no AS "assetNo", id, recorded_at AS "recordedAt", superseded_at AS "supersededAt", ${boxColumns}`

  const [acquisitions, releases, restrictions, claims, licences] = await Promise.all([
    db.$queryRaw<
      Row<Acquisition>[]
    >`SELECT ${recorded}, contract, licensor, sub_licensable AS "subLicensable", exclusive FROM acquisitions WHERE asset_no = ${nos} ${current} ORDER BY id`,
    db.$queryRaw<
      Row<Release>[]
    >`SELECT ${recorded}, kind::text, status::text, reference FROM releases WHERE asset_no = ${nos} ${current} ORDER BY id`,
    db.$queryRaw<
      Row<Restriction>[]
    >`SELECT ${recorded}, kind::text, reason, reference FROM restrictions WHERE asset_no = ${nos} ${current} ORDER BY id`,
    which.claims === 'none' ? [] : loadClaims(db, nos, which.claims ?? 'live'),
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
  const put = <R extends { assetNo: bigint }>(
    rows: readonly R[],
    into: (group: NonNullable<ReturnType<typeof groups.get>>, row: R) => void,
  ) => {
    for (const row of rows) {
      const group = groups.get(row.assetNo)
      if (group) into(group, row)
    }
  }
  put(acquisitions, (group, row) => group.acquisitions.push({ ...bare(row), box: readBox(row) }))
  put(releases, (group, row) =>
    group.releases.push({ ...bare(row), kind: row.kind as ReleaseKind, status: row.status as ReleaseStatus, box: readBox(row) }),
  )
  put(restrictions, (group, row) => group.restrictions.push({ ...bare(row), kind: row.kind as RestrictionKind, box: readBox(row) }))
  put(claims, (group, row) => group.claims.push({ ...bare(row), id: row.id.toString(), box: readBox(row) }))
  put(licences, (group, row) => group.licences.push({ ...bare(row), limits: row.limits ?? {}, box: readBox(row) }))
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
const loadClaims = (db: Ctx<'db'>['db'], nos: Prisma.Sql, which: 'live' | 'exclusive' | 'history') =>
  which === 'history'
    ? db.$queryRaw<ClaimRow[]>`
        SELECT c.asset_no AS "assetNo", c.id, c.licence_no AS "licenceNo", c.exclusive, c.state::text, c.created_at AS "recordedAt", ${boxColumns},
          CASE WHEN ${liveClaims} THEN NULL ELSE coalesce(l.ended_at, c.created_at) END AS "supersededAt"
        FROM claims c LEFT JOIN licences l ON l.no = c.licence_no WHERE c.asset_no = ${nos} ORDER BY c.id`
    : db.$queryRaw<ClaimRow[]>`
        SELECT c.asset_no AS "assetNo", c.id, c.licence_no AS "licenceNo", c.exclusive, c.state::text, c.created_at AS "recordedAt", NULL::timestamptz AS "supersededAt", ${boxColumns}
        FROM claims c WHERE c.asset_no = ${nos} AND ${liveClaims} ${which === 'exclusive' ? Prisma.sql`AND c.exclusive` : Prisma.empty} ORDER BY c.id`

/** Licences in force by their claims: what was sold, as resolved on the day of sale. */
const loadHeld = (db: Ctx<'db'>['db'], nos: Prisma.Sql, houseId: string, holderOrgId: string) =>
  db.$queryRaw<(Omit<HeldLicence, 'box' | 'limits'> & BoxColumns & { assetNo: bigint; limits: Limits | null })[]>`
    SELECT c.asset_no AS "assetNo", l.id, l.no, l.number, l.exclusive, l.terms -> 'limits' AS limits, coalesce(l.issued_at, l.created_at) AS "recordedAt", l.ended_at AS "supersededAt", ${boxColumns}
    FROM licences l JOIN claims c ON c.licence_no = l.no
    WHERE l.house_id = ${houseId} AND l.holder_org_id = ${holderOrgId} AND l.state = 'ACTIVE' AND c.state = 'ACTIVE' AND c.asset_no = ${nos} ORDER BY c.id`
