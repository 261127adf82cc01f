import { useEffect, type RefObject } from 'react'

const tilesIn = (list: Element) => [...list.querySelectorAll<HTMLElement>('a.tile')]
const middle = (box: DOMRect) => box.left + box.width / 2

/** The tile of the next row up or down that is nearest to the column one came from. */
function acrossRows(tiles: readonly HTMLElement[], from: HTMLElement, step: 1 | -1, column: number): HTMLElement | undefined {
  const here = from.getBoundingClientRect().top
  const boxes = tiles.map((tile) => ({ tile, box: tile.getBoundingClientRect() }))
  const beyond = boxes.filter(({ box }) => (box.top - here) * step > 2)
  const row = Math.min(...beyond.map(({ box }) => Math.abs(box.top - here)))
  return beyond
    .filter(({ box }) => Math.abs(Math.abs(box.top - here) - row) <= 2)
    .sort((a, b) => Math.abs(middle(a.box) - column) - Math.abs(middle(b.box) - column))[0]?.tile
}

/** One tile of the grid is reached by Tab (with what can be done to it); the others by arrows. */
function rove(list: Element, current: HTMLElement | undefined) {
  for (const item of list.children) {
    const here = current !== undefined && item.contains(current)
    for (const one of item.querySelectorAll<HTMLElement>('a, button')) one.tabIndex = here ? 0 : -1
  }
}

/**
 * Keys of a grid of pictures: arrows go where they point, Home and End to the first and last, Escape to the search field.
 * All by looking at where the browser has put the pictures, so that it is right at each width. Without scripts every
 * picture is reached by Tab.
 */
export function useGridKeys(ref: RefObject<HTMLUListElement>, count: number) {
  useEffect(() => {
    const list = ref.current
    if (!list) return
    let column: number | null = null
    const active = () => tilesIn(list).find((tile) => tile.parentElement?.contains(document.activeElement))
    rove(list, active() ?? tilesIn(list).find((tile) => tile.tabIndex === 0))

    const focused = () => {
      const tile = active()
      if (tile) rove(list, tile)
    }
    const pressed = (event: KeyboardEvent) => {
      const tiles = tilesIn(list)
      const here = active()
      if (!here || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const at = tiles.indexOf(here)
      const vertical = event.key === 'ArrowDown' || event.key === 'ArrowUp'
      if (vertical) column ??= middle(here.getBoundingClientRect())
      const targets: Record<string, () => HTMLElement | null | undefined> = {
        ArrowRight: () => tiles[at + 1],
        ArrowLeft: () => tiles[at - 1],
        ArrowDown: () => acrossRows(tiles, here, 1, column ?? 0),
        ArrowUp: () => acrossRows(tiles, here, -1, column ?? 0),
        Home: () => tiles[0],
        End: () => tiles.at(-1),
        Escape: () => document.querySelector<HTMLElement>('main input[type=search]'),
      }
      const target = targets[event.key]
      if (!target) return
      event.preventDefault()
      if (!vertical) column = null
      target()?.focus()
    }
    list.addEventListener('keydown', pressed)
    list.addEventListener('focusin', focused)
    return () => {
      list.removeEventListener('keydown', pressed)
      list.removeEventListener('focusin', focused)
    }
  }, [ref, count])
}
