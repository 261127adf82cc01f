import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { RequestStatus } from '#app/components/portal/request-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { requestsDesk } from '#services/licensing/desk-views.ts'
import { requestStateNames } from '#services/licensing/rules/request-states.ts'

const words = { WAITING: 'Waiting', GRANTED: 'Granted', REFUSED: 'Refused', WITHDRAWN: 'Withdrawn' } as const

export const meta = () => titled('Requests')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'LIBRARIAN', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const state = requestStateNames.find((name) => name === search.get('state')) ?? 'WAITING'
  return { state, ...(await requestsDesk(ctx, { state, after: search.get('after') })) }
}

export default function Requests() {
  const { state, items, next, waiting } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Rights" title="Requests">
        What partners and colleagues want to use, and for what.
      </PageHeader>
      <Stack gap="lg">
        <Tabs
          label="Requests"
          tabs={requestStateNames.map((name) => ({
            to: `?state=${name}`,
            label: words[name],
            current: name === state,
            ...(name === 'WAITING' ? { count: waiting } : {}),
          }))}
        />
        <Table
          caption={`${words[state]} requests`}
          hideCaption
          rows={items}
          rowKey={(request) => request.id}
          columns={[
            { label: 'Picture', head: true, cell: (request) => <Link to={`/rights/requests/${request.id}`}>{request.asset.title}</Link> },
            { label: 'Who', cell: (request) => request.org },
            {
              label: 'Use',
              cell: (request) => (
                <>
                  {request.purpose.length > 120 ? `${request.purpose.slice(0, 120)}…` : request.purpose}
                  <br />
                  <span className="muted small">{request.summary}</span>
                </>
              ),
            },
            { label: 'Asked', cell: (request) => <When at={request.createdAt} /> },
            { label: 'State', cell: (request) => <RequestStatus state={request.state} /> },
          ]}
          empty={
            <EmptyState
              icon="inbox"
              title={state === 'WAITING' ? 'Nothing waits for you' : 'None here'}
              action={<ButtonLink to="/rights/licences">Licences</ButtonLink>}
            >
              {state === 'WAITING' ? 'New requests come here, and by mail.' : 'No request is in this state.'}
            </EmptyState>
          }
        />
        <Pager next={next} />
      </Stack>
    </Page>
  )
}
