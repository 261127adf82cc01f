/**
 * Answers kept for a while, of what every page asks and nobody needs to the second. They belong to their owner (a
 * connection to a database: tests and houses do not hear each other's), and whoever makes up keys fills no memory. Askers
 * at the same time share one answer; a failure is not kept.
 */
export function remembering<T>({ ms, most = 500 }: { ms: number; most?: number }) {
  const owners = new WeakMap<object, Map<string, { answer: Promise<T>; from: number }>>()
  return (owner: object, key: string, now: Date, ask: () => Promise<T>): Promise<T> => {
    const kept = owners.get(owner) ?? new Map<string, { answer: Promise<T>; from: number }>()
    owners.set(owner, kept)
    const known = kept.get(key)
    const age = now.getTime() - (known?.from ?? 0)
    if (known && age >= 0 && age < ms) return known.answer
    const answer = ask()
    kept.delete(key)
    // The oldest makes room: a map keeps the order of its keys.
    for (const oldest of kept.keys()) {
      if (kept.size < most) break
      kept.delete(oldest)
    }
    const entry = { answer, from: now.getTime() }
    kept.set(key, entry)
    answer.catch(() => kept.get(key) === entry && kept.delete(key))
    return answer
  }
}
