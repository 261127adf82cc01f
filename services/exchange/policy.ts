import { hasStaffRole, type Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

export type Act = 'see-exchange' | 'exchange'

/** Files of rights name contracts, people and prices' grounds: rights managers bring them in, auditors read them, nobody else sees them. */
export function may(actor: Actor, act: Act): boolean {
  if (actor.kind === 'system') return true
  return act === 'see-exchange' ? hasStaffRole(actor, 'RIGHTS_MANAGER', 'AUDITOR') : hasStaffRole(actor, 'RIGHTS_MANAGER')
}

export function mustMay(actor: Actor, act: Act): void {
  if (!may(actor, act)) throw new Refusal('forbidden', act)
}
