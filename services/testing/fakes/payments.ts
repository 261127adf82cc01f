import { randomBytes } from 'node:crypto'
import type { Clock } from '#services/platform/clock.ts'
import {
  RefundRefused,
  type CheckoutNow,
  type OpenCheckout,
  type PaymentEvent,
  type Payments,
  type RefundNow,
} from '#services/platform/payments/payments.ts'

interface FakeSession {
  input: OpenCheckout
  now: CheckoutNow
  url: string
  expiresAt: Date
}

/** A provider in memory that remembers what it was asked, and a buyer's hands (`pay`, `expire`) for tests. */
export interface FakePayments extends Payments {
  sessions: Map<string, FakeSession>
  refunds: Map<string, RefundNow>
  /** Events that were made and not taken as delivered. */
  undelivered: PaymentEvent[]
  /** The buyer pays on the hosted page; gives back the payment intent. */
  pay(sessionId: string): string
  expire(sessionId: string): void
  /** The state in which the next refunds begin; `succeeded` unless told. */
  refundsBegin(status: RefundNow['status']): void
  endRefund(stripeRefundId: string, status: 'succeeded' | 'failed'): void
  /** An event as it comes to the hook: raw body and signature that `readEvent` accepts. */
  signed(event: PaymentEvent): { raw: string; signature: string }
  event(type: string, objectId: string): PaymentEvent
  /** The next call of this name fails with the error, once: a lost connection. */
  failNext(call: keyof Payments, error?: Error): void
}

const openSession = (input: OpenCheckout, sessionId: string): FakeSession => {
  const subtotalMinor = input.lines.reduce((sum, line) => sum + line.net.minor, 0n)
  const taxMinor = input.tax?.amount.minor ?? 0n
  return {
    input,
    url: `https://pay.test/c/pay/${sessionId}`,
    expiresAt: new Date(Math.floor(input.expiresAt.getTime() / 1000) * 1000),
    now: {
      sessionId,
      orderId: input.orderId,
      attemptId: input.attemptId,
      status: 'open',
      paid: false,
      paymentIntentId: null,
      currency: input.lines[0]?.net.currency ?? 'EUR',
      subtotalMinor,
      taxMinor,
      totalMinor: subtotalMinor + taxMinor,
    },
  }
}

/** Keeps what Stripe promises (contracts/payments.ts is run on it and on the real adapter). */
export function fakePayments({ clock }: { clock: Clock }): FakePayments {
  const sessions = new Map<string, FakeSession>()
  const refunds = new Map<string, RefundNow>()
  const undelivered: PaymentEvent[] = []
  const failures = new Map<keyof Payments, Error>()
  let number = 0
  let beginning: RefundNow['status'] = 'succeeded'
  // Two providers in one database must not meet in a unique column.
  const own = randomBytes(5).toString('hex')
  const next = (prefix: string) => `${prefix}_fake_${own}_${(++number).toString().padStart(6, '0')}`
  const trip = (call: keyof Payments) => {
    const error = failures.get(call)
    failures.delete(call)
    if (error) throw error
  }
  const sessionOf = (id: string): FakeSession => {
    const session = sessions.get(id)
    if (!session) throw new Error(`No such checkout session: ${id}`)
    if (session.now.status === 'open' && session.expiresAt <= clock.now()) fake.expire(id)
    return session
  }
  const fake: FakePayments = {
    livemode: false,
    sessions,
    refunds,
    undelivered,
    async openCheckout(input) {
      trip('openCheckout')
      const before = [...sessions.values()].find((session) => session.input.attemptId === input.attemptId)
      const sessionId = before?.now.sessionId ?? next('cs_test')
      const session = before ?? openSession(input, sessionId)
      if (!before && input.lines.length === 0) throw new Error('a session needs a line')
      if (!before && input.expiresAt.getTime() < clock.now().getTime() + 30 * 60_000 - 1000)
        throw new Error('expires_at must be at least 30 minutes from now')
      sessions.set(sessionId, session)
      return { sessionId, url: session.url, expiresAt: session.expiresAt }
    },
    async fetchCheckout(sessionId) {
      trip('fetchCheckout')
      return { ...sessionOf(sessionId).now }
    },
    async expireCheckout(sessionId) {
      trip('expireCheckout')
      const { now } = sessionOf(sessionId)
      if (now.status === 'complete') return 'already-complete'
      if (now.status === 'open') fake.expire(sessionId)
      return 'expired'
    },
    async refund({ refundId, paymentIntentId, amount }) {
      trip('refund')
      const made = [...refunds.values()]
      const before = made.find((refund) => refund.refundId === refundId)
      if (before) return { ...before }
      const session = [...sessions.values()].find(({ now }) => now.paymentIntentId === paymentIntentId)
      if (!session) throw new Error(`No such payment_intent: ${paymentIntentId}`)
      const given = made
        .filter((refund) => refund.paymentIntentId === paymentIntentId && refund.status !== 'failed')
        .reduce((sum, refund) => sum + refund.amountMinor, 0n)
      if (given + amount.minor > session.now.totalMinor)
        throw new RefundRefused('Refund amount is greater than the unrefunded amount on the charge')
      const refund: RefundNow = { stripeRefundId: next('re'), refundId, paymentIntentId, status: beginning, amountMinor: amount.minor }
      refunds.set(refund.stripeRefundId, refund)
      undelivered.push(fake.event('refund.created', refund.stripeRefundId))
      return { ...refund }
    },
    async fetchRefund(stripeRefundId) {
      trip('fetchRefund')
      const refund = refunds.get(stripeRefundId)
      if (!refund) throw new Error(`No such refund: ${stripeRefundId}`)
      return { ...refund }
    },
    readEvent(raw, signature) {
      if (signature !== `fake:${raw.length}`) return null
      return JSON.parse(raw) as PaymentEvent
    },
    async *undeliveredEvents() {
      trip('undeliveredEvents')
      yield* [...undelivered]
    },
    pay(sessionId) {
      const { now } = sessionOf(sessionId)
      if (now.status !== 'open') throw new Error(`session ${sessionId} is ${now.status}`)
      now.status = 'complete'
      now.paid = true
      now.paymentIntentId = next('pi')
      undelivered.push(fake.event('checkout.session.completed', sessionId))
      return now.paymentIntentId
    },
    expire(sessionId) {
      const session = sessions.get(sessionId)
      if (session?.now.status !== 'open') return
      session.now.status = 'expired'
      undelivered.push(fake.event('checkout.session.expired', sessionId))
    },
    refundsBegin: (status) => void (beginning = status),
    endRefund(stripeRefundId, status) {
      const refund = refunds.get(stripeRefundId)
      if (!refund) throw new Error(`No such refund: ${stripeRefundId}`)
      refund.status = status
      undelivered.push(fake.event(status === 'failed' ? 'refund.failed' : 'refund.updated', stripeRefundId))
    },
    signed(event) {
      const raw = JSON.stringify(event)
      return { raw, signature: `fake:${raw.length}` }
    },
    event(type, objectId) {
      const session = sessions.get(objectId)?.now
      const refund = refunds.get(objectId)
      const objectKind = session ? 'checkout.session' : refund ? 'refund' : 'payment_intent'
      return {
        id: next('evt'),
        type,
        livemode: false,
        objectKind,
        objectId,
        orderId: session?.orderId ?? null,
        paymentIntentId: session?.paymentIntentId ?? refund?.paymentIntentId ?? null,
        payload: { type, object: objectId },
      }
    },
    failNext: (call, error = new Error('connection lost')) => void failures.set(call, error),
  }
  return fake
}
