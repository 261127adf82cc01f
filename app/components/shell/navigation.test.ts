import { expect, test } from 'vitest'
import type { Actor, OrgKind, Role } from '#services/kernel/actor.ts'
import { areaOf, areasFor, placeOf } from './navigation.ts'

const person = (orgKind: OrgKind, ...roles: Role[]): Actor => ({
  kind: 'person',
  houseId: 'h',
  userId: 'u',
  memberId: 'm',
  sessionId: 's',
  orgId: 'o',
  orgKind,
  orgName: 'O',
  roles,
  name: 'N',
  email: 'n@o.example',
})
const labels = (actor: Actor) => areasFor(actor).map(({ label }) => label)

test('a guest sees the store and nothing of the house', () => {
  expect(labels({ kind: 'guest', houseId: 'h' })).toEqual(['Pictures', 'Collections', 'Licensing'])
})

test('an administrator of the house sees every area', () => {
  expect(labels(person('OWNER', 'ADMINISTRATOR'))).toEqual(['Library', 'Set-up', 'Rights', 'Finance', 'Compliance', 'Admin', 'Store'])
})

test('a reviewer sees the review list but no upload', () => {
  const library = areasFor(person('OWNER', 'REVIEWER'))[0]
  expect(library?.places.map(({ label }) => label)).toEqual(['Assets', 'Review'])
})

test('an auditor reads rights and compliance, and nothing else of the house', () => {
  expect(labels(person('OWNER', 'AUDITOR'))).toEqual(['Rights', 'Compliance', 'Store'])
})

test('the administrator of a partner is no administrator of the house', () => {
  expect(labels(person('PARTNER', 'ADMINISTRATOR', 'PARTNER'))).toEqual(['Portal', 'Pictures'])
})

test('an address belongs to the longest place that it lies within', () => {
  const areas = areasFor(person('OWNER', 'ADMINISTRATOR'))
  const library = areaOf(areas, '/library/review/rev_1')
  expect(library?.label).toBe('Library')
  expect(library && placeOf(library, '/library/review/rev_1')?.label).toBe('Review')
  expect(areaOf(areas, '/libraryish')).toBeUndefined()
})

test('an address may belong to a place of another name', () => {
  const rights = areasFor(person('OWNER', 'RIGHTS_MANAGER')).find(({ label }) => label === 'Rights')
  expect(rights && placeOf(rights, '/rights/exports')?.to).toBe('/rights/imports')
  expect(rights && placeOf(rights, '/rights/discounts')?.to).toBe('/rights/prices')
  expect(rights && placeOf(rights, '/rights/assets/ast_1')?.to).toBe('/rights')
})
