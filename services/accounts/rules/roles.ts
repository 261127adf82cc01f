import type { OrgKind, Role } from '../../kernel/actor.ts'

/** Which roles a member may have, by what the organisation is to the house. */
const rolesOf: Record<OrgKind, readonly Role[]> = {
  OWNER: ['ADMINISTRATOR', 'LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER', 'FINANCE', 'AUDITOR', 'CONTRIBUTOR'],
  PARTNER: ['ADMINISTRATOR', 'PARTNER'],
  CUSTOMER: ['ADMINISTRATOR', 'CUSTOMER'],
}

export const rolesFor = (kind: OrgKind): readonly Role[] => rolesOf[kind]

/** Whether a seat in an organisation of this kind may hold these roles: at least one, none of another kind's. */
export const rolesFit = (kind: OrgKind, roles: readonly Role[]): boolean =>
  roles.length > 0 && roles.every((role) => rolesOf[kind].includes(role))

/** What a newcomer gets unless somebody says otherwise. */
export const firstRoles: Record<OrgKind, readonly Role[]> = {
  OWNER: ['CONTRIBUTOR'],
  PARTNER: ['PARTNER'],
  CUSTOMER: ['CUSTOMER'],
}

export type Permission =
  | 'members.manage'
  | 'organisation.edit'
  | 'library.upload'
  | 'library.publish'
  | 'library.review'
  | 'rights.manage'
  | 'finance.manage'
  | 'compliance.read'
  | 'portal.use'
  | 'store.buy'

/** Role to permissions: the one table. An administrator's are those of the whole kind of organisation, see `permissionsOf`. */
const table: Record<Role, readonly Permission[]> = {
  ADMINISTRATOR: ['members.manage', 'organisation.edit'],
  LIBRARIAN: ['library.upload', 'library.publish'],
  REVIEWER: ['library.review'],
  RIGHTS_MANAGER: ['rights.manage', 'compliance.read'],
  FINANCE: ['finance.manage'],
  AUDITOR: ['compliance.read'],
  CONTRIBUTOR: ['library.upload'],
  PARTNER: ['portal.use'],
  CUSTOMER: ['store.buy'],
}

/** Everything that a seat may do. The house's administrators hold every staff role (kernel/actor.ts), others only their own. */
export function permissionsOf(kind: OrgKind, roles: readonly Role[]): ReadonlySet<Permission> {
  const held = kind === 'OWNER' && roles.includes('ADMINISTRATOR') ? rolesOf.OWNER : roles
  return new Set(held.filter((role) => rolesOf[kind].includes(role)).flatMap((role) => table[role]))
}
