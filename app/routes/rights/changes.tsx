import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { changeKindWords, changeStateWords, progressWords } from '#app/components/desk/change-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { changePlans } from '#services/desk/change-views.ts'
import { changeStateNames } from '#services/desk/rules/change-states.ts'

export const meta = () => titled('Changes upstream')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const state = changeStateNames.find((name) => name === search.get('state'))
  return { state: state ?? null, ...(await changePlans(ctx, { state, after: search.get('after') })) }
}

export default function Changes() {
  const { state, items, next, counts, zone, mayChange } = useLoaderData<typeof loader>()
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  return (
    <Page>
      <PageHeader
        eyebrow="Rights"
        title="Changes upstream"
        actions={
          mayChange && (
            <ButtonLink to="/rights/changes/new" icon="plus" tone="primary">
              New change
            </ButtonLink>
          )
        }
      >
        A contract ends, a consent is withdrawn: everything that hangs on it, decided line by line before it happens.
      </PageHeader>
      <Stack gap="lg">
        <Tabs
          label="Plans"
          tabs={[
            { to: '/rights/changes', label: 'All', count: total, current: state === null },
            ...changeStateNames.map((name) => ({
              to: `?state=${name}`,
              label: changeStateWords[name].label,
              count: counts[name] ?? 0,
              current: state === name,
            })),
          ]}
        />
        <Table
          caption="Plans"
          hideCaption
          rows={items}
          rowKey={(plan) => plan.id}
          columns={[
            {
              label: 'Change',
              head: true,
              cell: (plan) => (
                <>
                  <Link to={`/rights/changes/${plan.id}`}>
                    {changeKindWords[plan.kind].label}: {plan.reference}
                  </Link>
                  <br />
                  <span className="muted small">{plan.reason}</span>
                </>
              ),
            },
            { label: 'Pictures', align: 'end', cell: (plan) => <span className="numeric">{plan.assets.toLocaleString('en-GB')}</span> },
            {
              label: 'State',
              cell: (plan) => <Status tone={changeStateWords[plan.state].tone}>{changeStateWords[plan.state].label}</Status>,
            },
            { label: 'How far', cell: (plan) => progressWords(plan) || '–' },
            {
              label: 'Drawn up',
              cell: (plan) => (
                <>
                  <When at={plan.createdAt} to="day" zone={zone} />
                  {plan.by && <span className="muted small"> by {plan.by}</span>}
                </>
              ),
            },
          ]}
          empty={
            <EmptyState
              icon="shield"
              title={state ? 'No plan in this state' : 'Nothing has changed upstream'}
              action={mayChange && <ButtonLink to="/rights/changes/new">New change</ButtonLink>}
            >
              When a licensor gives notice or somebody withdraws a consent, begin here: you see every licence, kit and holder it touches
              before anything happens.
            </EmptyState>
          }
        />
        <Pager next={next} />
      </Stack>
    </Page>
  )
}
