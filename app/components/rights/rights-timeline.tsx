import { Link, useSearchParams } from '@remix-run/react'
import { useRef, useState } from 'react'
import { Tabs } from '#app/components/ui/tabs.tsx'
import type { LaneBar, TimelineView } from '#services/rights/timeline-views.ts'
import { useRoving } from './use-roving.ts'
import { restrictionWords } from './words.ts'

const laneWords = { held: 'Held', consents: 'Consents', barred: 'Barred', taken: 'Taken' } as const
const emptyWords = {
  held: 'Nothing is held: nothing can be licensed.',
  consents: 'No release is recorded.',
  barred: 'Nothing is barred.',
  taken: 'Nothing is taken.',
} as const
const nameOf = ({ name, ban }: LaneBar): string => (ban ? `${restrictionWords[ban]}: ${name}` : name)

/** What is held, consented to, barred and taken over the same months. Each bar leads to its row in the tables below. */
export function RightsTimeline({ timeline }: { timeline: TimelineView }) {
  const [search] = useSearchParams()
  const root = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<LaneBar | null>(null)
  const drawn = timeline.lanes.flatMap(({ bars }, i) => (bars.length > 0 ? [[i, [0, bars.length - 1]] as const] : []))
  const roving = useRoving(root, new Map(drawn), [drawn[0]?.[0] ?? 0, 0])
  const zoomTo = (years: number) => {
    const copy = new URLSearchParams(search)
    copy.set('zoom', String(years))
    return `?${copy}`
  }
  return (
    <div className="timeline-rights stack" data-gap="sm">
      <Tabs
        label="How far the timeline reaches"
        tabs={[1, 3, 10].map((years) => ({
          to: zoomTo(years),
          label: years === 1 ? 'One year' : `${years} years`,
          current: years === timeline.years,
        }))}
      />
      <div ref={root} className="lanes" {...roving.root} onMouseLeave={() => setShown(null)}>
        <ol className="lane-ticks" aria-hidden="true">
          {timeline.ticks
            .filter(({ at }) => Math.abs(at - timeline.now) > 6)
            .map(({ at, label }) => (
              <li key={label} style={{ left: `${at}%` }}>
                {label}
              </li>
            ))}
          <li className="lane-today" style={{ left: `${timeline.now}%` }}>
            Now
          </li>
        </ol>
        {timeline.lanes.map(({ key, bars, tracks, outside }, i) => (
          <div key={key} className="lane" role="group" aria-label={`${laneWords[key]}, over time`}>
            <p className="lane-name">
              {laneWords[key]}
              {outside > 0 && <span className="muted small"> {outside} not drawn</span>}
            </p>
            {bars.length === 0 ? (
              <p className="lane-empty muted small">{outside > 0 ? 'Nothing in these years.' : emptyWords[key]}</p>
            ) : (
              <div className="lane-time" style={{ '--tracks': tracks } as React.CSSProperties}>
                <span className="lane-now" style={{ left: `${timeline.now}%` }} aria-hidden="true" />
                {bars.map((bar, j) => (
                  <Link
                    key={bar.id}
                    to={`#row-${bar.id}`}
                    className="lane-bar"
                    data-tone={bar.tone}
                    data-opens-left={bar.opensLeft ? '' : undefined}
                    data-opens-right={bar.opensRight ? '' : undefined}
                    style={{ left: `${bar.left}%`, width: `${bar.width}%`, '--track': bar.track } as React.CSSProperties}
                    aria-label={`${bar.tone === 'exclusive' ? 'Exclusive ' : ''}${nameOf(bar)}: ${bar.scope}`}
                    onMouseEnter={() => setShown(bar)}
                    onFocus={() => setShown(bar)}
                    onBlur={() => setShown(null)}
                    {...roving.cell([i, j])}
                  >
                    <span aria-hidden="true">
                      {bar.tone === 'exclusive' && <b>Exclusive </b>}
                      {bar.width > 8 ? nameOf(bar) : ''}
                    </span>
                  </Link>
                ))}
              </div>
            )}
          </div>
        ))}
      </div>
      <p className="lane-shown small" aria-hidden="true">
        {shown ? (
          <>
            <strong>{nameOf(shown)}</strong> {shown.scope}
          </>
        ) : (
          <span className="muted">Point at a bar, or move along them with the arrow keys; it leads to its row below.</span>
        )}
      </p>
    </div>
  )
}
