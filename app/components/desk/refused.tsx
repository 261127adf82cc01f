import { Link } from '@remix-run/react'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Table } from '#app/components/ui/table.tsx'
import type { AssetState } from '#services/assets/rules/asset-states.ts'

interface RefusedPictures {
  text: string
  count: number
  list: readonly { id: string; title: string; state: AssetState }[]
}

const stateWords: Record<Exclude<AssetState, 'PUBLISHED'>, string> = {
  DRAFT: 'is a draft',
  IN_REVIEW: 'is in review',
  APPROVED: 'is approved, not published',
  SCHEDULED: 'is not on sale yet',
  ON_HOLD: 'is on hold',
  EMBARGOED: 'is under embargo',
  EXPIRED: 'has expired',
  WITHDRAWN: 'was off sale already',
  ARCHIVED: 'is archived',
  DELETED: 'is in the bin',
}

/** What was done, and line by line what could not be. */
export function Refused({ refused, back }: { refused: RefusedPictures; back: string }) {
  return (
    <>
      <Notice tone="info" title={refused.text} live>
        {refused.count} were not on sale, and stay as they are.
      </Notice>
      <Table
        caption="Pictures that stay as they are"
        rows={refused.list}
        rowKey={({ id }) => id}
        columns={[
          { label: 'Picture', head: true, cell: ({ id, title }) => <Link to={`/rights/assets/${id}`}>{title}</Link> },
          { label: 'Why', cell: ({ state }) => (state === 'PUBLISHED' ? 'is published' : stateWords[state]) },
        ]}
      />
      <ButtonLink to={back} icon="arrow-left">
        Back to the worklist
      </ButtonLink>
    </>
  )
}
