import { isDay } from '../../kernel/period.ts'
import { librarySorts, type LibrarySort } from './library-ask.ts'

/** Where a page of the library ended: among the likely or the rest, the value it is sorted by, and the number in the index. */
export interface LibraryPlace {
  tier: 1 | 2
  value: string
  n: number
}

/** As the database writes an instant. */
const instant = /^(\d{4}-\d\d-\d\d) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d)?$/

/** What the database can compare with the column: an address may hold a place of another order, or one that somebody made up. */
function comparable(column: (typeof librarySorts)[LibrarySort]['column'], value: string): boolean {
  if (column === 'title_key') return !value.includes('\0')
  if (column === 'bytes' || column === 'pixels') return /^\d{1,18}$/.test(value)
  const [, day] = instant.exec(value) ?? []
  return value === 'infinity' || (day !== undefined && isDay(day))
}

/** Null for a place that this order has not: the list starts at its beginning. */
export function readPlace(after: string | null, sort: LibrarySort): LibraryPlace | null {
  if (!after || after.length > 2_000) return null
  try {
    const { tier, value, n } = JSON.parse(Buffer.from(after, 'base64url').toString()) as Record<string, unknown>
    const sound =
      (tier === 1 || tier === 2) &&
      typeof value === 'string' &&
      value.length <= 200 &&
      comparable(librarySorts[sort].column, value) &&
      Number.isInteger(n) &&
      Math.abs(n as number) <= 2_147_483_647
    return sound ? { tier, value, n: n as number } : null
  } catch {
    return null
  }
}
