import { hasStaffRole, isPerson, isStaff, type Actor, type Person } from '../kernel/actor.ts'

/** Anybody who belongs to a company may buy for it; the house does not sell to itself. */
export const mayBuy = (actor: Actor): actor is Person => isPerson(actor) && actor.orgKind !== 'OWNER'

export const mayRefund = (actor: Actor): actor is Person => hasStaffRole(actor, 'FINANCE')

/** Money is read by those who keep it and by those who check it. */
export const maySeeMoney = (actor: Actor): actor is Person =>
  isStaff(actor) && (actor.roles.includes('AUDITOR') || hasStaffRole(actor, 'FINANCE'))
