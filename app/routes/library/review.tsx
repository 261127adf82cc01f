import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ReviewHistory } from '#app/components/assets/asset-aside.tsx'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { Checks } from '#app/components/assets/checks.tsx'
import { dimensionWords, sizeWords, typeWords } from '#app/components/assets/file-words.ts'
import { RecordFacts } from '#app/components/assets/record-facts.tsx'
import { ReviewStatus } from '#app/components/assets/state-badge.tsx'
import { ReviewCanvas } from '#app/components/discussion/review-canvas.tsx'
import { Decision } from '#app/components/review/decision.tsx'
import { RouteStepper } from '#app/components/review/route-stepper.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { HouseTime, When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { askedOf } from '#app/http/discussion.server.ts'
import { noteLook } from '#services/discussion/carrying.ts'
import { discussionOf } from '#services/discussion/views.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import { reviewPage } from '#services/review/review-view.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Review: ${data.page.asset.title}` : 'Review')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const page = await reviewPage(ctx, args.params.reviewId ?? '')
  const at = ctx.clock.now()
  const discussion = await discussionOf(ctx, { assetId: page.asset.id, versionId: page.version.id, ...askedOf(args.request) })
  await noteLook(ctx, page.asset.id, at)
  return { page, discussion }
}

export default function Review() {
  const { page, discussion } = useLoaderData<typeof loader>()
  const { review, asset, version, live, checks, before, nextReviewId, previousReviewId, route, newerReviewId, zone } = page
  const facts = [kindWords[asset.kind], typeWords(version.mediaType), dimensionWords(version), sizeWords(version.byteSize)]
    .filter(Boolean)
    .join(', ')
  return (
    <HouseTime>
      <Page>
        <Breadcrumbs trail={[{ to: '/library/review', label: 'Review' }]} />
        <PageHeader
          eyebrow={
            <span className="cluster" data-gap="sm">
              <ReviewStatus state={review.state} /> Version {version.number} {route && <span className="muted">Route: {route.name}</span>}
            </span>
          }
          title={asset.title}
          actions={
            <>
              {page.mayReview && (
                <span className="to-decision">
                  <ButtonLink to="#decide" tone="primary">
                    Decide
                  </ButtonLink>
                </span>
              )}
              {previousReviewId && (
                <ButtonLink to={`/library/review/${previousReviewId}`} icon="arrow-left" data-review-key="k">
                  Before
                </ButtonLink>
              )}
              {nextReviewId && (
                <ButtonLink to={`/library/review/${nextReviewId}`} icon="arrow-right" data-review-key="j">
                  Next
                </ButtonLink>
              )}
              <ButtonLink to={`/library/assets/${asset.id}`}>Open the asset</ButtonLink>
            </>
          }
        >
          {review.askedBy} asked on <When at={review.askedAt} zone={zone} />.{review.note && ` “${review.note}”`}
        </PageHeader>
        <Stack gap="lg">
          {review.state === 'CANCELLED' && (
            <Notice tone="warning" title="This question was taken back">
              {review.reason}{' '}
              {newerReviewId ? (
                <Link to={`/library/review/${newerReviewId}`}>Go to the review of the new version</Link>
              ) : (
                <Link to={`/library/assets/${asset.id}`}>Open the asset</Link>
              )}
            </Notice>
          )}
          <Split aside="24rem">
            <Stack gap="lg">
              <ReviewCanvas discussion={discussion} back={`/library/review/${review.id}`} alt={asset.altText || asset.title} eager />
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
              <Decision page={page} openThreads={discussion.open} />
              <RouteStepper page={page} />
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
        </Stack>
      </Page>
    </HouseTime>
  )
}
