import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { learningPage } from '#services/catalog/learning-views.ts'
import { halfLifeDays, mostFavoured } from '#services/catalog/rules/use-weights.ts'
import { eraseLearning, setLearning } from '#services/catalog/search-learning.ts'

export const meta = () => titled('What searches learn')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  return learningPage(ctx, new URL(args.request.url).searchParams.get('q'))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const wanted = (await fieldsOf(args.request)).get('wanted')
  if (wanted === 'erase') await eraseLearning(ctx)
  else await setLearning(ctx, { learns: wanted === 'on' })
  const text =
    wanted === 'erase'
      ? 'All that searches had learned is forgotten.'
      : wanted === 'on'
        ? 'Searches learn from now on.'
        : 'Searches learn no more, and nothing learned counts.'
  return redirectWithToast('/library/searches/learning', { tone: 'success', text })
}

export default function Learning() {
  const { learns, queries, comparison } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library/searches', label: 'Searches' }]} />
      <PageHeader
        title="What searches learn"
        actions={
          <Form method="post">
            <Cluster gap="sm">
              <SubmitButton name="wanted" value={learns ? 'off' : 'on'} tone={learns ? 'secondary' : 'primary'}>
                {learns ? 'Switch learning off' : 'Switch learning on'}
              </SubmitButton>
              {queries.length > 0 && (
                <SubmitButton name="wanted" value="erase" tone="danger">
                  Forget all of it
                </SubmitButton>
              )}
            </Cluster>
          </Form>
        }
      >
        {learns
          ? 'Results that people open, put into carts and license move up for the same words.'
          : 'Off. When it is on, results that people open, put into carts and license move up for the same words.'}{' '}
        Counted by day, for the words and the picture, without anybody’s name. What counts is halved every {halfLifeDays} days, at most{' '}
        {mostFavoured} pictures move, and titles that are what was typed stay first. Answered by Postgres; a second engine leaves it out.
      </PageHeader>
      <Stack gap="lg">
        <Table
          caption="Words that something was learned for"
          rows={queries}
          rowKey={({ query }) => query}
          columns={[
            {
              label: 'Words',
              head: true,
              cell: ({ query }) => (
                <Cluster gap="sm">
                  <Link to={`?${new URLSearchParams({ q: query })}`} preventScrollReset>
                    {query}
                  </Link>
                  {comparison?.query === query && <Badge>Shown below</Badge>}
                </Cluster>
              ),
            },
            { label: 'Opened', align: 'end', cell: ({ opened }) => <span className="numeric">{opened}</span> },
            { label: 'Into carts', align: 'end', cell: ({ carted }) => <span className="numeric">{carted}</span> },
            { label: 'Licensed', align: 'end', cell: ({ licensed }) => <span className="numeric">{licensed}</span> },
          ]}
          empty={
            <EmptyState icon="search" title="Nothing was learned yet">
              Once it is switched on, what people do with results is counted here.
            </EmptyState>
          }
        />
        {comparison && (
          <>
            <Panel title={`“${comparison.query}” without what was learned`}>
              <PictureGrid tiles={comparison.without} row="7rem" />
            </Panel>
            <Panel title={`“${comparison.query}” with it`}>
              <p className="muted">
                {comparison.moved.length === 0
                  ? 'Nothing has moved: too little was counted, or the order was right.'
                  : `${comparison.moved.length} further up.`}
              </p>
              <PictureGrid tiles={comparison.with} row="7rem" />
            </Panel>
          </>
        )}
      </Stack>
    </Page>
  )
}
