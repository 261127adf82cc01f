import type { Actor } from '../kernel/actor.ts'
import { groupNameFor } from '../assets/policy.ts'
import { dayOf, type Day } from '../kernel/period.ts'
import { pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { may, mustMay } from './policy.ts'
import { decodeLine, encodeLine, type LineCursor } from './rules/cursor.ts'
import type { Sort, WorkFilter } from './rules/filter.ts'
import { workKinds, type WorkKind } from './rules/kinds.ts'
import { severities, type Severity } from './rules/severity.ts'
import { settleWorklist } from './settling.ts'
import { lines, matching } from './worklist-query.ts'

type Seeing = Ctx<'db' | 'clock' | 'actor'>
const size = 40

export interface LineMark {
  mark: 'SNOOZED' | 'DONE' | null
  until: Date | null
  assignee: string | null
  assigneeId: string | null
  note: string
  by: string | null
  at: Date | null
}
export interface WorkLine {
  item: string
  kind: WorkKind
  severity: Severity
  /** The instant that it turns on; an ending's is the midnight after its last day. */
  dueAt: Date
  day: Day
  /** Whole days from today to `day`; below nought when it is past. */
  daysLeft: number
  reference: string
  party: string
  holder: string | null
  pictures: number
  licences: number
  /** The row that it is about, where it is about one. */
  sourceId: string | null
  contractId: string | null
  asset: { id: string; title: string; altText: string; versionId: string | null; tint: string | null } | null
  marked: LineMark | null
}
export interface Worklist {
  page: Page<WorkLine>
  /** How many lines of each kind the other questions of the filter leave. */
  kinds: Record<WorkKind, number>
  severities: Record<Severity, number>
  total: number
  zone: string
  today: Day
  colleagues: { id: string; name: string }[]
  mayMark: boolean
  /** Assets whose rights changed and which were not looked at yet. */
  behind: number
}

interface Row {
  item: string
  kind: WorkKind
  severity: number
  due_at: Date
  day: string
  reference: string
  party: string
  holder: string | null
  pictures: number
  licences: number
  source_id: string | null
  contract_id: string | null
  asset_id: string | null
  title: string | null
  alt_text: string | null
  version_id: string | null
  tint: string | null
  mark: 'SNOOZED' | 'DONE' | null
  until: Date | null
  assignee_id: string | null
  assignee: string | null
  note: string | null
  marker: string | null
  marked_at: Date | null
}

const order: Record<Sort, Prisma.Sql> = {
  pressing: Prisma.sql`severity DESC, due_at, item`,
  day: Prisma.sql`due_at, item`,
  pictures: Prisma.sql`pictures DESC, due_at, item`,
}
/** Only what comes after the line that the last page ended with. */
const beyond = (sort: Sort, after: LineCursor): Prisma.Sql => {
  const at = new Date(after.due)
  const later = Prisma.sql`(l.due_at, l.item) > (${at}, ${after.item})`
  if (sort === 'day') return later
  const rank = sort === 'pressing' ? Prisma.sql`l.severity` : Prisma.sql`l.pictures`
  return Prisma.sql`(${rank} < ${after.rank} OR (${rank} = ${after.rank} AND ${later}))`
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
const rankOf = (row: Row, sort: Sort): number => (sort === 'pictures' ? row.pictures : row.severity)

/** Lines in words that a page can show; every name by a join, whatever the number of lines. */
const shown = (found: Prisma.Sql, sorted: Prisma.Sql, limit: number): Prisma.Sql => Prisma.sql`
  SELECT l.item, l.kind, l.severity, l.due_at, l.day::text, l.reference, l.party, o.name AS holder, l.pictures, l.licences, l.source_id, k.id AS contract_id,
    a.id AS asset_id, a.title, a.alt_text, v.id AS version_id, v.dominant_colour AS tint, l.mark::text, l.until, l.assignee_id, u.name AS assignee, l.note, w.name AS marker, l.marked_at
  FROM (SELECT * FROM (${found}) f ORDER BY ${sorted} LIMIT ${limit}) l
  LEFT JOIN organisations o ON o.id = l.holder_org_id LEFT JOIN contracts k ON l.kind IN ('contract-ends', 'outside-contract') AND k.house_id = l.house_id AND k.reference = l.reference
  LEFT JOIN assets a ON a.no = l.cover_asset_no LEFT JOIN asset_versions v ON v.id = a.current_version_id AND v.processing = 'READY'
  LEFT JOIN users u ON u.id = l.assignee_id LEFT JOIN users w ON w.id = l.marked_by_id
  ORDER BY ${sorted}`

const lineOf = (row: Row, today: Day, actor: Actor): WorkLine => ({
  item: row.item,
  kind: row.kind,
  severity: severities[row.severity] ?? 'routine',
  dueAt: row.due_at,
  day: row.day,
  daysLeft: daysBetween(today, row.day),
  reference: row.kind === 'twin-suspected' ? groupNameFor(actor, row.reference) : row.reference,
  party: row.party,
  holder: row.holder,
  pictures: row.pictures,
  licences: row.licences,
  sourceId: row.source_id || null,
  contractId: row.contract_id,
  asset: row.asset_id
    ? { id: row.asset_id, title: row.title ?? '', altText: row.alt_text ?? '', versionId: row.version_id, tint: row.tint }
    : null,
  marked: row.marked_at
    ? {
        mark: row.mark,
        until: row.until,
        assignee: row.assignee,
        assigneeId: row.assignee_id,
        note: row.note ?? '',
        by: row.marker,
        at: row.marked_at,
      }
    : null,
})

/** One page of lines in the filter's order. */
export async function linesOf(ctx: Seeing, filter: WorkFilter, after: string | null, today: Day, limit = size): Promise<Page<WorkLine>> {
  const cursor = decodeLine(after)
  const where = cursor ? Prisma.sql`${matching(ctx, filter)} AND ${beyond(filter.sort, cursor)}` : matching(ctx, filter)
  const found = Prisma.sql`SELECT l.* FROM (${lines(ctx)}) l WHERE ${where}`
  const rows = await ctx.db.$queryRaw<Row[]>(shown(found, order[filter.sort], limit + 1))
  const page = pageOf(rows, limit, (row) => encodeLine({ rank: rankOf(row, filter.sort), due: row.due_at.getTime(), item: row.item }))
  return { items: page.items.map((row) => lineOf(row, today, ctx.actor)), next: page.next }
}

/** One line by its key, marked or not, due or not; undefined where its ground is gone. */
export async function lineCalled(ctx: Seeing, item: string): Promise<WorkLine | undefined> {
  const { today } = await houseDay(ctx)
  const [row] = await ctx.db.$queryRaw<Row[]>(shown(Prisma.sql`SELECT l.* FROM (${lines(ctx)}) l WHERE l.item = ${item}`, order.day, 1))
  return row && lineOf(row, today, ctx.actor)
}

/** How many lines the filter leaves. */
export async function countOf(ctx: Seeing, filter: WorkFilter): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM (${lines(ctx)}) l WHERE ${matching(ctx, filter)}`
  return Number(row?.n ?? 0n)
}

/** The house's zone and day. */
export async function houseDay(ctx: Seeing): Promise<{ zone: string; today: Day; name: string }> {
  const house = await ctx.db.organisation.findUniqueOrThrow({
    where: { id: ctx.actor.houseId },
    select: { timeZone: true, name: true },
  })
  return { zone: house.timeZone, today: dayOf(ctx.clock.now(), house.timeZone), name: house.name }
}

/** Both counts from one grouping: by kind with all but the kinds asked, by severity with all but the severities. */
async function facets(ctx: Seeing, filter: WorkFilter): Promise<Pick<Worklist, 'kinds' | 'severities' | 'total'>> {
  const groups = await ctx.db.$queryRaw<{ kind: WorkKind; severity: number; n: bigint }[]>`
    SELECT l.kind, l.severity, count(*) AS n FROM (${lines(ctx)}) l WHERE ${matching(ctx, { ...filter, kinds: [], severities: [] })} GROUP BY l.kind, l.severity`
  const isKind = (kind: WorkKind) => filter.kinds.length === 0 || filter.kinds.includes(kind)
  const isSevere = (n: number) => filter.severities.length === 0 || filter.severities.some((name) => severities.indexOf(name) === n)
  const sum = (of: (group: { kind: WorkKind; severity: number }) => boolean) =>
    groups.reduce((all, group) => all + (of(group) ? Number(group.n) : 0), 0)
  const kinds = Object.fromEntries(workKinds.map((kind) => [kind, sum((group) => group.kind === kind && isSevere(group.severity))]))
  const bySeverity = Object.fromEntries(severities.map((name, n) => [name, sum((group) => group.severity === n && isKind(group.kind))]))
  const total = sum((group) => isKind(group.kind) && isSevere(group.severity))
  return { kinds: kinds as Worklist['kinds'], severities: bySeverity as Worklist['severities'], total }
}

/** What needs a rights manager, as a filter has it. Looks first at what changed since somebody last looked. */
export async function worklistPage(ctx: Seeing, filter: WorkFilter, after: string | null): Promise<Worklist> {
  mustMay(ctx.actor, 'see-worklist')
  await settleWorklist(ctx, 500)
  const { zone, today } = await houseDay(ctx)
  const [page, counts, colleagues, [stale]] = await Promise.all([
    linesOf(ctx, filter, after, today),
    facets(ctx, filter),
    colleaguesOf(ctx),
    ctx.db.$queryRaw<
      { n: bigint }[]
    >`SELECT count(*) AS n FROM (SELECT 1 FROM worklist_stale WHERE house_id = ${ctx.actor.houseId} LIMIT 100000) s`,
  ])
  return { page, ...counts, zone, today, colleagues, mayMark: may(ctx.actor, 'mark-lines'), behind: Number(stale?.n ?? 0n) }
}

/** Who can be given a line: the house's rights managers and administrators with a seat. */
export async function colleaguesOf({ db, actor }: Ctx<'db' | 'actor'>): Promise<{ id: string; name: string }[]> {
  const seats = await db.member.findMany({
    where: { orgId: actor.houseId, endedAt: null, user: { closedAt: null }, roles: { hasSome: ['RIGHTS_MANAGER', 'ADMINISTRATOR'] } },
    select: { user: { select: { id: true, name: true } } },
    orderBy: { user: { name: 'asc' } },
  })
  return seats.map(({ user }) => user)
}

export interface LinePicture {
  id: string
  title: string
  altText: string
  versionId: string | null
  tint: string | null
  licences: { id: string | null; number: string; holder: string }[]
}
export interface LinePage {
  line: WorkLine
  pictures: Page<LinePicture>
  zone: string
  today: Day
  mayMark: boolean
  colleagues: { id: string; name: string }[]
}

/** A line with its pictures, page by page, and what rests on each; undefined where its ground is gone. */
export async function linePage(ctx: Seeing, item: string, after: string | null): Promise<LinePage | undefined> {
  mustMay(ctx.actor, 'see-worklist')
  await settleWorklist(ctx, 500)
  const line = await lineCalled(ctx, item)
  if (!line) return undefined
  const { houseId } = ctx.actor
  const rows = await ctx.db.$queryRaw<(Omit<LinePicture, 'licences'> & { no: bigint; licences: LinePicture['licences'] | null })[]>`
    SELECT a.no, a.id, a.title, a.alt_text AS "altText", v.id AS "versionId", v.dominant_colour AS tint, (
      SELECT json_agg(json_build_object('id', x.id, 'number', x.number, 'holder', x.holder) ORDER BY x.number) FROM (
        SELECT DISTINCT l.id, coalesce(l.number, i.shop || ' ' || i.reference) AS number, coalesce(o.name, i.holder) AS holder FROM worklist_findings g
        LEFT JOIN licences l ON l.id = g.source_id LEFT JOIN organisations o ON o.id = l.holder_org_id LEFT JOIN imported_sales i ON i.id = g.source_id
        WHERE g.house_id = ${houseId} AND g.item = ${item} AND g.asset_no = a.no AND coalesce(l.id, i.id) IS NOT NULL LIMIT 20) x) AS licences
    FROM (SELECT DISTINCT asset_no FROM worklist_findings WHERE house_id = ${houseId} AND item = ${item} AND asset_no > ${BigInt(/^\d{1,18}$/.test(after ?? '') ? (after as string) : '0')}
      ORDER BY asset_no LIMIT ${size + 1}) f
    JOIN assets a ON a.no = f.asset_no LEFT JOIN asset_versions v ON v.id = a.current_version_id AND v.processing = 'READY' ORDER BY a.no`
  const page = pageOf(rows, size, ({ no }) => String(no))
  const { zone, today } = await houseDay(ctx)
  return {
    line,
    pictures: { items: page.items.map(({ no: _, licences, ...picture }) => ({ ...picture, licences: licences ?? [] })), next: page.next },
    zone,
    today,
    mayMark: may(ctx.actor, 'mark-lines'),
    colleagues: await colleaguesOf(ctx),
  }
}

/** The figures of the house, as they were when somebody last looked. */
export async function deskFigures({
  db,
  actor,
}: Ctx<'db' | 'actor'>): Promise<Record<'requests' | 'held' | 'bans' | 'live' | 'exclusive' | 'holds', number>> {
  const [row] = await db.$queryRaw<Record<'requests' | 'held' | 'bans' | 'live' | 'exclusive' | 'holds', bigint | null>[]>`
    SELECT (SELECT count(*) FROM grant_requests WHERE house_id = ${actor.houseId} AND state = 'WAITING') AS requests, f.held, f.bans, f.live, f.exclusive, f.holds
    FROM (VALUES (1)) one LEFT JOIN worklist_figures f ON f.house_id = ${actor.houseId}`
  const figure = (name: keyof NonNullable<typeof row>) => Number(row?.[name] ?? 0n)
  return {
    requests: figure('requests'),
    held: figure('held'),
    bans: figure('bans'),
    live: figure('live'),
    exclusive: figure('exclusive'),
    holds: figure('holds'),
  }
}
