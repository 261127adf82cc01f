import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { keepTyping, type Written } from './typing-kept.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
const controlOf = (form: HTMLFormElement, name: string): Control | null => {
  const found = form.elements.namedItem(name)
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement || found instanceof HTMLSelectElement ? found : null
}
const isTick = (control: Control): control is HTMLInputElement => control instanceof HTMLInputElement && control.type === 'checkbox'

function readForm(form: HTMLFormElement, names: readonly string[]): Written {
  const typed: Written = {}
  for (const name of names) {
    const control = controlOf(form, name)
    if (control) typed[name] = isTick(control) ? (control.checked ? 'on' : '') : control.value
  }
  return typed
}

function write(form: HTMLFormElement, put: Written): void {
  for (const [name, value] of Object.entries(put)) {
    const control = controlOf(form, name)
    if (!control) continue
    if (isTick(control)) control.checked = value === 'on'
    else control.value = value
    control.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/** A server has no layout to look at, and says so each time it is asked. */
const useEarlyEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/**
 * A form stands while its record changes: by a suggestion that was accepted beside it, or a file that was read. `at` says when
 * the record changed last. Answers with the fields that were changed on both sides, and what to call when the form is sent:
 * what was sent then is nobody's unsaved typing.
 */
export function useKeptTyping(
  form: RefObject<HTMLFormElement>,
  at: string,
  values: Written,
): { against: readonly string[]; sent: () => void } {
  const last = useRef(values)
  const sent = useRef<Written | null>(null)
  const seen = useRef(at)
  const [against, setAgainst] = useState<readonly string[]>([])
  useEarlyEffect(() => {
    if (!form.current || seen.current === at) return
    seen.current = at
    const kept = keepTyping(sent.current ?? last.current, readForm(form.current, Object.keys(values)), values)
    write(form.current, kept.put)
    setAgainst((before) => (sent.current ? kept.against : [...new Set([...before, ...kept.against])]))
    sent.current = null
    last.current = values
  })
  return {
    against,
    sent: () => {
      sent.current = form.current && readForm(form.current, Object.keys(values))
    },
  }
}
