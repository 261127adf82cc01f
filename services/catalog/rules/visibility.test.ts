import { expect, test } from 'vitest'
import { assetStateNames } from '../../assets/rules/asset-states.ts'
import { audiences } from '../../assets/rules/asset-words.ts'
import type { Actor, OrgKind } from '../../kernel/actor.ts'
import { sightOf, type Seen } from './visibility.ts'

const guest: Actor = { kind: 'guest', houseId: 'h' }
const person = (orgKind: OrgKind): Actor => ({
  kind: 'person',
  houseId: 'h',
  userId: 'u',
  memberId: 'm',
  sessionId: 's',
  orgId: 'o',
  orgKind,
  orgName: 'O',
  roles: ['ADMINISTRATOR'],
  name: 'N',
  email: 'n@o.example',
})
const asset = (fields: Partial<Seen> = {}): Seen => ({
  houseId: 'h',
  state: 'PUBLISHED',
  audience: 'STORE',
  publishedAt: new Date(0),
  ...fields,
})

test('what is published in the store is open to everybody of this house and to nobody of another', () => {
  for (const actor of [guest, person('OWNER'), person('PARTNER'), person('CUSTOMER')]) expect(sightOf(actor, asset(), false)).toBe('open')
  expect(sightOf({ kind: 'guest', houseId: 'other' }, asset(), true)).toBe('hidden')
})

test('the portal is open to those to whom it was granted, and to the house', () => {
  const portal = asset({ audience: 'PORTAL' })
  expect(sightOf(person('PARTNER'), portal, true)).toBe('open')
  expect(sightOf(person('PARTNER'), portal, false)).toBe('hidden')
  expect(sightOf(guest, portal, false)).toBe('hidden')
  expect(sightOf(person('OWNER'), portal, false)).toBe('open')
})

test('what is internal stays inside, granted or not', () => {
  expect(sightOf(person('PARTNER'), asset({ audience: 'INTERNAL' }), true)).toBe('hidden')
  expect(sightOf(person('OWNER'), asset({ audience: 'INTERNAL' }), false)).toBe('open')
})

test('what was withdrawn is gone; what was never open does not exist', () => {
  expect(sightOf(guest, asset({ state: 'WITHDRAWN' }), false)).toBe('gone')
  expect(sightOf(guest, asset({ state: 'ARCHIVED' }), false)).toBe('gone')
  expect(sightOf(guest, asset({ state: 'ARCHIVED', publishedAt: null }), false)).toBe('hidden')
  expect(sightOf(guest, asset({ state: 'WITHDRAWN', audience: 'PORTAL' }), false)).toBe('hidden')
})

test('only what is published is open, whoever asks', () => {
  for (const state of assetStateNames)
    for (const audience of audiences)
      for (const actor of [guest, person('OWNER'), person('PARTNER')])
        if (state !== 'PUBLISHED') expect(sightOf(actor, asset({ state, audience }), true)).not.toBe('open')
})
