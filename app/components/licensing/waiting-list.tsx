import { Form, Link } from '@remix-run/react'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'

interface Waiting {
  id: string
  asset: { id: string; title: string }
  scope: string
  since: Date
  outcome: 'free' | 'gone' | 'left' | null
  to: string
}
const outcomes = {
  free: { label: 'Became free', tone: 'success' },
  gone: { label: 'Gone', tone: 'neutral' },
  left: { label: 'Left', tone: 'neutral' },
} as const

/** What the person stands in line for, and how earlier waits ended. */
export function WaitingList({ waits }: { waits: readonly Waiting[] }) {
  return (
    <Panel title="In line">
      <Table
        caption="Rights that you wait for"
        hideCaption
        rows={waits}
        rowKey={({ id }) => id}
        columns={[
          { label: 'Picture', head: true, cell: ({ asset }) => <Link to={`/assets/${asset.id}`}>{asset.title}</Link> },
          { label: 'For', cell: ({ scope }) => scope },
          { label: 'Since', cell: ({ since }) => <When at={since} to="day" /> },
          {
            label: 'State',
            cell: ({ outcome }) =>
              outcome ? <Status tone={outcomes[outcome].tone}>{outcomes[outcome].label}</Status> : <Status tone="info">Waiting</Status>,
          },
          {
            label: 'Actions',
            bare: true,
            align: 'end',
            cell: ({ id, outcome, to, asset }) =>
              outcome === null ? (
                <Form method="post" action={`/waits/${id}/leave`}>
                  <input type="hidden" name="back" value="/licences" />
                  <SubmitButton tone="quiet" size="sm" formAction={`/waits/${id}/leave`} aria-label={`Leave the line for ${asset.title}`}>
                    Leave the line
                  </SubmitButton>
                </Form>
              ) : (
                outcome === 'free' && (
                  <ButtonLink to={to} size="sm" aria-label={`See ${asset.title} with this use`}>
                    See it
                  </ButtonLink>
                )
              ),
          },
        ]}
      />
    </Panel>
  )
}
