import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ExchangeTabs } from '#app/components/exchange/exchange-tabs.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button } from '#app/components/ui/button.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { RadioCards } from '#app/components/ui/radio-cards.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { exportFiles, exportKinds } from '#services/exchange/rules/export-kinds.ts'

export const meta = () => titled('Export rights')

export async function loader(args: LoaderFunctionArgs) {
  await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { searchParams } = new URL(args.request.url)
  return { contract: searchParams.get('contract') ?? '', asset: searchParams.get('asset') ?? '' }
}

export default function Exports() {
  const { contract, asset } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Rights" title="Import and export">
        Take rights out as CSV. What leaves here comes back in by import and gives the same answers.
      </PageHeader>
      <Stack gap="lg">
        <ExchangeTabs current="exports" />
        <Panel title="Export as CSV">
          {/* A plain form: its answer is a file, not a page. */}
          <form method="get" action="/rights/exports/file" className="stack" data-gap="lg">
            <RadioCards
              legend="What"
              name="kind"
              defaultValue="acquisitions"
              cards={exportKinds.map((kind) => ({ value: kind, title: exportFiles[kind].label, body: exportFiles[kind].help }))}
            />
            <Columns least="16rem">
              <TextField
                name="contract"
                label="Contract or reference"
                optional
                hint="Only what is filed under it."
                defaultValue={contract}
              />
              <TextField name="asset" label="Picture" optional hint="Its id, from the address of its page." defaultValue={asset} />
              <TextField name="knownAt" type="date" label="As known on" optional hint="Empty: as it stands now." />
            </Columns>
            <div>
              <Button type="submit" tone="primary" icon="download">
                Export
              </Button>
            </div>
          </form>
        </Panel>
        <Panel title="Export as ODRL">
          <p>
            The page of each picture, contract and licence offers its rights as ODRL 2.2 in JSON-LD: policies with permissions and
            prohibitions, which other programs read and this house imports again.
          </p>
        </Panel>
      </Stack>
    </Page>
  )
}
