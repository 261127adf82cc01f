import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Bars } from '#app/components/ui/bars.tsx'
import { Button, ButtonAnchor } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { chartOf } from '#app/components/compliance/chart-days.ts'
import { staffOf } from '#app/http/context.server.ts'
import { reportKinds, reportNames } from '#services/compliance/rules/report-kinds.ts'
import { reportInput } from '#services/compliance/schema.ts'
import { reportPage } from '#services/compliance/views.ts'

export const meta = () => titled('Audit reports')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'AUDITOR', 'RIGHTS_MANAGER')
  const wanted = reportInput.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  return { ...(await reportPage(ctx, wanted)), kind: wanted.kind }
}

export default function Reports() {
  const { span, totals, rows, head, kind } = useLoaderData<typeof loader>()
  const query = new URLSearchParams({ kind, from: span.fromDay, to: span.toDay })
  return (
    <Page>
      <PageHeader
        title="Audit reports"
        actions={
          <>
            <ButtonAnchor href={`/compliance/reports/export.csv?${query}`} icon="download">
              CSV
            </ButtonAnchor>
            <ButtonAnchor href={`/compliance/reports/export.pdf?${query}`} icon="download" tone="primary">
              PDF
            </ButtonAnchor>
          </>
        }
      >
        What happened in a span of days. Every export is written into the audit trail and names its head
        {head ? `, now row ${head.seq}` : ''}.
      </PageHeader>
      <Form method="get" className="filters">
        <Select
          key={kind}
          name="kind"
          label="About"
          defaultValue={kind}
          options={reportKinds.map((value) => ({ value, label: reportNames[value] }))}
        />
        <TextField key={`from ${span.fromDay}`} name="from" type="date" label="From" defaultValue={span.fromDay} required />
        <TextField key={`to ${span.toDay}`} name="to" type="date" label="To, that day included" defaultValue={span.toDay} required />
        <Button type="submit">Show</Button>
      </Form>
      {totals.rows === 0 ? (
        <EmptyState icon="document" title="Nothing happened in these days">
          Choose a longer span, or another kind of report.
        </EmptyState>
      ) : (
        <Stack gap="lg">
          <Stats>
            <Stat label="Rows" value={totals.rows.toLocaleString('en-GB')} note={`${span.fromDay} to ${span.toDay}, ${span.zone}`} />
            {totals.whats.slice(0, 7).map(({ what, count }) => (
              <Stat key={what} label={what.charAt(0).toUpperCase() + what.slice(1)} value={count.toLocaleString('en-GB')} />
            ))}
          </Stats>
          <Panel>
            <Bars {...chartOf(totals.days, span.fromDay, span.toDay)} unit="Rows" />
          </Panel>
          <Table
            caption={
              rows.length < totals.rows
                ? `The first ${rows.length} of ${totals.rows.toLocaleString('en-GB')} rows; the files have them all`
                : `${reportNames[kind]}`
            }
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { label: 'When', cell: (row) => <When at={row.at} to="second" zone={span.zone} /> },
              { label: 'What', head: true, cell: (row) => row.what },
              { label: 'Who', cell: (row) => row.who },
              { label: 'Subject', cell: (row) => <span className="wrap">{row.subject}</span> },
              { label: 'Details', cell: (row) => <span className="small wrap">{row.details}</span> },
            ]}
          />
        </Stack>
      )}
    </Page>
  )
}
