import { Prisma } from '../platform/db.ts'
import { nounsOf, type ReportKind } from './rules/report-kinds.ts'

/** One thing that happened, as every report shows it. */
export interface ReportRow {
  at: Date
  id: string
  kind: string
  what: string
  who: string
  subject: string
  details: string
}

interface Where {
  houseId: string
  from: Date
  to: Date
  /** Expiry is a fact of the clock, whether the sweep has been there or not. */
  now: Date
}

/** Reports read tables, not other domains' code: a report crosses all of them, so it stands below all. */
const sources = {
  licences: ({ houseId, from, to, now }: Where) => [
    Prisma.sql`
    SELECT l.issued_at AS at, l.id || ':1' AS id, 'licences' AS kind, 'licence issued' AS what, o.name AS who, l.number AS subject,
      concat_ws('; ', a.title, lower(replace(l.model::text, '_', ' ')), CASE WHEN l.exclusive THEN 'exclusive' ELSE 'not exclusive' END,
        (SELECT string_agg(concat(w->>'label', ': ', w->>'words'), '; ') FROM json_array_elements(l.document::json->'scope'->'words') w),
        'document ' || l.document_sha256) AS details
    FROM licences l JOIN organisations o ON o.id = l.holder_org_id JOIN assets a ON a.id = l.asset_id
    WHERE l.house_id = ${houseId} AND l.issued_at >= ${from} AND l.issued_at < ${to}`,
    Prisma.sql`
    SELECT coalesce(l.ended_at, l.ends_at), l.id || ':2', 'licences', 'licence ended', o.name, l.number, concat_ws('; ', a.title, lower(coalesce(l.ended_by::text, 'expired')), l.end_reason)
    FROM licences l JOIN organisations o ON o.id = l.holder_org_id JOIN assets a ON a.id = l.asset_id
    WHERE l.house_id = ${houseId} AND l.issued_at IS NOT NULL AND (l.ended_at IS NOT NULL OR l.ends_at <= ${now})
      AND coalesce(l.ended_at, l.ends_at) >= ${from} AND coalesce(l.ended_at, l.ends_at) < ${to}`,
  ],
  grants: ({ houseId, from, to }: Where) => [
    Prisma.sql`
    SELECT r.created_at AS at, r.id || ':1' AS id, 'grants' AS kind, 'use requested' AS what, concat_ws(', ', u.name, o.name) AS who, a.title AS subject, r.purpose AS details
    FROM grant_requests r JOIN organisations o ON o.id = r.org_id JOIN assets a ON a.id = r.asset_id LEFT JOIN users u ON u.id = r.asked_by_id
    WHERE r.house_id = ${houseId} AND r.created_at >= ${from} AND r.created_at < ${to}`,
    Prisma.sql`
    SELECT r.decided_at, r.id || ':2', 'grants', 'request ' || lower(r.state::text), coalesce(u.name, ''), a.title, concat_ws('; ', 'for ' || o.name, r.reason)
    FROM grant_requests r JOIN organisations o ON o.id = r.org_id JOIN assets a ON a.id = r.asset_id LEFT JOIN users u ON u.id = r.decided_by_id
    WHERE r.house_id = ${houseId} AND r.decided_at >= ${from} AND r.decided_at < ${to}`,
  ],
  orders: ({ houseId, from, to }: Where) => [
    Prisma.sql`
    SELECT o.paid_at AS at, o.id || ':1' AS id, 'orders' AS kind, 'order paid' AS what, g.name AS who, o.number AS subject,
      concat_ws('; ', 'net ' || o.net_minor, 'tax ' || o.tax_minor, 'total ' || o.total_minor || ' minor units ' || o.currency, 'invoice ' || i.number) AS details
    FROM orders o JOIN organisations g ON g.id = o.org_id LEFT JOIN invoices i ON i.order_id = o.id
    WHERE o.house_id = ${houseId} AND o.paid_at >= ${from} AND o.paid_at < ${to}`,
    Prisma.sql`
    SELECT f.created_at, f.id || ':2', 'orders', 'refund ' || lower(f.state::text), g.name, o.number,
      concat_ws('; ', f.amount_minor || ' minor units ' || f.currency, lower(replace(f.origin::text, '_', ' ')), f.reason)
    FROM refunds f JOIN orders o ON o.id = f.order_id JOIN organisations g ON g.id = o.org_id
    WHERE o.house_id = ${houseId} AND f.created_at >= ${from} AND f.created_at < ${to}`,
  ],
  deliveries: ({ houseId, from, to }: Where) => [
    Prisma.sql`
    SELECT d.at, d.id, 'deliveries' AS kind, CASE d.outcome WHEN 'SERVED' THEN 'bytes delivered' ELSE 'bytes refused' END AS what,
      concat_ws(', ', coalesce(d.person_name, 'guest'), o.name) AS who, coalesce(a.title, d.asset_id, '') AS subject,
      concat_ws('; ', d.rendition, d.reason, 'licence ' || l.number, e.bytes_sent || ' bytes', CASE WHEN d.outcome = 'SERVED' AND e.complete IS NOT TRUE THEN 'not whole' END,
        'SHA-256 ' || coalesce(e.sent_sha256, d.file_sha256)) AS details
    FROM deliveries d LEFT JOIN delivery_ends e ON e.delivery_id = d.id LEFT JOIN organisations o ON o.id = d.org_id
      LEFT JOIN assets a ON a.id = d.asset_id LEFT JOIN licences l ON l.id = d.licence_id
    WHERE d.house_id = ${houseId} AND d.at >= ${from} AND d.at < ${to}`,
  ],
  publishing: (where: Where) => [facts('publishing', where)],
  access: (where: Where) => [facts('access', where)],
} satisfies Record<Exclude<ReportKind, 'all'>, (where: Where) => Prisma.Sql[]>

const facts = (kind: 'publishing' | 'access', { houseId, from, to }: Where): Prisma.Sql => Prisma.sql`
  SELECT f.at, f.id, ${kind}::text AS kind, replace(replace(f.type, '.', ' '), '-', ' ') AS what, f.actor_name AS who, f.subject_kind || ' ' || f.subject_id AS subject,
    CASE WHEN f.body::json->'data' #>> '{}' = '{}' THEN '' ELSE f.body::json->>'data' END AS details
  FROM audit_facts f
  WHERE f.house_id = ${houseId} AND f.at >= ${from} AND f.at < ${to} AND split_part(f.type, '.', 1) = ANY (${[...nounsOf[kind]]}::text[])`

const allOf = (kind: ReportKind, where: Where): Prisma.Sql[] =>
  kind === 'all' ? Object.values(sources).flatMap((source) => source(where)) : sources[kind](where)

/** The rows of a report as one SQL table. */
export const sourceOf = (kind: ReportKind, where: Where): Prisma.Sql =>
  Prisma.join(
    allOf(kind, where).map((branch) => Prisma.sql`(${branch})`),
    ' UNION ALL ',
  )

/** The first rows of it behind a key. Each branch ends at the limit by itself, so that only rows that may be shown are put into words. */
export function batchOf(kind: ReportKind, where: Where, after: { at: Date; id: string } | undefined, size: number): Prisma.Sql {
  const beyond = after ? Prisma.sql`WHERE (at, id) > (${after.at}::timestamptz, ${after.id})` : Prisma.empty
  const firstOf = (branch: Prisma.Sql) =>
    Prisma.sql`(SELECT * FROM (${branch}) b (at, id, kind, what, who, subject, details) ${beyond} ORDER BY at, id LIMIT ${size}::int)`
  return Prisma.sql`SELECT * FROM (${Prisma.join(allOf(kind, where).map(firstOf), ' UNION ALL ')}) r ORDER BY at, id LIMIT ${size}::int`
}
