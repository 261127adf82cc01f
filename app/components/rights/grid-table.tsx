import { Link } from '@remix-run/react'
import type { RefObject } from 'react'
import { Icon } from '#app/components/ui/icon.tsx'
import type { Axes, Head } from '#services/rights/rules/grid.ts'
import { useRoving } from './use-roving.ts'
import { opennessOfLetter, opennessWords } from './words.ts'

interface GridTableProps {
  axes: Axes
  frame: string
  /** The address that opens a cell, and the one that opens or closes a head. */
  toCell: (media: string, territory: string) => string
  toHead: (head: Head) => string
  current: { media: string; territory: string } | null
  /** What the letters are about: the days. */
  words: string
  busy: boolean
  table: RefObject<HTMLTableElement>
}

/** What is wider than the window can be moved by the arrow keys too. */
const scrolling = { role: 'region', tabIndex: 0, 'aria-label': 'Availability, scrolls' } as const

/** Media by places. A grid of WAI-ARIA: one tab stop, arrows, Home, End; Enter opens a cell or a head's parts. */
export function GridTable({ axes, frame, toCell, toHead, current, words, busy, table }: GridTableProps) {
  const { media, territory } = axes
  const row = [-1, territory.length - 1] as const
  const start = current
    ? ([media.findIndex(({ code }) => code === current.media), territory.findIndex(({ code }) => code === current.territory)] as const)
    : ([0, 0] as const)
  const rows = new Map<number, readonly [number, number]>([[-1, [0, territory.length - 1]], ...media.map((_, i) => [i, row] as const)])
  const roving = useRoving(table, rows, start)
  return (
    <div className="rights-grid" {...scrolling} data-busy={busy || undefined}>
      <table
        ref={table}
        role={roving.live ? 'grid' : undefined}
        aria-busy={busy || undefined}
        aria-readonly={roving.live || undefined}
        {...roving.root}
      >
        <caption className="visually-hidden">
          What can be had of each medium in each part of the world: {words}. Arrow keys move, Enter opens the reasons.
        </caption>
        <thead>
          <tr>
            <th scope="col" className="grid-corner">
              Medium
            </th>
            {territory.map((place, j) => (
              <th key={place.code} scope="col" data-part={place.parent ? '' : undefined}>
                <HeadWords head={place} to={toHead(place)} cell={roving.cell([-1, j])} live={roving.live} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {media.map((medium, i) => (
            <tr key={medium.code} data-part={medium.parent ? '' : undefined}>
              <th scope="row">
                <HeadWords head={medium} to={toHead(medium)} cell={roving.cell([i, -1])} live={roving.live} />
              </th>
              {territory.map((place, j) => {
                const openness = opennessOfLetter(frame[i * territory.length + j])
                const { label, mark } = opennessWords[openness]
                const here = current?.media === medium.code && current.territory === place.code
                return (
                  <td key={place.code}>
                    <Link
                      to={toCell(medium.code, place.code)}
                      className="grid-mark"
                      data-openness={openness}
                      aria-label={`${medium.label}, ${place.label}: ${label}`}
                      aria-current={here || undefined}
                      title={label}
                      preventScrollReset
                      {...roving.cell([i, j])}
                    >
                      <span aria-hidden="true">{mark}</span>
                    </Link>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The name of a row or column; where it has parts, the way to open them. */
function HeadWords({ head, to, cell, live }: { head: Head; to: string; cell: object; live: boolean }) {
  if (!head.parts)
    return (
      <span className="grid-head" {...(live ? cell : {})}>
        {head.label}
      </span>
    )
  return (
    <Link to={to} className="grid-head" aria-expanded={head.open} preventScrollReset {...cell}>
      <Icon name={head.open ? 'chevron-down' : 'plus'} />
      {head.label}
    </Link>
  )
}

/** What the letters mean. */
export function GridLegend() {
  return (
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
  )
}
