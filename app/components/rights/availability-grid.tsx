import { Form, Link } from '@remix-run/react'
import { Button } from '#app/components/ui/button.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { Openness } from '#services/rights/rules/availability.ts'
import type { Cell, Grid } from '#services/rights/rules/grid.ts'
import { axisWords, opennessWords } from './words.ts'

interface Span {
  from: string
  months: number
}

const lengths = [
  { value: '1', label: 'one month' },
  { value: '3', label: 'three months' },
  { value: '12', label: 'a year' },
  { value: '24', label: 'two years' },
  { value: '36', label: 'three years' },
]

/** Media by places for a span of time; each cell is a link that opens its reasons below. */
export function AvailabilityGrid({ grid, span, cell }: { grid: Grid; span: Span; cell: Cell | null }) {
  const to = (media: string, territory: string) =>
    `?${new URLSearchParams({ from: span.from, months: String(span.months), media, territory })}#cell`
  return (
    <div className="stack">
      <Form method="get" className="cluster grid-span" preventScrollReset>
        <TextField name="from" label="From" type="date" defaultValue={span.from} key={`from-${span.from}`} />
        <Select name="months" label="For" options={lengths} defaultValue={String(span.months)} key={`for-${span.months}`} />
        <Button type="submit">Show</Button>
      </Form>
      <div className="rights-grid" role="region" aria-label="Availability">
        <table>
          <caption className="visually-hidden">What can be had of each medium in each part of the world</caption>
          <thead>
            <tr>
              <th scope="col">Medium</th>
              {grid.territory.map(({ code, label }) => (
                <th key={code} scope="col">
                  <span>{label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.media.map((medium, i) => (
              <tr key={medium.code}>
                <th scope="row">{medium.label}</th>
                {grid.territory.map((place, j) => (
                  <GridCell
                    key={place.code}
                    openness={grid.cells[i]?.[j] ?? 'blocked'}
                    name={`${medium.label}, ${place.label}`}
                    to={to(medium.code, place.code)}
                    current={cell?.media === medium.code && cell.territory === place.code}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="grid-legend cluster" aria-label="Signs">
        {Object.entries(opennessWords).map(([openness, { label, mark }]) => (
          <li key={openness}>
            <span className="grid-mark" data-openness={openness} aria-hidden="true">
              {mark}
            </span>{' '}
            {label}
          </li>
        ))}
      </ul>
      <div id="cell">{cell && <OpenCell cell={cell} />}</div>
    </div>
  )
}

function GridCell({ openness, name, to, current }: { openness: Openness; name: string; to: string; current: boolean }) {
  const { label, mark } = opennessWords[openness]
  return (
    <td>
      <Link
        to={to}
        className="grid-mark"
        data-openness={openness}
        aria-label={`${name}: ${label}`}
        aria-current={current || undefined}
        title={label}
        preventScrollReset
      >
        <span aria-hidden="true">{mark}</span>
      </Link>
    </td>
  )
}

function OpenCell({ cell }: { cell: Cell }) {
  const tone =
    cell.openness === 'open' ? 'success' : cell.openness === 'non-exclusive' ? 'info' : cell.openness === 'partly' ? 'warning' : 'danger'
  const why = cell.why.length > 0 ? cell.why : cell.whyNotExclusive
  return (
    <Notice tone={tone} title={`${cell.label}: ${opennessWords[cell.openness].label.toLowerCase()}`} live>
      {why.length > 0 && (
        <ul>
          {why.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {cell.nearest.length > 0 && (
        <>
          <p>What can be had instead:</p>
          <ul>
            {cell.nearest.map(({ axis, words }) => (
              <li key={axis}>
                {axisWords[axis]}: {words}
              </li>
            ))}
          </ul>
        </>
      )}
      {why.length === 0 && <p>Nothing is in the way.</p>}
    </Notice>
  )
}
