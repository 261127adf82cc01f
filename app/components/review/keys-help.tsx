import { useEffect, useRef } from 'react'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'

/** What the keys do; `?` opens it from anywhere but a field. */
export function KeysHelp({ title, keys }: { title: string; keys: readonly { term: string; detail: string }[] }) {
  const words = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (
        event.key !== '?' ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.matches('input:not([type="checkbox"]), textarea, select')
      )
        return
      event.preventDefault()
      words.current?.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <Dialog title={title} trigger={<span ref={words}>Keys</span>} tone="quiet" size="sm">
      <DescriptionList facts={[...keys, { term: '?', detail: 'This list' }]} />
    </Dialog>
  )
}
