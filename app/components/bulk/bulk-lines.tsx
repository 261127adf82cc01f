import { Badge } from '#app/components/ui/badge.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import type { bulkEditPage, CellShown } from '#services/assets/bulk-views.ts'

type Line = Awaited<ReturnType<typeof bulkEditPage>>['lines'][number]

const undoneWords: Record<string, string> = { RESTORED: 'Taken back', PARTLY: 'Taken back in part', KEPT: 'Kept' }

/** Line by line: before beside after, with what stood against it. */
export function BulkLines({ lines, next }: { lines: Line[]; next: number | null }) {
  return (
    <>
      <Table
        caption="Assets"
        hideCaption
        rows={lines}
        rowKey={({ no }) => String(no)}
        columns={[
          {
            label: 'Asset',
            head: true,
            cell: ({ asset }) => (asset.state ? <Link to={`/library/assets/${asset.id}`}>{asset.title}</Link> : asset.title),
          },
          {
            label: 'Before and after',
            cell: ({ cells, problem }) => (
              <div className="stack" data-gap="sm">
                {problem && <p>{problem}</p>}
                {cells.map((cell) => (
                  <Cell key={cell.field} cell={cell} />
                ))}
              </div>
            ),
          },
          { label: 'Standing', cell: Standing },
        ]}
        empty={
          <EmptyState icon="inbox" title="Nothing here">
            No line stands like this.
          </EmptyState>
        }
      />
      <Pager next={next === null ? null : String(next)} />
    </>
  )
}

function Cell({ cell: { label, before, after, kept } }: { cell: CellShown }) {
  return (
    <p className="bulk-cell">
      <span className="muted small">
        {label}
        {kept && ', changed since'}
      </span>
      <span>
        {before === '' ? <span className="muted">empty</span> : <del>{before}</del>} <span aria-hidden="true">→</span>
        <span className="visually-hidden"> becomes </span> {after === '' ? <span className="muted">empty</span> : <ins>{after}</ins>}
      </span>
    </p>
  )
}

function Standing({ verdict, outcome, undone, over }: Line) {
  if (undone) return <Badge tone={undone === 'RESTORED' ? 'success' : 'warning'}>{undoneWords[undone] ?? undone}</Badge>
  if (verdict === 'REFUSED' || outcome === 'REFUSED') return <Badge tone="danger">Refused</Badge>
  if (verdict === 'SAME' || outcome === 'SAME') return <Badge>Nothing to do</Badge>
  if (outcome === 'DONE') return <Badge tone="success">Changed</Badge>
  return over ? <Badge tone="warning">Replaces</Badge> : <Badge tone="info">Adds</Badge>
}
