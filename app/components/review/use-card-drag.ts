import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'

/** So far a press is a press; further, it is a drag. */
const threshold = 6

interface Held {
  stepId: string
  pointer: number
  from: { x: number; y: number }
  card: HTMLElement
  moved: boolean
}

/**
 * Cards that follow the pointer, by mouse, pen or finger. Nothing is moved: where the card is let go, `drop` hears the column.
 * Escape lets it fall back.
 */
export function useCardDrag(root: RefObject<HTMLElement>, drop: (stepId: string, column: string) => void) {
  const held = useRef<Held | null>(null)
  const heard = useRef(drop)
  heard.current = drop
  const [over, setOver] = useState<string | null>(null)
  const [dragging, setDragging] = useState<string | null>(null)

  useEffect(() => {
    const columnAt = (x: number, y: number): string | null => {
      for (const element of document.elementsFromPoint(x, y)) {
        const column = element.closest<HTMLElement>('[data-column]')
        if (column && root.current?.contains(column)) return column.dataset.column ?? null
      }
      return null
    }
    const release = () => {
      if (held.current) held.current.card.style.translate = ''
      held.current = null
      setOver(null)
      setDragging(null)
    }
    const onMove = (event: globalThis.PointerEvent) => {
      const now = held.current
      if (!now || event.pointerId !== now.pointer) return
      const by = { x: event.clientX - now.from.x, y: event.clientY - now.from.y }
      if (!now.moved && Math.hypot(by.x, by.y) < threshold) return
      if (!now.moved) {
        now.moved = true
        setDragging(now.stepId)
        document.getSelection()?.removeAllRanges()
      }
      event.preventDefault()
      now.card.style.translate = `${by.x}px ${by.y}px`
      setOver(columnAt(event.clientX, event.clientY))
      // A board is wider than its window: near an edge it comes along.
      const board = root.current?.getBoundingClientRect()
      if (board && root.current) {
        if (event.clientX > board.right - 48) root.current.scrollLeft += 12
        if (event.clientX < board.left + 48) root.current.scrollLeft -= 12
      }
    }
    const onUp = (event: globalThis.PointerEvent) => {
      const now = held.current
      if (!now || event.pointerId !== now.pointer) return
      const column = now.moved && event.type === 'pointerup' ? columnAt(event.clientX, event.clientY) : null
      // The click that follows the letting go would follow the card's link.
      if (now.moved) window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0)
      const { stepId } = now
      release()
      if (column) heard.current(stepId, column)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && held.current?.moved) release()
    }
    window.addEventListener('pointermove', onMove, { passive: false })
    window.addEventListener('pointerup', onUp)
    window.addEventListener('pointercancel', onUp)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
      window.removeEventListener('pointercancel', onUp)
      window.removeEventListener('keydown', onKey)
    }
  }, [root])

  /** A finger scrolls the board and takes a card only by its handle; a mouse takes it anywhere but on its menu's list. */
  const grab = (event: PointerEvent, stepId: string, byHandle: boolean) => {
    if (event.button !== 0 || (!byHandle && event.pointerType !== 'mouse') || held.current) return
    if ((event.target as HTMLElement).closest('.menu-list')) return
    const card = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-step]')
    if (card) held.current = { stepId, pointer: event.pointerId, from: { x: event.clientX, y: event.clientY }, card, moved: false }
  }
  return { over, dragging, grab }
}

const swallow = (event: MouseEvent): void => {
  event.preventDefault()
  event.stopPropagation()
}
