import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { count, upTo } from '#app/components/exchange/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { contractsPage } from '#services/exchange/contract-views.ts'

export const meta = () => titled('Contracts')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { searchParams } = new URL(args.request.url)
  const q = searchParams.get('q') ?? ''
  return { ...(await contractsPage(ctx, { q, after: searchParams.get('after') })), q }
}

export default function Contracts() {
  const { page, zone, q } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        eyebrow="Rights"
        title="Contracts"
        actions={
          <ButtonLink to="/rights/imports" icon="upload" tone="quiet">
            Import
          </ButtonLink>
        }
      >
        The papers that all rights come from: what each gives, for which pictures, and what rests on it.
      </PageHeader>
      <Stack>
        <Form method="get" role="search">
          <Cluster>
            <TextField
              name="q"
              type="search"
              label="Search contracts"
              hideLabel
              placeholder="Reference or licensor"
              defaultValue={q}
              key={q}
            />
            <Button type="submit" icon="search">
              Search
            </Button>
          </Cluster>
        </Form>
        <Table
          caption="Contracts"
          hideCaption
          rows={page.items}
          rowKey={({ id }) => id}
          empty={
            q ? (
              <EmptyState icon="search" title={`No contract is called “${q}”`} action={<Link to="/rights/contracts">Show all</Link>}>
                Search by a part of its reference or of the licensor’s name.
              </EmptyState>
            ) : (
              <EmptyState icon="document" title="No contract is written down yet">
                Contracts come with the rights that they give: record them on the page of a picture, or import them.
              </EmptyState>
            )
          }
          columns={[
            { label: 'Contract', head: true, cell: (row) => <Link to={`/rights/contracts/${row.id}`}>{row.reference}</Link> },
            { label: 'From', cell: (row) => row.licensor },
            { label: 'Pictures', align: 'end', cell: (row) => count(row.pictures) },
            { label: 'Ends next', cell: (row) => (row.endsNext ? <When at={row.endsNext} to="day" zone={zone} endOfSpan /> : 'No end') },
            { label: 'Live licences', align: 'end', cell: (row) => upTo(row.licences, row.more) },
          ]}
        />
        <Pager next={page.next} />
      </Stack>
    </Page>
  )
}
