import { Form, Link } from '@remix-run/react'
import type { VersionLine, VersionsPage } from '#services/assets/version-views.ts'
import { AssetPicture } from '../assets/asset-picture.tsx'
import { dimensionWords, sizeWords, typeWords } from '../assets/file-words.ts'
import { ReviewStatus } from '../assets/state-badge.tsx'
import { Badge } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { Hash } from '../ui/code.tsx'
import { DescriptionList } from '../ui/description-list.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { When } from '../ui/when.tsx'

interface VersionRowProps {
  page: VersionsPage
  version: VersionLine
  /** Open threads on it. */
  open: number
  /** The newest, where it is another. */
  compareWith: number | null
}

/** One version in the history of its asset, and what can be done with it. */
export function VersionRow({ page, version, open, compareWith }: VersionRowProps) {
  const { asset, sealed, mayNote } = page
  const { number, isLive, isCurrent, restores, gone, spans, review } = version
  const at = `/library/assets/${asset.id}`
  return (
    <li className="version-row" id={`version-${number}`}>
      <AssetPicture
        assetId={asset.id}
        version={sealed || gone ? null : { ...version, colour: version.dominantColour }}
        alt={gone ? 'Its bytes are gone' : `Version ${number}`}
        ratio="4 / 3"
      />
      <div className="stack" data-gap="sm">
        <h2 className="version-name">
          Version {number} {isLive && <Badge tone="success">Live</Badge>} {isCurrent && <Badge>Newest</Badge>}{' '}
          {restores !== null && <Badge tone="info">Brings back version {restores}</Badge>} {gone && <Badge tone="danger">Bytes gone</Badge>}
        </h2>
        {version.note && <p className="version-note">{version.note}</p>}
        {version.rejectedReason && <p className="small">{version.rejectedReason}</p>}
        <DescriptionList
          facts={[
            {
              term: 'Came',
              detail: (
                <>
                  <When at={version.createdAt} />
                  {version.by && `, by ${version.by}`}
                </>
              ),
            },
            {
              term: 'File',
              detail: [version.fileName, typeWords(version.mediaType), dimensionWords(version), sizeWords(version.byteSize)]
                .filter(Boolean)
                .join(', '),
            },
            {
              term: 'Review',
              detail: review && (
                <>
                  <Link to={`/library/review/${review.id}`}>
                    <ReviewStatus state={review.state} />
                  </Link>{' '}
                  {review.decidedBy && `by ${review.decidedBy}, `}
                  {review.decidedAt && <When at={review.decidedAt} />}
                  {review.reason && ` “${review.reason}”`}
                </>
              ),
            },
            { term: 'Live', detail: spans.length > 0 && <Spans spans={spans} /> },
            { term: 'SHA-256', detail: <Hash value={version.sha256} /> },
          ]}
        />
        <div className="cluster version-acts" data-gap="sm">
          {compareWith !== null && <Link to={`${at}/compare?from=${number}&to=${compareWith}`}>Compare with version {compareWith}</Link>}
          <Link to={`${at}/discussion?version=${number}`}>
            Discussion{open > 0 && ` (${open} open)`}
            <span className="visually-hidden"> of version {number}</span>
          </Link>
          {mayNote && <NoteForm at={at} version={version} />}
          {version.mayRollBack && <RollBack page={page} version={version} />}
        </div>
      </div>
    </li>
  )
}

const Spans = ({ spans }: { spans: VersionLine['spans'] }) => (
  <>
    {spans.map(({ from, until, by }, index) => (
      <span key={index} className="version-span">
        <When at={from} /> – {until ? <When at={until} /> : 'now'}, by {by}
      </span>
    ))}
  </>
)

const NoteForm = ({ at, version }: { at: string; version: VersionLine }) => (
  <details>
    <summary className="small">
      {version.note ? 'Change the note' : 'Add a note'}
      <span className="visually-hidden"> to version {version.number}</span>
    </summary>
    <Form method="post" action={`${at}/versions/${version.id}/note`} preventScrollReset className="stack" data-gap="sm">
      <label className="small">
        Why there is this version
        <input className="input" name="note" defaultValue={version.note} maxLength={1000} />
      </label>
      <div>
        <SubmitButton size="sm" tone="secondary" formAction={`${at}/versions/${version.id}/note`}>
          Save the note
        </SubmitButton>
      </div>
    </Form>
  </details>
)

function RollBack({ page: { asset }, version: { id, number, review } }: { page: VersionsPage; version: VersionLine }) {
  const approved = review?.state === 'APPROVED'
  const action = `/library/assets/${asset.id}/versions/${id}/roll-back`
  return (
    <Dialog title={`Bring version ${number} back?`} trigger={`Roll back to version ${number}`} tone="quiet" size="sm">
      <Form method="post" action={action} className="stack">
        <p>
          Its bytes become a new version; nothing is overwritten.{' '}
          {approved && asset.state === 'PUBLISHED'
            ? 'It was approved, so the world sees it at once.'
            : approved
              ? 'It was approved, so it needs no new review.'
              : 'It goes through review before anybody outside sees it; what is live stays.'}
        </p>
        <input type="hidden" name="seenCurrentId" value={asset.currentVersionId ?? ''} />
        {asset.publishedVersionId && <input type="hidden" name="seenLiveId" value={asset.publishedVersionId} />}
        <TextArea name="reason" label="Reason" required minLength={3} maxLength={1000} rows={3} />
        <div>
          <SubmitButton formAction={action}>Roll back</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
