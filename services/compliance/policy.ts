import { hasStaffRole, type Actor, type Person } from '../kernel/actor.ts'

/** Who reads the trail and the reports: those who answer for it, and those who check them. */
export const mayAudit = (actor: Actor): actor is Person => hasStaffRole(actor, 'AUDITOR', 'RIGHTS_MANAGER')
