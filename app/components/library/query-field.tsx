import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Icon } from '#app/components/ui/icon.tsx'
import { useLookup } from '#app/components/ui/use-lookup.ts'
import type { Completion } from '#services/catalog/library-completions.ts'
import { typingAt, type Typing } from '#services/catalog/rules/library-query.ts'

/** The field for words and fields of a search, with what may come next while one types. Without scripts it is a search field. */
export function QueryField({ value }: { value: string }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { said, look: ask } = useLookup<{ completions: Completion[] }>()
  const [typing, setTyping] = useState<Typing | null>(null)
  const [at, setAt] = useState(-1)
  const [open, setOpen] = useState(false)
  const timer = useRef<number>()
  const list = open && typing ? (said?.completions ?? []) : []
  useEffect(() => () => window.clearTimeout(timer.current), [])

  const look = () => {
    const field = input.current
    if (!field) return
    const now = typingAt(field.value, field.selectionStart ?? field.value.length)
    setTyping(now)
    setAt(-1)
    setOpen(true)
    window.clearTimeout(timer.current)
    if (!now || (now.field === null && now.typed.length < 2)) return
    timer.current = window.setTimeout(() => {
      const search = new URLSearchParams({ typed: now.typed, ...(now.field && { field: now.field }) })
      ask(`/library/complete?${search}`)
    }, 120)
  }
  const take = (completion: Completion) => {
    const field = input.current
    if (!field || !typing) return
    const before = field.value.slice(0, typing.from).replace(/"$/, '')
    const insert = completion.insert.endsWith(':') || completion.insert.endsWith(' ') ? completion.insert : `${completion.insert} `
    field.value = before + insert + field.value.slice(typing.to).trimStart()
    field.focus()
    field.setSelectionRange(before.length + insert.length, before.length + insert.length)
    if (insert.endsWith(':')) look()
    else setOpen(false)
  }
  const pressed = (event: KeyboardEvent) => {
    // What was asked is being looked for: nothing that may come next lies over the answer.
    if (event.key === 'Enter' && (at < 0 || !list[at])) {
      window.clearTimeout(timer.current)
      setOpen(false)
      return
    }
    if (list.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((now) => (now + step >= list.length ? -1 : now + step < -1 ? list.length - 1 : now + step))
    } else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0 && list[at]) {
      event.preventDefault()
      take(list[at])
    } else if (event.key === 'Escape') setOpen(false)
  }
  const option = (i: number) => `${id}-${i}`
  return (
    <div className="query-field">
      <label className="visually-hidden" htmlFor={id}>
        Search the library
      </label>
      <Icon name="search" />
      <input
        ref={input}
        id={id}
        key={value}
        className="input"
        type="search"
        name="text"
        defaultValue={value}
        placeholder="Words, “a phrase”, -without, creator:…, state:draft, missing:alt-text"
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        role="combobox"
        aria-expanded={list.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 && list[at] ? option(at) : undefined}
        onInput={look}
        onKeyDown={pressed}
        onBlur={() => window.setTimeout(() => setOpen(false), 150)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="What may come next" className="query-list" hidden={list.length === 0}>
        {list.map((completion, i) => (
          <li
            key={completion.label + completion.insert}
            id={option(i)}
            role="option"
            aria-selected={i === at}
            onPointerDown={(event) => {
              event.preventDefault()
              take(completion)
            }}
          >
            <span>{completion.label}</span>
            {completion.hint && <span className="small muted">{completion.hint}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
