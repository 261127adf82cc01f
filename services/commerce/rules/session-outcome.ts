/** What the provider says of a session, and what we froze when the order was placed. */
export interface SessionSays {
  orderId: string | null
  attemptId: string | null
  status: 'open' | 'complete' | 'expired'
  paid: boolean
  currency: string
  subtotalMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
}
export interface Frozen {
  orderId: string
  attemptIds: readonly string[]
  currency: string
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
}
export type SessionOutcome = 'payable' | 'expired' | 'awaiting-funds' | 'paid' | 'paid-otherwise'

/** Money for another order, in another currency or of another amount is never taken for this one's. */
function matches(session: SessionSays, frozen: Frozen): boolean {
  return (
    session.orderId === frozen.orderId &&
    session.attemptId !== null &&
    frozen.attemptIds.includes(session.attemptId) &&
    session.currency.toUpperCase() === frozen.currency.toUpperCase() &&
    session.subtotalMinor === frozen.netMinor &&
    session.taxMinor === frozen.taxMinor &&
    session.totalMinor === frozen.totalMinor
  )
}

/** What a session means for its order. An answer that we do not understand is `payable`: nothing is released on a guess. */
export function outcomeOf(session: SessionSays, frozen: Frozen): SessionOutcome {
  if (session.paid) return matches(session, frozen) ? 'paid' : 'paid-otherwise'
  if (session.status === 'expired') return 'expired'
  return session.status === 'complete' ? 'awaiting-funds' : 'payable'
}
