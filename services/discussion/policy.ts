import { hasStaffRole, isPerson, isStaff, type Actor, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

export type DiscussionAct = 'see' | 'comment' | 'tidy'

/** Everybody of the house reads along; auditors only read. Other people's words are taken back by librarians alone. */
export function may(actor: Actor, act: DiscussionAct): boolean {
  switch (act) {
    case 'see':
      return isStaff(actor)
    case 'comment':
      return hasStaffRole(actor, 'LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER', 'CONTRIBUTOR', 'FINANCE')
    case 'tidy':
      return hasStaffRole(actor, 'LIBRARIAN')
  }
}

/** The person who speaks, or a refusal. */
export function speaker(actor: Actor): Person {
  if (!isPerson(actor) || !may(actor, 'comment')) throw new Refusal('forbidden', 'discuss an asset')
  return actor
}
