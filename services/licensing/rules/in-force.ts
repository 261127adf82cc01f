import { wallTimeOf } from '../../kernel/period.ts'
import type { LicenceEnd, LicenceState } from './licence-states.ts'

export interface Term {
  state: LicenceState
  startsAt: Date
  endsAt: Date | null
}

/** Whether the licence gives rights at `now`. The clock decides: a sweep that is late grants nothing. */
export const isInForce = (licence: Term, now: Date): boolean =>
  licence.state === 'ACTIVE' && licence.startsAt <= now && (licence.endsAt === null || now < licence.endsAt)

export type Standing =
  | 'reserved'
  | 'upcoming'
  | 'in-force'
  | 'ending'
  | 'suspended'
  | 'expired'
  | 'revoked'
  | 'refunded'
  | 'superseded'
  | 'released'
  | 'conflict'

const ends: Record<LicenceEnd, Standing> = {
  EXPIRED: 'expired',
  REVOKED: 'revoked',
  REFUNDED: 'refunded',
  SUPERSEDED: 'superseded',
  RELEASED: 'released',
}

/** The last thirty days of a term: the holder is told, and may renew. */
export const endingSpan = 30 * 86_400_000

/** How the licence stands at `now`, in one word: what a badge says. An ACTIVE row past its end is expired, swept or not. */
export function standingOf(licence: Term & { endedBy?: LicenceEnd | null }, now: Date): Standing {
  if (licence.state === 'CONFLICT') return 'conflict'
  if (licence.state === 'RESERVED' || licence.state === 'AWAITING_PAYMENT') return 'reserved'
  if (licence.state === 'ENDED') return ends[licence.endedBy ?? 'EXPIRED']
  if (licence.endsAt !== null && licence.endsAt <= now) return 'expired'
  if (licence.state === 'SUSPENDED') return 'suspended'
  if (now < licence.startsAt) return 'upcoming'
  return licence.endsAt !== null && licence.endsAt.getTime() - now.getTime() <= endingSpan ? 'ending' : 'in-force'
}

/**
 * Days left by the clocks of its zone, rounded up: on its last day a licence has one day left, also where that day or one
 * before it has an hour more or less. Null: it has no end.
 */
export function daysLeft(endsAt: Date | null, now: Date, zone: string): number | null {
  if (endsAt === null) return null
  if (endsAt <= now) return 0
  const shown = (at: Date): number => Date.parse(`${wallTimeOf(at, zone)}Z`)
  return Math.max(1, Math.ceil((shown(endsAt) - shown(now)) / 86_400_000))
}
