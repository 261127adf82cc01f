/** What is picked in a list of the library, over its pages: some by their ids, or all that was found except some. */
export interface Picked {
  /** The question that it was picked from: another question is another selection. */
  search: string
  all: boolean
  /** With `all`: those left out. Else: those picked. */
  ids: readonly string[]
}
/** A browser's own memory of more than this is not a selection but a search. */
export const mostByHand = 5_000

export const nothing = (search: string): Picked => ({ search, all: false, ids: [] })
export const has = ({ all, ids }: Picked, id: string): boolean => ids.includes(id) !== all
export const countOf = ({ all, ids }: Picked, found: number): number => (all ? Math.max(0, found - ids.length) : ids.length)

/** Each of some becomes picked (or not). */
export function put(picked: Picked, some: readonly string[], wanted: boolean): Picked {
  const ids = new Set(picked.ids)
  for (const id of some) {
    if (wanted !== picked.all) ids.add(id)
    else ids.delete(id)
  }
  return { ...picked, ids: [...ids].slice(0, mostByHand) }
}

/** From one place in the list to another, both included. */
export function between(list: readonly string[], from: string, to: string): string[] {
  const [a, b] = [list.indexOf(from), list.indexOf(to)]
  if (a < 0 || b < 0) return b < 0 ? [] : [to]
  return list.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** What a page left for the next one; nothing that is of another question or not ours. */
export function readPicked(text: string | null, search: string): Picked {
  if (!text) return nothing(search)
  try {
    const kept = JSON.parse(text) as Partial<Picked>
    if (kept.search !== search || !Array.isArray(kept.ids) || !kept.ids.every((id) => typeof id === 'string')) return nothing(search)
    return { search, all: kept.all === true, ids: kept.ids.slice(0, mostByHand) }
  } catch {
    return nothing(search)
  }
}
