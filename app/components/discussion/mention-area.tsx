import { many } from '#app/components/ui/many.ts'
import { useId, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { longestComment } from '#services/discussion/rules/threads.ts'
import type { Nameable } from '#services/discussion/rules/mentions.ts'

const most = 6

/** What is typed after an @ in front of the caret, and where it begins. */
function askedBefore(text: string, caret: number): { from: number; word: string } | null {
  const found = /(?:^|[^\p{L}\p{N}._%+-])@([\p{L}\p{N}][\p{L}\p{N} .'-]{0,40}|)$/u.exec(text.slice(0, caret))
  return found ? { from: caret - (found[1] ?? '').length - 1, word: found[1] ?? '' } : null
}

/** People whose name, or a part of it, begins with what was typed. */
export function matching(people: readonly Nameable[], word: string): Nameable[] {
  const sought = word.toLocaleLowerCase('en')
  return people
    .filter(({ name }) => {
      const whole = name.toLocaleLowerCase('en')
      return whole.startsWith(sought) || whole.split(/[\s-]+/).some((part) => part.startsWith(sought))
    })
    .slice(0, most)
}

interface MentionAreaProps {
  label: string
  people: readonly Nameable[]
  defaultValue?: string
  rows?: number
  areaRef?: Ref<HTMLTextAreaElement>
}

/** Words, in which people of the house are named with @: a list helps, and a name typed out does it too. */
export function MentionArea({ label, people, defaultValue = '', rows = 3, areaRef }: MentionAreaProps) {
  const id = useId()
  const own = useRef<HTMLTextAreaElement | null>(null)
  const [chosen, setChosen] = useState<string[]>([])
  const [asked, setAsked] = useState<{ from: number; word: string } | null>(null)
  const [active, setActive] = useState(0)
  const found = asked ? matching(people, asked.word) : []
  const open = found.length > 0

  const look = () => {
    const area = own.current
    setAsked(area && area.selectionStart === area.selectionEnd ? askedBefore(area.value, area.selectionStart) : null)
    setActive(0)
  }
  const choose = (person: Nameable | undefined) => {
    const area = own.current
    if (!person || !area || !asked) return
    area.setRangeText(`@${person.name} `, asked.from, area.selectionStart, 'end')
    setChosen((before) => [...new Set([...before, person.userId])])
    setAsked(null)
    area.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return
    if (event.key === 'ArrowDown') setActive((now) => (now + 1) % found.length)
    else if (event.key === 'ArrowUp') setActive((now) => (now + found.length - 1) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(found[active])
    else if (event.key === 'Escape') setAsked(null)
    else return
    event.preventDefault()
  }
  return (
    <div className="field mention-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={(area) => {
          own.current = area
          if (typeof areaRef === 'function') areaRef(area)
          else if (areaRef) (areaRef as { current: HTMLTextAreaElement | null }).current = area
        }}
        id={id}
        name="body"
        className="input"
        rows={rows}
        required
        maxLength={longestComment}
        defaultValue={defaultValue}
        aria-describedby={`${id}-hint`}
        aria-autocomplete="list"
        aria-controls={open ? `${id}-people` : undefined}
        aria-activedescendant={open ? `${id}-${found[active]?.userId}` : undefined}
        onInput={look}
        onClick={look}
        onKeyDown={onKeyDown}
        onBlur={() => setAsked(null)}
      />
      {open && (
        <ul className="mention-list" role="listbox" id={`${id}-people`} aria-label="People of the house">
          {found.map((person, index) => (
            <li
              key={person.userId}
              id={`${id}-${person.userId}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault()
                choose(person)
              }}
            >
              {person.name}
            </li>
          ))}
        </ul>
      )}
      <p className="field-hint" id={`${id}-hint`}>
        Name somebody with @ and their name: they get a letter.
      </p>
      <p className="visually-hidden" role="status">
        {open ? `${many(found.length, 'person', 'people')}. ${found[active]?.name ?? ''}` : ''}
      </p>
      {chosen.map((userId) => (
        <input key={userId} type="hidden" name="mentions" value={userId} />
      ))}
    </div>
  )
}
