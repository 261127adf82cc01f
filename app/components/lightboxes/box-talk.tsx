import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { Said, Thread } from '#services/lightboxes/views.ts'
import { pictureOf } from '../catalog/preview.ts'
import { Badge } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { Stack } from '../ui/layout.tsx'
import { Link } from '../ui/link.tsx'
import { Pager } from '../ui/pager.tsx'
import { Picture } from '../ui/picture.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { WriteComment } from './write-comment.tsx'
import { When } from '../ui/when.tsx'

interface TalkProps {
  /** Where everything that is said is sent. */
  action: string
  threads: { items: Thread[]; next: string | null }
  mayComment: boolean
  mayResolve: boolean
  /** May take back anybody's words. */
  keeper: boolean
  people: { userId: string; name: string }[]
  /** The picture that is talked about just now; null: the whole box. */
  about: string | null
  /** A link's guest gives a name. */
  guestName?: string | null
}

function Words({ said, action, mayChange, keeper }: { said: Said; action: string; mayChange: boolean; keeper: boolean }) {
  const t = useTranslations('lightboxes')
  return (
    <article className="said" id={`c-${said.id}`}>
      <p className="small">
        <strong>{said.author}</strong> {said.guest && <span className="muted">{t('by-link-guest')}</span>}{' '}
        <span className="muted">
          <When at={said.at} />
          {said.edited && !said.deleted && <> · {t('edited')}</>}
        </span>{' '}
        {said.isNew && <Badge tone="warning">{t('new')}</Badge>}
      </p>
      {said.deleted ? <p className="muted small">{t('deleted')}</p> : <p className="said-body">{said.body}</p>}
      {mayChange && !said.deleted && (said.own || keeper) && (
        <div className="said-acts">
          {said.own && (
            <details>
              <summary className="small">{t('change')}</summary>
              <Form method="post" action={action} preventScrollReset>
                <input type="hidden" name="commentId" value={said.id} />
                <textarea
                  className="input"
                  name="body"
                  defaultValue={said.body}
                  maxLength={2000}
                  rows={3}
                  required
                  aria-label={t('comment')}
                />
                <SubmitButton size="sm" formAction={action} name="verb" value="edit">
                  {t('save')}
                </SubmitButton>
              </Form>
            </details>
          )}
          <Form method="post" action={action} preventScrollReset>
            <input type="hidden" name="commentId" value={said.id} />
            <SubmitButton tone="quiet" size="sm" formAction={action} name="verb" value="delete">
              {t('delete')}
            </SubmitButton>
          </Form>
        </div>
      )}
    </article>
  )
}

/** What was said about a box and its pictures: threads with their answers, the newest first. */
export function BoxTalk({ action, threads, mayComment, mayResolve, keeper, people, about, guestName }: TalkProps) {
  const t = useTranslations('lightboxes')
  const writing = { action, people, ...(guestName !== undefined && { guestName }) }
  return (
    <Panel title={t(about ? 'talk-about-picture' : 'talk')} id="talk">
      <Stack gap="lg">
        {about && (
          <p className="small">
            <Link to="?#talk" preventScrollReset>
              {t('talk-whole')}
            </Link>
          </p>
        )}
        {mayComment && <WriteComment {...writing} {...(about && { assetId: about })} />}
        {threads.items.length === 0 && <p className="muted small">{t('nothing-said')}</p>}
        {threads.items.map((thread) => (
          <section key={thread.id} className="thread" data-resolved={thread.resolved ? '' : undefined}>
            {thread.assetId &&
              (thread.tile ? (
                <Link to={`/assets/${thread.assetId}`} className="thread-picture small">
                  <Picture {...pictureOf(thread.tile)} alt="" ratio="1" /> {thread.tile.title}
                </Link>
              ) : (
                <p className="small muted">{t('gone')}</p>
              ))}
            <Words said={thread} action={action} mayChange={mayComment} keeper={keeper} />
            {thread.resolved && (
              <p className="small muted">
                {t('resolved-by', { name: thread.resolved.by })} <When at={thread.resolved.at} to="day" />
              </p>
            )}
            {thread.answers.map((answer) => (
              <div key={answer.id} className="said-answer">
                <Words said={answer} action={action} mayChange={mayComment} keeper={keeper} />
              </div>
            ))}
            <div className="said-acts">
              {mayComment && (
                <details>
                  <summary className="small">{t('answer')}</summary>
                  <WriteComment {...writing} parentId={thread.id} />
                </details>
              )}
              {mayResolve && !thread.deleted && (
                <Form method="post" action={action} preventScrollReset>
                  <input type="hidden" name="commentId" value={thread.id} />
                  <SubmitButton tone="quiet" size="sm" formAction={action} name="verb" value={thread.resolved ? 'reopen' : 'resolve'}>
                    {t(thread.resolved ? 'reopen' : 'resolve')}
                  </SubmitButton>
                </Form>
              )}
            </div>
          </section>
        ))}
        <Pager next={threads.next} />
      </Stack>
    </Panel>
  )
}
