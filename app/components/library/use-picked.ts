import { useCallback, useEffect, useState } from 'react'
import { has, nothing, put, readPicked, type Picked } from './picked.ts'

const place = 'library-picked'

export interface Picking {
  picked: Picked
  has: (id: string) => boolean
  put: (ids: readonly string[], wanted: boolean) => void
  all: () => void
  clear: () => void
}

/** What is picked for a question, kept by the browser while one turns its pages. */
export function usePicked(search: string): Picking {
  const [picked, setPicked] = useState<Picked>(() => nothing(search))
  useEffect(() => setPicked(readPicked(window.sessionStorage.getItem(place), search)), [search])
  const change = useCallback((next: (now: Picked) => Picked) => {
    setPicked((now) => {
      const changed = next(now)
      try {
        window.sessionStorage.setItem(place, JSON.stringify(changed))
      } catch {
        // A full or forbidden store: the selection lives as long as the page.
      }
      return changed
    })
  }, [])
  return {
    picked: picked.search === search ? picked : nothing(search),
    has: (id) => picked.search === search && has(picked, id),
    put: useCallback((ids, wanted) => change((now) => put(now, ids, wanted)), [change]),
    all: useCallback(() => change((now) => ({ ...now, all: true, ids: [] })), [change]),
    clear: useCallback(() => change(({ search: same }) => nothing(same)), [change]),
  }
}
