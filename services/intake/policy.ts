import { hasStaffRole, type Actor, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

/** Whoever answers for the library opens its side doors, and looks at what came through them. */
export const mayKeepLinks = (actor: Actor): actor is Person => hasStaffRole(actor, 'LIBRARIAN')
/** What was declared concerns the rights desk too. */
export const mayReadDeclarations = (actor: Actor): actor is Person => hasStaffRole(actor, 'LIBRARIAN', 'RIGHTS_MANAGER')

export function mustKeepLinks(actor: Actor): asserts actor is Person {
  if (!mayKeepLinks(actor)) throw new Refusal('forbidden', 'keep guest links')
}
