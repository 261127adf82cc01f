import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AssetActions } from '#app/components/assets/asset-actions.tsx'
import { FilePanel, HistoryPanel, RetryForm, ReviewsPanel, VersionsPanel } from '#app/components/assets/asset-aside.tsx'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { AssetPlayer } from '#app/components/assets/asset-player.tsx'
import { AssetTabs } from '#app/components/assets/asset-tabs.tsx'
import { Checks } from '#app/components/assets/checks.tsx'
import { MetadataForm } from '#app/components/assets/metadata-form.tsx'
import { RecordFacts } from '#app/components/assets/record-facts.tsx'
import { Sealed } from '#app/components/assets/sealed.tsx'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { FromOutsidePanel } from '#app/components/guests/from-outside-panel.tsx'
import { AssetRightsPanel } from '#app/components/rights/AssetRightsPanel.tsx'
import { LikePairCard } from '#app/components/rights/like-pair.tsx'
import { OtherGuises } from '#app/components/suggestions/other-guises.tsx'
import { SeenTextLayer } from '#app/components/suggestions/seen-text.tsx'
import { SuggestionsPanel } from '#app/components/suggestions/suggestions-panel.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { assetDetail, type AssetDetail } from '#services/assets/asset-view.ts'
import { staffPlayer } from '#services/assets/player-view.ts'
import { closedToEdits, type AssetState } from '#services/assets/rules/asset-states.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import { declarationsOf } from '#services/intake/guest-views.ts'
import { mayKeepLinks } from '#services/intake/policy.ts'
import { sendingChoices } from '#services/review/keeping-views.ts'
import { lookalikesOf, otherVersionsOf } from '#services/rights/likeness-views.ts'
import { suggestionsOf } from '#services/suggestions/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.asset.title ?? 'Asset')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const asset = await assetDetail(ctx, args.params.assetId ?? '')
  const [alike, player] = await Promise.all([
    lookalikesOf(ctx, asset.id),
    asset.current && !asset.sealed ? staffPlayer(ctx, asset.current.id) : null,
  ])
  const sending = asset.may.submit ? await sendingChoices(ctx, asset.id) : undefined
  const [guises, suggestions] = await Promise.all([otherVersionsOf(ctx, asset.id), suggestionsOf(ctx, asset.id)])
  const textShown = new URL(args.request.url).searchParams.get('text') === 'shown'
  const outside = { files: await declarationsOf(ctx, asset.id), mayDecide: mayKeepLinks(ctx.actor) }
  return { asset, alike, player, sending, outside, guises, suggestions, textShown }
}

export default function AssetPage() {
  const { asset, alike, player, sending, outside, guises, suggestions, textShown } = useLoaderData<typeof loader>()
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
        actions={<AssetActions {...asset} sending={sending} />}
      />
      <AssetTabs assetId={asset.id} current="" />
      <Split aside="24rem">
        <Stack gap="lg">
          <Standing asset={asset} />
          {alike.map((pair) => (
            <LikePairCard key={pair.id} pair={pair} back={`/library/assets/${asset.id}`} />
          ))}
          {asset.sealed && <Sealed assetId={asset.id} />}
          {player && (
            <AssetPlayer key={player.versionId} version={player} alt={asset.altText || asset.title} cutOut={asset.kind === 'LOGO'}>
              {textShown && suggestions?.text && <SeenTextLayer lines={suggestions.text.lines} />}
            </AssetPlayer>
          )}
          {current?.processing === 'WAITING' && !asset.sealed && (
            <AssetPicture
              assetId={asset.id}
              version={{ ...current, colour: current.dominantColour }}
              alt={asset.altText || asset.title}
              preset="page"
              eager
            />
          )}
          <Panel title="Record" id="record">
            {asset.may.edit && !asset.sealed ? (
              <MetadataForm key={asset.id} record={asset} />
            ) : (
              <RecordFacts asset={asset} />
            )}
          </Panel>
        </Stack>
        <Stack gap="lg">
          {!closedToEdits.includes(state) && (
            <Panel title={state === 'PUBLISHED' ? 'What being published rests on' : 'Before it can be published'}>
              {asset.may.submit && !asset.described && <p className="checks-lead">Describe it first; then it can be sent for review.</p>}
              <Checks checks={asset.checks} />
            </Panel>
          )}
          {suggestions && <SuggestionsPanel page={suggestions} textShown={textShown} />}
          <FromOutsidePanel {...outside} assetId={asset.id} />
          <AssetRightsPanel assetId={asset.id} />
          {current && <FilePanel version={current} maySeeFiles={asset.maySeeFiles} />}
          <VersionsPanel asset={asset} />
          {!asset.sealed && (
            <OtherGuises pictures={guises.filter(({ id }) => !alike.some((pair) => [pair.asset.id, pair.other.id].includes(id)))} />
          )}
          <ReviewsPanel reviews={asset.reviews} />
          <HistoryPanel history={asset.history} />
        </Stack>
      </Split>
    </Page>
  )
}

/** What the reason of a state is about. */
const reasonTitles: Record<AssetState, string> = {
  DRAFT: 'Sent back by the reviewer',
  IN_REVIEW: 'Sent back by the reviewer',
  APPROVED: 'What was said last',
  SCHEDULED: 'What was said last',
  PUBLISHED: 'Sent back by the reviewer',
  ON_HOLD: 'On hold: out of sight until it is resumed',
  EMBARGOED: 'Under embargo',
  EXPIRED: 'Its use has ended',
  WITHDRAWN: 'Withdrawn',
  ARCHIVED: 'Archived',
  DELETED: 'In the bin',
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
        <Notice tone="warning" title={reasonTitles[state]}>
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
