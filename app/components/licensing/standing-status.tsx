import { Status, type Tone } from '#app/components/ui/badge.tsx'
import { useLanguage } from '#app/words/use-language.ts'
import type { Standing } from '#services/licensing/rules/in-force.ts'
import { sayLicensing } from '#services/licensing/rules/models.ts'

const tones: Record<Standing, Tone> = {
  reserved: 'info',
  upcoming: 'info',
  'in-force': 'success',
  ending: 'warning',
  suspended: 'warning',
  expired: 'neutral',
  revoked: 'danger',
  refunded: 'neutral',
  superseded: 'neutral',
  released: 'neutral',
  conflict: 'danger',
}

/** How a licence stands at this instant. */
export function StandingStatus({ standing }: { standing: Standing }) {
  return <Status tone={tones[standing]}>{sayLicensing(useLanguage())(`standing.${standing}`)}</Status>
}
