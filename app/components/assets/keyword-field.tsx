import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Field, useField, type FieldLike } from '#app/components/ui/field.tsx'
import { many } from '#app/components/ui/many.ts'
import { useLookup } from '#app/components/ui/use-lookup.ts'
import { keywordPlaces, writeKeywords, type KeywordPlace } from '#services/assets/rules/keyword-line.ts'
import type { SuggestedKeyword } from '#services/assets/keyword-suggestions.ts'

/** The keyword that is being typed, and where it stands in the text. */
function typedAt(text: string, caret: number): KeywordPlace {
  return keywordPlaces(text).find(({ to }) => caret <= to) ?? { word: '', from: text.length, to: text.length }
}

/**
 * Keywords, separated by commas. While one is typed, terms of the vocabularies and words that the house has used are offered: a
 * combobox of WAI-ARIA over a plain field, which is all there is without JavaScript.
 */
export function KeywordField({ field, label, hint }: { field: FieldLike; label: string; hint: ReactNode }) {
  const { id, aria, name, errors } = useField({ field, hint })
  const area = useRef<HTMLTextAreaElement>(null)
  const listId = `${useId()}list`
  const { said, look } = useLookup<SuggestedKeyword[]>()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const [typed, setTyped] = useState('')
  const waiting = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(waiting.current), [])
  const offered = open && typed.length > 1 && said ? said : []
  const at = Math.min(active, offered.length - 1)

  const ask = () => {
    const input = area.current
    if (!input) return
    const { word } = typedAt(input.value, input.selectionStart)
    setTyped(word)
    setActive(0)
    setOpen(word.length > 1)
    clearTimeout(waiting.current)
    if (word.length > 1) waiting.current = setTimeout(() => look(`/library/keywords?${new URLSearchParams({ typed: word })}`), 120)
  }
  const take = ({ word }: SuggestedKeyword) => {
    const input = area.current
    if (!input) return
    const { from, to } = typedAt(input.value, input.selectionStart)
    const before = input.value.slice(0, from)
    const after = input.value.slice(to)
    const put = `${before === '' || before.endsWith('\n') ? '' : ' '}${writeKeywords([word])}${after.trim() === '' ? ', ' : ''}`
    input.value = `${before}${put}${after}`
    input.setSelectionRange(from + put.length, from + put.length)
    input.dispatchEvent(new Event('input', { bubbles: true }))
    setOpen(false)
    input.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (offered.length === 0) return
    const picked = offered[at]
    if (event.key === 'ArrowDown') setActive((at + 1) % offered.length)
    else if (event.key === 'ArrowUp') setActive((at + offered.length - 1) % offered.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && picked) take(picked)
    else if (event.key === 'Escape') setOpen(false)
    else return
    event.preventDefault()
  }
  return (
    <Field id={id} label={label} hint={hint} errors={errors} optional>
      <div className="type-ahead">
        <textarea
          ref={area}
          key={field.key}
          className="input"
          id={id}
          name={name}
          rows={2}
          defaultValue={field.defaultValue}
          autoComplete="off"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={offered.length > 0}
          aria-controls={listId}
          aria-activedescendant={offered.length > 0 ? `${listId}-${at}` : undefined}
          {...aria}
          onInput={(event) => event.nativeEvent.isTrusted && ask()}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <ul id={listId} role="listbox" aria-label="Suggested keywords" className="type-ahead-list" hidden={offered.length === 0}>
          {offered.map((suggestion, index) => (
            <li
              key={`${suggestion.from} ${suggestion.word}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              data-active={index === at || undefined}
              onMouseDown={(event) => {
                event.preventDefault()
                take(suggestion)
              }}
            >
              <span>{suggestion.word}</span>
              <span className="muted small">{suggestion.from ?? 'used before'}</span>
            </li>
          ))}
        </ul>
        <p role="status" className="visually-hidden">
          {offered.length > 0 ? many(offered.length, 'suggestion') : ''}
        </p>
      </div>
    </Field>
  )
}
