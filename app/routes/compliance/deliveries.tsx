import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { refusalWords } from '#app/components/compliance/refusal-words.ts'
import { SpanFilter } from '#app/components/compliance/span-filter.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Hash } from '#app/components/ui/code.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { deliveriesInput } from '#services/compliance/schema.ts'
import { deliveriesPage, type DeliveryRow } from '#services/compliance/views.ts'

export const meta = () => titled('Deliveries')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'AUDITOR', 'RIGHTS_MANAGER')
  const wanted = deliveriesInput.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  return { ...(await deliveriesPage(ctx, wanted)), wanted }
}

const Outcome = ({ outcome, reason, complete }: DeliveryRow) => (
  <div>
    <Status tone={outcome === 'SERVED' ? 'success' : 'danger'}>{outcome === 'SERVED' ? 'Delivered' : 'Refused'}</Status>
    <br />
    <span className="muted small">
      {refusalWords(reason)}
      {outcome === 'SERVED' && complete === false && ', not whole'}
    </span>
  </div>
)

const size = (bytes: string | null): string => (bytes === null ? '' : `${Number(bytes).toLocaleString('en-GB')} bytes`)

export default function Deliveries() {
  const { rows, zone, wanted } = useLoaderData<typeof loader>()
  const narrowed = Object.entries(wanted).some(([name, value]) => name !== 'after' && value)
  return (
    <Page>
      <PageHeader title="Deliveries">
        Every request for clean bytes leaves one row here: who, which file, under which licence, and why it was served or refused.
      </PageHeader>
      <SpanFilter
        wanted={wanted}
        clear="/compliance/deliveries"
        narrowed={narrowed}
        first={
          <Select
            key={`outcome ${wanted.outcome ?? ''}`}
            name="outcome"
            label="Outcome"
            placeholder="Both"
            defaultValue={wanted.outcome ?? ''}
            options={[
              { value: 'SERVED', label: 'Delivered' },
              { value: 'REFUSED', label: 'Refused' },
            ]}
          />
        }
      >
        <TextField
          key={`licence ${wanted.licence ?? ''}`}
          name="licence"
          label="Licence number"
          defaultValue={wanted.licence}
          spellCheck={false}
        />
      </SpanFilter>
      <Table
        caption="Deliveries and refusals, newest first"
        hideCaption
        rows={rows.items}
        rowKey={(row) => row.id}
        empty={
          <EmptyState icon="download" title={narrowed ? 'No delivery like this' : 'Nothing has left the house yet'}>
            {narrowed ? 'Widen the days, or clear the filters.' : 'The first download of a clean file will be the first row.'}
          </EmptyState>
        }
        columns={[
          { label: 'When', cell: (row) => <When at={row.at} to="second" zone={zone} /> },
          { label: 'Outcome', cell: (row) => <Outcome {...row} /> },
          {
            label: 'Asset',
            head: true,
            cell: (row) =>
              row.assetId ? <Link to={`/library/assets/${row.assetId}`}>{row.assetTitle ?? row.assetId}</Link> : 'An archive',
          },
          {
            label: 'Who',
            cell: (row) => (
              <div>
                {row.personName ?? 'Guest'}
                {row.orgName && (
                  <>
                    <br />
                    <span className="muted small">{row.orgName}</span>
                  </>
                )}
              </div>
            ),
          },
          {
            label: 'Licence',
            cell: (row) =>
              row.licenceId && row.licenceNumber ? <Link to={`/rights/licences/${row.licenceId}`} className="nowrap">{row.licenceNumber}</Link> : '–',
          },
          {
            label: 'File',
            cell: (row) => (
              <div>
                {row.rendition} <span className="muted small">{size(row.bytesSent)}</span>
                <br />
                {row.sha256 && <Hash value={row.sha256} />}
              </div>
            ),
          },
        ]}
      />
      <Pager next={rows.next} />
    </Page>
  )
}
