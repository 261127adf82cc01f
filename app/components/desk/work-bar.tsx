import { useEffect, useState, type RefObject } from 'react'
import { Button } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'

const boxesIn = (list: HTMLElement | null): HTMLInputElement[] => [...(list?.querySelectorAll<HTMLInputElement>('[data-work-box]') ?? [])]

/** How many boxes of the list are ticked; before the script runs, nobody counts. */
function useTicked(list: RefObject<HTMLElement>): number | null {
  const [ticked, setTicked] = useState<number | null>(null)
  useEffect(() => {
    const element = list.current
    const count = () => setTicked(boxesIn(element).filter((box) => box.checked).length)
    count()
    element?.addEventListener('change', count)
    return () => element?.removeEventListener('change', count)
  }, [list])
  return ticked
}

/** j and k walk, x ticks, shift takes all between; letters press the bar's buttons. Only while the list has the focus: no other typing is disturbed. */
function useWorkKeys(list: RefObject<HTMLElement>): void {
  useEffect(() => {
    const element = list.current
    let last: HTMLInputElement | undefined
    const tick = (box: HTMLInputElement, on: boolean) => {
      if (box.checked !== on) box.click()
    }
    const range = (to: HTMLInputElement) => {
      const boxes = boxesIn(element)
      const [from, until] = [boxes.indexOf(last ?? to), boxes.indexOf(to)].sort((a, b) => a - b) as [number, number]
      for (const box of boxes.slice(Math.max(from, 0), until + 1)) if (box !== to) tick(box, true)
    }
    const press = (verb: string) => document.querySelector<HTMLElement>(`[data-work-key="${verb}"]`)?.click()
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const boxes = boxesIn(element)
      const at = boxes.findIndex((box) => box.closest('li')?.contains(document.activeElement))
      const move = (by: number) => boxes[Math.min(Math.max(at + by, 0), boxes.length - 1)]?.focus()
      const box = boxes[at]
      const verbs: Record<string, () => void> = {
        j: () => move(1),
        k: () => move(-1),
        x: () => box && tick(box, !box.checked),
        X: () => box && (range(box), tick(box, true)),
        o: () => box?.closest('li')?.querySelector<HTMLElement>('.work-title a')?.click(),
        a: () => press('assign'),
        s: () => press('snooze'),
        d: () => press('done'),
        '?': () => press('keys'),
      }
      const verb = verbs[event.key]
      if (!verb) return
      event.preventDefault()
      verb()
      if (box && (event.key === 'x' || event.key === 'X')) last = box
    }
    const onClick = (event: MouseEvent) => {
      const box = event.target
      if (!(box instanceof HTMLInputElement) || !('workBox' in box.dataset)) return
      if (event.shiftKey && last && box.checked) range(box)
      if (event.isTrusted) last = box
    }
    element?.addEventListener('keydown', onKey)
    element?.addEventListener('click', onClick)
    return () => {
      element?.removeEventListener('keydown', onKey)
      element?.removeEventListener('click', onClick)
    }
  }, [list])
}

const keys = [
  { term: 'j, k', detail: 'To the next line, to the one before' },
  { term: 'x', detail: 'Tick the line, or not' },
  { term: 'Shift and x, shift and click', detail: 'Tick all lines up to here' },
  { term: 'o', detail: 'Open the line' },
  { term: 'a', detail: 'Give the ticked lines to a colleague' },
  { term: 's', detail: 'Put them off' },
  { term: 'd', detail: 'Deal with them' },
  { term: '?', detail: 'This list' },
]

const verbs = [
  { verb: 'assign', label: 'Assign' },
  { verb: 'snooze', label: 'Put off' },
  { verb: 'done', label: 'Dealt with' },
  { verb: 'unmark', label: 'Clear mark' },
  { verb: 'change', label: 'Plan a change' },
  { verb: 'withdraw', label: 'Take off sale' },
] as const

/** What can be done with the ticked lines, or with all that match: each button leads to a page that says how many before anything is done. */
export function WorkBar({
  list,
  filter,
  total,
  mayMark,
}: {
  list: RefObject<HTMLElement>
  filter: string
  total: number
  mayMark: boolean
}) {
  const ticked = useTicked(list)
  useWorkKeys(list)
  return (
    // The browser's own form: one of its buttons fetches a file.
    <form className="work-bar" id="work" action="/rights/worklist/act" aria-label="With the ticked lines">
      <input type="hidden" name="filter" value={filter} />
      {!mayMark && <input type="hidden" name="all" value="yes" />}
      {mayMark && (
        <>
          {ticked !== null && (
            <label className="work-all small">
              <input
                type="checkbox"
                checked={ticked > 0 && ticked === boxesIn(list.current).length}
                onChange={(event) => {
                  for (const box of boxesIn(list.current)) if (box.checked !== event.target.checked) box.click()
                }}
              />
              This page
            </label>
          )}
          <label className="work-all small">
            <input type="checkbox" name="all" value="yes" /> All {total.toLocaleString('en-GB')} that match
          </label>
          <output className="small muted" aria-live="polite">
            {ticked ? `${ticked} ticked` : ''}
          </output>
          <span className="work-verbs">
            {verbs.map(({ verb, label }) => (
              <Button key={verb} type="submit" size="sm" name="verb" value={verb} data-work-key={verb}>
                {label}
              </Button>
            ))}
          </span>
        </>
      )}
      <span className="work-verbs">
        <button className="button" data-tone="quiet" data-size="sm" type="submit" formAction="/rights/worklist/export.csv">
          CSV
        </button>
        {mayMark && (
          <Dialog title="Keys, while the list has the focus" trigger={<span data-work-key="keys">Keys</span>} tone="quiet" size="sm">
            <DescriptionList facts={keys} />
          </Dialog>
        )}
      </span>
    </form>
  )
}
