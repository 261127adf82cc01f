import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import { addDays, dayOf, startOfDay } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { headOf } from './chain.ts'
import { mayAudit } from './policy.ts'
import { rowsOf, totalsOf, type ReportTotals } from './reports.ts'
import type { ReportRow } from './report-sources.ts'
import type { DeliveriesInput, ReportInput, TrailInput } from './schema.ts'
import { spanOf, type Span } from './spans.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

const assertAuditor = (ctx: Asking): void => {
  if (!mayAudit(ctx.actor)) throw new Refusal('forbidden', 'compliance')
}
const pageSize = 50
/** What a report shows on the screen; the files have it all. */
const shownRows = 50

/** Cursor order of every list here: newest first. */
const beyond = (after: string | undefined) => {
  const cursor = decodeCursor(after)
  return cursor ? { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lt: cursor.id } }] } : {}
}

export interface TrailRow {
  id: string
  at: Date
  type: string
  actorKind: string
  actorName: string
  subjectKind: string
  subjectId: string
  seq: string | null
  hash: string | null
  body: string
}
export interface TrailPage {
  rows: Page<TrailRow>
  types: string[]
  zone: string
  head: { seq: string; hash: string } | null
}

/** The audit trail: newest first, by type, person, subject and days. */
export async function trailPage(ctx: Asking, { type, person, subject, from, to, after }: TrailInput): Promise<TrailPage> {
  assertAuditor(ctx)
  const { houseId } = ctx.actor
  const span = await spanOf(ctx, { from, to })
  const at = from || to ? { gte: span.from, lt: span.to } : undefined
  const [found, types, head] = await Promise.all([
    ctx.db.auditFact.findMany({
      where: {
        houseId,
        ...(type ? { type } : {}),
        ...(person ? { actorName: { contains: person, mode: 'insensitive' as const } } : {}),
        ...(subject ? { subjectId: subject } : {}),
        AND: [at ? { at } : {}, beyond(after)],
      },
      select: {
        id: true,
        at: true,
        type: true,
        actorKind: true,
        actorName: true,
        subjectKind: true,
        subjectId: true,
        body: true,
        link: { select: { seq: true, hash: true } },
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: pageSize + 1,
    }),
    // A loose index scan: the types of a trail of millions in as many steps as there are types.
    ctx.db.$queryRaw<{ type: string }[]>(Prisma.sql`
      WITH RECURSIVE t AS (
        SELECT min(type) AS type FROM audit_facts WHERE house_id = ${houseId}
        UNION ALL SELECT (SELECT min(type) FROM audit_facts WHERE house_id = ${houseId} AND type > t.type) FROM t WHERE t.type IS NOT NULL)
      SELECT type FROM t WHERE type IS NOT NULL`),
    headOf(ctx, houseId),
  ])
  const rows = found.map(({ link, ...row }) => ({ ...row, seq: link?.seq.toString() ?? null, hash: link?.hash ?? null }))
  return { rows: pageOf(rows, pageSize, (row) => encodeCursor(row.at, row.id)), types: types.map((row) => row.type), zone: span.zone, head }
}

export interface DeliveryRow {
  id: string
  at: Date
  outcome: 'SERVED' | 'REFUSED'
  reason: string
  personName: string | null
  orgName: string | null
  assetId: string | null
  assetTitle: string | null
  rendition: string
  licenceId: string | null
  licenceNumber: string | null
  bytesSent: string | null
  complete: boolean | null
  sha256: string | null
}

/** Every delivery and every refusal, newest first. */
export async function deliveriesPage(ctx: Asking, input: DeliveriesInput): Promise<{ rows: Page<DeliveryRow>; zone: string }> {
  assertAuditor(ctx)
  const { houseId } = ctx.actor
  const { outcome, reason, person, licence, from, to, after } = input
  const span = await spanOf(ctx, { from, to })
  const licenceRow = licence
    ? await ctx.db.licence.findFirst({ where: { houseId, OR: [{ number: licence.toUpperCase() }, { id: licence }] }, select: { id: true } })
    : null
  const found = await ctx.db.delivery.findMany({
    where: {
      houseId,
      ...(outcome ? { outcome } : {}),
      ...(reason ? { reason: { contains: reason } } : {}),
      ...(person ? { personName: { contains: person, mode: 'insensitive' as const } } : {}),
      ...(licence ? { licenceId: licenceRow?.id ?? 'none' } : {}),
      AND: [from || to ? { at: { gte: span.from, lt: span.to } } : {}, beyond(after)],
    },
    select: {
      id: true,
      at: true,
      outcome: true,
      reason: true,
      personName: true,
      orgId: true,
      assetId: true,
      rendition: true,
      licenceId: true,
      fileSha256: true,
      end: { select: { bytesSent: true, complete: true, sentSha256: true } },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
  })
  const ids = (pick: (row: (typeof found)[number]) => string | null): string[] => [
    ...new Set(found.map(pick).filter((id): id is string => !!id)),
  ]
  const [orgs, assets, licences] = await Promise.all([
    ctx.db.organisation.findMany({ where: { houseId, id: { in: ids((row) => row.orgId) } }, select: { id: true, name: true } }),
    ctx.db.asset.findMany({ where: { houseId, id: { in: ids((row) => row.assetId) } }, select: { id: true, title: true } }),
    ctx.db.licence.findMany({ where: { houseId, id: { in: ids((row) => row.licenceId) } }, select: { id: true, number: true } }),
  ])
  const orgName = new Map(orgs.map(({ id, name }) => [id, name]))
  const title = new Map(assets.map((asset) => [asset.id, asset.title]))
  const number = new Map(licences.map((row) => [row.id, row.number]))
  const rows = found.map(({ end, orgId, fileSha256, ...row }) => ({
    ...row,
    orgName: orgName.get(orgId ?? '') ?? null,
    assetTitle: title.get(row.assetId ?? '') ?? null,
    licenceNumber: number.get(row.licenceId ?? '') ?? null,
    bytesSent: end?.bytesSent.toString() ?? null,
    complete: end?.complete ?? null,
    sha256: end?.sentSha256 ?? fileSha256,
  }))
  return { rows: pageOf(rows, pageSize, (row) => encodeCursor(row.at, row.id)), zone: span.zone }
}

export interface ReportPage {
  span: Span
  totals: ReportTotals
  /** The first rows; the rest is in the files. */
  rows: ReportRow[]
  head: { seq: string; hash: string } | null
}

/** A report on the screen: totals, a chart of its days, its first rows. */
export async function reportPage(ctx: Asking, input: ReportInput): Promise<ReportPage> {
  assertAuditor(ctx)
  const span = await spanOf(ctx, input)
  const [totals, head, rows] = await Promise.all([
    totalsOf(ctx, input.kind, span),
    headOf(ctx, ctx.actor.houseId),
    firstOf(rowsOf(ctx, input.kind, span, shownRows), shownRows),
  ])
  return { span, totals, rows, head }
}

async function firstOf<T>(rows: AsyncGenerator<T>, most: number): Promise<T[]> {
  const first: T[] = []
  for await (const row of rows) {
    first.push(row)
    if (first.length === most) break
  }
  return first
}

export interface ComplianceOverview {
  zone: string
  head: { seq: string; hash: string } | null
  verified: { at: Date; by: string; whole: boolean; checked: number; why: string | null } | null
  days: { day: string; served: number; refused: number }[]
  licences: { state: string; count: number }[]
  refusals: { reason: string; count: number }[]
}

interface VerifiedData {
  checked?: number
  fault?: { seq: string; why: string }
}

/** How the house stands: the state of the chain, a fortnight of deliveries and refusals, licences by state. */
export async function complianceOverview(ctx: Asking): Promise<ComplianceOverview> {
  assertAuditor(ctx)
  const { houseId } = ctx.actor
  const { zone, toDay } = await spanOf(ctx, {})
  const since = startOfDay(addDays(toDay, -13), zone)
  const now = ctx.clock.now()
  const [head, last, perDay, licences, refusals] = await Promise.all([
    headOf(ctx, houseId),
    ctx.db.auditFact.findFirst({
      where: { houseId, type: { in: ['trail.verified', 'trail.fault-found'] } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      select: { at: true, type: true, actorName: true, body: true },
    }),
    ctx.db.$queryRaw<{ day: string; served: bigint; refused: bigint }[]>(Prisma.sql`
      SELECT to_char(at AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS day, count(*) FILTER (WHERE outcome = 'SERVED') AS served, count(*) FILTER (WHERE outcome = 'REFUSED') AS refused
      FROM deliveries WHERE house_id = ${houseId} AND at >= ${since} GROUP BY 1`),
    // The clock, not the sweep, says what has expired.
    ctx.db.$queryRaw<{ state: string; count: bigint }[]>(Prisma.sql`
      SELECT CASE WHEN state IN ('ACTIVE', 'SUSPENDED') AND ends_at <= ${now} THEN 'Expired' WHEN state = 'ACTIVE' AND starts_at > ${now} THEN 'Upcoming'
        WHEN state = 'ACTIVE' THEN 'In force' WHEN state = 'SUSPENDED' THEN 'Suspended' WHEN state = 'ENDED' THEN initcap(ended_by::text) WHEN state = 'CONFLICT' THEN 'Conflict' ELSE 'Reserved' END AS state,
        count(*) FROM licences WHERE house_id = ${houseId} GROUP BY 1 ORDER BY 2 DESC`),
    ctx.db.$queryRaw<{ reason: string; count: bigint }[]>(Prisma.sql`
      SELECT reason, count(*) FROM deliveries WHERE house_id = ${houseId} AND outcome = 'REFUSED' AND at >= ${since} GROUP BY 1 ORDER BY 2 DESC LIMIT 8`),
  ])
  const said = last ? (JSON.parse(last.body) as { data: VerifiedData }).data : null
  const known = new Map(perDay.map((row) => [row.day, row]))
  const days = Array.from({ length: 14 }, (_, index) => addDays(dayOf(since, zone), index))
  return {
    zone,
    head,
    verified: last &&
      said && {
        at: last.at,
        by: last.actorName,
        whole: last.type === 'trail.verified',
        checked: said.checked ?? 0,
        why: said.fault ? `row ${said.fault.seq}: ${said.fault.why}` : null,
      },
    days: days.map((day) => ({ day, served: Number(known.get(day)?.served ?? 0n), refused: Number(known.get(day)?.refused ?? 0n) })),
    licences: licences.map(({ state, count }) => ({ state, count: Number(count) })),
    refusals: refusals.map(({ reason, count }) => ({ reason, count: Number(count) })),
  }
}
