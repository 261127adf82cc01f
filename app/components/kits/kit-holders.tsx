import { Form } from '@remix-run/react'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'

interface Holding {
  id: string
  orgName: string
  startsAt: Date
  endsAt: Date | null
  revokedAt: Date | null
  revokedReason: string | null
  open: boolean
  licences: number
}

interface KitHoldersProps {
  kitId: string
  files: number
  zone: string
  grants: readonly Holding[]
  mayGrant: boolean
}

/** Who has the kit, for how long, with how many of its files licensed; and the way to give it or take it back. */
export function KitHolders({ kitId, files, zone, grants, mayGrant }: KitHoldersProps) {
  const grant = mayGrant && files > 0 && (
    <ButtonLink to={`/library/kits/${kitId}/grant`} icon="plus" size="sm">
      Grant to a partner
    </ButtonLink>
  )
  return (
    <Panel id="holders" title="Who has it" actions={grant}>
      <Table
        caption="Grants of this kit"
        hideCaption
        rows={grants}
        rowKey={({ id }) => id}
        columns={[
          { label: 'Partner', head: true, cell: (row) => row.orgName },
          { label: 'From', cell: (row) => <When at={row.startsAt} to="day" zone={zone} /> },
          { label: 'Until', cell: (row) => (row.endsAt ? <When at={row.endsAt} to="day" zone={zone} endOfSpan /> : 'No end') },
          { label: 'Licences', align: 'end', cell: (row) => (row.open ? `${row.licences} of ${files}` : row.licences) },
          { label: 'State', cell: (row) => <HoldingState row={row} /> },
          { label: 'Action', bare: true, cell: (row) => mayGrant && row.open && <Revoke kitId={kitId} row={row} /> },
        ]}
        empty={
          <EmptyState icon="people" title="Nobody has it yet" action={grant} as="h3">
            {files === 0
              ? 'Put files into the kit first; then it can be granted.'
              : mayGrant
                ? 'Grant it to a partner for a time and a use.'
                : 'The rights manager grants it to partners.'}
          </EmptyState>
        }
      />
    </Panel>
  )
}

function HoldingState({ row }: { row: Holding }) {
  if (row.revokedAt) return <Status tone="danger">Taken back</Status>
  return row.open ? <Status tone="success">Granted</Status> : <Status>Ended</Status>
}

function Revoke({ kitId, row }: { kitId: string; row: Holding }) {
  return (
    <Dialog title={`Take the kit back from ${row.orgName}?`} trigger="Take back" tone="danger">
      <Form method="post" action={`/library/kits/${kitId}/grants/${row.id}/revoke`}>
        <Stack>
          <p>{row.licences === 1 ? 'Its licence ends' : `Its ${row.licences} licences end`} now, and downloads stop with the next request.</p>
          <TextArea name="reason" label="Reason" hint="The partner reads it." required minLength={3} rows={3} />
          <SubmitButton tone="danger">Take back</SubmitButton>
        </Stack>
      </Form>
    </Dialog>
  )
}
