import { useEffect, useId, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Field, useField, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { isList, matching, readList, type Sought } from './type-ahead-search.ts'

export interface SoughtGroup {
  label: string
  options: readonly Sought[]
}

interface TypeAheadProps extends FieldProps {
  groups: readonly SoughtGroup[]
  /** Without conform: what is chosen to begin with. */
  chosen?: readonly string[]
  placeholder?: string
  /** What is called what, in the plural: "places". */
  noun: string
  /** Where "… except X" is typed: what becomes of X. */
  onExcept?: (values: string[]) => void
  exceptions?: readonly Sought[]
  /** Values to add from outside; each new array is added once. */
  added?: readonly string[]
}

/** More than anybody reads; typing one more letter makes it fewer. */
const most = 60

/**
 * Several of a long list, by typing. The native list stays and is what the form sends: without JavaScript it is shown as it
 * is, with it a combobox of WAI-ARIA stands in front, with what is chosen as tags. Lists may be pasted.
 */
export function TypeAhead({ groups, chosen: first, placeholder, noun, onExcept, exceptions, added, ...field }: TypeAheadProps) {
  const t = useTranslations('ui.type-ahead')
  const { id, aria, name, errors } = useField(field)
  const options = useMemo(() => {
    const seen = new Set<string>()
    return groups.flatMap(({ label: group, options: inner }) =>
      inner.flatMap((option) => (seen.has(option.value) || !seen.add(option.value) ? [] : [{ ...option, group }])),
    )
  }, [groups])
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  const native = useRef<HTMLSelectElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<readonly string[]>(field.field?.defaultOptions ?? first ?? [])
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const [said, setSaid] = useState('')
  const [unknownSaid, setUnknownSaid] = useState(false)
  const listId = `${useId()}list`

  // The native list has been told by React by now: conform, and forms that send themselves, hear of it as of any change.
  const told = useRef(chosen)
  useEffect(() => {
    if (told.current === chosen) return
    told.current = chosen
    for (const type of ['input', 'change']) native.current?.dispatchEvent(new Event(type, { bubbles: true }))
  }, [chosen])

  const shown = useMemo(() => (text.trim() === '' ? options : matching(options, text).slice(0, most)), [options, text])
  const labelOf = (value: string) => options.find((option) => option.value === value)?.label ?? value
  const names = (values: readonly string[]) => values.map(labelOf).join(', ')
  const add = (values: readonly string[]) => {
    const fresh = values.filter((value) => !chosen.includes(value))
    if (fresh.length > 0) setChosen([...chosen, ...fresh])
    return fresh
  }
  const remove = (value: string) => {
    setUnknownSaid(false)
    setChosen(chosen.filter((one) => one !== value))
    setSaid(t('taken-away', { name: labelOf(value) }))
  }
  const toggle = (value: string) => {
    if (chosen.includes(value)) remove(value)
    else {
      setUnknownSaid(false)
      add([value])
      setSaid(t('added-to', { name: labelOf(value), count: chosen.length + 1 }))
    }
    setText('')
    setActive(0)
  }
  const takeList = (list: string) => {
    const { values, except, unknown } = readList(options, list, onExcept ? (exceptions ?? options) : [])
    const fresh = add(values)
    if (except.length > 0) onExcept?.(except)
    setText(unknown.join(', '))
    setUnknownSaid(unknown.length > 0)
    setOpen(false)
    setSaid(
      [
        fresh.length > 0 && t('added', { names: names(fresh) }),
        except.length > 0 && t('except', { names: names(except) }),
        unknown.length > 0 && t('unknown', { names: unknown.join(', ') }),
      ]
        .filter(Boolean)
        .join(' '),
    )
  }
  // The page may come back with other answers than ours: a link to what comes nearest, the way back.
  const given = first?.join()
  const known = useRef(given)
  useEffect(() => {
    if (given === undefined || known.current === given) return
    known.current = given
    const next = given === '' ? [] : given.split(',')
    told.current = next
    setChosen(next)
  }, [given])

  const seen = useRef(added)
  useEffect(() => {
    if (!added || seen.current === added) return
    seen.current = added
    setChosen((before) => [...before, ...added.filter((value) => !before.includes(value))])
  }, [added])

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const move = (to: number) => {
      event.preventDefault()
      setOpen(true)
      setActive(shown.length === 0 ? 0 : (to + shown.length) % shown.length)
    }
    if (event.key === 'ArrowDown') move(open ? active + 1 : 0)
    else if (event.key === 'ArrowUp') move(open ? active - 1 : shown.length - 1)
    else if (event.key === 'Enter') {
      const option = shown[active]
      // Enter chooses; it sends the form only where nothing is typed and nothing is open.
      if (isList(text)) {
        event.preventDefault()
        takeList(text)
      } else if (open && option) {
        event.preventDefault()
        toggle(option.value)
      } else if (text) event.preventDefault()
    } else if (event.key === 'Escape' && (open || text)) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
      setText('')
    } else if (event.key === 'Backspace' && text === '') {
      const last = chosen.at(-1)
      if (last !== undefined) remove(last)
    } else if (event.key === 'Tab') setOpen(false)
  }
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text')
    if (!isList(pasted)) return
    event.preventDefault()
    takeList(`${text}${pasted}`)
  }
  const activeId = open && shown[active] ? `${listId}-${active}` : undefined
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  return (
    <Field
      id={live ? id : `${id}-native`}
      label={field.label}
      hint={live ? field.hint : t('several')}
      errors={errors}
      {...(field.optional && { optional: true })}
      {...(field.hideLabel && { hideLabel: true })}
    >
      <div className="type-ahead" data-live={live || undefined}>
        <select
          ref={native}
          className="input"
          id={`${id}-native`}
          name={name}
          multiple
          size={7}
          hidden={live}
          {...(live ? { value: [...chosen], onChange: () => undefined } : { defaultValue: [...chosen], ...aria })}
          key={live ? 'live' : 'native'}
        >
          {groups.map(({ label, options: inner }) => (
            <optgroup key={label} label={label}>
              {inner.map(({ value, label: words }) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {live && (
          <>
            {chosen.length > 0 && (
              <ul className="pick-tags" aria-label={t('chosen', { noun })}>
                {chosen.map((value) => (
                  <li key={value}>
                    <button
                      type="button"
                      className="pick-tag"
                      aria-label={t('remove', { name: labelOf(value) })}
                      onClick={() => {
                        remove(value)
                        input.current?.focus()
                      }}
                    >
                      <span>{labelOf(value)}</span>
                      <Icon name="close" />
                    </button>
                  </li>
                ))}
              </ul>
            )}
            <input
              ref={input}
              id={id}
              className="input"
              type="text"
              role="combobox"
              autoComplete="off"
              spellCheck={false}
              placeholder={placeholder}
              value={text}
              aria-autocomplete="list"
              aria-expanded={open}
              aria-controls={listId}
              aria-activedescendant={activeId}
              {...aria}
              onChange={(event) => {
                setText(event.currentTarget.value)
                setOpen(true)
                setActive(0)
                event.stopPropagation()
              }}
              onKeyDown={onKeyDown}
              onPaste={onPaste}
              onClick={() => setOpen(true)}
              onBlur={() => setOpen(false)}
            />
            <ul
              id={listId}
              role="listbox"
              aria-multiselectable="true"
              aria-label={t('all', { noun })}
              className="type-ahead-list"
              hidden={!open}
            >
              {open &&
                shown.map((option, index) => (
                  <li
                    key={option.value}
                    id={`${listId}-${index}`}
                    role="option"
                    aria-selected={chosen.includes(option.value)}
                    data-active={index === active || undefined}
                    data-group={text === '' && option.group !== shown[index - 1]?.group ? option.group : undefined}
                    // The focus stays in the field: a list that closes on the way to being clicked is of no use.
                    onMouseDown={(event) => {
                      event.preventDefault()
                      toggle(option.value)
                    }}
                  >
                    <span>{option.label}</span>
                    <span className="muted small">{/^[A-Z]{2}$/.test(option.value) ? option.value : ''}</span>
                  </li>
                ))}
              {open && shown.length === 0 && (
                <li role="option" aria-selected="false" aria-disabled="true" className="muted">
                  {isList(text) ? t('take-list') : t('none', { noun })}
                </li>
              )}
            </ul>
            <p role="status" className="visually-hidden">
              {said || (open ? t('matches', { count: shown.length, noun }) : '')}
            </p>
            {unknownSaid ? (
              <p className="field-hint" aria-hidden="true">
                {said}
              </p>
            ) : null}
          </>
        )}
      </div>
    </Field>
  )
}
