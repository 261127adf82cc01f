import { hasStaffRole, isPerson, isStaff, type Actor, type Person } from '../kernel/actor.ts'

/** The rights desk: decides requests, suspends, reinstates, revokes, gives kits. */
export const mayDecideRights = (actor: Actor): actor is Person => hasStaffRole(actor, 'RIGHTS_MANAGER')

/** Who may look at every licence of the house: the desks that answer for them. */
export const maySeeAllLicences = (actor: Actor): actor is Person =>
  isStaff(actor) && (actor.roles.includes('AUDITOR') || hasStaffRole(actor, 'RIGHTS_MANAGER', 'FINANCE', 'LIBRARIAN'))

/** A holder sees its own licences; "not yours" and "not there" are one answer. */
export const maySeeLicence = (actor: Actor, licence: { holderOrgId: string }): boolean =>
  (isPerson(actor) && actor.orgId === licence.holderOrgId) || maySeeAllLicences(actor)

/** Partners ask for assets, and so do people of the house, for use inside it. Customers buy. */
export const mayAsk = (actor: Actor): actor is Person => isPerson(actor) && actor.orgKind !== 'CUSTOMER'
