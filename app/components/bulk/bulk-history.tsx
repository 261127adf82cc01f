import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { bulkHistory } from '#services/assets/bulk-views.ts'
import type { BulkState } from '#services/assets/rules/bulk-states.ts'

type History = Awaited<ReturnType<typeof bulkHistory>>

export const bulkStateLook: Record<BulkState, { tone: 'neutral' | 'info' | 'success' | 'warning'; word: string }> = {
  DRAFT: { tone: 'neutral', word: 'Not applied yet' },
  APPLYING: { tone: 'info', word: 'Under way' },
  APPLIED: { tone: 'success', word: 'Applied' },
  UNDOING: { tone: 'info', word: 'Being taken back' },
  UNDONE: { tone: 'warning', word: 'Taken back' },
  DROPPED: { tone: 'neutral', word: 'Dropped' },
}

/** Bulk edits made so far. */
export function BulkHistory({ history }: { history: History | null }) {
  if (!history) return null
  return (
    <>
      <Table
        caption="Bulk edits"
        hideCaption
        rows={history.items}
        rowKey={({ id }) => id}
        columns={[
          { label: 'Change', head: true, cell: ({ id, says }) => <Link to={`/library/bulk/${id}`}>{says.join('; ') || 'No change'}</Link> },
          { label: 'Assets', align: 'end', cell: ({ total }) => total },
          { label: 'State', cell: ({ state }) => <Status tone={bulkStateLook[state].tone}>{bulkStateLook[state].word}</Status> },
          { label: 'By', cell: ({ byName }) => byName },
          { label: 'When', cell: ({ appliedAt, createdAt }) => <When at={appliedAt ?? createdAt} /> },
        ]}
        empty={
          <EmptyState icon="inbox" title="Nothing was changed in bulk yet" action={<ButtonLink to="/library">Open the library</ButtonLink>}>
            Select assets in the library and choose “Edit together”.
          </EmptyState>
        }
      />
      <Pager next={history.next} />
    </>
  )
}
