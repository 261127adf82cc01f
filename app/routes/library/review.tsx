import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ReviewHistory } from '#app/components/assets/asset-aside.tsx'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { Checks } from '#app/components/assets/checks.tsx'
import { DecisionForm } from '#app/components/assets/decision-form.tsx'
import { dimensionWords, sizeWords, typeWords } from '#app/components/assets/file-words.ts'
import { RecordFacts } from '#app/components/assets/record-facts.tsx'
import { ReviewStatus } from '#app/components/assets/state-badge.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { reviewPage, type ReviewPage } from '#services/assets/asset-view.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Review: ${data.asset.title}` : 'Review')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return await reviewPage(ctx, args.params.reviewId ?? '')
}

export default function Review() {
  const page = useLoaderData<typeof loader>()
  const { review, asset, version, live, checks, before, nextReviewId } = page
  const facts = [kindWords[asset.kind], typeWords(version.mediaType), dimensionWords(version), sizeWords(version.byteSize)]
    .filter(Boolean)
    .join(', ')
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library/review', label: 'Review' }]} />
      <PageHeader
        eyebrow={
          <span className="cluster" data-gap="sm">
            <ReviewStatus state={review.state} /> Version {version.number}
          </span>
        }
        title={asset.title}
        actions={<ButtonLink to={`/library/assets/${asset.id}`}>Open the asset</ButtonLink>}
      >
        {review.askedBy} asked on <When at={review.askedAt} />.{review.note && ` “${review.note}”`}
      </PageHeader>
      <Split aside="24rem">
        <Stack gap="lg">
          <Judged page={page} />
          <p className="muted small">{facts}</p>
          {live && (
            <Panel title={`Live at present: version ${live.number}`}>
              <AssetPicture
                assetId={asset.id}
                version={{ ...live, colour: live.dominantColour }}
                alt={`Version ${live.number} of ${asset.title}`}
              />
            </Panel>
          )}
        </Stack>
        <Stack gap="lg">
          <Decision page={page} />
          <Panel title="Before it can be published">
            <Checks checks={checks} />
          </Panel>
          <Panel title="Record">
            <RecordFacts asset={asset} />
          </Panel>
          {before.length > 0 && (
            <Panel title="Decided before">
              <ReviewHistory reviews={before} />
            </Panel>
          )}
          {nextReviewId && (
            <p>
              <Link to={`/library/review/${nextReviewId}`}>Leave it and go to the next</Link>
            </p>
          )}
        </Stack>
      </Split>
    </Page>
  )
}

/** The clean picture for those who may open files: a mark across it would hide what is to be judged. */
function Judged({ page: { asset, version } }: { page: ReviewPage }) {
  if (!asset.maySeeFiles || version.processing !== 'READY')
    return (
      <AssetPicture
        assetId={asset.id}
        version={{ ...version, colour: version.dominantColour }}
        alt={asset.altText || asset.title}
        preset="page"
        eager
      />
    )
  const { width, height, dominantColour } = version
  return (
    <Picture
      src={`/library/files/${version.id}/web`}
      alt={asset.altText || asset.title}
      width={width}
      height={height}
      tint={dominantColour}
      fit="contain"
      eager
    />
  )
}

function Decision({ page: { review, own, mayReview } }: { page: ReviewPage }) {
  if (review.state !== 'WAITING')
    return (
      <Notice tone="neutral" title={`Decided${review.decidedBy ? ` by ${review.decidedBy}` : ''}`}>
        <p>
          <ReviewStatus state={review.state} /> {review.decidedAt && <When at={review.decidedAt} />}
        </p>
        {review.reason && <p>{review.reason}</p>}
      </Notice>
    )
  if (!mayReview) return <Notice title="It waits for a reviewer">Your role may look at it; a reviewer decides.</Notice>
  return (
    <Panel title="Your decision">
      {own && <Notice tone="warning">You sent this yourself. Unless your house allows it, somebody else must decide.</Notice>}
      <DecisionForm reviewId={review.id} />
    </Panel>
  )
}
