import type { ReactNode } from 'react'
import type { PriceChangeWords } from '#services/licensing/price-draft-views.ts'
import { Table } from '../ui/table.tsx'

/** What a draft or a version changes, figure by figure. */
export function Changes({ changes, caption, empty }: { changes: readonly PriceChangeWords[]; caption: string; empty: ReactNode }) {
  return (
    <Table
      caption={caption}
      hideCaption
      rows={changes}
      rowKey={({ name }) => name}
      empty={empty}
      columns={[
        { label: 'Figure', head: true, cell: ({ name }) => name },
        { label: 'Before', align: 'end', cell: ({ before }) => <span className="numeric muted">{before ?? 'not listed'}</span> },
        { label: 'After', align: 'end', cell: ({ after }) => <strong className="numeric">{after ?? 'taken out'}</strong> },
      ]}
    />
  )
}

/** Typical uses under two books. */
export function Examples({ examples }: { examples: readonly { scope: string; before: string; after: string; same: boolean }[] }) {
  return (
    <Table
      caption="What it comes to"
      hideCaption
      rows={examples}
      rowKey={({ scope }) => scope}
      columns={[
        { label: 'Use', head: true, cell: ({ scope }) => <span className="small">{scope}</span> },
        { label: 'Before', align: 'end', cell: ({ before }) => <span className="numeric nowrap muted">{before}</span> },
        {
          label: 'After',
          align: 'end',
          cell: ({ after, same }) => <span className="numeric nowrap">{same ? 'the same' : <strong>{after}</strong>}</span>,
        },
      ]}
    />
  )
}
