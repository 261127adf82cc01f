import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { Changes, Examples } from '#app/components/prices/figure-table.tsx'
import { Effect } from '#app/components/prices/effect.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { priceComparePage, type PriceComparePage } from '#services/commerce/price-compare-views.ts'

export const meta = () => titled('Compare prices')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const version = (name: string) => (/^\d{1,6}$/.test(search.get(name) ?? '') ? Number(search.get(name)) : undefined)
  const page = await priceComparePage(ctx, { from: version('from'), to: version('to'), draftId: search.get('draft') || undefined })
  return { page }
}

export default function ComparePrices() {
  const { page } = useLoaderData<typeof loader>()
  if (page) return <Comparison page={page} />
  return (
    <Page>
      <PageHeader title="Compare prices" />
      <EmptyState icon="tag" title="No prices yet" action={<ButtonLink to="/rights/prices">Prices</ButtonLink>}>
        Two versions can be compared as soon as there is one.
      </EmptyState>
    </Page>
  )
}

function Comparison({ page: { from, to, versions, changes, examples, effect } }: { page: PriceComparePage }) {
  const options = versions.map((version) => ({ value: String(version), label: `Version ${version}` }))
  const title = 'draftId' in to ? `Draft against version ${from.version}` : `Version ${to.version} against version ${from.version}`
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights/prices', label: 'Prices' }]} />
      <PageHeader title={title}>
        What changes, figure by figure, and what the sales of the last twelve months would have come to.{' '}
        {'draftId' in to && <Link to={`/rights/prices/drafts/${to.draftId}`}>Back to the draft</Link>}
      </PageHeader>
      <Stack gap="lg">
        <Form method="get" className="filters">
          <Select key={`from ${from.version}`} name="from" label="Before" defaultValue={String(from.version)} options={options} />
          {'draftId' in to ? (
            <input type="hidden" name="draft" value={to.draftId} />
          ) : (
            <Select key={`to ${to.version}`} name="to" label="After" defaultValue={String(to.version)} options={options} />
          )}
          <Button type="submit">Compare</Button>
        </Form>
        <Effect effect={effect} />
        <Columns least="30rem" gap="lg">
          <Panel title={`Figures that differ (${changes.length})`}>
            <Changes changes={changes} caption="Figures that differ" empty={<p className="muted">None: the two say the same.</p>} />
          </Panel>
          <Panel title="What it comes to">
            <Examples examples={examples} />
          </Panel>
        </Columns>
      </Stack>
    </Page>
  )
}
