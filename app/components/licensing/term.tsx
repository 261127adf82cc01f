import { useTranslations } from 'use-intl'
import { When } from '#app/components/ui/when.tsx'

interface TermProps {
  startsAt: Date
  endsAt: Date | null
  /** The contract's own: in another zone the first day would read as the day before. */
  zone: string
}

/** First and last day, as the contract says them: the end of a span at midnight is the day before. */
export function Term({ startsAt, endsAt, zone }: TermProps) {
  const t = useTranslations('licences')
  return (
    <>
      <When at={startsAt} to="day" zone={zone} /> – {endsAt ? <When at={endsAt} to="day" zone={zone} endOfSpan /> : t('no-end')}
    </>
  )
}

/** `3 days left`, where a licence runs and has an end. */
export function useLeftWords(): (days: number | null) => string | null {
  const t = useTranslations('licences')
  return (days) => (days === null || days <= 0 ? null : t('left', { days }))
}
