import type { ReactNode } from 'react'
import type { Tone } from './badge.tsx'

export interface TimelineEvent {
  key: string
  title: ReactNode
  /** When and who: `<When at={…} />` and a name. */
  meta?: ReactNode
  body?: ReactNode
  tone?: Tone
}

/** What happened, in order. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol className="timeline">
      {events.map(({ key, title, meta, body, tone }) => (
        <li key={key} data-tone={tone}>
          <p className="timeline-title">{title}</p>
          {meta && <p className="timeline-meta">{meta}</p>}
          {body}
        </li>
      ))}
    </ol>
  )
}
