import { hasStaffRole, isPerson, isStaff, type Actor, type Person } from '../kernel/actor.ts'

/** Anybody who belongs to a company may buy for it; the house does not sell to itself. */
export const mayBuy = (actor: Actor): actor is Person => isPerson(actor) && actor.orgKind !== 'OWNER'

export const mayRefund = (actor: Actor): actor is Person => hasStaffRole(actor, 'FINANCE')

/** Money is read by those who keep it and by those who check it. */
export const maySeeMoney = (actor: Actor): actor is Person =>
  isStaff(actor) && (actor.roles.includes('AUDITOR') || hasStaffRole(actor, 'FINANCE'))

/** One order is also read by the rights desk, whose licences it paid for. */
export const maySeeOrder = (actor: Actor): actor is Person => maySeeMoney(actor) || hasStaffRole(actor, 'RIGHTS_MANAGER')
