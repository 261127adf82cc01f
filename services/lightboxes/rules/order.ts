/** One step of an order: a place earlier or later, or to one of the ends. */
export const steps = ['first', 'earlier', 'later', 'last'] as const
export type Step = (typeof steps)[number]

interface Placed {
  id: string
  /** Taken out, but still in its place, so that it can be put back there. */
  removed: boolean
}

const without = (order: readonly string[], id: string) => order.filter((each) => each !== id)

/**
 * The order after `id` was put before `anchor` (null: at the end). The anchor is a picture and not a place: two people who
 * move at once each get what they meant. An anchor that is not there changes nothing.
 */
export function putBefore(order: readonly string[], id: string, anchor: string | null): string[] {
  if (!order.includes(id) || anchor === id) return [...order]
  const rest = without(order, id)
  if (anchor === null) return [...rest, id]
  const at = rest.indexOf(anchor)
  return at < 0 ? [...order] : [...rest.slice(0, at), id, ...rest.slice(at)]
}

/** The order after one step of `id` among those that are seen; at the end of the row it stays. */
export function step(order: readonly Placed[], id: string, how: Step): string[] {
  const ids = order.map((each) => each.id)
  const seen = order.filter((each) => !each.removed).map((each) => each.id)
  const at = seen.indexOf(id)
  if (at < 0) return ids
  const last = seen.length - 1
  const target = { first: 0, earlier: Math.max(0, at - 1), later: Math.min(last, at + 1), last }[how]
  if (target === at) return ids
  const beside = seen[target] as string
  if (target < at) return putBefore(ids, id, beside)
  // Behind `beside`: before whatever follows it, taken out or not.
  return putBefore(ids, id, without(ids, id)[without(ids, id).indexOf(beside) + 1] ?? null)
}
