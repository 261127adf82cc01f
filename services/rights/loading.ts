import { prepared, Prisma, statement, type Statement } from '../platform/db.ts'
import type { Ctx } from '../platform/context.ts'
import type { Box } from './rules/box.ts'
import type { AssetRights, ClaimState, HeldLicence, ReleaseKind, ReleaseStatus, RestrictionKind } from './rules/known.ts'
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

/** One row of any kind: what all say alike, and what each says in words and in yes or no, in the order of its select. */
interface RightsRow extends BoxColumns {
  row: 'acquisition' | 'asset' | 'claim' | 'release' | 'restriction'
  assetNo: bigint
  id: string
  recordedAt: Date
  supersededAt: Date | null
  words: string[]
  flags: (boolean | null)[]
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
  /**
   * Everything as it was known then: what had been declared of the picture, contracts, consents, bans, what was taken, by
   * twins of that day too, and which licences of the asker were in force. The answer to a question about that day is the
   * one that was given on it. An asset that nobody knew yet is not there.
   */
  knownAt?: Date | undefined
}

/** Rights as they come from the database: with the row of `declarations` that says what is known of the picture itself. */
export interface LoadedRights extends AssetRights {
  declaration: string
}

const liveClaims = Prisma.sql`c.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')`
const emptyBox = Prisma.sql`NULL::text AS media, NULL::text AS territory, NULL::text AS industry, NULL::timestamptz AS "from", NULL::timestamptz AS "to"`

/**
 * Everything known about some assets of the house, by asset id; assets of other houses are not there. One statement for
 * all kinds, however many assets: four questions of a hundred microseconds each cost the process more to ask than the
 * database to answer. Numbers are passed as bigint: an int4 would miss the indexes and cost a thousand times as much.
 */
export async function loadRights(ctx: Ctx<'db' | 'actor'>, which: WhichRights): Promise<Map<string, LoadedRights>> {
  const { db } = ctx
  const { houseId } = ctx.actor
  const [rows, licences] = await Promise.all([
    rightsRows(db, houseId, which),
    which.holderOrgId ? loadHeld(db, mine(houseId, which), houseId, which.holderOrgId, which.knownAt) : [],
  ])

  const groups = new Map<bigint, Mutable<LoadedRights>>()
  // The pictures themselves come second in the order of rows; everything else hangs on them.
  for (const row of rows) {
    if (row.row !== 'asset') continue
    const [showsPeople = null, showsProperty = null, editorialOnly] = row.flags
    const asset = { id: row.words[0] as string, no: row.assetNo, showsPeople, showsProperty, editorialOnly: editorialOnly ?? false }
    groups.set(row.assetNo, {
      asset,
      declaration: row.id,
      acquisitions: [],
      releases: [],
      restrictions: [],
      claims: [],
      licences: [],
    })
  }
  for (const row of rows) {
    const group = groups.get(row.assetNo)
    if (group && row.row !== 'asset') addRow(group, row)
  }
  for (const row of licences) groups.get(row.assetNo)?.licences.push({ ...bare(row), limits: row.limits ?? {}, box: readBox(row) })
  return new Map([...groups.values()].map((rights) => [rights.asset.id, rights]))
}

/** The numbers of the assets that are asked for, as far as the house has them. */
function mine(houseId: string, which: WhichRights): Prisma.Sql {
  const named = which.assetNos
    ? Prisma.sql`no = ANY((SELECT ${[...which.assetNos]}::bigint[])::bigint[])`
    : Prisma.sql`id = ANY((SELECT ${[...(which.assetIds ?? [])]}::text[])::text[])`
  return Prisma.sql`WITH mine AS MATERIALIZED (SELECT coalesce(array_agg(no), '{}') AS nos FROM assets WHERE house_id = ${houseId} AND ${named})`
}

const statements = new Map<string, Statement>()

/** What a decision of today asks is asked all day long, so connections keep it prepared; questions about the past are not. */
function rightsRows(db: Ctx<'db'>['db'], houseId: string, which: WhichRights): Promise<RightsRow[]> {
  const { assetNos, claims = 'live', superseded = false, knownAt } = which
  if ((which.assetNos ?? which.assetIds ?? []).length > few) return rowsOfMany(db, rightsQuery(houseId, which))
  if (!assetNos || knownAt) return db.$queryRaw<RightsRow[]>(rightsQuery(houseId, which))
  const shape = `${claims} ${superseded}`
  let known = statements.get(shape)
  if (!known) statements.set(shape, (known = statement(rightsQuery(houseId, which))))
  return prepared(db, known, [houseId, assetNos])
}

const few = 100
type RowAsJson = Omit<RightsRow, 'assetNo' | InstantOfRow> & { assetNo: number } & Record<InstantOfRow, string | null>
type InstantOfRow = 'recordedAt' | 'supersededAt' | 'from' | 'to'

/**
 * The same rows of many assets as one text: parsed in one go, they cost the process a third of what it takes to read them
 * column by column. They were written and end on a few days, and each of these is read once.
 */
async function rowsOfMany(db: Ctx<'db'>['db'], query: Prisma.Sql): Promise<RightsRow[]> {
  const [all] = await db.$queryRaw<{ rows: string | null }[]>`SELECT json_agg(r)::text AS rows FROM (${query}) r`
  const instants = new Map<string, Date>()
  const instant = (text: string): Date => {
    const known = instants.get(text)
    if (known) return known
    const read = new Date(text)
    instants.set(text, read)
    return read
  }
  const orNull = (text: string | null): Date | null => (text === null ? null : instant(text))
  const read = (row: RowAsJson): RightsRow => ({
    row: row.row,
    assetNo: BigInt(row.assetNo),
    id: row.id,
    recordedAt: instant(row.recordedAt as string),
    supersededAt: orNull(row.supersededAt),
    words: row.words,
    flags: row.flags,
    media: row.media,
    territory: row.territory,
    industry: row.industry,
    from: orNull(row.from),
    to: orNull(row.to),
  })
  return all?.rows ? (JSON.parse(all.rows) as RowAsJson[]).map(read) : []
}

/** The one statement, by itself: what a benchmark explains is what a sale asks. */
export function rightsQuery(houseId: string, which: WhichRights): Prisma.Sql {
  const all = which.superseded || which.claims === 'history'
  const current = which.knownAt
    ? Prisma.sql`AND recorded_at <= ${which.knownAt} AND (superseded_at IS NULL OR superseded_at > ${which.knownAt})`
    : all
      ? Prisma.empty
      : Prisma.sql`AND superseded_at IS NULL`
  const rowsOf = (row: RightsRow['row'], table: string, words: string, flags: string) =>
    Prisma.sql`SELECT ${Prisma.raw(`'${row}' AS row, asset_no AS "assetNo", id, recorded_at AS "recordedAt", superseded_at AS "supersededAt", ARRAY[${words}] AS words, ARRAY[${flags}] AS flags`)}, 0::bigint AS n, ${boxColumns}
      FROM ${Prisma.raw(table)} WHERE asset_no = ANY((SELECT nos FROM mine)::bigint[]) ${current}`
  const kinds = [
    declarationsOf(which.knownAt),
    rowsOf('acquisition', 'acquisitions', 'contract, licensor', 'exclusive, sub_licensable'),
    rowsOf('release', 'releases', 'kind::text, status::text, reference, sensitive_set::text, guardian', 'minor, ai_uses'),
    rowsOf('restriction', 'restrictions', 'kind::text, reason, reference', 'true'),
    ...(which.claims === 'none' ? [] : [claimsOf(which.claims ?? 'live', which.knownAt)]),
  ]

  return Prisma.sql`${mine(houseId, which)} SELECT * FROM (${Prisma.join(kinds, ' UNION ALL ')}) r ORDER BY row, n, id`
}

type Mutable<R> = { [K in keyof R]: R[K] extends readonly (infer T)[] ? T[] : R[K] }

function addRow(group: Mutable<LoadedRights>, row: RightsRow): void {
  const known = { id: row.id, recordedAt: row.recordedAt, supersededAt: row.supersededAt, box: readBox(row) }
  const [first, second, third = null, fourth = '{}', guardian = null] = row.words as [
    string,
    string,
    (string | null)?,
    (string | null)?,
    (string | null)?,
  ]
  const [yes, no] = row.flags
  if (row.row === 'acquisition')
    group.acquisitions.push({ ...known, contract: first, licensor: second, exclusive: yes ?? false, subLicensable: no ?? false })
  else if (row.row === 'release')
    group.releases.push({
      ...known,
      kind: first as ReleaseKind,
      status: second as ReleaseStatus,
      reference: third ?? '',
      minor: yes ?? false,
      guardian,
      aiUses: no ?? false,
      sensitive: LeafSet.fromPostgres(fourth ?? '{}'),
    })
  else if (row.row === 'restriction')
    group.restrictions.push({ ...known, kind: first as RestrictionKind, reason: second, reference: third })
  else
    group.claims.push({
      ...known,
      licenceNo: BigInt(first),
      state: second as ClaimState,
      exclusive: yes ?? false,
      ...(no ? { twin: true } : {}),
      ...(row.flags[2] ? { by: 'house' as const } : {}),
    })
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

/** What is known of the pictures themselves: their own columns follow the newest of these. */
const declarationsOf = (knownAt: Date | undefined): Prisma.Sql => Prisma.sql`
  SELECT 'asset' AS row, asset_no AS "assetNo", id::text AS id, recorded_at AS "recordedAt", superseded_at AS "supersededAt", ARRAY[asset_id] AS words,
    ARRAY[shows_people, shows_property, editorial_only] AS flags, 0::bigint AS n, ${emptyBox}
  FROM declarations WHERE asset_no = ANY((SELECT nos FROM mine)::bigint[]) ${knownAt ? Prisma.sql`AND recorded_at <= ${knownAt} AND (superseded_at IS NULL OR superseded_at > ${knownAt})` : Prisma.sql`AND superseded_at IS NULL`}`

/**
 * What is taken, of the asset itself and of its twins: now by what the constraint sees (`subject_no`), in the past by who
 * was in a group with whom. The house's own use is told apart: it lives by what may not be passed on as well.
 */
function claimsOf(which: 'live' | 'exclusive' | 'history', knownAt: Date | undefined): Prisma.Sql {
  const columns = (assetNo: string, from: string, until: string) =>
    Prisma.sql`SELECT 'claim' AS row, ${Prisma.raw(`${assetNo} AS "assetNo", c.id::text AS id, ${from} AS "recordedAt", ${until} AS "supersededAt",
      ARRAY[c.licence_no::text, c.state::text] AS words, ARRAY[c.exclusive, c.asset_no <> ${assetNo}, l.model IS NOT DISTINCT FROM 'INTERNAL_GRANT'] AS flags, c.id AS n`)}, ${boxColumns}`
  const licences = Prisma.sql`LEFT JOIN licences l ON l.no = c.licence_no`
  const onlyExclusive = which === 'exclusive' ? Prisma.sql`AND c.exclusive` : Prisma.empty
  if (which !== 'history' && !knownAt)
    return Prisma.sql`${columns('a.no', 'c.created_at', 'NULL::timestamptz')} FROM assets a JOIN claims c ON c.subject_no = coalesce(a.exclusivity_no, a.no) ${licences}
      WHERE a.no = ANY((SELECT nos FROM mine)::bigint[]) AND ${liveClaims} ${onlyExclusive}`
  const since = 'greatest(c.created_at, h.since)'
  const until = 'least(c.ended_at, h.until)'
  const then = knownAt
    ? Prisma.sql`AND ${Prisma.raw(since)} <= ${knownAt} AND (${Prisma.raw(until)} IS NULL OR ${Prisma.raw(until)} > ${knownAt})`
    : Prisma.empty
  return Prisma.sql`${columns('h.asset_no', since, until)} FROM (
      SELECT own AS asset_no, own AS claim_no, '-infinity'::timestamptz AS since, NULL::timestamptz AS until FROM unnest((SELECT nos FROM mine)::bigint[]) own
      UNION ALL SELECT m.asset_no, o.asset_no, greatest(m.added_at, o.added_at), least(m.left_at, o.left_at)
        FROM exclusivity_members m JOIN exclusivity_members o ON o.group_id = m.group_id AND o.asset_no <> m.asset_no WHERE m.asset_no = ANY((SELECT nos FROM mine)::bigint[])
    ) h JOIN claims c ON c.asset_no = h.claim_no ${licences}
    WHERE (${Prisma.raw(until)} IS NULL OR ${Prisma.raw(until)} > ${Prisma.raw(since)}) ${onlyExclusive} ${then}`
}

/**
 * Licences in force by their claims: what was sold, as resolved on the day of sale. Whether one was suspended on a day in
 * the past is in the trail, which nobody can rewrite; a column would only say how it stands today.
 */
function loadHeld(db: Ctx<'db'>['db'], mine: Prisma.Sql, houseId: string, holderOrgId: string, knownAt: Date | undefined) {
  const standing = knownAt
    ? Prisma.sql`l.issued_at <= ${knownAt} AND (l.ended_at IS NULL OR l.ended_at > ${knownAt}) AND c.created_at <= ${knownAt} AND (c.ended_at IS NULL OR c.ended_at > ${knownAt})
        AND 'licence.suspended' IS DISTINCT FROM (SELECT f.type FROM audit_facts f WHERE f.subject_kind = 'licence' AND f.subject_id = l.id AND f.at <= ${knownAt}
          AND f.type IN ('licence.suspended', 'licence.reinstated') ORDER BY f.at DESC, f.id DESC LIMIT 1)`
    : Prisma.sql`l.state = 'ACTIVE' AND c.state = 'ACTIVE'`
  return db.$queryRaw<(Omit<HeldLicence, 'box' | 'limits'> & BoxColumns & { assetNo: bigint; limits: Limits | null })[]>`${mine}
    SELECT c.asset_no AS "assetNo", l.id, l.no, l.number, l.exclusive, l.terms -> 'limits' AS limits, coalesce(l.issued_at, l.created_at) AS "recordedAt", l.ended_at AS "supersededAt", ${boxColumns}
    FROM licences l JOIN claims c ON c.licence_no = l.no
    WHERE l.house_id = ${houseId} AND l.holder_org_id = ${holderOrgId} AND ${standing} AND c.asset_no = ANY((SELECT nos FROM mine)::bigint[]) ORDER BY c.id`
}
