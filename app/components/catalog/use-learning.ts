import { useEffect } from 'react'

/** Tells the house which results are opened, where it lets its searches learn. One listener, beside the click; a browser without beacons tells nothing. */
export function useLearning(learns: boolean, text: string): void {
  useEffect(() => {
    if (!learns) return
    const opened = (event: MouseEvent) => {
      const href = (event.target as Element).closest?.('.results a.tile')?.getAttribute('href')
      const asset = href && /\/assets\/(ast_[0-9A-Za-z]+)/.exec(href)?.[1]
      if (asset) navigator.sendBeacon?.('/search/used', new URLSearchParams({ q: text, asset }))
    }
    document.addEventListener('click', opened, { capture: true })
    return () => document.removeEventListener('click', opened, { capture: true })
  }, [learns, text])
}
