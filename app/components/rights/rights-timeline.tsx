import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Bar, Tick } from '#services/rights/rules/timeline.ts'

export interface Lane {
  id: string
  title: string
  to?: string | undefined
  scope: string
  bar: Bar | null
  tone: 'held' | 'consent' | 'barred' | 'taken' | 'exclusive'
  badges?: ReactNode
  actions?: ReactNode
}

/** A list of rows, each with its span drawn over the same months. The words of a row say all that the bar shows. */
export function RightsTimeline({
  label,
  lanes,
  ticks,
  now,
  empty,
}: {
  label: string
  lanes: readonly Lane[]
  ticks: readonly Tick[]
  now: number
  empty: ReactNode
}) {
  if (lanes.length === 0) return <>{empty}</>
  return (
    <div className="lanes">
      <ol className="lane-ticks" aria-hidden="true">
        {ticks.map(({ at, label }) => (
          <li key={label} style={{ left: `${at}%` }}>
            {label}
          </li>
        ))}
      </ol>
      <ul aria-label={label}>
        {lanes.map((lane) => (
          <li key={lane.id} className="lane">
            <div className="lane-words">
              <p className="lane-title">
                {lane.to ? <Link to={lane.to}>{lane.title}</Link> : lane.title} {lane.badges}
              </p>
              <p className="small muted">{lane.scope}</p>
              {lane.actions && <div className="cluster">{lane.actions}</div>}
            </div>
            <div className="lane-time" aria-hidden="true">
              <span className="lane-now" style={{ left: `${now}%` }} />
              {lane.bar && (
                <span
                  className="lane-bar"
                  data-tone={lane.tone}
                  data-opens-left={lane.bar.opensLeft ? '' : undefined}
                  data-opens-right={lane.bar.opensRight ? '' : undefined}
                  style={{ left: `${lane.bar.left}%`, width: `${lane.bar.width}%` }}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
