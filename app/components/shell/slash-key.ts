import { useEffect } from 'react'

const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** `/` goes to the search field of the page, else to that of the header, as long as nobody is writing. */
export function useSlashKey() {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key !== '/' || event.altKey || event.ctrlKey || event.metaKey || writes(event.target)) return
      const fields = ['main', 'header'].flatMap((place) => [
        ...document.querySelectorAll<HTMLInputElement>(`${place} input[type=search][name=q]`),
      ])
      const field = fields.find((one) => one.offsetParent !== null)
      if (!field) return
      event.preventDefault()
      field.focus()
      field.select()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}
