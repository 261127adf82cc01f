import { Fragment } from 'react'
import { useTranslations } from 'use-intl'

export interface Bar {
  label: string
  value: number
  /** As people read it, e.g. `€1,250`. */
  text?: string
}

const height = 120

/** A small bar chart with its figures as a table below. For up to about thirty bars. */
export function Bars({ title, bars, unit }: { title: string; bars: readonly Bar[]; unit: string }) {
  const t = useTranslations('ui')
  const top = Math.max(1, ...bars.map(({ value }) => value))
  const step = 600 / Math.max(1, bars.length)
  // Words beside each other would touch: each gets a line of its own.
  const worded = bars.length <= 14 && bars.length * Math.max(0, ...bars.map(({ label }) => label.length)) > 40
  // So many letters beside each other touch where the chart is as narrow as a telephone.
  const crowded = !worded && bars.length * Math.max(0, ...bars.map(({ label, value, text }) => Math.max(label.length, (text ?? String(value)).length))) > 40
  return (
    <figure className="bars" data-dense={crowded || undefined}>
      <figcaption className="eyebrow">{title}</figcaption>
      {worded ? (
        <div className="bar-rows" aria-hidden="true">
          {bars.map(({ label, value, text }) => (
            <Fragment key={label}>
              <span>{label}</span>
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false">
                <rect width={Math.max(value > 0 ? 0.5 : 0, (value / top) * 100)} height={10} />
              </svg>
              <span>{text ?? value}</span>
            </Fragment>
          ))}
        </div>
      ) : (
        <svg viewBox={`0 0 600 ${height + 20}`} aria-hidden="true" focusable="false">
          <line x1={0} x2={600} y1={height + 0.5} y2={height + 0.5} />
          {bars.map(({ label, value, text }, index) => {
            const tall = Math.max(value > 0 ? 1.5 : 0, (value / top) * (height - 14))
            const x = index * step + step * 0.15
            return (
              <g key={label}>
                <rect x={x} width={step * 0.7} y={height - tall} height={tall} rx={1} />
                {bars.length <= 14 && (
                  <text className="bar-label" x={x + step * 0.35} y={height + 15} textAnchor="middle">
                    {label}
                  </text>
                )}
                {bars.length <= 14 && value > 0 && (
                  <text x={x + step * 0.35} y={height - tall - 4} textAnchor="middle">
                    {text ?? value}
                  </text>
                )}
              </g>
            )
          })}
        </svg>
      )}
      <details>
        <summary>{t('figures')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col">{unit}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, value, text }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{text ?? value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
