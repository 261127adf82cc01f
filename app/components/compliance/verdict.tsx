import { useTranslations } from 'use-intl'
import { Icon } from '#app/components/ui/icon.tsx'
import type { Verdict } from '#services/licensing/verification.ts'

const tones: Record<Verdict, 'success' | 'warning' | 'danger'> = {
  genuine: 'success',
  suspended: 'warning',
  ended: 'warning',
  'not-genuine': 'danger',
}

/** The answer in one glance, before anything else on the page. */
export function VerdictMark({ verdict, children }: { verdict: Verdict; children: string }) {
  const t = useTranslations('proof')
  const tone = tones[verdict]
  return (
    <div className="verdict" data-tone={tone}>
      <Icon name={tone} />
      <div>
        <h1>{t(`verdicts.${verdict}`)}</h1>
        <p>{children}</p>
      </div>
    </div>
  )
}
