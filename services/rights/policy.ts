import { hasStaffRole, isStaff, type Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

export type Act = 'see-rights' | 'record-rights' | 'suspect-twins'

/**
 * Contracts and consents are for the house's own people; only rights managers (and the house's own jobs) write them down.
 * Whoever keeps the library may say that two pictures look like one: that holds sales back, it allows none.
 */
export function may(actor: Actor, act: Act): boolean {
  if (actor.kind === 'system') return true
  if (act === 'see-rights') return isStaff(actor)
  return act === 'suspect-twins' ? hasStaffRole(actor, 'RIGHTS_MANAGER', 'LIBRARIAN') : hasStaffRole(actor, 'RIGHTS_MANAGER')
}

export function mustMay(actor: Actor, act: Act): void {
  if (!may(actor, act)) throw new Refusal('forbidden', act)
}
