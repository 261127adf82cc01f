import { ratio } from '../../kernel/money.ts'
import type { Period } from '../../kernel/period.ts'

export interface Paid {
  paidMinor: bigint
  /** What went or is going back of it. */
  refundedMinor: bigint
}

/** What could still be given back. */
export const leftOf = ({ paidMinor, refundedMinor }: Paid): bigint => (paidMinor > refundedMinor ? paidMinor - refundedMinor : 0n)

/**
 * The part of a price that pays for the rest of its term, from an instant on: to the millisecond, rounded once, never more
 * than is left. Null where the term has no end, since nobody can say how much of it is over.
 */
export function proRata(paid: Paid, term: Period, from: Date): bigint | null {
  if (term.to === null) return null
  const whole = BigInt(term.to.getTime() - term.from.getTime())
  const rest = BigInt(term.to.getTime()) - BigInt(Math.max(from.getTime(), term.from.getTime()))
  if (rest <= 0n || whole <= 0n) return 0n
  const part = ratio(paid.paidMinor, rest, whole)
  const left = leftOf(paid)
  return part < left ? part : left
}
