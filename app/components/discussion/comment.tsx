import type { CommentSeen } from '#services/discussion/views.ts'
import type { Nameable, Part } from '#services/discussion/rules/mentions.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { When } from '../ui/when.tsx'
import { MentionArea } from './mention-area.tsx'
import { TalkForm } from './talk-form.tsx'

/** What was said: as text, with people by their present names and with links that open beside. */
export const Words = ({ parts }: { parts: readonly Part[] }) => (
  <p className="words">
    {parts.map((part, index) =>
      part.kind === 'text' ? (
        <span key={index}>{part.text}</span>
      ) : part.kind === 'mention' ? (
        <span key={index} className="mention">
          @{part.name}
        </span>
      ) : (
        <a key={index} href={part.href} rel="noopener noreferrer nofollow" target="_blank">
          {part.text}
          <span className="visually-hidden"> (opens in a new window)</span>
        </a>
      ),
    )}
  </p>
)

/** One comment, and what its writer may still do with it. */
export function Comment({ comment, back, people }: { comment: CommentSeen; back: string; people: readonly Nameable[] }) {
  const { id, author, at, edited, deleted, before, typed, parts, onVersion, isNew, mayDelete } = comment
  return (
    <article className="comment" id={id} tabIndex={-1} aria-label={`${author}${deleted ? ', taken back' : ''}`}>
      <Avatar name={author} />
      <div>
        <p className="small">
          <strong>{author}</strong>{' '}
          <a className="muted" href={`/library/comments/${id}`} title="Link to this comment">
            <When at={at} />
          </a>
          {onVersion !== null && <span className="muted"> · on version {onVersion}</span>} {isNew && <Badge tone="warning">New</Badge>}
        </p>
        {deleted ? <p className="muted small">Taken back.</p> : <Words parts={parts} />}
        {edited && (
          <details className="comment-before">
            <summary className="small muted">Edited</summary>
            {before.map((earlier, index) => (
              <blockquote key={index}>
                <p className="small muted">
                  Until <When at={earlier.until} />
                </p>
                <Words parts={earlier.parts} />
              </blockquote>
            ))}
          </details>
        )}
        {(typed !== null || mayDelete) && (
          <div className="comment-acts">
            {typed !== null && (
              <details>
                <summary className="small">Change</summary>
                <TalkForm action={`/library/comments/${id}/edit`} back={back}>
                  <input type="hidden" name="seenAt" value={new Date(comment.changedAt).toISOString()} />
                  <MentionArea key={new Date(comment.changedAt).toISOString()} label="Your words" people={people} defaultValue={typed} />
                  <div>
                    <SubmitButton size="sm">Save</SubmitButton>
                  </div>
                </TalkForm>
              </details>
            )}
            {mayDelete && (
              <details>
                <summary className="small">Take back</summary>
                <TalkForm action={`/library/comments/${id}/delete`} back={back}>
                  <p className="small">The words go for good; their place stays.</p>
                  <div>
                    <SubmitButton size="sm" tone="danger">
                      Take back
                    </SubmitButton>
                  </div>
                </TalkForm>
              </details>
            )}
          </div>
        )}
      </div>
    </article>
  )
}
