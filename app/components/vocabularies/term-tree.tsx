import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { Badge } from '#app/components/ui/badge.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import { Link } from '#app/components/ui/link.tsx'
import type { vocabularyPage } from '#services/assets/vocabulary-views.ts'

export type TermShown = Awaited<ReturnType<typeof vocabularyPage>>['terms'][number]

/** Above this many, only the top is open at first. */
const fewEnough = 60

/**
 * The terms of a vocabulary as a tree of WAI-ARIA: arrows walk, open and close, Home and End jump, letters find, a star opens
 * what lies beside, Enter goes to the term. Without JavaScript it is a list of links, indented.
 */
export function TermTree({ terms, label, base }: { terms: readonly TermShown[]; label: string; base: string }) {
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  const parents = useMemo(() => new Set(terms.filter(({ children }) => children > 0).map(({ id }) => id)), [terms])
  const [open, setOpen] = useState<ReadonlySet<string>>(() => (terms.length > fewEnough ? new Set() : parents))
  const [here, setHere] = useState<string | undefined>(terms[0]?.id)
  const list = useRef<HTMLUListElement>(null)
  const found = useRef({ text: '', at: 0 })

  const shown = useMemo(() => {
    if (!live) return terms
    const closedAt: number[] = []
    return terms.filter(({ id, level }) => {
      while ((closedAt.at(-1) ?? 0) >= level) closedAt.pop()
      if (closedAt.length > 0) return false
      if (parents.has(id) && !open.has(id)) closedAt.push(level)
      return true
    })
  }, [terms, live, open, parents])
  const current = shown.some(({ id }) => id === here) ? here : shown[0]?.id

  const goTo = (term: TermShown | undefined) => {
    if (!term) return
    setHere(term.id)
    list.current?.querySelector<HTMLElement>(`#term-${term.id}`)?.focus()
  }
  const turn = (ids: readonly string[], opened: boolean) =>
    setOpen((was) => {
      const now = new Set(was)
      for (const id of ids)
        if (opened) now.add(id)
        else now.delete(id)
      return now
    })
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const at = shown.findIndex(({ id }) => id === current)
    const term = shown[at]
    if (!term || event.altKey || event.ctrlKey || event.metaKey) return
    const isOpen = open.has(term.id)
    const above = shown.slice(0, at).findLast(({ level }) => level < term.level)
    if (event.key === 'ArrowDown') goTo(shown[at + 1])
    else if (event.key === 'ArrowUp') goTo(shown[at - 1])
    else if (event.key === 'Home') goTo(shown[0])
    else if (event.key === 'End') goTo(shown.at(-1))
    else if (event.key === 'ArrowRight' && parents.has(term.id)) {
      if (isOpen) goTo(shown[at + 1])
      else turn([term.id], true)
    } else if (event.key === 'ArrowLeft') {
      if (parents.has(term.id) && isOpen) turn([term.id], false)
      else goTo(above)
    } else if (event.key === '*')
      turn(
        shown.filter(({ broaderId, level }) => level === term.level && broaderId === term.broaderId).map(({ id }) => id),
        true,
      )
    else if (event.key.length === 1 && /\S/.test(event.key)) find(event.key, event.timeStamp, at)
    else return
    event.preventDefault()
  }
  /** Letters typed quickly make a word; one letter again goes to the next that begins with it. */
  const find = (letter: string, now: number, at: number) => {
    const { text, at: before } = found.current
    const typed = now - before < 700 && text !== letter ? text + letter : letter
    found.current = { text: typed, at: now }
    const from = typed.length === 1 ? at + 1 : at
    const turned = [...shown.slice(from), ...shown.slice(0, from)]
    goTo(turned.find(({ label: words }) => words.toLowerCase().startsWith(typed.toLowerCase())))
  }

  return (
    <ul ref={list} className="term-tree" {...(live ? { role: 'tree', 'aria-label': label, onKeyDown } : { 'aria-label': label })}>
      {shown.map((term) => {
        const parent = parents.has(term.id)
        const item = live
          ? {
              role: 'treeitem',
              'aria-level': term.level,
              'aria-posinset': term.nth,
              'aria-setsize': term.of,
              'aria-expanded': parent ? open.has(term.id) : undefined,
              tabIndex: term.id === current ? 0 : -1,
              onFocus: () => setHere(term.id),
            }
          : {}
        return (
          <li
            key={term.id}
            role={live ? 'none' : undefined}
            style={{ '--level': term.level } as CSSProperties}
            data-retired={term.retired || undefined}
          >
            {live && parent && (
              <button
                type="button"
                tabIndex={-1}
                aria-hidden="true"
                className="term-turn"
                onClick={() => turn([term.id], !open.has(term.id))}
              >
                <Icon name="chevron-down" />
              </button>
            )}
            <Link to={`${base}/${term.id}`} id={`term-${term.id}`} {...item}>
              <span>{term.label}</span> <span className="muted small">{term.code}</span>{' '}
              {term.retired && <Badge>{term.replacedBy ? `now ${term.replacedBy}` : 'retired'}</Badge>}{' '}
              {term.uses > 0 && <span className="muted small numeric">{term.uses === 1 ? '1 asset' : `${term.uses} assets`}</span>}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
