import { useTranslations } from 'use-intl'
import { Status, type Tone } from '#app/components/ui/badge.tsx'
import type { RequestState } from '#services/licensing/rules/request-states.ts'

const tones: Record<RequestState, Tone> = { WAITING: 'info', GRANTED: 'success', REFUSED: 'danger', WITHDRAWN: 'neutral' }

/** Where a request stands, in words. */
export function RequestStatus({ state }: { state: RequestState }) {
  const t = useTranslations('portal')
  return <Status tone={tones[state]}>{t(`states.${state}`)}</Status>
}
