import { areasFor } from '#app/components/shell/navigation.ts'
import type { Person } from '#services/kernel/actor.ts'
import { safePath } from './guard.server.ts'

/** Where a person goes after signing in: where they wanted to, else to their own work. */
export const landingOf = (person: Person, then?: string | null): string => safePath(then, home(person))

function home(person: Person): string {
  if (person.orgKind === 'CUSTOMER') return '/licences'
  return areasFor(person)[0]?.to ?? '/'
}
