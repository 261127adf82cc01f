import { areasFor } from '#app/components/shell/navigation.ts'
import type { Person, Role } from '#services/kernel/actor.ts'
import { safePath } from './guard.server.ts'

/** Where a person goes after signing in: where they wanted to, else to their own work. */
export const landingOf = (person: Person, then?: string | null): string => safePath(then, home(person))

/** The desk of each role, the first that fits. */
const desks: readonly (readonly [role: Role, desk: string])[] = [
  ['ADMINISTRATOR', '/library'],
  ['LIBRARIAN', '/library'],
  ['RIGHTS_MANAGER', '/rights'],
  ['REVIEWER', '/library/review'],
  ['FINANCE', '/finance/orders'],
  ['AUDITOR', '/compliance'],
]

function home(person: Person): string {
  if (person.orgKind === 'CUSTOMER') return '/licences'
  if (person.orgKind === 'PARTNER') return '/portal'
  return desks.find(([role]) => person.roles.includes(role))?.[1] ?? areasFor(person)[0]?.to ?? '/'
}
