import { addDays, addMonths, dayOf, isDay, startOfDay, type Day } from '../../kernel/period.ts'

/** From an instant (or amount) on, up to but without another. Null: open. */
export interface Span {
  from: number | null
  to: number | null
}
const earliest: Day = '1000-01-01'
const latest: Day = '9998-12-30'

/** The first day of what is named, and the first day after it: of a day, a month or a year. */
function daysOf(text: string): { first: Day; next: Day } | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text)
  if (!match) return null
  const [year = '', month, date] = match.slice(1).map((part: string | undefined) => part?.padStart(2, '0'))
  const first = `${year}-${month ?? '01'}-${date ?? '01'}`
  if (!isDay(first) || first > latest) return null
  return { first, next: date === undefined ? addMonths(first, month === undefined ? 12 : 1) : addDays(first, 1) }
}

/**
 * `2026`, `2026-11`, `2026-11-21`, `today`, `yesterday`, `7d`, `6m`, and spans of them: `a..b`, `a..`, `..b`; days as the calendar of `zone` has them.
 * Null: cannot be read.
 */
export function readDays(text: string, now: number, zone: string): Span | null {
  const today = dayOf(new Date(now), zone)
  const one = (word: string): { first: Day; next: Day } | null => {
    if (word === 'today') return { first: today, next: addDays(today, 1) }
    if (word === 'yesterday') return { first: addDays(today, -1), next: today }
    const back = /^(\d{1,4})([dwmy])$/.exec(word)
    if (!back) return daysOf(word)
    const days = Number(back[1]) * { d: 1, w: 7, m: 30, y: 365 }[back[2] as 'd' | 'w' | 'm' | 'y']
    const first = addDays(today, 1 - days)
    return { first: isDay(first) ? first : earliest, next: addDays(today, 1) }
  }
  const begins = (day: Day | undefined): number | null => (day === undefined ? null : startOfDay(day, zone).getTime())
  const lower = text.toLowerCase()
  const [first = '', last, more] = lower.split('..')
  if (more !== undefined) return null
  const from = first === '' ? null : one(first)
  if (last === undefined) return from && { from: begins(from.first), to: begins(from.next) }
  const to = last === '' ? null : one(last)
  if ((first !== '' && !from) || (last !== '' && !to) || (!from && !to)) return null
  return { from: begins(from?.first), to: begins(to?.next) }
}

const mostMonths = 60
/**
 * The months within a span as the index names them (its months are those of UTC), and what of the span lies before and after them.
 * Null where there is no whole month in it, it has an open end, or it is too long to list.
 */
export function monthsOf({ from, to }: Span): { months: string[]; edges: Span[] } | null {
  if (from === null || to === null) return null
  const begin = new Date(from)
  const month = (nth: number) => Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + nth, 1)
  const first = month(0) === from ? 0 : 1
  const months: string[] = []
  let next = first
  for (; month(next + 1) <= to; next++) {
    if (months.length === mostMonths) return null
    months.push(new Date(month(next)).toISOString().slice(0, 7))
  }
  if (months.length === 0) return null
  const edges = [
    { from, to: month(first) },
    { from: month(next), to },
  ]
  return { months, edges: edges.filter((edge) => edge.from < edge.to) }
}

export interface Amount extends Span {
  column: 'bytes' | 'pixels'
}
const units = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, mp: 1e6, px: 1 } as const

/** `>20mp`, `<=500kb`, `2mb..10mb`, `5mb..`. Numbers without a unit take that of `plain`. */
function readSpan(text: string, number: (word: string) => number | null): Span | null {
  const sign = /^(>=|<=|>|<|=)?(.+)$/.exec(text)
  if (!sign) return null
  if (sign[1]) {
    const n = number(sign[2] as string)
    if (n === null) return null
    return {
      '>': { from: n + 1, to: null },
      '>=': { from: n, to: null },
      '<': { from: null, to: n },
      '<=': { from: null, to: n + 1 },
      '=': { from: n, to: n + 1 },
    }[sign[1] as '>' | '>=' | '<' | '<=' | '=']
  }
  const [first = '', last, more] = text.split('..')
  if (more !== undefined) return null
  if (last === undefined) {
    const n = number(first)
    return n === null ? null : { from: n, to: n + 1 }
  }
  const [from, to] = [first === '' ? null : number(first), last === '' ? null : number(last)]
  if ((first !== '' && from === null) || (last !== '' && to === null) || (from === null && to === null)) return null
  return { from, to: to === null ? null : to + 1 }
}

/** A size in bytes or in pixels, by its unit. */
export function readSize(text: string): Amount | null {
  const unit = /(mp|px|[kmg]?b)$/i.exec(text.replace(/\.\.$/, ''))?.[1]?.toLowerCase() as keyof typeof units | undefined
  if (!unit) return null
  const pixels = unit === 'mp' || unit === 'px'
  const number = (word: string): number | null => {
    const match = /^(\d{1,9}(?:\.\d{1,3})?)(mp|px|[kmg]?b)?$/i.exec(word)
    if (!match) return null
    const own = (match[2]?.toLowerCase() ?? unit) as keyof typeof units
    if ((own === 'mp' || own === 'px') !== pixels) return null
    return Math.round(Number(match[1]) * units[own])
  }
  const span = readSpan(text, number)
  return span && { ...span, column: pixels ? 'pixels' : 'bytes' }
}

/** A whole number, or a span of them. */
export const readAmount = (text: string): Span | null => readSpan(text, (word) => (/^\d{1,9}$/.test(word) ? Number(word) : null))
