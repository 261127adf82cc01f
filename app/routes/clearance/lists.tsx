import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ListForm } from '#app/components/clearance/list-form.tsx'
import { CountsInWords, listStates } from '#app/components/clearance/counts.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { receiveListForm } from '#app/http/clearance-upload.server.ts'
import { personOf } from '#app/http/context.server.ts'
import type { ReceiveListError } from '#services/clearance/errors.ts'
import { mostAtOnce } from '#services/clearance/lists.ts'
import type { ListFault } from '#services/clearance/rules/header.ts'
import { listsPage, organisationsOf } from '#services/clearance/views.ts'

export const meta = () => titled('Lists of uses')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const after = new URL(args.request.url).searchParams.get('after')
  const [page, organisations] = await Promise.all([listsPage(ctx, after), organisationsOf(ctx)])
  return { page, organisations, orgName: ctx.actor.orgName }
}

const statuses: Record<ReceiveListError | 'no-file', number> = {
  'no-file': 400,
  empty: 400,
  'cut-off': 400,
  'too-large': 413,
  'unreadable-list': 422,
  'too-many-lists': 409,
}
const sayings: Record<ReceiveListError | 'no-file', string> = {
  'no-file': 'Choose the CSV file with your planned uses.',
  empty: 'The file is empty. Start from the template.',
  'cut-off': 'The file did not arrive whole. Send it again.',
  'too-large': 'The file is larger than 5 MB, and nothing of it was kept. A list holds at most 5,000 uses: split it and send the parts.',
  'unreadable-list': 'The file cannot be asked as it is, and nothing of it was kept. Mend this and send it again:',
  'too-many-lists': `Your organisation has ${mostAtOnce} lists under way. Wait for one to finish, or cancel one.`,
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const outcome = await receiveListForm(ctx, args.request)
  if (outcome.ok) return redirect(`/clearance/lists/${outcome.value.clearanceId}`, 303)
  const { faults = [] } = (outcome.detail ?? {}) as { faults?: ListFault[] }
  return data(
    { error: sayings[outcome.error], faults: faults.slice(0, 20), more: Math.max(0, faults.length - 20) },
    { status: statuses[outcome.error] },
  )
}

export default function Lists() {
  const { page, organisations, orgName } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/clearance', label: 'May I use it?' }]} />
      <PageHeader title="Lists of uses">Ask up to 5,000 planned uses at once: a light for each, with the reasons.</PageHeader>
      <Stack gap="lg">
        <ListForm organisations={organisations} orgName={orgName} refused={refused} />
        <Table
          caption="Your lists"
          rows={page.items}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon="document" title="No lists yet" as="h3">
              Take the template, write a use in each row, and send it here. Its answers stay in this list.
            </EmptyState>
          }
          columns={[
            { label: 'List', head: true, cell: ({ id, name }) => <Link to={`/clearance/lists/${id}`}>{name}</Link> },
            { label: 'Asked', cell: ({ createdAt }) => <When at={createdAt} /> },
            { label: 'By', cell: ({ source }) => (source === 'api' ? 'A program' : 'Upload') },
            { label: 'Uses', align: 'end', cell: ({ rowsTotal }) => <span className="numeric">{rowsTotal.toLocaleString('en-GB')}</span> },
            { label: 'State', cell: ({ state }) => <Status tone={listStates[state].tone}>{listStates[state].words}</Status> },
            { label: 'Answers', cell: (list) => <CountsInWords list={list} /> },
          ]}
        />
        <Pager next={page.next} />
      </Stack>
    </Page>
  )
}
