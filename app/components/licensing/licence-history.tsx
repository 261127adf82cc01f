import { useTranslations } from 'use-intl'
import { Timeline } from '#app/components/ui/timeline.tsx'
import type { Tone } from '#app/components/ui/badge.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { Words } from '#app/words/words.ts'
import type { HistoryEvent } from '#services/licensing/views.ts'

const known: Record<string, [Tone, keyof Words['licences']['history']]> = {
  'licence.issued': ['success', 'issued'],
  'licence.suspended': ['warning', 'suspended'],
  'licence.reinstated': ['success', 'reinstated'],
  'licence.expired': ['neutral', 'expired'],
  'licence.revoked': ['danger', 'revoked'],
  'licence.refunded': ['neutral', 'refunded'],
  'licence.superseded': ['neutral', 'superseded'],
  'licence.restored': ['success', 'restored'],
  'licence.not-restored': ['warning', 'not-restored'],
  'licence.conflicted': ['danger', 'conflicted'],
  'licence.part-lost': ['warning', 'part-lost'],
  'licence.honoured': ['neutral', 'honoured'],
  'licence.released': ['neutral', 'released'],
  'certificate.rendered': ['neutral', 'certificate'],
}

/** What happened to a licence, first things first. */
export function LicenceHistory({ events }: { events: readonly HistoryEvent[] }) {
  const t = useTranslations('licences')
  return (
    <Timeline
      events={events.map(({ key, type, at, actor, reason }) => {
        const [tone, word] = known[type] ?? (['neutral', null] as const)
        const title = word ? t(`history.${word}`) : type
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
