import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AssetActions } from '#app/components/assets/asset-actions.tsx'
import { FilePanel, HistoryPanel, RetryForm, ReviewsPanel, VersionsPanel } from '#app/components/assets/asset-aside.tsx'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { Checks } from '#app/components/assets/checks.tsx'
import { MetadataForm } from '#app/components/assets/metadata-form.tsx'
import { RecordFacts } from '#app/components/assets/record-facts.tsx'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { AssetRightsPanel } from '#app/components/rights/AssetRightsPanel.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { assetDetail, type AssetDetail } from '#services/assets/asset-view.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.asset.title ?? 'Asset')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return { asset: await assetDetail(ctx, args.params.assetId ?? '') }
}

export default function AssetPage() {
  const { asset } = useLoaderData<typeof loader>()
  const { current, state } = asset
  useRefreshWhile(current?.processing === 'WAITING')
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library', label: 'Library' }]} />
      <PageHeader
        eyebrow={
          <span className="cluster" data-gap="sm">
            <AssetStatus state={state} /> {kindWords[asset.kind]}
            {current && `, version ${current.number}`}
          </span>
        }
        title={asset.title}
        actions={<AssetActions {...asset} />}
      />
      <Split aside="24rem">
        <Stack gap="lg">
          <Standing asset={asset} />
          {current && current.processing !== 'REJECTED' && (
            <AssetPicture
              assetId={asset.id}
              version={{ ...current, colour: current.dominantColour }}
              alt={asset.altText || asset.title}
              preset="page"
              eager
            />
          )}
          <Panel title="Record" id="record">
            {asset.may.edit ? <MetadataForm key={asset.changedAt.toISOString()} record={asset} /> : <RecordFacts asset={asset} />}
          </Panel>
        </Stack>
        <Stack gap="lg">
          {state !== 'ARCHIVED' && (
            <Panel title={state === 'PUBLISHED' ? 'What being published rests on' : 'Before it can be published'}>
              {asset.may.submit && !asset.described && <p className="checks-lead">Describe it first; then it can be sent for review.</p>}
              <Checks checks={asset.checks} />
            </Panel>
          )}
          <AssetRightsPanel assetId={asset.id} />
          {current && <FilePanel version={current} maySeeFiles={asset.maySeeFiles} />}
          <VersionsPanel asset={asset} />
          <ReviewsPanel reviews={asset.reviews} />
          <HistoryPanel history={asset.history} />
        </Stack>
      </Split>
    </Page>
  )
}

/** What a reader must know first: why it stands where it stands. */
function Standing({ asset }: { asset: AssetDetail }) {
  const { current, state, stateReason } = asset
  const waiting = asset.reviews.find((review) => review.state === 'WAITING')
  return (
    <>
      {current?.processing === 'REJECTED' && (
        <Notice tone="danger" title="The file could not be read">
          <p>{current.rejectedReason}</p>
          {asset.may.edit && <RetryForm assetId={asset.id} versionId={current.id} />}
        </Notice>
      )}
      {current?.processing === 'WAITING' && (
        <Notice title="The file is being read">Previews and what the file says of itself appear here in a moment.</Notice>
      )}
      {stateReason && (
        <Notice
          tone="warning"
          title={state === 'WITHDRAWN' ? 'Withdrawn' : state === 'ARCHIVED' ? 'Archived' : 'Sent back by the reviewer'}
        >
          <p>{stateReason}</p>
        </Notice>
      )}
      {waiting && (
        <Notice title={`Version ${waiting.versionNumber} waits for review`}>
          <Link to={`/library/review/${waiting.id}`}>Open the review</Link>
        </Notice>
      )}
    </>
  )
}
