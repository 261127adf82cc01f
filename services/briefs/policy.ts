import { hasStaffRole, isPerson, isStaff, type Actor, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

export interface BriefSeen {
  orgId: string
  askedById: string
  assigneeId: string | null
}

/** People of the house and of its partners ask; customers buy what there is. */
export const mayAskForAsset = (actor: Actor): boolean => isPerson(actor) && actor.orgKind !== 'CUSTOMER'
/** Accepts, declines, assigns and closes. */
export const mayRunBriefs = (actor: Actor): boolean => hasStaffRole(actor, 'LIBRARIAN')
/** The asking organisation (of the house itself: the person), the desk, and whoever makes it. To all others it is not there. */
export function maySeeBrief(actor: Actor, brief: BriefSeen): actor is Person {
  if (!isPerson(actor)) return false
  return mayRunBriefs(actor) || (isStaff(actor) && brief.assigneeId === actor.userId) || mayAnswerBrief(actor, brief)
}

/**
 * Approves, asks for changes, takes back: whoever asked, or a colleague of the asking partner. A brief is the organisation's
 * for which it was asked: who asked and sits elsewhere now, or has a second seat with a rival, is a stranger to it.
 */
export function mayAnswerBrief(actor: Actor, brief: BriefSeen): boolean {
  if (!isPerson(actor) || actor.orgKind === 'CUSTOMER' || actor.orgId !== brief.orgId) return false
  return actor.orgKind === 'PARTNER' || actor.userId === brief.askedById
}

/** Works on it: whoever it is assigned to, while their role still lets them upload; and the desk. */
export const mayMakeBrief = (actor: Actor, brief: BriefSeen): boolean =>
  mayRunBriefs(actor) || (hasStaffRole(actor, 'CONTRIBUTOR') && actor.userId === brief.assigneeId)

export function mustRunBriefs(actor: Actor): asserts actor is Person {
  if (!mayRunBriefs(actor)) throw new Refusal('forbidden', 'run the desk of briefs')
}
