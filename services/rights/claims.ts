import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { prepared, Prisma, statement } from '../platform/db.ts'
import { blockersOf, liveStates, wantedJson, wantedTable, withoutNames, type WantedRow } from './blockers.ts'
import { decisionRow, decisionsInsert, decisionsJson, type DecisionRow, type Purpose } from './decisions.ts'
import { loadRights, type LoadedRights } from './loading.ts'
import { lockAssets } from './locks.ts'
import { covers, intersection, remainder, type Box } from './rules/box.ts'
import { decideKnown, type Use } from './rules/decide.ts'
import type { ClaimState, liveClaimStates } from './rules/known.ts'

export type { Blocker } from './blockers.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
type LiveState = (typeof liveClaimStates)[number]

/** One asset for one licence. */
export interface ClaimLine extends WantedRow {
  /** With HELD only. The clock alone releases nothing: the payment provider's word does. */
  holdExpiresAt: Date | null
  /** Who will use it; our own people may use what may not be passed on. */
  by?: Use['by']
  /** Why it is taken, and by which prices: kept with the decision. */
  purpose?: Purpose
  priceBookId?: string | null
}

export type TakeClaimsError = 'rights-taken' | 'rights-not-held' | 'rights-barred'

/**
 * Occupy scope for licences: every line, or nothing and what is in the way. Assets and their twins are locked in the order
 * of their numbers before anything is written; plain concurrent inserts into an exclusion constraint deadlock for seconds.
 * Each line's decision is stored with it, so that it can be asked again at any time.
 */
export async function takeClaims(tx: Tx, lines: readonly ClaimLine[]): Promise<Result<{ claims: bigint[] }, TakeClaimsError>> {
  await lockAssets(
    tx,
    lines.map(({ assetNo }) => assetNo),
  )
  const known = await rightsByNo(
    tx,
    lines.map(({ assetNo }) => assetNo),
  )
  const at = decisionTime(tx.clock.now(), known.values())
  const rows: WantedRow[] = []
  const decisions: DecisionRow[] = []
  for (const line of lines) {
    const rights = known.get(line.assetNo)
    if (!rights) return fail('rights-not-held', { assetNo: line.assetNo })
    const by = line.by ?? 'holder'
    const decision = decideKnown(rights, { box: line.box, exclusive: line.exclusive, by }, line.box)
    if (decision.reasons.length > 0) {
      const held = !decision.reasons.some(({ cause }) => cause === 'not-held' || cause === 'not-sub-licensable')
      return fail(held ? 'rights-barred' : 'rights-not-held', {
        assetNo: line.assetNo,
        causes: decision.reasons.map(({ cause }) => cause),
      })
    }
    rows.push(...withinOneContract(rights, line.box, by).map((box) => ({ ...line, box })))
    decisions.push(decisionRow(rights, { ...line, by }, decision, { purpose: line.purpose ?? 'sale', at }))
  }
  const laid = await layClaims(tx, rows, decisions, at)
  if (laid.length === rows.length) return ok({ claims: laid.map(({ id }) => id) })

  const inTheWay = await blockersOf(tx, rows)
  // The caller undoes its transaction. Should one forget, nothing half taken stands, and the database refuses the rest at commit.
  await endClaims(
    tx,
    laid.map(({ id }) => id),
  )
  return fail('rights-taken', inTheWay.slice(0, 20).map(withoutNames))
}

/** The rights of assets by their numbers. Claims are left out: the constraint is asked about them. */
export async function rightsByNo(tx: Tx, assetNos: readonly bigint[]): Promise<Map<bigint, LoadedRights>> {
  const loaded = await loadRights(tx, { assetNos: [...new Set(assetNos)], claims: 'none' })
  return new Map([...loaded.values()].map((rights) => [rights.asset.no, rights]))
}

/**
 * When a decision was made: after everything that it saw. Houses on several machines have several clocks, and a row that
 * another one wrote a millisecond "later" has been seen all the same.
 */
export function decisionTime(now: Date, seen: Iterable<LoadedRights>): Date {
  let at = now.getTime()
  for (const { acquisitions, releases, restrictions } of seen)
    for (const rows of [acquisitions, releases, restrictions]) for (const { recordedAt } of rows) at = Math.max(at, recordedAt.getTime())
  return new Date(at)
}

const laying = statement(Prisma.sql`
  WITH laid AS (
    INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, hold_expires_at, created_at)
    SELECT ${''}, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, hold_expires_at, ${''}::timestamptz
    FROM ${wantedTable('')} ORDER BY asset_no, place
    ON CONFLICT DO NOTHING RETURNING id, licence_no
  ), kept AS (${decisionsInsert('', '', Prisma.sql`(SELECT count(*) FROM laid) = ${0}::int`)})
  SELECT id, licence_no AS "licenceNo" FROM laid ORDER BY id`)

/** Insert what can be had, in the order given; the constraint is the judge. Decisions are stored only where all of it passed. */
export function layClaims(
  tx: Tx,
  rows: readonly WantedRow[],
  decisions: readonly DecisionRow[],
  at: Date,
): Promise<{ id: bigint; licenceNo: bigint }[]> {
  const { houseId } = tx.actor
  return prepared(tx.db, laying, [houseId, at, wantedJson(rows), houseId, decisionsJson(decisions), rows.length])
}

/** Claims that were laid in this very step and must not stand: they end where they began, so that nobody ever knew them. */
export async function endClaims(tx: Tx, ids: readonly bigint[]): Promise<void> {
  if (ids.length > 0)
    await tx.db
      .$executeRaw`UPDATE claims SET state = 'CONFLICT', hold_expires_at = NULL, ended_at = created_at WHERE id = ANY(${[...ids]}::bigint[])`
}

/**
 * Change the state of licences' live claims, e.g. to ACTIVE when paid, to RELEASED when a session can no longer be paid. What
 * has ended stays ended: late money takes its scope anew, with `takeClaims`. `moved: 0` is an outcome for the caller to judge.
 */
export async function moveClaims(
  tx: Tx,
  {
    licenceNos,
    from,
    to,
    holdExpiresAt = null,
  }: { licenceNos: readonly bigint[]; from: readonly LiveState[]; to: ClaimState; holdExpiresAt?: Date | null },
): Promise<Result<{ moved: number }>> {
  const which = Prisma.sql`c.house_id = ${tx.actor.houseId} AND c.licence_no = ANY(${[...licenceNos]}::bigint[]) AND c.state = ANY(${[...from]}::text[]::claim_state[])`
  const assets = await tx.db.$queryRaw<{ no: bigint }[]>`SELECT DISTINCT c.asset_no AS no FROM claims c WHERE ${which}`
  await lockAssets(
    tx,
    assets.map(({ no }) => no),
  )
  const moved = await tx.db.$executeRaw`
    UPDATE claims c SET state = ${to}::claim_state, hold_expires_at = ${to === 'HELD' ? holdExpiresAt : null}::timestamptz,
      ended_at = CASE WHEN ${to} IN (${liveStates}) THEN NULL ELSE greatest(${tx.clock.now()}::timestamptz, created_at) END WHERE ${which}`
  return ok({ moved })
}

/** The database lets a claim lie within one acquisition only; a scope that needs several contracts becomes several claims. */
export function withinOneContract({ acquisitions }: Pick<LoadedRights, 'acquisitions'>, box: Box, by: Use['by']): Box[] {
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
