import { expect, test } from 'vitest'
import type { Actor, OrgKind, Person, Role } from '../kernel/actor.ts'
import { may, type Act } from './policy.ts'

const person = (orgId: string, orgKind: OrgKind, ...roles: Role[]): Person => ({
  kind: 'person', houseId: 'house', userId: 'u', memberId: 'm', sessionId: 's', orgId, orgKind, orgName: orgId, roles, name: 'Ada', email: 'ada@x.test',
})
const house = { id: 'house', houseId: 'house', kind: 'OWNER' } as const
const partner = { id: 'partner', houseId: 'house', kind: 'PARTNER' } as const
const elsewhere = { id: 'other', houseId: 'elsewhere', kind: 'CUSTOMER' } as const
const acts: Act[] = ['see-organisation', 'edit-organisation', 'manage-members', 'create-organisation', 'close-organisation']
const allowed = (actor: Actor, thing: Parameters<typeof may>[2]) => acts.filter((act) => may(actor, act, thing))

test('the house’s administrator keeps every organisation of the house, and cannot close the house', () => {
  const actor = person('house', 'OWNER', 'ADMINISTRATOR')
  expect(allowed(actor, partner)).toEqual(acts)
  expect(allowed(actor, house)).toEqual(acts.filter((act) => act !== 'close-organisation'))
})

test('other staff see organisations and keep none', () => {
  expect(allowed(person('house', 'OWNER', 'LIBRARIAN'), partner)).toEqual(['see-organisation'])
})

test('an organisation’s administrator keeps their own and does not see others', () => {
  const actor = person('partner', 'PARTNER', 'ADMINISTRATOR', 'PARTNER')
  expect(allowed(actor, partner)).toEqual(['see-organisation', 'edit-organisation', 'manage-members'])
  expect(allowed(actor, { ...partner, id: 'rival' })).toEqual([])
  expect(allowed(actor, house)).toEqual([])
})

test('a plain member sees their organisation; guests and other houses see nothing', () => {
  expect(allowed(person('partner', 'PARTNER', 'PARTNER'), partner)).toEqual(['see-organisation'])
  expect(allowed({ kind: 'guest', houseId: 'house' }, partner)).toEqual([])
  expect(allowed(person('house', 'OWNER', 'ADMINISTRATOR'), elsewhere)).toEqual([])
})
