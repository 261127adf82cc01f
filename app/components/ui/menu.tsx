import { useLocation } from '@remix-run/react'
import { useEffect, useRef, type ReactNode } from 'react'

interface MenuProps {
  /** What the summary shows. */
  trigger: ReactNode
  label: string
  align?: 'start' | 'end'
  children: ReactNode
  className?: string
}

/** A small list behind a button. A `<details>`, so it opens without JavaScript; with it, Escape and a click elsewhere close it. */
export function Menu({ trigger, label, align = 'start', children, className = 'button' }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null)
  const { key } = useLocation()
  useEffect(() => {
    details.current?.removeAttribute('open')
  }, [key])
  useEffect(() => {
    const shut = (event: MouseEvent | KeyboardEvent) => {
      const menu = details.current
      if (!menu?.open) return
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return
        menu.querySelector('summary')?.focus()
      } else if (menu.contains(event.target as Node)) return
      menu.open = false
    }
    document.addEventListener('click', shut)
    document.addEventListener('keydown', shut)
    return () => {
      document.removeEventListener('click', shut)
      document.removeEventListener('keydown', shut)
    }
  }, [])
  return (
    <details className="menu" data-align={align} ref={details}>
      <summary className={className} data-tone="quiet" aria-label={label}>
        {trigger}
      </summary>
      <div className="menu-list">{children}</div>
    </details>
  )
}
