import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { sizeWords } from './file-words.ts'
import type { Lookalikes } from './use-lookalikes.ts'
import type { Uploads } from './use-uploads.ts'

/** How far all files are together, and what can be done about all of them. */
export function UploadTotal({
  uploads: { items, pauseAll, goOnAll, cancelAll },
  lookalikes,
  briefId,
}: {
  uploads: Uploads
  lookalikes: Lookalikes
  briefId: string | null
}) {
  const counted = items.filter(({ state }) => state !== 'cancelled' && state !== 'refused')
  const done = items.filter(({ state }) => state === 'done')
  const paused = items.filter(({ state }) => state === 'paused').length
  const moving = items.filter(({ state }) => state === 'waiting' || state === 'sending').length
  const refused = items.filter(({ state }) => state === 'refused').length
  const unreadable = done.filter(({ answer }) => answer?.ok && lookalikes.unreadable(answer.versionId)).length
  const whole = counted.reduce((sum, { file }) => sum + file.size, 0)
  const sent = counted.reduce((sum, item) => sum + Math.min(item.sent, item.file.size), 0)
  const first = done[0]?.answer
  return (
    <div className="upload-total">
      {moving + paused > 0 ? (
        <>
          <Progress
            label={`${done.length} of ${counted.length} in the library`}
            value={sent}
            max={Math.max(1, whole)}
            note={`${sizeWords(sent)} of ${sizeWords(whole)}${moving === 0 ? ' · Paused' : ''}`}
          />
          <div className="cluster" data-gap="sm">
            {moving > 0 ? (
              <Button size="sm" onClick={pauseAll}>
                Pause all
              </Button>
            ) : (
              <Button size="sm" onClick={goOnAll}>
                Go on with all
              </Button>
            )}
            <Button size="sm" tone="quiet" onClick={cancelAll}>
              Cancel what is left
            </Button>
          </div>
        </>
      ) : (
        <div className="cluster" data-justify="between">
          <p className="upload-sum">
            {done.length === 0 ? 'Nothing was taken in.' : `${done.length} ${done.length === 1 ? 'file is' : 'files are'} in the library.`}
            {unreadable > 0 && ` ${unreadable} of them cannot be read.`}
            {refused > 0 && ` ${refused} ${refused === 1 ? 'was' : 'were'} not.`}
          </p>
          {briefId && done.length > 0 ? (
            <ButtonLink to={`/briefs/${briefId}`} tone="primary">
              Back to the brief
            </ButtonLink>
          ) : done.length === 1 && first?.ok ? (
            <ButtonLink to={`/library/assets/${first.assetId}`} tone="primary">
              Describe it
            </ButtonLink>
          ) : (
            done.length > 1 && (
              <ButtonLink to="/library?state=DRAFT" tone="primary">
                See the drafts
              </ButtonLink>
            )
          )}
        </div>
      )}
      <p className="visually-hidden" role="status">
        {moving + paused === 0 ? `Finished: ${done.length} taken in, ${refused} refused.` : ''}
      </p>
    </div>
  )
}
