import { When } from '#app/components/ui/when.tsx'
import { Timeline, type TimelineEvent } from '#app/components/ui/timeline.tsx'
import type { Tone } from '#app/components/ui/badge.tsx'
import type { LifePage } from '#services/assets/life-views.ts'
import { lifeFacts, plannedWords, type LifeFact } from '#services/assets/rules/life-words.ts'

const tones: Partial<Record<LifeFact, Tone>> = {
  'asset.published': 'success',
  'asset.approved': 'success',
  'asset.held': 'warning',
  'asset.embargoed': 'warning',
  'asset.expired': 'warning',
  'asset.withdrawn': 'warning',
  'asset.schedule-refused': 'danger',
  'asset.deleted': 'danger',
  'asset.purged': 'danger',
  'legal-hold.set': 'danger',
}

/** What the clock will bring first, then what was, the newest first: who did it, when, and why. */
export function LifeLine({ page }: { page: LifePage }) {
  const { planned, past, zone } = page
  const ahead = [...planned].reverse().map(({ what, at }): TimelineEvent => ({
    key: what,
    title: plannedWords[what],
    meta: (
      <>
        Planned for <When at={at} zone={zone} {...(what === 'use-ends' ? { to: 'day', endOfSpan: true } : {})} />
      </>
    ),
    tone: 'info',
  }))
  const behind = past.map(({ id, at, type, by, reason, matter }): TimelineEvent => ({
    key: id,
    title: matter ? `${lifeFacts[type]}: ${matter}` : lifeFacts[type],
    meta: (
      <>
        <When at={at} zone={zone} />, {by}
      </>
    ),
    ...(reason ? { body: <p className="muted">{reason}</p> } : {}),
    ...(tones[type] ? { tone: tones[type] } : {}),
  }))
  if (ahead.length + behind.length === 0) return <p className="muted">Nothing is on record yet.</p>
  return (
    <>
      {ahead.length > 0 && (
        <section aria-labelledby="life-ahead" className="life-ahead">
          <h3 id="life-ahead">Ahead</h3>
          <Timeline events={ahead} />
        </section>
      )}
      <section aria-labelledby="life-behind">
        {ahead.length > 0 && <h3 id="life-behind">So far</h3>}
        <Timeline events={behind} />
      </section>
    </>
  )
}
