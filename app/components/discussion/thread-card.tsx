import { sayMark } from '#services/discussion/rules/marks.ts'
import { inCrop, surroundings } from '#services/discussion/rules/regions.ts'
import type { Nameable } from '#services/discussion/rules/mentions.ts'
import type { ThreadSeen } from '#services/discussion/views.ts'
import { Badge, Status } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { When } from '../ui/when.tsx'
import { Comment } from './comment.tsx'
import { Shape } from './mark-layer.tsx'
import { MentionArea } from './mention-area.tsx'
import { TalkForm } from './talk-form.tsx'

interface ThreadCardProps {
  thread: ThreadSeen
  versionId: string
  back: string
  people: readonly Nameable[]
  mayComment: boolean
  selected: boolean
  /** The picture from which the marked part is cut; null: none to show. */
  part: { src: string; ratio: number } | null
  onSelect?: () => void
}

/** One conversation: its mark's number, what was said, whether it is settled, and the answer to it. */
export function ThreadCard({ thread, versionId, back, people, mayComment, selected, part, onSelect }: ThreadCardProps) {
  const { id, number, mark, state, resolved, comments, hidden, turns, muted, versions } = thread
  const settled = state === 'RESOLVED'
  const act = (verb: string) => `/library/discussion/${id}/${verb}`
  return (
    <section
      className="thread-card"
      id={id}
      tabIndex={-1}
      data-selected={selected ? '' : undefined}
      data-resolved={settled ? '' : undefined}
      aria-label={number === null ? 'Thread of an earlier version' : `Thread ${number}`}
      onFocus={selected ? undefined : onSelect}
    >
      <header className="thread-head">
        {number !== null && <span className="thread-number numeric">{number}</span>}
        {mark?.region && number !== null && part && <Part {...part} thread={thread} />}
        <p className="small">
          {mark && number !== null ? (
            <a href={mark.region ? `#mark-${id}` : '#stage'} onClick={onSelect}>
              {mark.time ? `At ${sayMark({ time: mark.time })}` : mark.page ? `Page ${mark.page}` : 'Show the mark'}
              <span className="visually-hidden">: {sayMark(mark)}</span>
            </a>
          ) : (
            <span className="muted">{mark ? sayMark(mark) : 'About the whole'}</span>
          )}
          {versions.length > 1 && <span className="muted"> · on versions {versions.join(', ')}</span>}
          {number === null && <span className="muted"> · on version {versions.join(', ')}</span>}
        </p>
        {settled ? <Status tone="success">Resolved</Status> : thread.isNew ? <Badge tone="warning">New</Badge> : null}
      </header>
      {hidden > 0 && (
        <p className="small muted">
          {hidden} earlier {hidden === 1 ? 'comment is' : 'comments are'} not shown.
        </p>
      )}
      {comments.map((comment) => (
        <Comment key={comment.id} comment={comment} back={back} people={people} />
      ))}
      {turns.length > 0 && (
        <ul className="thread-turns small muted">
          {turns.map((turn, index) => (
            <li key={index}>
              {turn.state === 'RESOLVED' ? 'Resolved' : 'Opened again'} by {turn.by}, <When at={turn.at} />
            </li>
          ))}
        </ul>
      )}
      <div className="thread-acts">
        {mayComment && (
          <details>
            <summary className="small">Answer</summary>
            <TalkForm action={act('answer')} back={back}>
              <input type="hidden" name="versionId" value={versionId} />
              <input type="hidden" name="seen" value={state} />
              <MentionArea label="Your answer" people={people} />
              {settled && (
                <label className="small">
                  <input type="checkbox" name="reopen" value="yes" /> Open the thread again
                </label>
              )}
              <div>
                <SubmitButton size="sm">Answer</SubmitButton>
              </div>
            </TalkForm>
          </details>
        )}
        {mayComment && (
          <TalkForm action={act(settled ? 'reopen' : 'resolve')} back={back}>
            {!settled && <input type="hidden" name="lastSeenId" value={thread.lastId} />}
            <SubmitButton size="sm" tone="quiet" icon={settled ? 'history' : 'check'}>
              {settled ? 'Open again' : 'Resolve'}
            </SubmitButton>
          </TalkForm>
        )}
        <TalkForm action={act('mute')} back={back}>
          <input type="hidden" name="muted" value={muted ? 'no' : 'yes'} />
          <SubmitButton size="sm" tone="quiet">
            {muted ? 'Send me letters again' : 'No letters to me'}
          </SubmitButton>
        </TalkForm>
      </div>
      {resolved && (
        <p className="visually-hidden">
          Resolved by {resolved.by} <When at={resolved.at} />
        </p>
      )}
    </section>
  )
}

/** What the mark lies on, cut out of the picture that is there anyway. */
function Part({ src, ratio, thread: { mark } }: { src: string; ratio: number; thread: ThreadSeen }) {
  if (!mark?.region || (mark.page ?? 1) > 1) return null
  const part = surroundings(mark.region, ratio)
  const { x, y, width, height } = part
  const seen = inCrop(mark.region, part)
  // A background of 1/width of the box shows the whole as many times enlarged; its place counts in what is left over.
  const place = (from: number, part: number) => (part >= 1 ? 0 : (from / (1 - part)) * 100)
  return (
    <span
      className="thread-part"
      aria-hidden="true"
      style={{
        backgroundImage: `url("${src}")`,
        backgroundSize: `${100 / width}% ${100 / height}%`,
        backgroundPosition: `${place(x, width)}% ${place(y, height)}%`,
      }}
    >
      {seen && (
        <svg className="marks" viewBox="0 0 1 1" preserveAspectRatio="none">
          <Shape region={seen} className="mark-shape" />
        </svg>
      )}
    </span>
  )
}
