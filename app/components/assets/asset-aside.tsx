import { Form, Link } from '@remix-run/react'
import type { AssetDetail } from '#services/assets/asset-view.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonAnchor, SubmitButton } from '#app/components/ui/button.tsx'
import { Hash } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { When } from '#app/components/ui/when.tsx'
import { AssetPicture } from './asset-picture.tsx'
import { dimensionWords, sizeWords, typeWords } from './file-words.ts'
import { ReviewStatus, reviewTone } from './state-badge.tsx'

type Version = AssetDetail['versions'][number]

/** What the file is, its colours, and the way to its bytes. */
export function FilePanel({ version, maySeeFiles }: { version: Version; maySeeFiles: boolean }) {
  return (
    <Panel title="File">
      <DescriptionList
        facts={[
          { term: 'Name', detail: version.fileName },
          { term: 'Type', detail: typeWords(version.mediaType) },
          { term: 'Size', detail: [dimensionWords(version), sizeWords(version.byteSize)].filter(Boolean).join(', ') },
          { term: 'Colours', detail: version.palette.length > 0 ? <Palette colours={version.palette} /> : null },
          { term: 'SHA-256', detail: <Hash value={version.sha256} /> },
          { term: 'Rights in the file', detail: <Claims claims={version.claims} /> },
        ]}
      />
      {maySeeFiles && version.processing === 'READY' && (
        <p className="cluster" data-gap="sm">
          <ButtonAnchor size="sm" icon="download" href={`/library/files/${version.id}/original`}>
            Original
          </ButtonAnchor>
          {version.renditions.some(({ preset }) => preset === 'web') && (
            <ButtonAnchor size="sm" icon="download" href={`/library/files/${version.id}/web`}>
              2,048 px, clean
            </ButtonAnchor>
          )}
        </p>
      )}
    </Panel>
  )
}

const Palette = ({ colours }: { colours: readonly string[] }) => (
  <span className="palette">
    {colours.map((colour) => (
      <span key={colour} style={{ background: colour }} title={colour} role="img" aria-label={colour} />
    ))}
  </span>
)

/** What the file claims about rights, as words; whether it is so is for the rights desk. */
function Claims({ claims }: { claims: Version['claims'] }) {
  if (claims.length === 0) return <span className="muted">It says nothing</span>
  return <>{claims.map(({ label, words }) => `${label}: ${words}`).join(' · ')}</>
}

/** Every version, the newest first: which one the world sees, which one could not be read and why. */
export function VersionsPanel({ asset }: { asset: AssetDetail }) {
  return (
    <Panel title="Versions">
      <ol className="versions">
        {asset.versions.map((version) => (
          <li key={version.id}>
            <AssetPicture assetId={asset.id} version={{ ...version, colour: version.dominantColour }} kind={asset.kind} alt="" ratio="1 / 1" />
            <div>
              <p>
                Version {version.number}{' '}
                {version.id === asset.publishedVersionId && asset.state === 'PUBLISHED' && <Badge tone="success">Live</Badge>}{' '}
                {version.id === asset.currentVersionId && asset.versions.length > 1 && <Badge>Newest</Badge>}
              </p>
              <p className="small muted">
                {version.fileName} · {sizeWords(version.byteSize)}
              </p>
              <p className="small muted">
                <When at={version.createdAt} /> {version.createdBy && `by ${version.createdBy}`}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** A version that could not be read: the reason, and the ways on. */
export function RetryForm({ assetId, versionId }: { assetId: string; versionId: string }) {
  return (
    <div className="cluster" data-gap="sm">
      <Form method="post" action={`/library/assets/${assetId}/retry`}>
        <input type="hidden" name="versionId" value={versionId} />
        <SubmitButton tone="secondary" size="sm">
          Read it once more
        </SubmitButton>
      </Form>
      <Link to={`/library/upload?asset=${assetId}`}>Upload another version</Link>
    </div>
  )
}

export function ReviewsPanel({ reviews }: { reviews: AssetDetail['reviews'] }) {
  return (
    <Panel title="Reviews">
      {reviews.length === 0 ? <p className="muted">Nobody has been asked yet.</p> : <ReviewHistory reviews={reviews} />}
    </Panel>
  )
}

/** Questions and answers, the newest first. */
export const ReviewHistory = ({ reviews }: { reviews: AssetDetail['reviews'] }) => (
  <Timeline
    events={reviews.map((review) => ({
      key: review.id,
      tone: reviewTone(review.state),
      title: (
        <span className="cluster" data-gap="sm">
          <Link to={`/library/review/${review.id}`}>Version {review.versionNumber}</Link> <ReviewStatus state={review.state} />
        </span>
      ),
      meta: review.decidedAt ? (
        <>
          <When at={review.decidedAt} /> {review.decidedBy && `by ${review.decidedBy}`}
        </>
      ) : (
        <>
          Asked <When at={review.askedAt} /> by {review.askedBy}
        </>
      ),
      body: (review.reason ?? review.note) ? <p>{review.reason ?? review.note}</p> : undefined,
    }))}
  />
)

const factWords: Record<string, string> = {
  'asset.uploaded': 'Uploaded',
  'version.ready': 'Read, previews made',
  'version.rejected': 'File could not be read',
  'asset.edited': 'Record edited',
  'asset.submitted': 'Sent for review',
  'asset.approved': 'Approved',
  'asset.changes-asked': 'Changes asked for',
  'asset.rejected': 'Rejected',
  'asset.published': 'Published',
  'asset.withdrawn': 'Withdrawn',
  'asset.archived': 'Archived',
  'asset.restored': 'Restored',
  'asset.rolled-back': 'Rolled back to an earlier version',
  'version.noted': 'Note on a version',
  'discussion.opened': 'Thread begun',
  'discussion.answered': 'Thread answered',
  'discussion.edited': 'Comment changed',
  'discussion.deleted': 'Comment taken back',
  'discussion.resolved': 'Thread resolved',
  'discussion.reopened': 'Thread opened again',
  'discussion.carried': 'Threads carried to a version',
}
const whoWords = (name: string): string => (name === 'assets.derive' ? 'the house' : name)

export function HistoryPanel({ history }: { history: AssetDetail['history'] }) {
  return (
    <Panel title="History">
      <Timeline
        events={history.map(({ id, at, type, actorName }) => ({
          key: id,
          title: factWords[type] ?? type.replace('.', ' ').replaceAll('-', ' '),
          meta: (
            <>
              <When at={at} /> by {whoWords(actorName)}
            </>
          ),
        }))}
      />
    </Panel>
  )
}
