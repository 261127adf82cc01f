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
export interface TimeWindow {
  years: Zoom
  from: Day
  until: Day
  span: Period
}

/** How many years the timeline shows. */
export const zooms = [1, 3, 10] as const
export type Zoom = (typeof zooms)[number]
const back: Record<Zoom, number> = { 1: 2, 3: 6, 10: 24 }
const between: Record<Zoom, number> = { 1: 2, 3: 6, 10: 24 }

/** The window of a rights timeline: a sixth of it lies behind us. */
export function windowAround(now: Date, zone: string, years: Zoom = 3): TimeWindow {
  const today = dayOf(now, zone)
  const from = `${addMonths(today, -back[years]).slice(0, 7)}-01`
  const until = addDays(addMonths(from, years * 12), -1)
  return { years, from, until, span: { from: startOfDay(from, zone), to: endOfDay(until, zone) } }
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

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

/** Marks across the window: every two months of a year, half-years of three, two years of ten. */
export function ticksOf({ from, span, years }: TimeWindow, zone: string): Tick[] {
  const step = between[years]
  const end = (span.to as Date).getTime()
  return Array.from({ length: (years * 12) / step - 1 }, (_, index) => {
    const day = addMonths(from, (index + 1) * step)
    const at = startOfDay(day, zone).getTime() - span.from.getTime()
    const label = `${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
    return { at: hundredth((at * 100) / (end - span.from.getTime())), label }
  })
}

/** The track on which each bar is drawn, so that none lies over another: the first one that is free where it begins. */
export function tracksOf(bars: readonly Pick<Bar, 'left' | 'width'>[]): number[] {
  const ends: number[] = []
  const tracks = new Array<number>(bars.length).fill(0)
  const order = bars.map((bar, index) => ({ bar, index })).sort((a, b) => a.bar.left - b.bar.left || b.bar.width - a.bar.width)
  for (const { bar, index } of order) {
    const free = ends.findIndex((end) => end <= bar.left)
    const track = free === -1 ? ends.length : free
    ends[track] = bar.left + bar.width
    tracks[index] = track
  }
  return tracks
}
