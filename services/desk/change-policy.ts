import { hasStaffRole, isStaff, type Actor, type Person } from '../kernel/actor.ts'

/** Changing what is held or consented to, and deciding what follows, is the rights manager's. */
export const mayChangeUpstream = (actor: Actor): actor is Person => hasStaffRole(actor, 'RIGHTS_MANAGER')

/** Plans are read by those who make them and by those who check them. */
export const maySeeChanges = (actor: Actor): actor is Person =>
  isStaff(actor) && (actor.roles.includes('AUDITOR') || hasStaffRole(actor, 'RIGHTS_MANAGER'))
