import { useNavigate } from '@remix-run/react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useWords } from '#app/words/use-words.ts'
import { Icon } from '../ui/icon.tsx'
import { Button } from '../ui/button.tsx'
import { useLocalHref } from '../ui/link.tsx'
import { useLookup } from '../ui/use-lookup.ts'

interface Suggestions {
  questions: string[]
  pictures: { id: string; title: string }[]
}
interface Option {
  label: string
  /** A picture's page; a question is searched instead. */
  to?: string
}
const none: Option[] = []
/** Between two letters of somebody who types with care. */
const pause = 180

/** The large search field of the home and results pages; stands in a GET form. Suggests while somebody types, where scripts run. */
export function SearchField({ defaultValue }: { defaultValue?: string }) {
  const t = useWords('search')
  const id = useId()
  const local = useLocalHref()
  const navigate = useNavigate()
  const { said: found, look } = useLookup<Suggestions>()
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<number>()
  const [awake, setAwake] = useState(false)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  useEffect(() => {
    setAwake(true)
    return () => window.clearTimeout(timer.current)
  }, [])

  const options: Option[] =
    open && found
      ? [
          ...found.questions.map((label) => ({ label })),
          ...found.pictures.map(({ id: assetId, title }) => ({ label: title, to: `/assets/${assetId}` })),
        ]
      : none
  const shown = options.length > 0

  const typed = () => {
    setActive(-1)
    setOpen(true)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      const text = field.current?.value ?? ''
      if (text.trim().length >= 2) look(`/search/suggest?${new URLSearchParams({ q: text })}`)
      else setOpen(false)
    }, pause)
  }
  const choose = (option: Option) => {
    setOpen(false)
    if (option.to) return void navigate(local(option.to))
    if (!field.current) return
    field.current.value = option.label
    field.current.form?.requestSubmit()
  }
  const pressed = (event: KeyboardEvent) => {
    if (!shown) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = options[active]
    if (step !== 0) {
      event.preventDefault()
      // One place more than there are options: the field itself, between the last and the first.
      setActive(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1)
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      choose(chosen)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      setOpen(false)
    }
  }
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        key={defaultValue}
        ref={field}
        className="input"
        type="search"
        name="q"
        aria-label={t('field-label')}
        defaultValue={defaultValue}
        placeholder={t('field-placeholder')}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="search"
        onInput={typed}
        onKeyDown={pressed}
        onBlur={() => setOpen(false)}
        {...(awake && {
          role: 'combobox',
          'aria-autocomplete': 'list',
          'aria-expanded': shown,
          'aria-controls': `${id}-list`,
          ...(active >= 0 && shown && { 'aria-activedescendant': `${id}-${active}` }),
        })}
      />
      <Button type="submit" tone="primary">
        {t('field-button')}
      </Button>
      {awake && (
        <ul id={`${id}-list`} role="listbox" aria-label={t('suggestions')} className="search-suggestions" hidden={!shown}>
          {options.map((option, index) => (
            // The field keeps the focus; a press must not take it away before the click comes.
            <li
              key={`${option.to ?? 'q'}${option.label}`}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
              onKeyDown={pressed}
            >
              <Icon name={option.to ? 'picture' : 'search'} />
              <span>{option.label}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
