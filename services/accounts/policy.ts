import { isPerson, isStaff, type Actor, type OrgKind } from '../kernel/actor.ts'
import { permissionsOf } from './rules/roles.ts'

export interface OrgThing {
  id: string
  houseId: string
  kind: OrgKind
}
export type Act = 'see-organisation' | 'edit-organisation' | 'manage-members' | 'create-organisation' | 'close-organisation'

/**
 * Who may do what to an organisation. Its own administrators keep it and its members; the house's administrators keep all
 * of the house's. The house itself cannot be closed from within.
 */
export function may(actor: Actor, act: Act, org: OrgThing): boolean {
  if (actor.kind === 'system') return actor.houseId === org.houseId
  if (!isPerson(actor) || actor.houseId !== org.houseId) return false
  const permissions = permissionsOf(actor.orgKind, actor.roles)
  const own = actor.orgId === org.id
  const keepsHouse = isStaff(actor) && permissions.has('members.manage')
  switch (act) {
    case 'see-organisation':
      return own || isStaff(actor)
    case 'edit-organisation':
      return keepsHouse || (own && permissions.has('organisation.edit'))
    case 'manage-members':
      return keepsHouse || (own && permissions.has('members.manage'))
    case 'create-organisation':
      return keepsHouse
    case 'close-organisation':
      return keepsHouse && org.kind !== 'OWNER'
  }
}
