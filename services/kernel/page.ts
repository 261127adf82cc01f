/** One page of a list and the way to the next. Cursors are opaque to the outside. */
export interface Page<T> {
  items: T[]
  next: string | null
}

/** A cursor over (instant, id), the order of every list of the house. */
export const encodeCursor = (at: Date, id: string): string => Buffer.from(`${at.getTime()}:${id}`).toString('base64url')

/** Undefined for a cursor that we did not make: the list starts at its beginning. */
export function decodeCursor(text: string | null | undefined): { at: Date; id: string } | undefined {
  if (!text) return undefined
  // Instants until the year 5138: what Postgres and an address can both say.
  const match = /^(\d{1,14}):([a-z0-9_]{1,64})$/.exec(Buffer.from(text, 'base64url').toString())
  return match ? { at: new Date(Number(match[1])), id: match[2] as string } : undefined
}

/** Cuts `size + 1` rows to a page. */
export function pageOf<T>(rows: T[], size: number, cursor: (row: T) => string): Page<T> {
  const items = rows.slice(0, size)
  const last = items.at(-1)
  return { items, next: rows.length > size && last ? cursor(last) : null }
}
