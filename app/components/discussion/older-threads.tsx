import { Form } from '@remix-run/react'
import type { Discussion } from '#services/discussion/views.ts'
import { SubmitButton } from '../ui/button.tsx'
import { ThreadCard } from './thread-card.tsx'

/** Said about earlier versions: it stays there, and what still applies is carried over. */
export function OlderThreads({ discussion, back }: { discussion: Discussion; back: string }) {
  const { version, older, people, mayComment } = discussion
  const open = older.filter(({ state }) => state === 'OPEN').map(({ id }) => id)
  return (
    <section className="talk-older" aria-labelledby="older-threads">
      <h3 id="older-threads">Said about earlier versions</h3>
      {mayComment && open.length > 1 && (
        <Carry discussion={discussion} back={back} threadIds={open}>
          All that is open still applies
        </Carry>
      )}
      {older.map((thread) => (
        <div key={thread.id}>
          <ThreadCard
            thread={thread}
            versionId={version.id}
            back={back}
            people={people}
            mayComment={mayComment}
            selected={false}
            part={null}
          />
          {mayComment && thread.state === 'OPEN' && (
            <Carry discussion={discussion} back={back} threadIds={[thread.id]}>
              Still applies to version {version.number}
            </Carry>
          )}
        </div>
      ))}
    </section>
  )
}

interface CarryProps {
  discussion: Discussion
  back: string
  threadIds: readonly string[]
  children: React.ReactNode
}

const Carry = ({ discussion: { asset, version }, back, threadIds, children }: CarryProps) => (
  <Form method="post" action={`/library/assets/${asset.id}/discussion/carry`} preventScrollReset>
    <input type="hidden" name="back" value={back} />
    <input type="hidden" name="toVersionId" value={version.id} />
    {threadIds.map((id) => (
      <input key={id} type="hidden" name="threadIds" value={id} />
    ))}
    <SubmitButton size="sm" tone="secondary">
      {children}
    </SubmitButton>
  </Form>
)
