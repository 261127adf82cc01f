import { addDays, addMonths, dayOf, endOfDay, startOfDay, type Day, type Period } from '../../kernel/period.ts'

/** The part of a picture that a span fills, in hundredths of its width; `open…` where it goes on beyond the edge. */
export interface Bar {
  left: number
  width: number
  opensLeft: boolean
  opensRight: boolean
}
export interface Tick {
  at: number
  label: string
}

/** The window of a rights timeline: half a year back, two and a half years ahead. */
export function windowAround(now: Date, zone: string): { from: Day; until: Day; span: Period } {
  const today = dayOf(now, zone)
  const from = `${addMonths(today, -6).slice(0, 7)}-01`
  const until = addDays(addMonths(from, 36), -1)
  return { from, until, span: { from: startOfDay(from, zone), to: endOfDay(until, zone) } }
}

const hundredth = (n: number): number => Math.round(n * 100) / 100

/** Where a span stands in the window; undefined where it lies outside. */
export function barOf(span: Period, window: Period): Bar | undefined {
  const [start, end] = [window.from.getTime(), (window.to as Date).getTime()]
  const from = span.from.getTime()
  const to = span.to?.getTime() ?? Infinity
  if (from >= end || to <= start) return undefined
  const left = ((Math.max(from, start) - start) * 100) / (end - start)
  const right = ((Math.min(to, end) - start) * 100) / (end - start)
  return { left: hundredth(left), width: hundredth(right - left), opensLeft: from < start, opensRight: to > end }
}

const monthWords = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })

/** Half-years across the window. */
export function ticksOf(from: Day, zone: string, window: Period): Tick[] {
  return [6, 12, 18, 24, 30].map((months) => {
    const day = addMonths(from, months)
    const at = startOfDay(day, zone).getTime() - window.from.getTime()
    const label = monthWords.format(new Date(`${day}T00:00:00Z`))
    return { at: hundredth((at * 100) / ((window.to as Date).getTime() - window.from.getTime())), label }
  })
}
