import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Code } from '#app/components/ui/code.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { TrailRow } from '#services/compliance/views.ts'

/** Where the thing that a fact is about has its page. */
const pages: Record<string, (id: string) => string> = {
  licence: (id) => `/rights/licences/${id}`,
  asset: (id) => `/library/assets/${id}`,
  request: (id) => `/rights/requests/${id}`,
  order: (id) => `/finance/orders/${id}`,
}

const readable = (body: string): string => JSON.stringify((JSON.parse(body) as { data?: unknown }).data ?? {}, null, 1)

const Subject = ({ subjectKind, subjectId }: TrailRow) => {
  const page = pages[subjectKind]?.(subjectId)
  return (
    <div>
      {subjectKind}
      <br />
      <span className="muted small wrap">{page ? <Link to={page}>{subjectId}</Link> : subjectId}</span>
    </div>
  )
}

/** Rows of the trail; the sealed text is one click away. */
export function TrailTable({ rows, zone, empty }: { rows: readonly TrailRow[]; zone: string; empty: ReactNode }) {
  return (
    <Table
      caption="Audit trail, newest first"
      hideCaption
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        { label: 'Row', cell: (row) => <span className="numeric">{row.seq}</span> },
        { label: 'When', cell: (row) => <When at={row.at} to="second" zone={zone} /> },
        { label: 'What', head: true, cell: (row) => row.type.replace('.', ' ').replaceAll('-', ' ') },
        { label: 'Who', cell: (row) => (row.actorKind === 'person' ? row.actorName : <span className="muted">{row.actorName}</span>) },
        { label: 'About', cell: (row) => <Subject {...row} /> },
        {
          label: 'Evidence',
          cell: (row) => (
            <details>
              <summary>{row.hash ? `${row.hash.slice(0, 10)}…` : 'Not sealed'}</summary>
              <Code block>{readable(row.body)}</Code>
              <p className="small wrap">
                SHA-256 with the row before: <code className="code wrap">{row.hash}</code>
              </p>
            </details>
          ),
        },
      ]}
    />
  )
}
