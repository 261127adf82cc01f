import { sealedTitle } from '../assets/rules/sealing.ts'
import { sealedAmong } from '../assets/sealing.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { boxColumns, readBox, type BoxColumns } from '../rights/loading.ts'
import type { ReleaseKind, ReleaseStatus, RestrictionKind } from '../rights/rules/known.ts'
import { LeafSet } from '../rights/rules/leaf-set.ts'
import { industries } from '../rights/rules/vocabulary/industries.ts'
import { scopeTerms } from '../rights/schema.ts'
import type { ExportKind } from './rules/export-kinds.ts'
import type { RightsLine } from './rules/lines.ts'
import { termsOfBox } from './rules/written.ts'

export interface RowsWanted {
  kind: ExportKind
  /** By the reference of the contract, release or letter; null: all. */
  contract: string | null
  assetId: string | null
  knownAt: Date
}
export interface WrittenRow {
  id: string
  title: string
  line: RightsLine
}

interface Row extends BoxColumns {
  id: string
  key: string
  asset: string
  title: string
  terms: unknown
  [own: string]: unknown
}

const batch = 1_000

/** The rows of a kind as they were known, by key, a thousand at a time. */
export async function* rowsFor(ctx: Ctx<'db' | 'actor'>, wanted: RowsWanted, zone: string): AsyncGenerator<WrittenRow> {
  let after: string | null = null
  for (;;) {
    const rows: Row[] = await ctx.db.$queryRaw<Row[]>(selects[wanted.kind](ctx.actor.houseId, wanted, after))
    const sealed = await sealedAmong(
      ctx,
      rows.map(({ asset }) => asset),
    )
    for (const row of rows)
      yield { id: row.id, title: sealed.has(row.asset) ? sealedTitle : row.title, line: lineOf(wanted.kind, row, zone) }
    after = rows.at(-1)?.key ?? null
    if (rows.length < batch) return
  }
}

type Select = (houseId: string, wanted: RowsWanted, after: string | null) => Prisma.Sql

const recorded =
  (table: string, own: string, reference: string): Select =>
  (houseId, { contract, assetId, knownAt }, after) => Prisma.sql`
  SELECT r.id, r.id AS key, a.id AS asset, a.title, r.terms, ${Prisma.raw(own)}, ${boxColumns} FROM ${Prisma.raw(table)} r JOIN assets a ON a.no = r.asset_no
  WHERE r.house_id = ${houseId} AND r.id > ${after ?? ''} AND r.recorded_at <= ${knownAt} AND (r.superseded_at IS NULL OR r.superseded_at > ${knownAt})
    ${contract === null ? Prisma.empty : Prisma.sql`AND r.${Prisma.raw(reference)} = ${contract}`} ${assetId === null ? Prisma.empty : Prisma.sql`AND r.asset_id = ${assetId}`}
  ORDER BY r.id LIMIT ${batch}`

/** Each claim is a row: its box is what was sold, as resolved on that day. A licence that needed several contracts has several. */
const licences: Select = (houseId, { assetId, knownAt }, after) => Prisma.sql`
  SELECT c.id::text AS id, c.id::text AS key, a.id AS asset, a.title, l.terms, l.number AS reference, house.name AS shop, coalesce(l.licensee_name, holder.name) AS holder,
    coalesce(l.issued_at, c.created_at) AS "soldAt", c.exclusive,
    (SELECT count(*) FROM claims other WHERE other.licence_no = c.licence_no) AS pieces, (SELECT count(*) FROM claims other WHERE other.licence_no = c.licence_no AND other.id <= c.id) AS piece, ${boxColumns}
  FROM claims c JOIN licences l ON l.no = c.licence_no AND l.house_id = c.house_id JOIN assets a ON a.no = c.asset_no
    JOIN organisations holder ON holder.id = l.holder_org_id JOIN organisations house ON house.id = c.house_id
  WHERE c.house_id = ${houseId} AND c.id > ${after ?? '0'}::bigint AND c.created_at <= ${knownAt} AND (c.ended_at IS NULL OR c.ended_at > ${knownAt})
    ${assetId === null ? Prisma.empty : Prisma.sql`AND a.id = ${assetId}`}
  ORDER BY c.id LIMIT ${batch}`

/** Their boxes are made of their terms, since what collides has no claim. Those with a claim come first: of two sold at one instant, they keep it. */
const saleKey = Prisma.sql`(CASE s.state WHEN 'CLAIMED' THEN '0' ELSE '1' END || s.id)`
const sales: Select = (houseId, { assetId, knownAt }, after) => Prisma.sql`
  SELECT s.id, ${saleKey} AS key, a.id AS asset, a.title, s.terms, s.reference, s.shop, s.holder, s.sold_at AS "soldAt", s.exclusive, 1::bigint AS pieces, 1::bigint AS piece,
    NULL AS media, NULL AS territory, NULL AS industry, NULL::timestamptz AS "from", NULL::timestamptz AS "to"
  FROM imported_sales s JOIN assets a ON a.no = s.asset_no
  WHERE s.house_id = ${houseId} AND ${saleKey} > ${after ?? ''} AND s.recorded_at <= ${knownAt} AND (s.state <> 'ENDED' OR s.settled_at > ${knownAt})
    ${assetId === null ? Prisma.empty : Prisma.sql`AND s.asset_id = ${assetId}`}
  ORDER BY key LIMIT ${batch}`

const selects: Record<ExportKind, Select> = {
  acquisitions: recorded('acquisitions', 'r.contract, r.licensor, r.sub_licensable AS "subLicensable", r.exclusive', 'contract'),
  releases: recorded(
    'releases',
    'r.kind::text AS of, r.status::text, r.reference, r.minor, r.guardian, r.ai_uses AS "aiUses", r.sensitive_set::text AS sensitive',
    'reference',
  ),
  restrictions: recorded('restrictions', 'r.kind::text AS of, r.reason, r.reference', 'reference'),
  licences,
  sales,
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function lineOf(kind: ExportKind, row: Row, zone: string): RightsLine {
  const agreed = scopeTerms.safeParse(row.terms)
  const known = agreed.success ? agreed.data : null
  const exclusive = row.exclusive === true
  const common = { asset: row.asset, replaces: false }
  const terms = (lean: 'inward' | 'outward', box = readBox(row)) => termsOfBox(box, known, zone, exclusive, lean)
  switch (kind) {
    case 'acquisitions':
      return {
        ...common,
        kind: 'ACQUISITIONS',
        contract: text(row.contract),
        licensor: text(row.licensor),
        subLicensable: row.subLicensable === true,
        terms: terms('inward'),
      }
    case 'releases': {
      const refuses = row.status === 'NONE' || row.status === 'WITHDRAWN'
      return {
        ...common,
        kind: 'RELEASES',
        of: text(row.of) as ReleaseKind,
        status: text(row.status) as ReleaseStatus,
        reference: text(row.reference),
        minor: row.minor === true,
        guardian: text(row.guardian) || null,
        aiUses: row.aiUses === true,
        sensitive: sensitiveOf(text(row.sensitive)),
        terms: terms(refuses ? 'outward' : 'inward'),
      }
    }
    case 'restrictions':
      return {
        ...common,
        kind: 'RESTRICTIONS',
        of: text(row.of) as RestrictionKind,
        reason: text(row.reason),
        reference: text(row.reference) || null,
        terms: terms('outward'),
      }
    case 'licences':
    case 'sales': {
      const piece = Number(row.pieces) > 1 ? `/${String(row.piece)}` : ''
      return {
        ...common,
        kind: 'SALES',
        shop: text(row.shop),
        reference: text(row.reference) + piece,
        holder: text(row.holder),
        soldAt: row.soldAt as Date,
        // A sale is kept with terms that were read; only a claim may say less than its licence.
        terms: kind === 'sales' && known ? { ...known, exclusive } : terms('outward'),
      }
    }
  }
}

/** Of what was written before there were sensitive consents, all counts as consented: that is said in the industries that there are. */
function sensitiveOf(set: string): string[] {
  const sensitive = industries.resolve(['sensitive'])
  return industries.codesOf(LeafSet.fromPostgres(set || '{}').intersection(sensitive))
}
