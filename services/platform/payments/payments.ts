import type { Money } from '../../kernel/money.ts'

export interface CheckoutLine {
  orderLineId: string
  title: string
  description: string
  net: Money
}
export interface OpenCheckout {
  /** Makes the idempotency key: one attempt, one session, however often it is asked. */
  attemptId: string
  orderId: string
  lines: CheckoutLine[]
  /** Our own tax, as a line of its own under the net lines; the provider computes none (docs/decisions/tax-lines.md). */
  tax?: { label: string; amount: Money } | null
  customerEmail: string
  customerId: string | null
  expiresAt: Date
  successUrl: string
  cancelUrl: string
  /** Exclusive rights take cards only: no week of "processing" while others are kept away. */
  cardOnly: boolean
}
/** What the provider says of a session now. */
export interface CheckoutNow {
  sessionId: string
  orderId: string | null
  attemptId: string | null
  status: 'open' | 'complete' | 'expired'
  paid: boolean
  paymentIntentId: string | null
  /** In capitals, as everywhere in the house. */
  currency: string
  /** The net lines; `taxMinor` is the tax line; together they are what was asked for. */
  subtotalMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
}
export interface RefundNow {
  stripeRefundId: string
  refundId: string | null
  paymentIntentId: string | null
  status: 'pending' | 'succeeded' | 'failed'
  amountMinor: bigint
}
/** The provider will never make this refund: the money has gone back otherwise, or a dispute took it. Asking again changes nothing. */
export class RefundRefused extends Error {
  override name = 'RefundRefused'
}
/** A doorbell, not a letter: names the object that changed; the operation fetches the object. */
export interface PaymentEvent {
  id: string
  type: string
  livemode: boolean
  objectKind: string
  objectId: string | null
  orderId: string | null
  paymentIntentId: string | null
  payload: unknown
}
export interface Payments {
  /** `settled` when the provider calls this a real sale; the sandbox never does. */
  readonly livemode: boolean
  /** One session an attempt, also where the buyer's address or ours changed between two tries. */
  openCheckout(input: OpenCheckout): Promise<{ sessionId: string; url: string; expiresAt: Date }>
  fetchCheckout(sessionId: string): Promise<CheckoutNow>
  /** Ends an open session. `already-complete` means that the buyer has paid: settle, do not release. */
  expireCheckout(sessionId: string): Promise<'expired' | 'already-complete'>
  /** Throws `RefundRefused` where there is nothing left to give back; every other error is worth another try. */
  refund(input: { refundId: string; paymentIntentId: string; amount: Money; reason: string }): Promise<RefundNow>
  fetchRefund(stripeRefundId: string): Promise<RefundNow>
  /** Null for a bad signature or a body that is no event. */
  readEvent(raw: string, signature: string | null): PaymentEvent | null
  /** Events that never reached us, for the reconciler. */
  undeliveredEvents(since: Date): AsyncIterable<PaymentEvent>
}
