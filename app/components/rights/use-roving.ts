import { useEffect, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'

export type Position = readonly [row: number, column: number]
const nameOf = ([row, column]: Position): string => `${row}:${column}`

/**
 * One tab stop for a whole grid, moved by the arrow keys (WAI-ARIA's roving tabindex). Cells say where they are in
 * `data-at`. Until the browser runs our code each cell is a tab stop of its own, so that nothing is out of reach.
 */
export function useRoving<Root extends HTMLElement>(
  root: RefObject<Root>,
  /** Where each row begins and ends; the first row may be -1 (heads). */
  rows: ReadonlyMap<number, readonly [first: number, last: number]>,
  start: Position,
) {
  const [live, setLive] = useState(false)
  const [at, setAt] = useState<Position>(start)
  useEffect(() => setLive(true), [])
  const order = [...rows.keys()].sort((a, b) => a - b)
  const within = ([row, column]: Position): Position => {
    const near = order.reduce((best, one) => (Math.abs(one - row) < Math.abs(best - row) ? one : best), order[0] ?? 0)
    const [first, last] = rows.get(near) ?? [0, 0]
    return [near, Math.min(Math.max(column, first), last)]
  }
  const current = within(at)

  const focus = (to: Position) => {
    const next = within(to)
    setAt(next)
    root.current?.querySelector<HTMLElement>(`[data-at="${nameOf(next)}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.shiftKey) return
    const [row, column] = current
    const index = order.indexOf(row)
    const [first, last] = rows.get(row) ?? [0, 0]
    const rowAt = (to: number) => order[Math.min(Math.max(to, 0), order.length - 1)] ?? row
    const end = event.ctrlKey
    const moves: Record<string, Position> = {
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      ArrowDown: [rowAt(index + 1), column],
      ArrowUp: [rowAt(index - 1), column],
      PageDown: [rowAt(index + 5), column],
      PageUp: [rowAt(index - 5), column],
      Home: [end ? rowAt(0) : row, end ? -Infinity : first],
      End: [end ? rowAt(order.length - 1) : row, end ? Infinity : last],
    }
    if (event.ctrlKey && !['Home', 'End'].includes(event.key)) return
    const to = moves[event.key]
    if (to) {
      event.preventDefault()
      focus(to)
    } else if (event.key === ' ' && event.target instanceof HTMLElement && event.target.dataset['at']) {
      event.preventDefault()
      event.target.click()
    }
  }
  const onFocus = (event: FocusEvent) => {
    const [row, column] = ((event.target as HTMLElement).dataset['at'] ?? '').split(':').map(Number)
    if (row !== undefined && column !== undefined && (row !== at[0] || column !== at[1])) setAt([row, column])
  }
  return {
    /** Whether the browser runs our code: only then the grid is one tab stop. */
    live,
    focus,
    current,
    root: { onKeyDown, onFocus },
    cell: (position: Position) => ({
      'data-at': nameOf(position),
      tabIndex: live ? (nameOf(position) === nameOf(current) ? 0 : -1) : undefined,
    }),
  }
}
