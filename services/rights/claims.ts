import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { boxColumns, loadRights, readBox, type BoxColumns } from './loading.ts'
import { covers, intersection, remainder, type Box } from './rules/box.ts'
import { decideKnown, type Use } from './rules/decide.ts'
import { liveClaimStates, type AssetRights, type ClaimState } from './rules/known.ts'
import { media } from './rules/vocabulary/media.ts'
import { territories } from './rules/vocabulary/territories.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** One asset for one licence. */
export interface ClaimLine {
  assetNo: bigint
  licenceNo: bigint
  box: Box
  exclusive: boolean
  state: 'HELD' | 'PENDING_PAYMENT' | 'ACTIVE'
  /** With HELD only. The clock alone releases nothing: the payment provider's word does. */
  holdExpiresAt: Date | null
  /** Who will use it; our own people may use what may not be passed on. */
  by?: Use['by']
}

/** What is in the way: the part that is gone, never whose it is. */
export interface Blocker {
  assetNo: bigint
  exclusive: boolean
  state: ClaimState
  media: string[]
  territory: string[]
  from: Date
  to: Date | null
}

export type TakeClaimsError = 'rights-taken' | 'rights-not-held' | 'rights-barred'

/**
 * Occupy scope for licences: every line, or nothing and what is in the way. Assets are locked in the order of their
 * numbers before anything is written; plain concurrent inserts into an exclusion constraint deadlock for seconds.
 */
export async function takeClaims(tx: Tx, lines: readonly ClaimLine[]): Promise<Result<{ claims: bigint[] }, TakeClaimsError>> {
  await lockAssets(tx, Prisma.sql`SELECT unnest(${lines.map(({ assetNo }) => assetNo)}::bigint[])`)
  const rights = await loadRights(tx, { assetNos: lines.map(({ assetNo }) => assetNo), claims: 'none' })
  const byNo = new Map([...rights.values()].map((known) => [known.asset.no, known]))

  const rows: ClaimLine[] = []
  for (const line of lines) {
    const known = byNo.get(line.assetNo)
    if (!known) return fail('rights-not-held', { assetNo: line.assetNo })
    const { reasons } = decideKnown(known, { box: line.box, exclusive: line.exclusive, by: line.by ?? 'holder' }, line.box)
    if (reasons.length > 0) {
      const held = !reasons.some(({ cause }) => cause === 'not-held' || cause === 'not-sub-licensable')
      return fail(held ? 'rights-barred' : 'rights-not-held', { assetNo: line.assetNo, causes: reasons.map(({ cause }) => cause) })
    }
    rows.push(...withinOneContract(known, line).map((box) => ({ ...line, box })))
  }

  const taken = await tx.db.$queryRaw<{ id: bigint }[]>`
    INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, hold_expires_at, created_at)
    SELECT ${tx.actor.houseId}, asset_no, licence_no, media_set::int4multirange, territory_set::int4multirange, industry_set::int4multirange,
      tstzrange("from", "to", '[)'), exclusive, state::claim_state, hold_expires_at, ${tx.clock.now()}
    FROM ${recordset(rows)} ORDER BY asset_no, licence_no
    ON CONFLICT DO NOTHING RETURNING id`
  if (taken.length === rows.length) return ok({ claims: taken.map(({ id }) => id) })

  const inTheWay = await blockersOf(tx, recordset(rows))
  // The caller undoes its transaction; should one forget, at least nothing half taken stays.
  await tx.db.$executeRaw`DELETE FROM claims WHERE id = ANY(${taken.map(({ id }) => id)}::bigint[])`
  return fail('rights-taken', inTheWay)
}

/**
 * Change the state of licences' claims, e.g. to ACTIVE when paid, to RELEASED when a session can no longer be paid.
 * A late reactivation of what has been sold since is refused here, under the same locks as a sale, because an error from
 * the exclusion constraint would abort the caller's transaction. `moved: 0` is an outcome for the caller to judge.
 */
export async function moveClaims(
  tx: Tx,
  {
    licenceNos,
    from,
    to,
    holdExpiresAt = null,
  }: { licenceNos: readonly bigint[]; from: readonly ClaimState[]; to: ClaimState; holdExpiresAt?: Date | null },
): Promise<Result<{ moved: number }, 'rights-taken' | 'rights-not-held'>> {
  const which = Prisma.sql`c.house_id = ${tx.actor.houseId} AND c.licence_no = ANY(${[...licenceNos]}::bigint[]) AND c.state = ANY(${[...from]}::text[]::claim_state[])`
  await lockAssets(tx, Prisma.sql`SELECT c.asset_no FROM claims c WHERE ${which}`)

  const isLive = (state: ClaimState) => (liveClaimStates as readonly ClaimState[]).includes(state)
  if (isLive(to) && !from.every(isLive)) {
    const inTheWay = await blockersOf(
      tx,
      Prisma.sql`(SELECT c.asset_no, c.licence_no, c.media_set, c.territory_set, c.industry_set, lower(c.period) AS "from", upper(c.period) AS "to", c.exclusive FROM claims c WHERE ${which}) AS wanted`,
    )
    if (inTheWay.length > 0) return fail('rights-taken', inTheWay)
    const [lost] = await tx.db.$queryRaw<{ assetNo: bigint }[]>`
      SELECT c.asset_no AS "assetNo" FROM claims c WHERE ${which} AND NOT EXISTS (
        SELECT 1 FROM acquisitions a WHERE a.asset_no = c.asset_no AND a.superseded_at IS NULL AND a.media_set @> c.media_set
          AND a.territory_set @> c.territory_set AND a.industry_set @> c.industry_set AND a.period @> c.period) LIMIT 1`
    if (lost) return fail('rights-not-held', lost)
  }
  const moved = await tx.db.$executeRaw`
    UPDATE claims c SET state = ${to}::claim_state, hold_expires_at = ${to === 'HELD' ? holdExpiresAt : null}::timestamptz WHERE ${which}`
  return ok({ moved })
}

/** NO KEY: a sale need not wait for rows that merely point at the asset. */
const lockAssets = (tx: Tx, nos: Prisma.Sql) =>
  tx.db.$queryRaw`SELECT no FROM assets WHERE house_id = ${tx.actor.houseId} AND no IN (${nos}) ORDER BY no FOR NO KEY UPDATE`

/** The database lets a claim lie within one acquisition only; a scope that needs several contracts becomes several claims. */
function withinOneContract({ acquisitions }: AssetRights, { box, by }: ClaimLine): Box[] {
  const usable = acquisitions.filter((row) => row.subLicensable || by === 'house')
  if (usable.some((row) => covers(row.box, box))) return [box]
  const pieces: Box[] = []
  let rest = [box]
  for (const row of usable) {
    pieces.push(...rest.flatMap((piece) => intersection(piece, row.box) ?? []))
    rest = remainder(rest, [row.box])
  }
  return pieces
}

/** Lines as a table; sets as text, numbers as text, because JSON knows neither. */
const recordset = (rows: readonly ClaimLine[]): Prisma.Sql => {
  const json = rows.map(({ box, ...line }) => ({
    asset_no: line.assetNo.toString(),
    licence_no: line.licenceNo.toString(),
    exclusive: line.exclusive,
    state: line.state,
    hold_expires_at: line.holdExpiresAt,
    media_set: box.media.toPostgres(),
    territory_set: box.territory.toPostgres(),
    industry_set: box.industry.toPostgres(),
    from: box.period.from,
    to: box.period.to,
  }))
  return Prisma.sql`jsonb_to_recordset(${JSON.stringify(json)}::jsonb) AS wanted (asset_no bigint, licence_no bigint, exclusive boolean, state text, hold_expires_at timestamptz,
    media_set text, territory_set text, industry_set text, "from" timestamptz, "to" timestamptz)`
}

/** Live claims of others that the constraint would put against the wanted ones: the same operators as `no_double_sale`. */
async function blockersOf(tx: Tx, wanted: Prisma.Sql): Promise<Blocker[]> {
  const rows = await tx.db.$queryRaw<(BoxColumns & { assetNo: bigint; exclusive: boolean; state: ClaimState })[]>`
    SELECT DISTINCT ON (c.id) c.asset_no AS "assetNo", c.exclusive, c.state::text, part.* FROM ${wanted}
    JOIN claims c ON c.asset_no = wanted.asset_no AND c.excl_class <> CASE WHEN wanted.exclusive THEN wanted.licence_no ELSE 0 END
      AND c.media_set && wanted.media_set::int4multirange AND c.territory_set && wanted.territory_set::int4multirange
      AND c.industry_set && wanted.industry_set::int4multirange AND c.period && tstzrange(wanted."from", wanted."to", '[)')
    CROSS JOIN LATERAL (SELECT ${boxColumns} FROM (SELECT c.media_set * wanted.media_set::int4multirange AS media_set, c.territory_set * wanted.territory_set::int4multirange AS territory_set,
      c.industry_set * wanted.industry_set::int4multirange AS industry_set, c.period * tstzrange(wanted."from", wanted."to", '[)') AS period) met) part
    WHERE c.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED') AND c.licence_no <> wanted.licence_no
    ORDER BY c.id LIMIT 20`
  return rows.map((row) => {
    const box = readBox(row)
    return {
      assetNo: row.assetNo,
      exclusive: row.exclusive,
      state: row.state,
      media: media.codesOf(box.media),
      territory: territories.codesOf(box.territory),
      from: box.period.from,
      to: box.period.to,
    }
  })
}
