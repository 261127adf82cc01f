import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { holdsPage } from '#services/assets/life-views.ts'

export const meta: MetaFunction = () => titled('Legal holds')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  return holdsPage(ctx, { after: search.get('after') ?? undefined, released: search.has('released') })
}

export default function Holds() {
  const { items, next, matters, zone } = useLoaderData<typeof loader>()
  const released = useSearchParams()[0].has('released')
  return (
    <Page>
      <PageHeader title="Legal holds">
        What a matter keeps is not archived, deleted or purged by anybody until it is released. It is set and released on the page of each
        asset’s life, or for a selection in the library.
      </PageHeader>
      {matters.length > 0 && (
        <Stats>
          {matters.map(({ matter, assets }) => (
            <Stat key={matter} label={matter} value={assets} note={assets === 1 ? 'asset' : 'assets'} />
          ))}
        </Stats>
      )}
      <Tabs
        label="Legal holds"
        tabs={[
          { to: '/library/holds', label: 'In force', current: !released },
          { to: '/library/holds?released', label: 'Released', current: released },
        ]}
      />
      <Table
        caption={released ? 'Legal holds that were released' : 'Legal holds in force'}
        hideCaption
        rows={items}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon="shield" title={released ? 'None was released' : 'Nothing is on legal hold'}>
            The rights desk puts an asset on hold when a claim or a court asks for it to be kept.
          </EmptyState>
        }
        columns={[
          { label: 'Asset', head: true, cell: ({ asset }) => <Link to={`/library/assets/${asset.id}/life`}>{asset.title}</Link> },
          {
            label: 'Matter',
            cell: ({ matter, stopsDelivery }) => (
              <>
                {matter} {stopsDelivery && <Badge tone="warning">No deliveries</Badge>}
              </>
            ),
          },
          { label: 'Why', cell: ({ reason, releaseReason }) => releaseReason ?? reason },
          { label: 'State', cell: ({ asset }) => <AssetStatus state={asset.state} /> },
          {
            label: released ? 'Released' : 'Set',
            cell: ({ setAt, setBy, releasedAt }) => (
              <>
                <When at={releasedAt ?? setAt} to="day" zone={zone} />
                {!releasedAt && `, ${setBy}`}
              </>
            ),
          },
        ]}
      />
      <Pager next={next} />
    </Page>
  )
}
