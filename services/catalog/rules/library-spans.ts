/** From an instant (or amount) on, up to but without another. Null: open. */
export interface Span {
  from: number | null
  to: number | null
}
const day = 86_400_000

/** The instants of a day, a month or a year (UTC): where it begins and where the next begins. */
function daysOf(text: string): { from: number; to: number } | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text)
  if (!match) return null
  const [year, month, date] = [
    Number(match[1]),
    match[2] === undefined ? null : Number(match[2]),
    match[3] === undefined ? null : Number(match[3]),
  ]
  if (year < 1000 || (month !== null && (month < 1 || month > 12))) return null
  if (month === null) return { from: Date.UTC(year, 0, 1), to: Date.UTC(year + 1, 0, 1) }
  if (date === null) return { from: Date.UTC(year, month - 1, 1), to: Date.UTC(year, month, 1) }
  const from = Date.UTC(year, month - 1, date)
  return date >= 1 && new Date(from).getUTCDate() === date ? { from, to: from + day } : null
}

/** `2026`, `2026-11`, `2026-11-21`, `today`, `yesterday`, `7d`, `6m`, and spans of them: `a..b`, `a..`, `..b`. Null: cannot be read. */
export function readDays(text: string, now: number): Span | null {
  const one = (word: string): { from: number; to: number } | null => {
    const midnight = Math.floor(now / day) * day
    if (word === 'today') return { from: midnight, to: midnight + day }
    if (word === 'yesterday') return { from: midnight - day, to: midnight }
    const back = /^(\d{1,4})([dwmy])$/.exec(word)
    if (!back) return daysOf(word)
    const days = Number(back[1]) * { d: 1, w: 7, m: 30, y: 365 }[back[2] as 'd' | 'w' | 'm' | 'y']
    return { from: midnight - (days - 1) * day, to: midnight + day }
  }
  const lower = text.toLowerCase()
  const [first = '', last, more] = lower.split('..')
  if (more !== undefined) return null
  if (last === undefined) return one(first)
  const [from, to] = [first === '' ? null : one(first), last === '' ? null : one(last)]
  if ((first !== '' && !from) || (last !== '' && !to) || (!from && !to)) return null
  return { from: from?.from ?? null, to: to?.to ?? null }
}

/** Months that make up a span exactly, as the index names them; null where it does not begin and end with months, or is too long to list. */
export function monthsOf({ from, to }: Span): string[] | null {
  if (from === null || to === null) return null
  const [begin, end] = [new Date(from), new Date(to)]
  const whole = (at: Date) => at.getTime() === Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)
  if (!whole(begin) || !whole(end)) return null
  const months: string[] = []
  for (let at = begin; at < end; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))) {
    if (months.length === 60) return null
    months.push(at.toISOString().slice(0, 7))
  }
  return months
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
