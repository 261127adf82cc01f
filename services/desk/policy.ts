import { hasStaffRole, type Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

export type DeskAct = 'see-worklist' | 'mark-lines'

/** Auditors look on; only rights managers (and the house's own jobs) say something about a line. */
export function may(actor: Actor, act: DeskAct): boolean {
  if (actor.kind === 'system') return true
  return act === 'see-worklist' ? hasStaffRole(actor, 'RIGHTS_MANAGER', 'AUDITOR') : hasStaffRole(actor, 'RIGHTS_MANAGER')
}

export function mustMay(actor: Actor, act: DeskAct): void {
  if (!may(actor, act)) throw new Refusal('forbidden', act)
}
