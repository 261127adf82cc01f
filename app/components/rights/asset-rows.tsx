import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { RestingLicences } from '#app/components/desk/resting-licences.tsx'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Table, type Column } from '#app/components/ui/table.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { AssetRightsPage, BarredRow, ConsentRow, HeldRow, TakenRow } from '#services/rights/asset-views.ts'
import { claimWords, releaseKindWords, releaseStatusWords, restrictionWords } from './words.ts'

interface Rows<Row> {
  page: Pick<AssetRightsPage, 'asset' | 'zone' | 'mayRecord' | 'taken'>
  rows: readonly Row[]
  empty: ReactNode
}

/** Where a bar of the timeline and a reason of the grid lead to. */
const Name = ({ id, children }: { id: string; children: ReactNode }) => (
  <span id={`row-${id}`} className="row-name" tabIndex={-1}>
    {children}
  </span>
)
const base = ({ asset }: Rows<unknown>['page']) => `/rights/assets/${asset.id}`

const scope = <Row extends { scope: string }>(): Column<Row> => ({ label: 'Scope', cell: (row) => row.scope })
const recorded = <Row extends { recordedAt: Date }>(zone: string): Column<Row> => ({
  label: 'Recorded',
  cell: (row) => <When at={row.recordedAt} to="day" zone={zone} />,
})

export function HeldTable({ page, rows, empty }: Rows<HeldRow>) {
  return (
    <Table
      caption="Contracts under which the house holds it"
      hideCaption
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          label: 'Contract',
          head: true,
          cell: ({ id, contract, exclusive, subLicensable }) => (
            <>
              <Name id={id}>{contract}</Name> {exclusive && <Badge tone="info">Exclusive</Badge>}{' '}
              {!subLicensable && <Badge tone="warning">Own use only</Badge>}
            </>
          ),
        },
        { label: 'From whom', cell: ({ licensor }) => licensor },
        scope(),
        recorded(page.zone),
        ...(page.mayRecord
          ? [
              {
                label: 'Actions',
                bare: true,
                align: 'end' as const,
                cell: ({ id, contract }: HeldRow) => (
                  <div className="cluster">
                    <ButtonLink to={`${base(page)}/acquisitions?replaces=${id}`} size="sm" tone="quiet">
                      Read anew
                    </ButtonLink>
                    <EndForm
                      title={`End ${contract}?`}
                      trigger="End"
                      action={`${base(page)}/acquisitions/${id}/end`}
                      submit="End the contract"
                    >
                      Nothing new can be sold under it. Licences in force run on and are listed as outside what is held.
                      <RestingLicences
                        count={page.taken.total}
                        to={`/rights/changes/new?${new URLSearchParams({ contract, asset: page.asset.id, kind: 'END_CONTRACT' })}`}
                      />
                    </EndForm>
                  </div>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

export function ConsentTable({ page, rows, empty }: Rows<ConsentRow>) {
  return (
    <Table
      caption="Releases of people and owners"
      hideCaption
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          label: 'Release',
          head: true,
          cell: ({ id, reference, kind }) => (
            <>
              <Name id={id}>{reference}</Name> <Badge>{releaseKindWords[kind]}</Badge>
            </>
          ),
        },
        {
          label: 'Consent',
          cell: ({ status, covers }) => (
            <>
              <Status tone={releaseStatusWords[status].tone}>{releaseStatusWords[status].label}</Status>
              {covers.length > 0 && <span className="muted small"> {covers.join(' · ')}</span>}
            </>
          ),
        },
        scope(),
        recorded(page.zone),
        ...(page.mayRecord
          ? [
              {
                label: 'Actions',
                bare: true,
                align: 'end' as const,
                cell: ({ id, status }: ConsentRow) => (
                  <div className="cluster">
                    <ButtonLink to={`${base(page)}/releases?replaces=${id}`} size="sm" tone="quiet">
                      Read anew
                    </ButtonLink>
                    {status !== 'WITHDRAWN' && (
                      <ButtonLink to={`${base(page)}/releases?replaces=${id}&status=WITHDRAWN`} size="sm" tone="quiet">
                        Withdraw
                      </ButtonLink>
                    )}
                  </div>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

export function BarredTable({ page, rows, empty }: Rows<BarredRow>) {
  return (
    <Table
      caption="Bans"
      hideCaption
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          label: 'Ban',
          head: true,
          cell: ({ id, kind, reference }) => (
            <>
              <Name id={id}>
                <Badge tone="danger">{restrictionWords[kind]}</Badge>
              </Name>{' '}
              {reference}
            </>
          ),
        },
        { label: 'Why', cell: ({ reason }) => reason },
        scope(),
        recorded(page.zone),
        ...(page.mayRecord
          ? [
              {
                label: 'Actions',
                bare: true,
                align: 'end' as const,
                cell: ({ id }: BarredRow) => (
                  <div className="cluster">
                    <ButtonLink to={`${base(page)}/restrictions?replaces=${id}`} size="sm" tone="quiet">
                      Change
                    </ButtonLink>
                    <EndForm title="Lift this ban?" trigger="Lift" action={`${base(page)}/restrictions/${id}/lift`} submit="Lift the ban">
                      From then on the scope can be sold again.
                    </EndForm>
                  </div>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

export function TakenTable({ page, rows, empty }: Rows<TakenRow>) {
  return (
    <Table
      caption="Licences, other shops’ sales and holds of buyers, the latest first"
      hideCaption
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          label: 'Taken by',
          head: true,
          cell: ({ id, name, licenceId, exclusive, twin }) => (
            <>
              <Name id={id}>{licenceId ? <Link to={`/rights/licences/${licenceId}`}>{name}</Link> : name}</Name>{' '}
              {exclusive && <Badge tone="info">Exclusive</Badge>} {twin && <Badge tone="warning">On a twin</Badge>}
            </>
          ),
        },
        { label: 'For', cell: ({ holder }) => holder ?? '–' },
        { label: 'State', cell: ({ state }) => <Status tone={claimWords[state].tone}>{claimWords[state].label}</Status> },
        scope(),
        recorded(page.zone),
      ]}
    />
  )
}

function EndForm({
  title,
  trigger,
  action,
  submit,
  children,
}: {
  title: string
  trigger: string
  action: string
  submit: string
  children: ReactNode
}) {
  return (
    <Dialog title={title} trigger={trigger} tone="quiet" size="sm">
      <Form method="post" action={action} className="stack">
        <p>{children}</p>
        <TextArea name="reason" label="Why" rows={2} required maxLength={500} />
        <SubmitButton tone="danger">{submit}</SubmitButton>
      </Form>
    </Dialog>
  )
}
