import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { horizons, WorkFilter } from './rules/filter.ts'
import { severities, turnRows } from './rules/severity.ts'

type Asking = Ctx<'clock' | 'actor'>

/** "Always" for a database that adds days to now: longer than any right. */
const days = (n: number): string => (Number.isFinite(n) ? `${n}` : n > 0 ? '300000' : 'NULL::int')
/** The rule of severity as a table to join, row by row. */
const turns = Prisma.raw(
  `(VALUES ${turnRows.map(({ kind, resting, serious, critical }) => `('${kind}', ${resting}, ${days(serious)}, ${days(critical)})`).join(', ')}) t(kind, resting, serious, critical)`,
)

const dayLength = 86_400_000
/** The instant up to which the list looks: whole days of the house are not worth a second look-up here. */
export const horizonOf = (now: Date, within: (typeof horizons)[number]): Date => new Date(now.getTime() + within * dayLength)

/** The lines of a house with how bad each is, and what was said about it: `l`, `m` and `severity` (a place in `severities`). */
export function lines(ctx: Asking): Prisma.Sql {
  const now = ctx.clock.now()
  return Prisma.sql`
    SELECT l.*, m.mark, m.until, m.assignee_id, m.note, m.marked_by_id, m.marked_at, CASE WHEN l.due_at <= ${now}::timestamptz + t.critical * interval '24 hours' THEN 2
      WHEN l.due_at <= ${now}::timestamptz + t.serious * interval '24 hours' THEN 1 ELSE 0 END AS severity
    FROM worklist_lines l JOIN ${turns} ON t.kind = l.kind AND t.resting = (l.licences > 0)
    LEFT JOIN worklist_marks m ON m.house_id = l.house_id AND m.item = l.item
    WHERE l.house_id = ${ctx.actor.houseId} AND l.shows @> ${now}::timestamptz`
}

/** Words are looked for in the line itself, in whoever holds something in it, and in the title of a picture that stands alone. */
function saying(houseId: string, q: string): Prisma.Sql {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return Prisma.sql`(l.reference ILIKE ${like} OR l.party ILIKE ${like}
    OR l.item IN (SELECT f.item FROM worklist_findings f JOIN organisations o ON o.id = f.holder_org_id WHERE o.house_id = ${houseId} AND f.house_id = ${houseId} AND o.name ILIKE ${like})
    OR (l.pictures = 1 AND l.cover_asset_no IN (SELECT no FROM assets WHERE house_id = ${houseId} AND title ILIKE ${like})))`
}

/** What a filter leaves of the lines `l`. */
export function matching(ctx: Asking, filter: WorkFilter): Prisma.Sql {
  const { actor } = ctx
  const now = ctx.clock.now()
  const parts: Prisma.Sql[] = [Prisma.sql`l.due_at <= ${horizonOf(now, filter.within)}`]
  if (filter.kinds.length > 0) parts.push(Prisma.sql`l.kind = ANY(${filter.kinds}::text[])`)
  if (filter.severities.length > 0)
    parts.push(Prisma.sql`l.severity = ANY(${filter.severities.map((one) => severities.indexOf(one))}::int[])`)
  if (filter.q) parts.push(saying(actor.houseId, filter.q))
  if (filter.assignee === 'nobody') parts.push(Prisma.sql`l.assignee_id IS NULL`)
  else if (filter.assignee === 'somebody') parts.push(Prisma.sql`l.assignee_id IS NOT NULL`)
  else if (filter.assignee === 'me') parts.push(Prisma.sql`l.assignee_id = ${actor.kind === 'person' ? actor.userId : ''}`)
  else if (filter.assignee !== 'anybody') parts.push(Prisma.sql`l.assignee_id = ${filter.assignee}`)
  // A line that was put off is back on its day, without anybody doing anything.
  const asleep = Prisma.sql`(l.mark IS NOT DISTINCT FROM 'SNOOZED' AND l.until > ${now})`
  if (filter.mark === 'open') parts.push(Prisma.sql`l.mark IS DISTINCT FROM 'DONE' AND NOT ${asleep}`)
  if (filter.mark === 'snoozed') parts.push(asleep)
  if (filter.mark === 'done') parts.push(Prisma.sql`l.mark = 'DONE'`)
  return Prisma.join(parts, ' AND ')
}
