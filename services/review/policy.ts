import { hasStaffRole, isStaff, type Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

export type ReviewAct = 'see' | 'keep-routes' | 'hand-on' | 'set-others-away'

/** Who may do what about reviews as such. Who decides a step is said by its route (`rules/mandate.ts`). */
export function may(actor: Actor, act: ReviewAct): boolean {
  switch (act) {
    case 'see':
      return isStaff(actor)
    case 'keep-routes':
      return hasStaffRole(actor, 'LIBRARIAN')
    case 'hand-on':
      // Whoever keeps the library sees that nothing lies; the step's own people may hand it on as well.
      return hasStaffRole(actor, 'LIBRARIAN')
    case 'set-others-away':
      return hasStaffRole(actor)
  }
}

export function mustMay(actor: Actor, act: ReviewAct): void {
  if (!may(actor, act)) throw new Refusal('forbidden', act)
}
