import { expect, test } from 'vitest'
import { roles } from '../../kernel/actor.ts'
import { firstRoles, permissionsOf, rolesFit, rolesFor } from './roles.ts'

const kinds = ['OWNER', 'PARTNER', 'CUSTOMER'] as const

test('every role has its place', () => {
  for (const role of roles) {
    expect(kinds.filter((kind) => rolesFor(kind).includes(role)).length).toBeGreaterThan(0)
  }
})

test('a seat needs at least one role, and none of another kind of organisation', () => {
  expect(rolesFit('OWNER', [])).toBe(false)
  expect(rolesFit('OWNER', ['LIBRARIAN', 'REVIEWER'])).toBe(true)
  expect(rolesFit('CUSTOMER', ['CUSTOMER', 'LIBRARIAN'])).toBe(false)
  expect(rolesFit('PARTNER', ['CUSTOMER'])).toBe(false)
  for (const kind of kinds) expect(rolesFit(kind, firstRoles[kind])).toBe(true)
})

test('the house’s administrator may do all that staff may; a customer’s administrator only keeps the company', () => {
  expect([...permissionsOf('OWNER', ['ADMINISTRATOR'])].sort()).toEqual(
    [
      'compliance.read',
      'finance.manage',
      'library.publish',
      'library.review',
      'library.upload',
      'members.manage',
      'organisation.edit',
      'rights.manage',
    ].sort(),
  )
  expect([...permissionsOf('CUSTOMER', ['ADMINISTRATOR'])].sort()).toEqual(['members.manage', 'organisation.edit'])
})

test('a staff role in a stranger’s organisation gives nothing, should a row ever say so', () => {
  expect(permissionsOf('CUSTOMER', ['RIGHTS_MANAGER', 'FINANCE']).size).toBe(0)
})

test('an auditor reads and changes nothing', () => {
  expect([...permissionsOf('OWNER', ['AUDITOR'])]).toEqual(['compliance.read'])
})
