import { expect, test } from 'vitest'
import { Role, type OrgKind } from '../platform/generated/prisma/enums.ts'
import { roles, type OrgKind as KernelOrgKind, type Role as KernelRole } from './actor.ts'

/** Equal both ways, or this does not compile. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
const sameRoles: Same<KernelRole, Role> = true
const sameKinds: Same<KernelOrgKind, OrgKind> = true

test('the kernel’s roles and kinds of organisation are the database’s', () => {
  expect([...roles].sort()).toEqual(Object.values(Role).sort())
  expect(sameRoles && sameKinds).toBe(true)
})
