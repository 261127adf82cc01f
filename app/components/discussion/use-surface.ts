import { useEffect, useRef, type RefObject } from 'react'

/**
 * Makes a part of the page that is neither a button nor a field take the focus and hear keys: a picture that is moved, a
 * surface that is drawn on. Nothing of it is there without scripts, where it could do nothing.
 */
export function useSurface<E extends HTMLElement>(surface: RefObject<E>, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey)
  useEffect(() => void (latest.current = onKey))
  useEffect(() => {
    const element = surface.current
    if (!element) return
    const hear = (event: KeyboardEvent) => {
      if (event.target === element) latest.current(event)
    }
    element.tabIndex = 0
    element.addEventListener('keydown', hear)
    return () => element.removeEventListener('keydown', hear)
  }, [surface])
}
