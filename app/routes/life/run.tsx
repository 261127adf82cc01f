import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { outcomeWords } from '#app/components/life/policy-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { runPage } from '#services/retention/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `A run of ${data.policy.name}` : 'Run')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'AUDITOR')
  return runPage(ctx, args.params.runId ?? '', new URL(args.request.url).searchParams.get('after') ?? undefined)
}

export default function Run() {
  const { run, policy, items, next, zone } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/library/policies', label: 'Policies' },
          { to: `/library/policies/${policy.id}`, label: policy.name },
        ]}
      />
      <PageHeader title="What a run did">
        <When at={run.startedAt} zone={zone} />, {run.startedBy}: {run.done} done, {run.spared} spared
        {run.undoneAt && run.waiting === 0 && `; taken back since: ${run.undone}${run.notUndone > 0 ? `, and ${run.notUndone} not` : ''}`}.
      </PageHeader>
      {run.undoneAt && run.waiting > 0 && (
        <Notice tone={run.mayUndo ? 'warning' : 'info'}>
          {run.mayUndo ? 'Taking it back was cut off in its middle: ' : 'It is being taken back: '}
          {run.undone} taken back, {run.notUndone > 0 && `${run.notUndone} left because somebody had changed them since, `}
          {run.waiting} not yet.
        </Notice>
      )}
      {run.mayUndo && (
        <Form method="post" action={`/library/policies/${policy.id}`}>
          <input type="hidden" name="verb" value="undo" />
          <input type="hidden" name="runId" value={run.id} />
          <SubmitButton tone="secondary">{run.waiting > 0 ? 'Take back the rest' : 'Take it back'}</SubmitButton>
        </Form>
      )}
      <Table
        caption="Assets of this run"
        hideCaption
        rows={items}
        rowKey={({ asset }) => asset.id}
        empty={<p className="muted">It found nothing.</p>}
        columns={[
          { label: 'Asset', head: true, cell: ({ asset }) => <Link to={`/library/assets/${asset.id}/life`}>{asset.title}</Link> },
          { label: 'It was', cell: ({ fromState }) => <AssetStatus state={fromState} /> },
          {
            label: 'What became of it',
            cell: ({ outcome, answer }) =>
              answer === 'kept' ? 'Kept' : answer === 'archived' ? 'Archived' : (outcomeWords[outcome] ?? outcome),
          },
          { label: 'It is', cell: ({ asset }) => <AssetStatus state={asset.state} /> },
        ]}
      />
      <Pager next={next} />
    </Page>
  )
}
