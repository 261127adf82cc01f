import type { ReactNode } from 'react'
import type { Tone } from './badge.tsx'
import { Icon, type IconName } from './icon.tsx'

const icons: Record<Tone, IconName> = { neutral: 'info', info: 'info', success: 'success', warning: 'warning', danger: 'danger' }

/** A message in the page. `live` is for one that appears after the reader did something: it is read aloud. */
export function Notice({ tone = 'info', title, live, children }: { tone?: Tone; title?: ReactNode; live?: boolean; children?: ReactNode }) {
  return (
    <div className="notice" data-tone={tone} role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}>
      <Icon name={icons[tone]} />
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
