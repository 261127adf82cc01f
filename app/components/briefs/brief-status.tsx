import { useTranslations } from 'use-intl'
import { Status } from '#app/components/ui/badge.tsx'
import { briefStateWords, type BriefState } from '#services/briefs/rules/brief-states.ts'

const tones: Record<BriefState, 'neutral' | 'info' | 'success' | 'warning' | 'danger'> = {
  ASKED: 'info',
  ACCEPTED: 'info',
  DECLINED: 'danger',
  ASSIGNED: 'info',
  IN_PROGRESS: 'info',
  DELIVERED: 'success',
  CHANGES_ASKED: 'warning',
  APPROVED: 'success',
  CLOSED: 'neutral',
  CANCELLED: 'neutral',
}

/** How a brief stands, in the language of its reader. */
export function BriefStatus({ state }: { state: BriefState }) {
  const t = useTranslations('briefs')
  return <Status tone={tones[state]}>{t(`states.${state}`)}</Status>
}

/** The same on the desk, which is English. */
export const DeskBriefStatus = ({ state }: { state: BriefState }) => <Status tone={tones[state]}>{briefStateWords[state]}</Status>
