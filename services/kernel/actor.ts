import type { Language } from './language.ts'

/** Mirrors of the database enums, so that rules and pages need no database client. A test holds them equal. */
export const roles = ['ADMINISTRATOR', 'LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER', 'FINANCE', 'AUDITOR', 'CONTRIBUTOR', 'PARTNER', 'CUSTOMER'] as const
export type Role = (typeof roles)[number]
export type OrgKind = 'OWNER' | 'PARTNER' | 'CUSTOMER'

/** Who asks. Every actor names its house: the tenant of every read and write. */
export type Actor = Person | Guest | System

export interface Person {
  kind: 'person'
  houseId: string
  userId: string
  memberId: string
  sessionId: string
  orgId: string
  orgKind: OrgKind
  orgName: string
  roles: readonly Role[]
  name: string
  email: string
  /** What they chose to read; none until they have. */
  language?: Language | null | undefined
}
export interface Guest {
  kind: 'guest'
  houseId: string
  /** At the door of a guest link: which visit it is, and the name that they gave. Bound to the link; opens nothing else. */
  sending?: { id: string; linkId: string; name: string } | undefined
}
/** A job or a provider's word; `name` says which, e.g. `stripe` or `expiry-sweep`. */
export interface System {
  kind: 'system'
  houseId: string
  name: string
}

export const isPerson = (actor: Actor): actor is Person => actor.kind === 'person'
/** People of the house itself, whatever their role. */
export const isStaff = (actor: Actor): actor is Person => actor.kind === 'person' && actor.orgKind === 'OWNER'
export const hasRole = (actor: Actor, ...wanted: Role[]): actor is Person =>
  actor.kind === 'person' && actor.roles.some((role) => wanted.includes(role))
/** A staff role; administrators of the house hold every one of them but AUDITOR's independence, which is a reading role. */
export const hasStaffRole = (actor: Actor, ...wanted: Role[]): actor is Person =>
  isStaff(actor) && (actor.roles.includes('ADMINISTRATOR') || actor.roles.some((role) => wanted.includes(role)))
