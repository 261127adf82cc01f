/** A half-open span of instants `[from, to)`; `to: null` has no end. */
export interface Period {
  from: Date
  to: Date | null
}

export const contains = (span: Period, at: Date): boolean => span.from <= at && (span.to === null || at < span.to)

interface ZoneClock {
  format: Intl.DateTimeFormat
  /** The offset at each second that was asked about. */
  offsets: Map<number, number>
}
const zoneClocks = new Map<string, ZoneClock>()
const mostOffsets = 5_000

/** Making a formatter costs a hundred times as much as using it, and a house has one zone. */
function zoneClockOf(zone: string): ZoneClock {
  const known = zoneClocks.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
  const made: ZoneClock = { format, offsets: new Map() }
  // There are some six hundred zones, in any spelling: who makes up names fills no memory.
  if (zoneClocks.size > 700) zoneClocks.clear()
  zoneClocks.set(zone, made)
  return made
}

/** The UTC offset of `zone` at an instant, in milliseconds. Lists and contracts ask about the same few days thousands of times. */
function offsetAt(zone: string, at: Date): number {
  if (zone === 'UTC') return 0
  const { format, offsets } = zoneClockOf(zone)
  const second = Math.floor(at.getTime() / 1000)
  const known = offsets.get(second)
  if (known !== undefined) return known
  const offset = askedOffset(format, at)
  if (offsets.size > mostOffsets) offsets.clear()
  offsets.set(second, offset)
  return offset
}

function askedOffset(format: Intl.DateTimeFormat, at: Date): number {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000
}

/** A calendar day, `2026-12-31`. */
export type Day = string
/** With a year to spare on both sides: the day after, a year on and midnight in any zone still have four digits and an instant in Postgres. */
const [firstDay, lastDay] = ['1000-01-01', '9998-12-31'] as const
export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) && text >= firstDay && text <= lastDay
}

/** The instant at which `day` begins in `zone`. Where midnight does not exist (a clock change), the first instant after. */
export function startOfDay(day: Day, zone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`)
  // Two rounds settle it: the first guess may lie on the other side of a clock change.
  const guess = wall - offsetAt(zone, new Date(wall))
  const at = wall - offsetAt(zone, new Date(guess))
  // Where they disagree about each other the clocks leap over midnight, and the later one lies behind the leap.
  return new Date(at !== guess && wall - offsetAt(zone, new Date(at)) !== at ? Math.max(at, guess) : at)
}

/** A reading of a wall clock, `2026-10-25T02:30`. */
export type WallTime = string
export const isWallTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(text) && isDay(text.slice(0, 10))

/**
 * The instant at which the clocks of `zone` show `time`. Where they show it twice, the first; where they leap over it, as much
 * later as they leap (half past two becomes half past three), which is what calendars do.
 */
export function instantOf(time: WallTime, zone: string): Date {
  const wall = Date.parse(`${time}:00Z`)
  const before = wall - offsetAt(zone, new Date(wall - 86_400_000))
  const after = wall - offsetAt(zone, new Date(wall + 86_400_000))
  const shown = [before, after].filter((at) => at + offsetAt(zone, new Date(at)) === wall)
  return new Date(shown.length > 0 ? Math.min(...shown) : before)
}

/** What the clocks of `zone` show at an instant, to the minute. */
export const wallTimeOf = (at: Date, zone: string): WallTime => new Date(at.getTime() + offsetAt(zone, at)).toISOString().slice(0, 16)

/** "Until 31 December" ends at the next midnight in the contract's zone: the end of the half-open span. */
export const endOfDay = (day: Day, zone: string): Date => startOfDay(addDays(day, 1), zone)

/** The calendar day of an instant in `zone`. */
export const dayOf = (at: Date, zone: string): Day => new Date(at.getTime() + offsetAt(zone, at)).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Calendar months later; the last day of a shorter month where the day does not exist (31 January + 1 month = 28 February). */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
