import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { ColumnHelp } from '#app/components/exchange/column-help.tsx'
import { ExchangeTabs } from '#app/components/exchange/exchange-tabs.tsx'
import { count, many, stateWords } from '#app/components/exchange/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { receiveFile } from '#app/http/exchange-upload.server.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import type { ReceiveImportError } from '#services/exchange/errors.ts'
import { importsPage } from '#services/exchange/import-views.ts'
import { receiveImport } from '#services/exchange/intake.ts'
import { may } from '#services/exchange/policy.ts'
import { importKinds, kindNames } from '#services/exchange/rules/kinds.ts'

export const meta = () => titled('Import and export')

const sayings = {
  'too-large': 'The file is too large: 20 MB for CSV, 5 MB for ODRL. Split it and upload the parts.',
  empty: 'The file is empty. Start from a template.',
  'cut-off': 'The file did not arrive whole. Upload it again.',
} satisfies Record<ReceiveImportError, string>

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const page = await importsPage(ctx, new URL(args.request.url).searchParams.get('after'))
  return { page, zone: await zoneOfHouse(ctx), mayImport: may(ctx.actor, 'exchange') }
}

/** A file of rights, taken in as it streams. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const outcome = await receiveFile(args.request, async (file, fields) => {
    const kind = importKinds.find((known) => known === fields.get('kind'))
    return kind ? receiveImport(ctx, { kind, ...file }) : null
  })
  if (!outcome) return data({ error: 'Choose what the file holds, and a file.' }, { status: 400 })
  if (!outcome.ok) return data({ error: sayings[outcome.error] }, { status: outcome.error === 'too-large' ? 413 : 400 })
  return redirect(`/rights/imports/${outcome.value.importId}`, { status: 303 })
}

export default function Imports() {
  const { page, zone, mayImport } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Rights" title="Import and export">
        Rights as files. A file is checked whole and shown in words; then you apply it, and it is written whole or not at all.
      </PageHeader>
      <Stack gap="lg">
        <ExchangeTabs current="imports" />
        {mayImport && <UploadForm />}
        <Panel title="Files that came">
          <Table
            caption="Imports"
            hideCaption
            rows={page.items}
            rowKey={({ id }) => id}
            empty={
              <EmptyState icon="inbox" title="No file has come yet" as="h3">
                Take a template below, fill it in, and upload it.
              </EmptyState>
            }
            columns={[
              { label: 'File', head: true, cell: (row) => <Link to={`/rights/imports/${row.id}`}>{row.fileName}</Link> },
              { label: 'Holds', cell: (row) => kindNames[row.kind] },
              { label: 'State', cell: (row) => <Status tone={stateWords[row.state].tone}>{stateWords[row.state].label}</Status> },
              { label: 'Rows', align: 'end', cell: (row) => count(row.rowsTotal) },
              {
                label: 'What came of it',
                cell: (row) =>
                  row.added !== null
                    ? `${many(row.added, 'row')} added${row.collides > 0 ? `, ${count(row.collides)} collide` : ''}`
                    : row.rowsBad > 0
                      ? `${many(row.rowsBad, 'row')} with problems`
                      : '',
              },
              {
                label: 'Uploaded',
                cell: (row) => (
                  <>
                    <When at={row.createdAt} zone={zone} />
                    {row.by && `, ${row.by}`}
                  </>
                ),
              },
            ]}
          />
          <Pager next={page.next} />
        </Panel>
        <Panel title="How the files look">
          <ColumnHelp />
        </Panel>
      </Stack>
    </Page>
  )
}

function UploadForm() {
  const answer = useActionData<typeof action>()
  return (
    <Panel title="Upload a file">
      <Form method="post" encType="multipart/form-data" className="stack">
        {answer?.error && (
          <Notice tone="danger" live title="The file was not taken">
            <p>{answer.error}</p>
          </Notice>
        )}
        <Select
          name="kind"
          label="What it holds"
          placeholder="Choose"
          required
          options={importKinds.map((kind) => ({ value: kind, label: kindNames[kind] }))}
        />
        <TextField
          name="file"
          type="file"
          label="File"
          hint="CSV in UTF-8, up to 20 MB and 50,000 rows; or ODRL as JSON-LD, up to 5 MB."
          accept=".csv,.txt,.tsv,.json,.jsonld"
          required
        />
        <div>
          <SubmitButton icon="upload">Upload and check</SubmitButton>
        </div>
      </Form>
    </Panel>
  )
}
