import { useEffect, useRef, type RefObject } from 'react'
import type { Step } from '#services/lightboxes/rules/order.ts'

const keys: Record<string, Step> = {
  ArrowLeft: 'earlier',
  ArrowUp: 'earlier',
  ArrowRight: 'later',
  ArrowDown: 'later',
  Home: 'first',
  End: 'last',
}

const assetOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-asset]')?.dataset.asset : undefined

/**
 * Lets the pictures of a list be dragged, and moved by Alt and an arrow key from anything inside one. Listened to on the
 * list: the buttons of each picture do the same for whoever uses neither. Dropped on the list itself, it goes to the end.
 */
export function useReorder(
  list: RefObject<HTMLOListElement>,
  mayEdit: boolean,
  mark: (dragged: string | null) => void,
  move: (how: Record<string, string>) => void,
): void {
  const doing = useRef({ mark, move })
  doing.current = { mark, move }
  useEffect(() => {
    const element = list.current
    if (!element || !mayEdit) return
    const ears = new AbortController()
    const { signal } = ears
    let dragged: string | null = null
    const end = () => {
      dragged = null
      doing.current.mark(null)
    }
    element.addEventListener(
      'dragstart',
      (event) => {
        dragged = assetOf(event.target) ?? null
        if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
        doing.current.mark(dragged)
      },
      { signal },
    )
    element.addEventListener('dragover', (event) => dragged && event.preventDefault(), { signal })
    element.addEventListener('dragend', end, { signal })
    element.addEventListener(
      'drop',
      (event) => {
        event.preventDefault()
        const before = assetOf(event.target)
        if (dragged && before !== dragged) doing.current.move({ assetId: dragged, ...(before ? { before } : { end: 'yes' }) })
        end()
      },
      { signal },
    )
    element.addEventListener(
      'keydown',
      (event) => {
        const step = keys[event.key]
        const assetId = assetOf(event.target)
        if (!event.altKey || !step || !assetId) return
        event.preventDefault()
        doing.current.move({ assetId, step })
      },
      { signal },
    )
    return () => ears.abort()
  }, [list, mayEdit])
}
