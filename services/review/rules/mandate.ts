import type { Role } from '../../kernel/actor.ts'
import type { Day } from '../../kernel/period.ts'
import type { Need } from './route.ts'

/** Somebody with a seat in the house now. */
export interface Seat {
  userId: string
  roles: readonly Role[]
}
/** Who decides a step, as its route says it and as it was handed on since. */
export interface Mandate {
  need: Need
  roles: readonly Role[]
  people: readonly string[]
  deciders: readonly string[]
  ownerId: string | null
}

/** The house's administrators hold every role that its staff may have, as everywhere (kernel/actor.ts). */
const holds = (seat: Seat, roles: readonly Role[]): boolean =>
  roles.length > 0 && (seat.roles.includes('ADMINISTRATOR') || seat.roles.some((role) => roles.includes(role)))

/** Whether the step is this person's to decide: by a role, or by name. */
export const qualifies = ({ roles, people }: Pick<Mandate, 'roles' | 'people'>, seat: Seat): boolean =>
  people.includes(seat.userId) || holds(seat, roles)

/**
 * Whether a step may be handed to this person: whoever decides it anyway; and, of a step that names people only, any
 * reviewer. Nobody decides by delegation what they could not be trusted with.
 */
export const mayTake = (step: Pick<Mandate, 'roles' | 'people'>, seat: Seat): boolean =>
  qualifies(step, seat) || (step.roles.length === 0 && holds(seat, ['REVIEWER']))

/** The people whose word a step waits for that wants everybody's: by name, or by holding the role themselves. */
export function decidersOf(step: Pick<Mandate, 'roles' | 'people'>, seats: readonly Seat[], without: string | null): string[] {
  const own = seats.filter(({ userId, roles }) => step.people.includes(userId) || roles.some((role) => step.roles.includes(role)))
  const asked = own.length > 0 ? own : seats.filter((seat) => qualifies(step, seat))
  return asked.map(({ userId }) => userId).filter((userId) => userId !== without)
}

/** A step's people after somebody left or lost the role: what it may still wait for. */
export interface Remaining {
  ownerId: string | null
  deciders: string[]
  wanted: number
  /** Who had it and cannot decide it any more. */
  gone: string[]
  /** It is a task of people now who were not asked before. */
  freed: boolean
  /** There is nobody who could say another word. */
  stranded: boolean
}

/**
 * What an open step may still wait for, given who is able to decide it now. What was said stays said; a word that nobody can
 * say any more is not waited for, and of "so many" never more than have spoken or still can.
 */
export function remainingOf(
  step: Pick<Mandate, 'need' | 'deciders' | 'ownerId'> & { wanted: number },
  words: readonly { userId: string; handId: string }[],
  able: readonly string[],
): Remaining {
  const spoken = words.map(({ userId }) => userId)
  const hands = new Set(words.map(({ handId }) => handId))
  // Whose word somebody else has said in their place says no second one.
  const further = able.filter((userId) => !hands.has(userId) && !spoken.includes(userId))
  const deciders = step.deciders.filter((userId) => spoken.includes(userId) || able.includes(userId))
  const ownerId = step.ownerId && able.includes(step.ownerId) ? step.ownerId : null
  const lost = step.ownerId && !ownerId ? [step.ownerId] : []
  return {
    ownerId,
    deciders,
    wanted: step.need === 'COUNT' ? Math.max(1, Math.min(step.wanted, hands.size + further.length)) : step.wanted,
    gone: [...new Set([...step.deciders.filter((userId) => !deciders.includes(userId)), ...lost])],
    freed: lost.length > 0 || (step.deciders.length > 0 && deciders.length === 0),
    stranded: able.length === 0,
  }
}

/** Who is at the page, and whom they stand in for today. */
export interface Hand {
  seat: Seat
  seats: readonly Seat[]
  standsInFor: readonly string[]
}

/**
 * In whose names somebody may speak in an open step: their own, else that of somebody who is away; where everybody's word
 * is wanted, both. Nobody stands in who could not take the step themselves, and whose hand counts once speaks once.
 */
export function namesFor(
  step: Mandate,
  { seat, seats, standsInFor }: Hand,
  { words, without }: { words: readonly { userId: string; handId: string }[]; without: string | null },
): string[] {
  const me = seat.userId
  const missing = (id: string) =>
    id !== without &&
    !words.some(({ userId }) => userId === id) &&
    (step.need !== 'ALL' || step.deciders.length === 0 || step.deciders.includes(id))
  if (me === without || !mayTake(step, seat)) return []
  if (step.need === 'COUNT' && words.some(({ handId }) => handId === me)) return []
  const own = qualifies(step, seat) && missing(me)
  if (own && step.need !== 'ALL') return [me]
  const absent = standsInFor.filter((id) => missing(id) && seats.some((other) => other.userId === id && qualifies(step, other)))
  return own ? [me, ...absent] : absent
}

/** Away from one day to another, both included, in the days of the house. */
export interface Absence {
  userId: string
  delegateId: string
  from: Day
  until: Day
}

/**
 * Who speaks for a person on a day: their delegate, or the delegate's delegate where that one is away as well. Null for
 * who is there, and where the chain comes back to its beginning.
 */
export function standInOf(userId: string, absences: readonly Absence[], today: Day): string | null {
  const seen = [userId]
  for (let here = userId; ;) {
    const away = absences.find((absence) => absence.userId === here && absence.from <= today && today <= absence.until)
    if (!away) return here === userId ? null : here
    if (seen.includes(away.delegateId)) return null
    here = away.delegateId
    seen.push(here)
  }
}

/** The people for whom somebody speaks on a day. */
export const actsFor = (userId: string, absences: readonly Absence[], today: Day): string[] =>
  [...new Set(absences.map((absence) => absence.userId))].filter((away) => standInOf(away, absences, today) === userId)
