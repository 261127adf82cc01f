import { Status, type Tone } from '#app/components/ui/badge.tsx'
import type { Standing } from '#services/licensing/rules/in-force.ts'

export const standingWords: Record<Standing, [Tone, string]> = {
  reserved: ['info', 'Reserved'],
  upcoming: ['info', 'Begins later'],
  'in-force': ['success', 'In force'],
  ending: ['warning', 'Ends soon'],
  suspended: ['warning', 'Suspended'],
  expired: ['neutral', 'Expired'],
  revoked: ['danger', 'Revoked'],
  refunded: ['neutral', 'Refunded'],
  superseded: ['neutral', 'Replaced'],
  released: ['neutral', 'Released'],
  conflict: ['danger', 'Never issued'],
}

/** How a licence stands at this instant. */
export function StandingStatus({ standing }: { standing: Standing }) {
  const [tone, words] = standingWords[standing]
  return <Status tone={tone}>{words}</Status>
}
