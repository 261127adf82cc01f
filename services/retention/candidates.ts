import type { AssetState } from '../assets/rules/asset-states.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { holdSpares, licenceSpares, type PolicyAction, type Spared } from './rules/policy-rule.ts'
import type { PolicyRule } from './schema.ts'

/** A policy as far as finding goes. */
export interface Finding {
  id: string
  rule: PolicyRule
  action: PolicyAction
}
export interface Candidate {
  id: string
  no: bigint
  title: string
  state: AssetState
  /** Since when its condition holds, before the wait. */
  since: Date
  spared: Spared | null
}

const dayMs = 86_400_000
/** What was asked or told is not asked or told again within this. */
const quietFor = 180 * dayMs

/**
 * Everything that a policy's condition finds at this moment, each with why it would be spared: one relation, read by the preview,
 * by the counts and by the run itself, so that what is shown is what happens.
 */
export function candidatesSql(
  { clock, actor }: Ctx<'clock' | 'actor'>,
  { id, rule, action }: Finding,
  only?: readonly string[],
): Prisma.Sql {
  const now = clock.now()
  const { houseId } = actor
  const until = new Date(now.getTime() - rule.waitDays * dayMs)
  const among = only ? Prisma.sql`AND asset_id = ANY(${[...only]}::text[])` : Prisma.empty
  const where = [Prisma.sql`a.house_id = ${houseId} AND a.purged_at IS NULL AND a.state = ANY(${rule.states}::asset_state[])`]
  if (only) where.push(Prisma.sql`a.id = ANY(${[...only]}::text[])`)
  if (rule.kinds.length > 0) where.push(Prisma.sql`a.kind = ANY(${rule.kinds}::asset_kind[])`)
  if (rule.audiences.length > 0) where.push(Prisma.sql`a.audience = ANY(${rule.audiences}::audience[])`)
  if (rule.collectionId)
    where.push(Prisma.sql`EXISTS (SELECT FROM collection_items i WHERE i.collection_id = ${rule.collectionId} AND i.asset_id = a.id)`)
  if (rule.neverLicensed) where.push(Prisma.sql`coalesce(l.given, 0) = 0`)
  if (rule.fieldId && rule.fieldValue) {
    const said = Prisma.sql`a.custom_fields -> ${rule.fieldId}`
    where.push(Prisma.sql`(${said} = to_jsonb(${rule.fieldValue}::text) OR ${said} @> jsonb_build_array(${rule.fieldValue}::text))`)
  }
  if (action === 'ASK' || action === 'NOTIFY')
    where.push(Prisma.sql`NOT EXISTS (SELECT FROM policy_run_items p WHERE p.policy_id = ${id} AND p.asset_id = a.id AND p.at > ${new Date(now.getTime() - quietFor)}
      AND p.outcome IN ('asked', 'notified'))`)
  const since = sinceSql[rule.since](houseId, among)
  return Prisma.sql`
    WITH l AS (
      SELECT asset_id, count(*) FILTER (WHERE issued_at IS NOT NULL) AS given,
        bool_or(state IN ('RESERVED', 'AWAITING_PAYMENT', 'ACTIVE', 'SUSPENDED') AND (ends_at IS NULL OR ends_at > ${now})) AS alive,
        max(coalesce(ended_at, ends_at)) FILTER (WHERE issued_at IS NOT NULL) AS ended
      FROM licences WHERE house_id = ${houseId} ${among} GROUP BY asset_id
    )${since.with},
    found AS (
      SELECT a.id, a.no, a.title, a.state, ${since.at} AS since,
        CASE WHEN a.legal_hold AND ${holdSpares(action)} THEN 'legal-hold'
             WHEN coalesce(l.alive, false) AND ${licenceSpares[action]} THEN 'licence-in-force' END AS spared
      FROM assets a LEFT JOIN l ON l.asset_id = a.id ${since.join}
      WHERE ${Prisma.join(where, ' AND ')} AND ${since.at} <= ${until}
    )`
}

interface Since {
  with: Prisma.Sql
  join: Prisma.Sql
  /** Null: the clock has not begun. */
  at: Prisma.Sql
}
const column = (at: Prisma.Sql) => (): Since => ({ with: Prisma.empty, join: Prisma.empty, at })

const sinceSql: Record<PolicyRule['since'], (houseId: string, among: Prisma.Sql) => Since> = {
  created: column(Prisma.sql`a.created_at`),
  changed: column(Prisma.sql`a.changed_at`),
  published: column(Prisma.sql`a.published_at`),
  'use-ended': column(Prisma.sql`a.use_ends_at`),
  // Only where no licence lives any more: one that is in force has not ended yet.
  'last-licence-ended': column(Prisma.sql`CASE WHEN NOT coalesce(l.alive, false) THEN l.ended END`),
  'last-download': (houseId, among) => ({
    with: Prisma.sql`, d AS (SELECT asset_id, max(at) AS at FROM deliveries WHERE house_id = ${houseId} AND outcome = 'SERVED' AND asset_id IS NOT NULL ${among} GROUP BY asset_id)`,
    join: Prisma.sql`LEFT JOIN d ON d.asset_id = a.id`,
    at: Prisma.sql`coalesce(d.at, a.published_at)`,
  }),
  'rights-ended': (houseId, among) => ({
    with: Prisma.sql`, r AS (SELECT asset_id, max(upper(period)) FILTER (WHERE NOT upper_inf(period)) AS ended, bool_or(upper_inf(period)) AS endless
      FROM acquisitions WHERE house_id = ${houseId} AND superseded_at IS NULL AND NOT isempty(period) ${among} GROUP BY asset_id)`,
    join: Prisma.sql`LEFT JOIN r ON r.asset_id = a.id`,
    at: Prisma.sql`CASE WHEN NOT r.endless THEN r.ended END`,
  }),
}

/** The candidates among some assets, or the next ones after a number: a part of a run. */
export const candidatesOf = (
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  policy: Finding,
  { only, after, most }: { only?: readonly string[]; after?: bigint; most: number },
): Promise<Candidate[]> =>
  ctx.db.$queryRaw<Candidate[]>`
    ${candidatesSql(ctx, policy, only)}
    SELECT id, no, title, state, since, spared FROM found WHERE no > ${after ?? 0n} ORDER BY no LIMIT ${most}`
