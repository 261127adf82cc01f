import { useFetcher, useLocation } from '@remix-run/react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { SearchPage } from '#services/catalog/search.ts'
import type { Tile } from '#services/catalog/tiles.ts'

/** Pages of one search that follow each other. */
interface Run {
  from: number
  to: number
  tiles: Tile[]
}
/** Runs by place in the history, so that coming back finds the page as long as it was; in the session, so that a reload does as well. */
const kept = new Map<string, Run>()
const keptAtMost = 12
const storage = (key: string) => `results ${key}`

function keep(key: string, run: Run) {
  kept.delete(key)
  kept.set(key, run)
  const [oldest] = kept.keys()
  if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest)
  try {
    sessionStorage.setItem(storage(key), JSON.stringify({ ...run, y: window.scrollY }))
  } catch {
    // A full or forbidden store: coming back then begins at the page of the address.
  }
}

function restored(key: string): (Run & { y: number }) | null {
  try {
    return JSON.parse(sessionStorage.getItem(storage(key)) ?? 'null') as (Run & { y: number }) | null
  } catch {
    return null
  }
}

/** The server has no layout, and complains. */
const useEarlyEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect
const once = (tiles: readonly Tile[]) => [...new Map(tiles.map((tile) => [tile.id, tile])).values()]

/**
 * Results that go on below (or above) the ones at hand. Each page keeps its address: the window's follows the last one that
 * was fetched, and coming back (by the history, or after a reload) finds the same pictures at the same place.
 */
export function useContinuous(found: SearchPage, on: boolean, addressOf: (page: number) => string) {
  const { key } = useLocation()
  const fetcher = useFetcher<{ found: SearchPage }>()
  const begin = (): Run => {
    const before = on ? kept.get(key) : undefined
    return before && before.from <= found.page && found.page <= before.to
      ? before
      : { from: found.page, to: found.page, tiles: found.tiles }
  }
  const [run, setRun] = useState(begin)
  const [place, setPlace] = useState(key)
  const asked = useRef<number | null>(null)
  // Another search, or another place in the history; the same place asked again (after an action) keeps its run.
  if (place !== key) {
    setPlace(key)
    setRun(begin())
  }
  // After a reload the server sends one page; the session knows how many there were, and where in them one was.
  useEarlyEffect(() => {
    const before = on && !kept.has(key) ? restored(key) : null
    if (!before || before.from > found.page || before.to < found.page || before.from === before.to) return
    kept.set(key, before)
    setRun(before)
    const frame = requestAnimationFrame(() => window.scrollTo(0, before.y))
    return () => cancelAnimationFrame(frame)
  }, [on, key, found.page])
  useEffect(() => {
    if (!on) return
    keep(key, run)
    const leaving = () => keep(key, run)
    window.addEventListener('pagehide', leaving)
    return () => window.removeEventListener('pagehide', leaving)
  }, [on, key, run])

  const brought = fetcher.data?.found
  useEffect(() => {
    if (!brought || asked.current !== brought.page) return
    asked.current = null
    setRun((now) =>
      brought.page === now.to + 1
        ? { ...now, to: brought.page, tiles: once([...now.tiles, ...brought.tiles]) }
        : brought.page === now.from - 1
          ? { ...now, from: brought.page, tiles: once([...brought.tiles, ...now.tiles]) }
          : now,
    )
    window.history.replaceState(window.history.state, '', addressOf(brought.page))
  }, [brought, addressOf])

  const load = (page: number) => {
    if (fetcher.state !== 'idle' || page < 1 || page > found.pages) return
    asked.current = page
    const address = addressOf(page)
    fetcher.load(`${address}${address.includes('?') ? '&' : '?'}facets=no`)
  }
  return { run: on ? run : { from: found.page, to: found.page, tiles: found.tiles }, load, loading: fetcher.state !== 'idle' }
}
