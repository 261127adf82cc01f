import { useCallback, useEffect, useRef, useState } from 'react'

/**
 * What an address says while somebody types: the newest question wins, and no answer leaves the last one. The router has no
 * part in it: it would ask again with each step to another page, and takes a question whose address it does not know yet for
 * a page that is not there.
 */
export function useLookup<T>(): { said: T | undefined; look(address: string): void } {
  const [said, setSaid] = useState<T>()
  const under = useRef<AbortController>()
  useEffect(() => () => under.current?.abort(), [])
  const look = useCallback((address: string) => {
    under.current?.abort()
    const asked = (under.current = new AbortController())
    const read = async () => {
      const answer = await fetch(address, { signal: asked.signal, headers: { accept: 'application/json' } })
      const heard = answer.ok ? ((await answer.json()) as T) : undefined
      if (heard && !asked.signal.aborted) setSaid(heard)
    }
    // Hints are no promise: what does not come is not missed.
    read().catch(() => undefined)
  }, [])
  return { said, look }
}
