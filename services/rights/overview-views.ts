import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { mustMay } from './policy.ts'

export type EndingKind = 'contract' | 'release' | 'ban' | 'licence'
export type ConflictKind = 'outside-contract' | 'meets-ban' | 'consent-withdrawn' | 'paid-not-granted' | 'nothing-held'

export interface RightsOverview {
  counts: { requests: number; held: number; bans: number; live: number; exclusive: number; holds: number }
  waits: { id: string; assetId: string; title: string; org: string; purpose: string; askedAt: Date }[]
  ending: { kind: EndingKind; id: string; name: string; assetId: string; title: string; at: Date }[]
  conflicts: { kind: ConflictKind; assetId: string; title: string; name: string; licenceId: string | null }[]
  zone: string
}

const soon = 60 * 86_400_000
/** Paid conflicts are refunded by themselves; for a month the desk still shows them. */
const recently = 30 * 86_400_000
const few = 20

/** What a rights manager looks at first: what waits, what ends within sixty days, what does not fit together. */
export async function rightsOverview(ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<RightsOverview> {
  mustMay(ctx.actor, 'see-rights')
  const { db } = ctx
  const houseId = ctx.actor.houseId
  const now = ctx.clock.now()
  const [house, counts, waits, ending, conflicts] = await Promise.all([
    db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
    countsOf(db, houseId),
    db.$queryRaw<RightsOverview['waits']>`
      SELECT r.id, r.asset_id AS "assetId", a.title, o.name AS org, r.purpose, r.created_at AS "askedAt"
      FROM grant_requests r JOIN assets a ON a.id = r.asset_id JOIN organisations o ON o.id = r.org_id
      WHERE r.house_id = ${houseId} AND r.state = 'WAITING' ORDER BY r.created_at LIMIT 5`,
    db.$queryRaw<RightsOverview['ending']>`
      SELECT e.kind, e.id, e.name, e.asset_id AS "assetId", a.title, e.at FROM (
        SELECT 'contract' AS kind, id, contract AS name, asset_id, upper(period) AS at FROM acquisitions WHERE house_id = ${houseId} AND superseded_at IS NULL
        UNION ALL SELECT 'release', id, reference, asset_id, upper(period) FROM releases WHERE house_id = ${houseId} AND superseded_at IS NULL AND status IN ('UNLIMITED', 'LIMITED')
        UNION ALL SELECT 'ban', id, reason, asset_id, upper(period) FROM restrictions WHERE house_id = ${houseId} AND superseded_at IS NULL
        UNION ALL SELECT 'licence', id, number, asset_id, ends_at FROM licences WHERE house_id = ${houseId} AND state = 'ACTIVE'
      ) e JOIN assets a ON a.id = e.asset_id
      WHERE e.at > ${now} AND e.at <= ${new Date(now.getTime() + soon)} ORDER BY e.at, e.id LIMIT ${few}`,
    db.$queryRaw<RightsOverview['conflicts']>(conflictsOf(houseId, new Date(now.getTime() - recently))),
  ])
  return { counts, waits, ending, conflicts, zone: house.timeZone }
}

async function countsOf(db: Ctx<'db'>['db'], houseId: string): Promise<RightsOverview['counts']> {
  const [row] = await db.$queryRaw<Record<keyof RightsOverview['counts'], bigint>[]>`
    SELECT (SELECT count(*) FROM grant_requests WHERE house_id = ${houseId} AND state = 'WAITING') AS requests,
      (SELECT count(DISTINCT asset_no) FROM acquisitions WHERE house_id = ${houseId} AND superseded_at IS NULL) AS held,
      (SELECT count(*) FROM restrictions WHERE house_id = ${houseId} AND superseded_at IS NULL) AS bans,
      count(DISTINCT licence_no) FILTER (WHERE state IN ('ACTIVE', 'SUSPENDED')) AS live,
      count(DISTINCT licence_no) FILTER (WHERE state IN ('ACTIVE', 'SUSPENDED') AND exclusive) AS exclusive,
      count(DISTINCT licence_no) FILTER (WHERE state IN ('HELD', 'PENDING_PAYMENT')) AS holds
    FROM claims WHERE house_id = ${houseId}`
  const count = (key: keyof RightsOverview['counts']) => Number(row?.[key] ?? 0)
  return {
    requests: count('requests'),
    held: count('held'),
    bans: count('bans'),
    live: count('live'),
    exclusive: count('exclusive'),
    holds: count('holds'),
  }
}

/** A claim lay within a contract when it was sold (the database saw to it): only where one ended since can it lie outside. */
const conflictsOf = (houseId: string, since: Date): Prisma.Sql => {
  const live = Prisma.sql`c.house_id = ${houseId} AND c.state IN ('ACTIVE', 'SUSPENDED')`
  const meets = (other: string) =>
    Prisma.raw(['media_set', 'territory_set', 'industry_set', 'period'].map((axis) => `c.${axis} && ${other}.${axis}`).join(' AND '))
  return Prisma.sql`
    SELECT f.kind, f.asset_id AS "assetId", a.title, f.name, f.licence_id AS "licenceId" FROM (
      SELECT DISTINCT 'outside-contract' AS kind, l.asset_id, l.number AS name, l.id AS licence_id FROM claims c JOIN licences l ON l.no = c.licence_no
        WHERE ${live} AND c.asset_no IN (SELECT asset_no FROM acquisitions WHERE house_id = ${houseId} AND superseded_at IS NOT NULL) AND NOT EXISTS (
          SELECT 1 FROM acquisitions q WHERE q.asset_no = c.asset_no AND q.superseded_at IS NULL AND q.media_set @> c.media_set AND q.territory_set @> c.territory_set
            AND q.industry_set @> c.industry_set AND q.period @> c.period)
      UNION SELECT 'meets-ban', l.asset_id, l.number, l.id FROM restrictions r JOIN claims c ON c.asset_no = r.asset_no AND ${live} AND ${meets('r')} JOIN licences l ON l.no = c.licence_no
        WHERE r.house_id = ${houseId} AND r.superseded_at IS NULL
      UNION SELECT 'consent-withdrawn', l.asset_id, l.number, l.id FROM releases r JOIN claims c ON c.asset_no = r.asset_no AND ${live} AND ${meets('r')} JOIN licences l ON l.no = c.licence_no
        WHERE r.house_id = ${houseId} AND r.superseded_at IS NULL AND r.status = 'WITHDRAWN'
      UNION SELECT 'paid-not-granted', asset_id, number, id FROM licences WHERE house_id = ${houseId} AND state = 'CONFLICT' AND created_at > ${since}
      UNION (SELECT 'nothing-held', s.id, s.title, NULL FROM assets s WHERE s.house_id = ${houseId} AND s.state = 'PUBLISHED' AND (s.sells_royalty_free OR s.sells_rights_managed)
        AND NOT EXISTS (SELECT 1 FROM acquisitions q WHERE q.house_id = ${houseId} AND q.asset_no = s.no AND q.superseded_at IS NULL) ORDER BY s.id LIMIT ${few})
    ) f JOIN assets a ON a.id = f.asset_id ORDER BY f.kind, f.asset_id, f.name LIMIT ${few}`
}
