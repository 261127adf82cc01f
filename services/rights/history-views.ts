import { addDays, addMonths, dayOf, endOfDay, isDay, startOfDay, type Day } from '../kernel/period.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { mustMay } from './policy.ts'
import { writersOf } from './writers.ts'

export const historyKinds = ['contract', 'release', 'ban'] as const
export type HistoryKind = (typeof historyKinds)[number]

export interface HistoryAsked {
  from: string | null
  to: string | null
  kind: string | null
  /** A contract, or the reference of a release or ban, from its beginning. */
  contract: string | null
  person: string | null
  after: string | null
}
export interface HistoryItem {
  kind: HistoryKind
  what: 'added' | 'ended'
  id: string
  at: Date
  name: string
  asset: { id: string; title: string }
  by: string | null
  /** The day of the event, and the one before it: what the asset's own view compares. */
  day: Day
  dayBefore: Day
}
export interface HistoryPage extends Page<HistoryItem> {
  zone: string
  from: Day
  to: Day
  kind: HistoryKind | null
  contract: string
  person: string
  /** Who may have written something down. */
  people: { id: string; name: string }[]
}

const size = 50
const tables: Record<HistoryKind, { table: string; name: string; references: string[] }> = {
  contract: { table: 'acquisitions', name: "r.contract || ', from ' || r.licensor", references: ['contract'] },
  release: { table: 'releases', name: 'r.reference', references: ['reference'] },
  ban: { table: 'restrictions', name: 'coalesce(r.reference, r.reason)', references: ['reference', 'reason'] },
}

/** What was written down about rights in the house between two days, or ended, the latest first. */
export async function historyPage(ctx: Ctx<'db' | 'clock' | 'actor'>, asked: HistoryAsked): Promise<HistoryPage> {
  mustMay(ctx.actor, 'see-rights')
  const { houseId } = ctx.actor
  const [house, people] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
    ctx.db.user.findMany({
      where: { members: { some: { orgId: houseId, houseId } } },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
      take: 200,
    }),
  ])
  const zone = house.timeZone
  const today = dayOf(ctx.clock.now(), zone)
  const day = (text: string | null, otherwise: Day): Day => (text && isDay(text) ? text : otherwise)
  const [from = today, to = today] = [day(asked.from, addMonths(today, -1)), day(asked.to, today)].sort()
  const kind = historyKinds.find((one) => one === asked.kind) ?? null
  const contract = (asked.contract ?? '').trim().slice(0, 200)
  const person = people.find(({ id }) => id === asked.person)?.id ?? ''

  const span = { from: startOfDay(from, zone), to: endOfDay(to, zone) }
  const cursor = decodeCursor(asked.after)
  const branches = (kind ? [kind] : historyKinds).flatMap((one) => [branch(one, 'added'), branch(one, 'ended')])

  function branch(one: HistoryKind, what: 'added' | 'ended'): Prisma.Sql {
    const { table, name, references } = tables[one]
    const column = Prisma.raw(what === 'added' ? 'r.recorded_at' : 'r.superseded_at')
    const key = Prisma.raw(`(r.id || '_${what}') COLLATE "C"`)
    const starts = `${contract.replace(/[\\%_]/g, '\\$&')}%`
    const named = references.map((reference) => Prisma.sql`${Prisma.raw(`r.${reference}`)} ILIKE ${starts}`)
    const who =
      what === 'added'
        ? Prisma.sql`r.recorded_by_id = ${person}`
        : Prisma.sql`EXISTS (SELECT 1 FROM audit_facts f WHERE f.house_id = r.house_id AND f.at = r.superseded_at AND f.actor_id = ${person}
            AND (f.subject_id = r.asset_id OR f.subject_kind <> 'asset'))`
    return Prisma.sql`(SELECT ${one} AS kind, ${what} AS what, r.id, ${column} AS at, ${Prisma.raw(name)} AS name, r.asset_id AS "assetId", ${key} AS key
      FROM ${Prisma.raw(table)} r WHERE r.house_id = ${houseId} AND ${column} >= ${span.from} AND ${column} < ${span.to}
        ${contract ? Prisma.sql`AND (${Prisma.join(named, ' OR ')})` : Prisma.empty} ${person ? Prisma.sql`AND ${who}` : Prisma.empty}
        ${cursor ? Prisma.sql`AND ${column} <= ${cursor.at} AND (${column} < ${cursor.at} OR ${key} < ${cursor.id} COLLATE "C")` : Prisma.empty}
      ORDER BY ${column} DESC, ${key} DESC LIMIT ${size + 1})`
  }

  const rows = await ctx.db.$queryRaw<
    (Pick<HistoryItem, 'kind' | 'what' | 'id' | 'at' | 'name'> & { assetId: string; title: string; key: string })[]
  >`
    SELECT e.*, a.title FROM (${Prisma.join(branches, ' UNION ALL ')}) e JOIN assets a ON a.id = e."assetId"
    ORDER BY e.at DESC, e.key DESC LIMIT ${size + 1}`
  const page = pageOf(rows, size, (row) => encodeCursor(row.at, row.key))
  const writers = await writersOf(ctx, page.items)
  return {
    items: page.items.map((row) => {
      const { assetId, title, key: _key, ...item } = row
      const on = dayOf(row.at, zone)
      return { ...item, asset: { id: assetId, title }, by: writers.get(row) ?? null, day: on, dayBefore: addDays(on, -1) }
    }),
    next: page.next,
    zone,
    from,
    to,
    kind,
    contract,
    person,
    people,
  }
}
