import { useEffect } from 'react'

declare global {
  interface Window {
    /** Left by `scripts-later`: ends the watch, and gives the events that came before anybody listened. */
    earlyActs?: () => Event[]
  }
}

/** Sets what is there already once more, so that React sees a change: it has taken the present value for the first one. */
function writeAgain(field: HTMLInputElement | HTMLTextAreaElement): void {
  const { value } = field
  const write = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set
  field.value = ''
  write?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Does again what only a script could have answered; what the browser answers by itself (links, forms, popovers) it has done. */
function again({ type, target }: Event): void {
  if (!(target instanceof Element) || !target.isConnected) return
  if (type === 'click') {
    const button = target.closest('button')
    if (button?.type === 'button' && !button.hasAttribute('popovertarget')) button.click()
  } else if (target instanceof HTMLSelectElement) target.dispatchEvent(new Event('change', { bubbles: true }))
  else if (target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type)) {
    target.checked = !target.checked
    target.click()
  } else if (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'file')) writeAgain(target)
}

/** A page can be touched before its scripts have come: what was chosen or pressed meanwhile is done once they have, each thing once. */
export function useEarlyActs(): void {
  useEffect(() => {
    const acts = window.earlyActs?.() ?? []
    delete window.earlyActs
    const each = acts.filter((act, at) => acts.findIndex(({ type, target }) => type === act.type && target === act.target) === at)
    // Outside of React's own work on this effect.
    setTimeout(() => each.forEach(again))
  }, [])
}
