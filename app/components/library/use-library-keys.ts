import { useEffect, useRef, type RefObject } from 'react'
import { between } from './picked.ts'

const itemsIn = (list: Element) => [...list.querySelectorAll<HTMLElement>('[data-asset]')]
const middle = (box: DOMRect) => box.left + box.width / 2

/** The item of the next row up or down that is nearest to the column one came from. */
function acrossRows(items: readonly HTMLElement[], from: HTMLElement, step: 1 | -1, column: number): HTMLElement | undefined {
  const here = from.getBoundingClientRect().top
  const boxes = items.map((item) => ({ item, box: item.getBoundingClientRect() }))
  const beyond = boxes.filter(({ box }) => (box.top - here) * step > 4)
  const row = Math.min(...beyond.map(({ box }) => Math.abs(box.top - here)))
  return beyond
    .filter(({ box }) => Math.abs(Math.abs(box.top - here) - row) <= 4)
    .sort((a, b) => Math.abs(middle(a.box) - column) - Math.abs(middle(b.box) - column))[0]?.item
}

/** One item is reached by Tab, the others by arrows. */
function rove(list: Element, current: HTMLElement | undefined) {
  for (const item of itemsIn(list))
    for (const one of item.querySelectorAll<HTMLElement>('a, button, input')) one.tabIndex = item === current ? 0 : -1
}

export interface LibraryKeys {
  /** Space, and arrows with shift. */
  pick: (ids: readonly string[], wanted: boolean) => void
  isPicked: (id: string) => boolean
  /** Ctrl+A; twice: all that was found. */
  everything: () => void
  clear: () => void
  /** A letter that means an act on what is picked, or on the item that has the focus. */
  act: (key: string, id: string) => boolean
}

const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox])'))

/**
 * The keys of a list of the library: arrows go where they point, by looking at where the browser has put the items; Space picks,
 * shift with arrows picks on the way, Ctrl+A everything, Escape nothing. Letters are the page's. Without scripts every box is reached by Tab.
 */
export function useLibraryKeys(ref: RefObject<HTMLElement>, count: number, keys: LibraryKeys) {
  const now = useRef(keys)
  useEffect(() => void (now.current = keys))
  useEffect(() => {
    const list = ref.current
    if (!list) return
    let column: number | null = null
    let anchor: string | null = null
    const idOf = (item: HTMLElement) => item.dataset.asset ?? ''
    const active = () => itemsIn(list).find((item) => item.contains(document.activeElement))
    rove(list, active() ?? itemsIn(list)[0])
    const focused = () => {
      const item = active()
      if (item) rove(list, item)
    }
    const pressed = (event: KeyboardEvent) => {
      if (writes(event.target) || event.altKey || document.querySelector('dialog[open]')) return
      const items = itemsIn(list)
      const here = active()
      const command = event.ctrlKey || event.metaKey
      if (command && event.key.toLowerCase() === 'a' && (here || document.activeElement === document.body)) {
        event.preventDefault()
        now.current.everything()
        return
      }
      if (command) return
      if (event.key === 'Escape') now.current.clear()
      if (!here) {
        if (now.current.act(event.key, '')) event.preventDefault()
        return
      }
      const id = idOf(here)
      if (event.key === ' ') {
        event.preventDefault()
        now.current.pick([id], !now.current.isPicked(id))
        anchor = id
        return
      }
      const at = items.indexOf(here)
      const vertical = event.key === 'ArrowDown' || event.key === 'ArrowUp'
      if (vertical) column ??= middle(here.getBoundingClientRect())
      const targets: Record<string, () => HTMLElement | undefined> = {
        ArrowRight: () => items[at + 1],
        ArrowLeft: () => items[at - 1],
        ArrowDown: () => acrossRows(items, here, 1, column ?? 0),
        ArrowUp: () => acrossRows(items, here, -1, column ?? 0),
        Home: () => items[0],
        End: () => items.at(-1),
      }
      const target = targets[event.key]
      if (!target) {
        if (now.current.act(event.key, id)) event.preventDefault()
        return
      }
      event.preventDefault()
      if (!vertical) column = null
      const to = target()
      if (!to) return
      if (event.shiftKey) {
        anchor ??= id
        now.current.pick(between(items.map(idOf), anchor, idOf(to)), true)
      } else anchor = null
      rove(list, to)
      to.querySelector<HTMLElement>('a')?.focus()
    }
    document.addEventListener('keydown', pressed)
    list.addEventListener('focusin', focused)
    return () => {
      document.removeEventListener('keydown', pressed)
      list.removeEventListener('focusin', focused)
    }
  }, [ref, count])
}
