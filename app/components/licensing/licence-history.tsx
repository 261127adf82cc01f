import { Timeline } from '#app/components/ui/timeline.tsx'
import type { Tone } from '#app/components/ui/badge.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { HistoryEvent } from '#services/licensing/views.ts'

const words: Record<string, [Tone, string]> = {
  'licence.issued': ['success', 'Issued'],
  'licence.suspended': ['warning', 'Suspended'],
  'licence.reinstated': ['success', 'Reinstated'],
  'licence.expired': ['neutral', 'Expired'],
  'licence.revoked': ['danger', 'Revoked'],
  'licence.refunded': ['neutral', 'Ended with its refund'],
  'licence.superseded': ['neutral', 'Replaced'],
  'licence.conflicted': ['danger', 'Not issued: the rights were gone'],
  'certificate.rendered': ['neutral', 'Certificate written'],
}

/** What happened to a licence, first things first. */
export function LicenceHistory({ events }: { events: readonly HistoryEvent[] }) {
  return (
    <Timeline
      events={events.map(({ key, type, at, actor, reason }) => {
        const [tone, title] = words[type] ?? ['neutral', type]
        return {
          key,
          title,
          tone,
          meta: (
            <>
              <When at={at} />
              {actor && ` · ${actor}`}
            </>
          ),
          body: reason && <p>{reason}</p>,
        }
      })}
    />
  )
}
