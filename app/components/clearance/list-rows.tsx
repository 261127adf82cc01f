import { Link } from '@remix-run/react'
import { axisWords } from '../rights/words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table } from '../ui/table.tsx'
import { SmallLight } from './light.tsx'
import type { ListLine } from './list-lines.server.ts'

function Why({ light, reasons, nearest, licences }: ListLine) {
  return (
    <>
      {reasons.length > 0 && (
        <ul className="reason-list">
          {reasons.map(({ column, words }, i) => (
            <li key={i}>
              {light === 'ERROR' && column && <strong>{column}: </strong>}
              {words}
            </li>
          ))}
        </ul>
      )}
      {nearest.length > 0 && (
        <p className="small">
          Instead:{' '}
          {nearest
            .map(({ axis, words }) => (axis === 'exclusivity' ? 'without exclusivity' : `${axisWords[axis].toLowerCase()} (${words})`))
            .join(', or ')}
          .
        </p>
      )}
      {licences.length > 0 && <p className="small">Licence {licences.join(', ')}</p>}
    </>
  )
}

/** Rows of a list with their answers. */
export function ListRows({ rows, staff }: { rows: readonly ListLine[]; staff: boolean }) {
  return (
    <Table
      caption="Uses and their answers"
      hideCaption
      rows={rows}
      rowKey={({ rowNo }) => String(rowNo)}
      empty={
        <EmptyState icon="filter" title="No row has this light" as="h3">
          Choose another light, or all.
        </EmptyState>
      }
      columns={[
        { label: 'Row', cell: ({ rowNo }) => <span className="numeric">{rowNo}</span> },
        {
          label: 'Picture',
          head: true,
          cell: ({ asset, assetId, reference }) => (
            <>
              {assetId ? <Link to={staff ? `/rights/assets/${assetId}` : `/clearance?asset=${assetId}`}>{asset}</Link> : asset || '–'}
              {reference && <span className="muted small"> {reference}</span>}
            </>
          ),
        },
        {
          label: 'Use',
          cell: ({ to, use }) => (to ? <Link to={to}>{use}</Link> : use),
        },
        { label: 'Answer', cell: ({ light, kind }) => <SmallLight light={light} kind={kind} /> },
        { label: 'Why', cell: (row) => <Why {...row} /> },
      ]}
    />
  )
}
