/** What a tree is made of. */
export interface Branch {
  id: string
  label: string
  broaderId: string | null
}
export type Placed<T extends Branch> = T & {
  /** 1 is the top. */
  level: number
  /** Which of how many beside each other. */
  nth: number
  of: number
  children: number
}

const byLabel = (a: Branch, b: Branch): number =>
  a.label.toLowerCase() < b.label.toLowerCase() ? -1 : a.label.toLowerCase() > b.label.toLowerCase() ? 1 : a.id < b.id ? -1 : 1

/** The terms in the order in which a tree shows them, each with its place; what stands below one that is not there stands at the top. */
export function inOrder<T extends Branch>(terms: readonly T[]): Placed<T>[] {
  const there = new Set(terms.map(({ id }) => id))
  const below = new Map<string | null, T[]>()
  for (const term of terms) {
    const above = term.broaderId !== null && there.has(term.broaderId) ? term.broaderId : null
    below.set(above, [...(below.get(above) ?? []), term])
  }
  for (const beside of below.values()) beside.sort(byLabel)
  const placed: Placed<T>[] = []
  // By hand and not by calling itself: a chain of thousands must not exhaust the stack.
  const waiting: { term: T; level: number; nth: number; of: number }[] = []
  const push = (above: string | null, level: number) => {
    const beside = below.get(above) ?? []
    for (let n = beside.length - 1; n >= 0; n--) waiting.push({ term: beside[n] as T, level, nth: n + 1, of: beside.length })
  }
  push(null, 1)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { term, ...at } = next
    placed.push({ ...term, ...at, children: below.get(term.id)?.length ?? 0 })
    push(term.id, at.level + 1)
  }
  return placed
}

/** The labels from the top down to a term: “society › family › marriage”. */
export function pathOf(id: string, terms: ReadonlyMap<string, Branch>): string[] {
  const labels: string[] = []
  const seen = new Set<string>()
  for (let at = terms.get(id); at && !seen.has(at.id); at = terms.get(at.broaderId ?? '')) {
    seen.add(at.id)
    labels.unshift(at.label)
  }
  return labels
}

/** Whether a term may stand below another: not below itself, nor below what stands below it. */
export function mayStandBelow(id: string, broaderId: string | null, terms: ReadonlyMap<string, Branch>): boolean {
  const seen = new Set<string>()
  for (let at = broaderId; at !== null && !seen.has(at); at = terms.get(at)?.broaderId ?? null) {
    if (at === id) return false
    seen.add(at)
  }
  return true
}
