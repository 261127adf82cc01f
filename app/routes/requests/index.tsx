import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { RequestStatus } from '#app/components/portal/request-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { myRequests } from '#services/licensing/request-views.ts'

export const meta = () => titled('Requests')

export const loader = async (args: LoaderFunctionArgs) =>
  myRequests(await personOf(args), new URL(args.request.url).searchParams.get('after'))

export default function Requests() {
  const page = useLoaderData<typeof loader>()
  const ask = (
    <ButtonLink to="/requests/new" icon="plus" tone="primary">
      Ask for an asset
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader eyebrow="Portal" title="Requests" actions={ask}>
        What your organisation has asked the rights desk for, and what came of it.
      </PageHeader>
      <Table
        caption="Requests"
        hideCaption
        rows={page.items}
        rowKey={({ id }) => id}
        columns={[
          { label: 'Asset', head: true, cell: (row) => <Link to={`/requests/${row.id}`}>{row.title}</Link> },
          { label: 'Use', cell: (row) => row.scope },
          { label: 'Asked', cell: (row) => <When at={row.createdAt} to="day" /> },
          { label: 'By', cell: (row) => row.askedBy },
          { label: 'State', cell: (row) => <RequestStatus state={row.state} /> },
        ]}
        empty={
          <EmptyState icon="inbox" title="Nothing asked for yet" action={ask}>
            If the picture that you need is in none of your kits, ask for it: four questions, and the rights desk answers.
          </EmptyState>
        }
      />
      <Pager next={page.next} />
    </Page>
  )
}
