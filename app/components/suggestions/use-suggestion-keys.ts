import { useEffect, type RefObject } from 'react'

/** Keys that answer: only while something of the list has the focus, so that nobody is surprised. */
export const suggestionKeys = { accept: 'y', refuse: 'n', next: 'j', before: 'k', all: 'a', skip: 's' } as const

/**
 * y takes and n refuses the suggestion that has the focus, j and k go on and back, a takes all that are sure, s goes to the next picture.
 * What was answered is gone from the list: the focus goes to what is first in it now, so that the next key finds something.
 */
export function useSuggestionKeys(list: RefObject<HTMLElement | null>, { answered, grab }: { answered: string; grab: boolean }): void {
  useEffect(() => {
    const held = list.current
    if (!held) return
    const lost = document.activeElement === null || document.activeElement === document.body
    if (lost && (grab || held.dataset.keyed === 'yes'))
      held.querySelector<HTMLElement>('[data-suggestion] button')?.focus({ preventScroll: true })
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.target instanceof HTMLTextAreaElement) return
      const key = event.key.toLowerCase()
      const rows = [...held.querySelectorAll<HTMLElement>('[data-suggestion]')]
      const row = (event.target as HTMLElement).closest<HTMLElement>('[data-suggestion]') ?? rows[0]
      const move = key === suggestionKeys.next ? 1 : key === suggestionKeys.before ? -1 : 0
      if (move !== 0) rows[(row ? rows.indexOf(row) : 0) + move]?.querySelector<HTMLElement>('button')?.focus()
      else {
        const button =
          row?.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]`) ??
          held.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
        if (!button) return
        held.dataset.keyed = 'yes'
        button.click()
      }
      event.preventDefault()
    }
    held.addEventListener('keydown', onKey)
    return () => held.removeEventListener('keydown', onKey)
  }, [list, answered, grab])
}
