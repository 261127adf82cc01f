import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import { addDays, dayOf, startOfDay, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { maySeeAllLicences } from '../licensing/policy.ts'
import { houseOf } from './people.ts'
import { isMonth, monthOf, shiftMonth, weeksOf, type Month } from '../kernel/month.ts'
import { lastDayOf } from './rules/reminders.ts'

export const spans = [7, 30, 90] as const
export type Span = (typeof spans)[number]

interface Ending {
  id: string
  number: string
  title: string
  holder: string
  /** The kit that it was given with, if any. */
  kit: string | null
  endsAt: Date
  lastDay: Day
  suspended: boolean
}
export interface EndingLine extends Ending {
  daysLeft: number
  reminders: { days: number; at: Date; readers: number }[]
}

type Seeing = Ctx<'db' | 'clock' | 'actor'>
const size = 50

const endingSelect = {
  id: true,
  number: true,
  assetId: true,
  holderOrgId: true,
  kitGrantId: true,
  endsAt: true,
  state: true,
} satisfies Prisma.LicenceSelect
type Row = Prisma.LicenceGetPayload<{ select: typeof endingSelect }> & { endsAt: Date }

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Names for ids, in three queries whatever the number of rows. */
async function named(ctx: Seeing, rows: readonly Row[], zone: string): Promise<Ending[]> {
  const [assets, holders, grants] = await Promise.all([
    ctx.db.asset.findMany({ where: { id: { in: rows.map(({ assetId }) => assetId) } }, select: { id: true, title: true } }),
    ctx.db.organisation.findMany({ where: { id: { in: rows.map(({ holderOrgId }) => holderOrgId) } }, select: { id: true, name: true } }),
    ctx.db.kitGrant.findMany({
      where: { id: { in: rows.flatMap(({ kitGrantId }) => kitGrantId ?? []) } },
      select: { id: true, kit: { select: { title: true } } },
    }),
  ])
  const titles = new Map(assets.map(({ id, title }) => [id, title]))
  const names = new Map(holders.map(({ id, name }) => [id, name]))
  const kits = new Map(grants.map(({ id, kit }) => [id, kit.title]))
  return rows.map(({ id, number, assetId, holderOrgId, kitGrantId, endsAt, state }) => ({
    id,
    number,
    title: titles.get(assetId) ?? '',
    holder: names.get(holderOrgId) ?? '',
    kit: kits.get(kitGrantId ?? '') ?? null,
    endsAt,
    lastDay: lastDayOf({ endsAt }, zone),
    suspended: state === 'SUSPENDED',
  }))
}

/** Which reminders went out for these rights, when the first letter of each left, and to how many people. */
async function remindersOf(ctx: Seeing, subjectIds: readonly string[]): Promise<Map<string, EndingLine['reminders']>> {
  const rows = await ctx.db.$queryRaw<{ subject: string; days: number; at: Date; readers: bigint }[]>`
    SELECT split_part(key, ':', 2) AS subject, split_part(key, ':', 3)::int AS days, min(sent_at) AS at, count(*) AS readers
    FROM mail_messages
    WHERE house_id = ${ctx.actor.houseId} AND template = 'licence-ending' AND sent_at IS NOT NULL AND split_part(key, ':', 2) = ANY(${[...subjectIds]}::text[])
    GROUP BY 1, 2 ORDER BY 2 DESC`
  const found = new Map<string, EndingLine['reminders']>()
  for (const { subject, readers, ...reminder } of rows)
    found.set(subject, [...(found.get(subject) ?? []), { ...reminder, readers: Number(readers) }])
  return found
}

export interface Expiries {
  zone: string
  counts: Record<Span, number>
  page: Page<EndingLine>
}

/** What ends within the next days, soonest first, and who was reminded when. Layout files always end soon: they are no news. */
export async function expiriesPage(ctx: Seeing, { within, after }: { within: Span; after: string | null }): Promise<Expiries> {
  if (!maySeeAllLicences(ctx.actor)) throw new Refusal('forbidden', 'the rights desk sees what ends')
  const { houseId } = ctx.actor
  const { timeZone: zone } = await houseOf(ctx)
  const now = ctx.clock.now()
  const today = dayOf(now, zone)
  // A right ends within 7 days when its last day is one of the next seven after today.
  const until = (days: number) => startOfDay(addDays(today, days + 1), zone)
  const cursor = decodeCursor(after)
  const rows = await ctx.db.licence.findMany({
    where: {
      houseId,
      state: { in: ['ACTIVE', 'SUSPENDED'] },
      model: { not: 'COMP' },
      endsAt: { gt: now, lte: until(within) },
      ...(cursor ? { OR: [{ endsAt: { gt: cursor.at } }, { endsAt: cursor.at, id: { gt: cursor.id } }] } : {}),
    },
    select: endingSelect,
    orderBy: [{ endsAt: 'asc' }, { id: 'asc' }],
    take: size + 1,
  })
  const page = pageOf(rows as Row[], size, ({ endsAt, id }) => encodeCursor(endsAt, id))
  const [lines, reminders, [counts]] = await Promise.all([
    named(ctx, page.items, zone),
    remindersOf(
      ctx,
      page.items.map(({ id, kitGrantId }) => kitGrantId ?? id),
    ),
    ctx.db.$queryRaw<{ week: bigint; month: bigint; quarter: bigint }[]>`
      SELECT count(*) FILTER (WHERE ends_at <= ${until(7)}) AS week, count(*) FILTER (WHERE ends_at <= ${until(30)}) AS month, count(*) AS quarter
      FROM licences WHERE house_id = ${houseId} AND state IN ('ACTIVE', 'SUSPENDED') AND model <> 'COMP' AND ends_at > ${now} AND ends_at <= ${until(90)}`,
  ])
  const subjects = new Map(page.items.map(({ id, kitGrantId }) => [id, kitGrantId ?? id]))
  return {
    zone,
    counts: { 7: Number(counts?.week ?? 0n), 30: Number(counts?.month ?? 0n), 90: Number(counts?.quarter ?? 0n) },
    page: {
      items: lines.map((line) => ({
        ...line,
        daysLeft: daysBetween(today, line.lastDay),
        reminders: reminders.get(subjects.get(line.id) ?? '') ?? [],
      })),
      next: page.next,
    },
  }
}

export interface ExpiryMonth {
  month: Month
  previous: Month
  next: Month
  today: Day
  weeks: { day: Day; inMonth: boolean; endings: (Ending & { over: boolean })[] }[][]
  /** More than a month's sheet can show. */
  cut: boolean
}

const mostInMonth = 500

/** A month's sheet: each right on its last day, those that have run out already among them. */
export async function expiryMonth(ctx: Seeing, wished: string | null): Promise<ExpiryMonth> {
  if (!maySeeAllLicences(ctx.actor)) throw new Refusal('forbidden', 'the rights desk sees what ends')
  const { timeZone: zone } = await houseOf(ctx)
  const now = ctx.clock.now()
  const today = dayOf(now, zone)
  const month = wished && isMonth(wished) ? wished : monthOf(today)
  const weeks = weeksOf(month)
  const first = weeks[0]?.[0] ?? `${month}-01`
  const last = weeks.at(-1)?.at(-1) ?? `${month}-28`
  const rows = await ctx.db.licence.findMany({
    where: {
      houseId: ctx.actor.houseId,
      model: { not: 'COMP' },
      endsAt: { gt: startOfDay(first, zone), lte: startOfDay(addDays(last, 1), zone) },
      OR: [{ state: { in: ['ACTIVE', 'SUSPENDED'] } }, { state: 'ENDED', endedBy: 'EXPIRED' }],
    },
    select: endingSelect,
    orderBy: [{ endsAt: 'asc' }, { id: 'asc' }],
    take: mostInMonth + 1,
  })
  const byDay = new Map<Day, (Ending & { over: boolean })[]>()
  for (const ending of await named(ctx, rows.slice(0, mostInMonth) as Row[], zone))
    byDay.set(ending.lastDay, [...(byDay.get(ending.lastDay) ?? []), { ...ending, over: ending.endsAt <= now }])
  return {
    month,
    previous: shiftMonth(month, -1),
    next: shiftMonth(month, 1),
    today,
    cut: rows.length > mostInMonth,
    weeks: weeks.map((week) => week.map((day) => ({ day, inMonth: monthOf(day) === month, endings: byDay.get(day) ?? [] }))),
  }
}
