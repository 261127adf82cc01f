import { Status, type Tone } from '#app/components/ui/badge.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { Task } from '#services/review/tasks.ts'
import type { Need, StepState, Verdict } from '#services/review/rules/route.ts'

export const stepTones: Record<StepState, Tone> = {
  WAITING: 'neutral',
  OPEN: 'info',
  APPROVED: 'success',
  CHANGES_ASKED: 'warning',
  REJECTED: 'danger',
  CLOSED: 'neutral',
}
export const stepWords: Record<StepState, string> = {
  WAITING: 'Not begun',
  OPEN: 'Under way',
  APPROVED: 'Approved',
  CHANGES_ASKED: 'Changes asked for',
  REJECTED: 'Rejected',
  CLOSED: 'Not needed any more',
}
export const verdictWords: Record<Verdict, string> = { APPROVE: 'approved', ASK_CHANGES: 'asked for changes', REJECT: 'rejected' }

/** How many have spoken of how many; nothing where one is enough. */
export const needWords = (need: Need, wanted: number, heard: number): string | null =>
  need === 'ANY' || (need === 'ALL' && wanted < 2) ? null : `${heard} of ${wanted} have spoken`

/** By which day, and whether that is past. */
export function Due({ at, late, zone }: { at: Date | string | null; late: boolean; zone: string }) {
  if (!at) return <span className="muted small">No due day</span>
  const day = <When at={at} to="day" zone={zone} endOfSpan />
  return late ? <Status tone="danger">Overdue since {day}</Status> : <span className="small">Due {day}</span>
}

/** Whose a task is, and in whose place. */
export function Whose({ task }: { task: Pick<Task, 'owner' | 'forName' | 'mine' | 'own' | 'escalated' | 'need' | 'wanted' | 'heard'> }) {
  const spoken = needWords(task.need, task.wanted, task.heard)
  return (
    <span className="cluster small" data-gap="sm">
      {task.owner && <span>{task.owner.name}</span>}
      {task.forName && <Status tone="info">for {task.forName}</Status>}
      {task.own && <Status>Sent by you</Status>}
      {task.escalated && <Status tone="warning">Escalated</Status>}
      {spoken && <span className="muted">{spoken}</span>}
    </span>
  )
}
