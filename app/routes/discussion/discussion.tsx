import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { AssetTabs } from '#app/components/assets/asset-tabs.tsx'
import { ReviewCanvas } from '#app/components/discussion/review-canvas.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { HouseTime } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { askedOf } from '#app/http/discussion.server.ts'
import { noteLook } from '#services/discussion/carrying.ts'
import { discussionOf } from '#services/discussion/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Discussion: ${data.asset.title}` : 'Discussion')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const at = ctx.clock.now()
  const discussion = await discussionOf(ctx, { assetId, ...askedOf(args.request) })
  await noteLook(ctx, assetId, at)
  return discussion
}

const views = [
  ['open', 'Open'],
  ['resolved', 'Resolved'],
  ['mine', 'Mine'],
  ['all', 'All'],
] as const

/** What is said about an asset, version by version. */
export default function DiscussionPage() {
  const discussion = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { asset, version, versions, show, counts, unread } = discussion
  const page = `/library/assets/${asset.id}/discussion`
  const query = search.size > 0 ? `?${search.toString()}` : ''
  return (
    <HouseTime>
      <Page>
        <Breadcrumbs trail={[{ to: '/library', label: 'Library' }]} />
        <PageHeader
          eyebrow={`Version ${version.number}${unread > 0 ? `, ${unread === 1 ? 'one thread has' : `${unread} threads have`} something new since your last visit` : ''}`}
          title={asset.title}
        />
        <AssetTabs assetId={asset.id} current="discussion" />
        <div className="below-tabs">
          <Stack gap="lg">
            <div className="cluster" data-justify="between">
              <Tabs
                label="Threads"
                tabs={views.map(([value, label]) => ({
                  to: `?show=${value}&version=${version.number}`,
                  label,
                  count: counts[value],
                  current: show === value,
                }))}
              />
              {versions.length > 1 && (
                <Tabs
                  label="Versions"
                  tabs={versions.slice(0, 8).map(({ number, open }) => ({
                    to: `?version=${number}&show=${show}`,
                    label: `Version ${number}`,
                    ...(open > 0 && { count: open }),
                    current: number === version.number,
                  }))}
                />
              )}
            </div>
            <ReviewCanvas discussion={discussion} back={`${page}${query}`} alt={asset.altText || asset.title} eager wide />
          </Stack>
        </div>
      </Page>
    </HouseTime>
  )
}
