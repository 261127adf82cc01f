import { useEffect, useState, type RefObject } from 'react'

const box = '[data-work-box]'
const boxesIn = (list: HTMLElement | null): HTMLInputElement[] => [...(list?.querySelectorAll<HTMLInputElement>(box) ?? [])]

/** How many boxes of a list are ticked; before the script runs, nobody counts. */
export function useTicked(list: RefObject<HTMLElement>): number | null {
  const [ticked, setTicked] = useState<number | null>(null)
  useEffect(() => {
    const element = list.current
    const count = () => setTicked(boxesIn(element).filter(({ checked }) => checked).length)
    count()
    element?.addEventListener('change', count)
    return () => element?.removeEventListener('change', count)
  }, [list])
  return ticked
}

/** The box that ticks all of a page, once there is a script to do it. */
export function TickPage({ list, ticked }: { list: RefObject<HTMLElement>; ticked: number | null }) {
  if (ticked === null) return null
  return (
    <label className="work-all small">
      <input
        type="checkbox"
        checked={ticked > 0 && ticked === boxesIn(list.current).length}
        onChange={(event) => {
          for (const one of boxesIn(list.current)) if (one.checked !== event.target.checked) one.click()
        }}
      />
      This page
    </label>
  )
}

const noLetters = {}

/**
 * j and k walk the rows, x ticks, shift takes all between, o opens (what `open` finds in a row); `press` names the buttons of other
 * letters by their `data-work-key`. Only while the list has the focus, so that no other typing is disturbed.
 */
export function useRowKeys(list: RefObject<HTMLElement>, open: string, press: Readonly<Record<string, string>> = noLetters): void {
  useEffect(() => {
    const element = list.current
    let last: HTMLInputElement | undefined
    const boxOf = (row: Element | undefined) => row?.querySelector<HTMLInputElement>(box)
    const tick = (one: HTMLInputElement, on: boolean) => {
      if (one.checked !== on) one.click()
    }
    const range = (to: HTMLInputElement) => {
      const boxes = boxesIn(element)
      const [from, until] = [boxes.indexOf(last ?? to), boxes.indexOf(to)].sort((a, b) => a - b) as [number, number]
      for (const one of boxes.slice(Math.max(from, 0), until + 1)) if (one !== to) tick(one, true)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const rows = [...(element?.querySelectorAll<HTMLElement>('li') ?? [])].filter((row) => row.querySelector(`${box}, ${open}`))
      const at = rows.findIndex((row) => row.contains(document.activeElement))
      const own = boxOf(rows[at])
      const move = (by: number) =>
        rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.querySelector<HTMLElement>(`${box}, ${open}`)?.focus()
      const verbs: Record<string, () => void> = {
        j: () => move(1),
        k: () => move(-1),
        x: () => own && tick(own, !own.checked),
        X: () => own && (range(own), tick(own, true)),
        o: () => rows[at]?.querySelector<HTMLElement>(open)?.click(),
      }
      const button = press[event.key]
      const verb = button ? () => document.querySelector<HTMLElement>(`[data-work-key="${button}"]`)?.click() : verbs[event.key]
      if (!verb) return
      event.preventDefault()
      verb()
      if (own && (event.key === 'x' || event.key === 'X')) last = own
    }
    const onClick = (event: MouseEvent) => {
      const one = event.target
      if (!(one instanceof HTMLInputElement) || !one.matches(box)) return
      if (event.shiftKey && last && one.checked) range(one)
      if (event.isTrusted) last = one
    }
    element?.addEventListener('keydown', onKey)
    element?.addEventListener('click', onClick)
    return () => {
      element?.removeEventListener('keydown', onKey)
      element?.removeEventListener('click', onClick)
    }
  }, [list, open, press])
}
