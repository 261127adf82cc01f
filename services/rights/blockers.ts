import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { boxColumns, readBox, type BoxColumns } from './loading.ts'
import type { Box } from './rules/box.ts'
import { liveClaimStates, type ClaimState } from './rules/known.ts'
import { industries } from './rules/vocabulary/industries.ts'
import { media } from './rules/vocabulary/media.ts'
import { territories } from './rules/vocabulary/territories.ts'

/** What is in the way: the part that is gone, never whose it is. */
export interface Blocker {
  assetNo: bigint
  exclusive: boolean
  state: ClaimState
  /** It lies on a near-identical picture. */
  twin: boolean
  media: string[]
  territory: string[]
  industry: string[]
  from: Date
  to: Date | null
}
/** The same for the house's own people: which claim it is, and in whose way. */
export interface KnownBlocker extends Blocker {
  wantedNo: bigint
  claimId: bigint
  licenceNo: bigint
}

/** A row that wants scope; sets and numbers go as text, because JSON knows neither. */
export interface WantedRow {
  assetNo: bigint
  licenceNo: bigint
  box: Box
  exclusive: boolean
  state: 'HELD' | 'PENDING_PAYMENT' | 'ACTIVE'
  holdExpiresAt: Date | null
}

/** Wanted rows as JSON, in the order given (`place`). */
export const wantedJson = (rows: readonly WantedRow[]): string =>
  JSON.stringify(
    rows.map(({ box, ...row }, place) => ({
      place,
      asset_no: row.assetNo.toString(),
      licence_no: row.licenceNo.toString(),
      exclusive: row.exclusive,
      state: row.state,
      hold_expires_at: row.holdExpiresAt,
      media_set: box.media.toPostgres(),
      territory_set: box.territory.toPostgres(),
      industry_set: box.industry.toPostgres(),
      from: box.period.from,
      to: box.period.to,
    })),
  )

/** The same as a table named `wanted`. */
export const wantedTable = (
  json: string,
): Prisma.Sql => Prisma.sql`(SELECT place, asset_no, licence_no, exclusive, state::claim_state, hold_expires_at, media_set::int4multirange, territory_set::int4multirange,
      industry_set::int4multirange, tstzrange("from", "to", '[)') AS period
    FROM jsonb_to_recordset(${json}::jsonb) AS row (place int, asset_no bigint, licence_no bigint, exclusive boolean, state text, hold_expires_at timestamptz,
      media_set text, territory_set text, industry_set text, "from" timestamptz, "to" timestamptz)) AS wanted`

export const liveStates = Prisma.raw(liveClaimStates.map((state) => `'${state}'`).join(', '))

/**
 * Live claims of others that the constraint would put against the wanted ones: the same operators as `no_double_sale`, on
 * the subject, so that the claims of twins stand in the way as well. At most `most` for each wanted row.
 */
export async function blockersOf(tx: Ctx<'db'>, rows: readonly WantedRow[], most = 5): Promise<KnownBlocker[]> {
  if (rows.length === 0) return []
  const found = await tx.db.$queryRaw<
    (BoxColumns & Pick<KnownBlocker, 'assetNo' | 'wantedNo' | 'claimId' | 'licenceNo' | 'exclusive' | 'state' | 'twin'>)[]
  >`
    SELECT wanted.licence_no AS "wantedNo", wanted.asset_no AS "assetNo", hit.* FROM ${wantedTable(wantedJson(rows))}
    JOIN assets a ON a.no = wanted.asset_no
    CROSS JOIN LATERAL (
      SELECT c.id AS "claimId", c.licence_no AS "licenceNo", c.exclusive, c.state::text, c.asset_no <> wanted.asset_no AS twin, part.*
      FROM claims c CROSS JOIN LATERAL (SELECT ${boxColumns} FROM (SELECT c.media_set * wanted.media_set AS media_set, c.territory_set * wanted.territory_set AS territory_set,
        c.industry_set * wanted.industry_set AS industry_set, c.period * wanted.period AS period) met) part
      WHERE c.subject_no = coalesce(a.exclusivity_no, a.no) AND c.excl_class <> CASE WHEN wanted.exclusive THEN wanted.licence_no ELSE 0 END
        AND c.media_set && wanted.media_set AND c.territory_set && wanted.territory_set AND c.industry_set && wanted.industry_set AND c.period && wanted.period
        AND c.state IN (${liveStates}) AND c.lineage_no <> coalesce((SELECT coalesce(l.lineage_no, l.no) FROM licences l WHERE l.no = wanted.licence_no), wanted.licence_no)
      ORDER BY c.id LIMIT ${most}) hit
    ORDER BY wanted.place, "claimId"`
  return found.map(({ media: m, territory: t, industry: i, from: f, to: u, ...row }) => {
    const box = readBox({ media: m, territory: t, industry: i, from: f, to: u })
    return {
      ...row,
      media: media.codesOf(box.media),
      territory: territories.codesOf(box.territory),
      industry: industries.codesOf(box.industry),
      from: box.period.from,
      to: box.period.to,
    }
  })
}

/** What may be said to outsiders of what is in the way. */
export const withoutNames = ({ wantedNo: _w, claimId: _c, licenceNo: _l, ...blocker }: KnownBlocker): Blocker => blocker
