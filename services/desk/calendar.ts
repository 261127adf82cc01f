import { addDays, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { mustMay } from './policy.ts'
import { endings, isWorkKind, type WorkKind } from './rules/kinds.ts'
import { isMonth, mondayOf, monthOf, shiftMonth, weeksOf, type Month } from '../kernel/month.ts'
import { detailOf, titleOf } from './rules/words.ts'
import { settleWorklist } from './settling.ts'
import { houseDay } from './worklist.ts'

type Seeing = Ctx<'db' | 'clock' | 'actor'>

export interface DayLine {
  item: string
  kind: WorkKind
  title: string
  detail: string
  pictures: number
}
export interface CalendarDay {
  day: Day
  inMonth: boolean
  /** All lines of the day, of which the first few are `lines`. */
  count: number
  kinds: { kind: WorkKind; count: number }[]
  lines: DayLine[]
}
export interface CalendarPage {
  month: Month
  previous: Month
  next: Month
  today: Day
  zone: string
  weeks: CalendarDay[][]
  /** The year ahead of the first week shown, week by week: how many lines end in each. */
  year: { monday: Day; count: number }[]
  kinds: WorkKind[]
}

/** As many lines as a day's cell and the agenda name; the list has them all. */
const named = 12

/** The kinds that a calendar can show; none asked for: all. */
export const calendarKinds = (asked: readonly string[]): WorkKind[] => {
  const known = endings.filter((kind) => asked.includes(kind) && isWorkKind(kind))
  return known.length > 0 ? known : [...endings]
}

interface Row {
  item: string
  kind: WorkKind
  day: string
  reference: string
  party: string
  holder: string | null
  pictures: number
  licences: number
  noted_at: Date
}
const dayLine = (row: Row): DayLine => ({
  item: row.item,
  kind: row.kind,
  title: titleOf(row),
  detail: detailOf(row),
  pictures: row.pictures,
})

/** What ends or begins on each day of a month, one line a contract, release, ban, or holder. */
export async function calendarPage(ctx: Seeing, wished: string | null, asked: readonly string[]): Promise<CalendarPage> {
  mustMay(ctx.actor, 'see-worklist')
  await settleWorklist(ctx, 500)
  const { zone, today } = await houseDay(ctx)
  const month = wished && isMonth(wished) ? wished : monthOf(today)
  const weeks = weeksOf(month)
  const [first, last] = [weeks[0]?.[0] ?? `${month}-01`, weeks.at(-1)?.at(-1) ?? `${month}-28`]
  const kinds = calendarKinds(asked)
  const { houseId } = ctx.actor
  const strip = mondayOf(month === monthOf(today) ? today : `${month}-01`)
  const [counts, rows, year] = await Promise.all([
    ctx.db.$queryRaw<{ day: string; kind: WorkKind; n: bigint }[]>`
      SELECT day::text, kind, count(*) AS n FROM worklist_lines WHERE house_id = ${houseId} AND day BETWEEN ${first}::date AND ${last}::date AND kind = ANY(${kinds}::text[])
      GROUP BY day, kind ORDER BY kind`,
    ctx.db.$queryRaw<Row[]>`
      SELECT l.item, l.kind, l.day::text, l.reference, l.party, o.name AS holder, l.pictures, l.licences, l.noted_at FROM (
        SELECT *, row_number() OVER (PARTITION BY day ORDER BY pictures DESC, item) AS place FROM worklist_lines
        WHERE house_id = ${houseId} AND day BETWEEN ${first}::date AND ${last}::date AND kind = ANY(${kinds}::text[])) l
      LEFT JOIN organisations o ON o.id = l.holder_org_id WHERE l.place <= ${named} ORDER BY l.day, l.place`,
    ctx.db.$queryRaw<{ monday: string; n: bigint }[]>`
      SELECT date_trunc('week', day)::date::text AS monday, count(*) AS n FROM worklist_lines
      WHERE house_id = ${houseId} AND day BETWEEN ${strip}::date AND ${addDays(strip, 7 * 53 - 1)}::date AND kind = ANY(${kinds}::text[]) GROUP BY 1`,
  ])
  const ofDay = (day: Day, inMonth: boolean): CalendarDay => {
    const own = counts.filter((row) => row.day === day).map(({ kind, n }) => ({ kind, count: Number(n) }))
    const lines = rows.filter((row) => row.day === day).map(dayLine)
    return { day, inMonth, count: own.reduce((sum, { count }) => sum + count, 0), kinds: own, lines }
  }
  const perWeek = new Map(year.map(({ monday, n }) => [monday, Number(n)]))
  return {
    month,
    previous: shiftMonth(month, -1),
    next: shiftMonth(month, 1),
    today,
    zone,
    weeks: weeks.map((week) => week.map((day) => ofDay(day, monthOf(day) === month))),
    year: Array.from({ length: 53 }, (_, n) => addDays(strip, 7 * n)).map((monday) => ({ monday, count: perWeek.get(monday) ?? 0 })),
    kinds,
  }
}
