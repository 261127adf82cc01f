import { hasStaffRole, isStaff, type Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

export type Act = 'see-rights' | 'record-rights'

/** Contracts and consents are for the house's own people; only rights managers (and the house's own jobs) write them down. */
export function may(actor: Actor, act: Act): boolean {
  if (actor.kind === 'system') return true
  return act === 'see-rights' ? isStaff(actor) : hasStaffRole(actor, 'RIGHTS_MANAGER')
}

export function mustMay(actor: Actor, act: Act): void {
  if (!may(actor, act)) throw new Refusal('forbidden', act)
}
