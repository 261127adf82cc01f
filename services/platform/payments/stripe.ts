import Stripe from 'stripe'
import { isLiveKey, stripeClient, type StripeSettings } from './client.ts'
import { fromStripeAmount, fromStripeCurrency, toStripeAmount, toStripeCurrency } from './minor-units.ts'
import { RefundRefused, type CheckoutNow, type OpenCheckout, type PaymentEvent, type Payments, type RefundNow } from './payments.ts'

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null)

/** Payments through Stripe Checkout's hosted page: no card number ever comes near this house. */
export function stripePayments(settings: StripeSettings): Payments {
  const stripe = stripeClient(settings)
  const livemode = isLiveKey(settings.secretKey)
  return {
    livemode,
    async openCheckout(input) {
      const session = await openedFor(stripe, input)
      // Paid or over by now, it has no page any more: where the buyer comes back to says how the order stands.
      return { sessionId: session.id, url: session.url ?? input.successUrl, expiresAt: new Date(session.expires_at * 1000) }
    },
    async fetchCheckout(sessionId) {
      return checkoutNow(await stripe.checkout.sessions.retrieve(sessionId, { expand: ['line_items'] }))
    },
    async expireCheckout(sessionId) {
      try {
        await stripe.checkout.sessions.expire(sessionId)
        return 'expired'
      } catch (error) {
        // Only an open session can be expired. Refused, it has either ended already or the buyer has paid: ask which.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
        const { status } = await stripe.checkout.sessions.retrieve(sessionId)
        if (status === 'complete') return 'already-complete'
        if (status === 'expired') return 'expired'
        throw error
      }
    },
    async refund({ refundId, paymentIntentId, amount, reason }) {
      // Keys are forgotten after a day; a job that comes back later finds its refund by our id instead of making a second one.
      for await (const made of stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }))
        if (made.metadata?.refund_id === refundId) return refundNow(made)
      try {
        const refund = await stripe.refunds.create(
          {
            payment_intent: paymentIntentId,
            amount: toStripeAmount(amount),
            reason: 'requested_by_customer',
            metadata: { refund_id: refundId, reason: reason.slice(0, 500) },
          },
          { idempotencyKey: `refund:${refundId}` },
        )
        return refundNow(refund)
      } catch (error) {
        throw isNothingLeft(error) ? new RefundRefused((error as Error).message, { cause: error }) : error
      }
    },
    async fetchRefund(stripeRefundId) {
      return refundNow(await stripe.refunds.retrieve(stripeRefundId))
    },
    readEvent(raw, signature) {
      if (!signature) return null
      for (const secret of settings.webhookSecrets) {
        try {
          const event = stripe.webhooks.constructEvent(raw, signature, secret)
          // A test event with a live key (or the reverse) is somebody else's world: never act on it.
          return event.livemode === livemode ? paymentEvent(event) : null
        } catch {
          continue
        }
      }
      return null
    },
    async *undeliveredEvents(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) }
      for await (const event of stripe.events.list({ delivery_success: false, created, limit: 100 }))
        if (event.livemode === livemode) yield paymentEvent(event)
    },
  }
}

/**
 * The session of an attempt, made once. The key is the attempt's alone: what is paid for never changes within one, but the
 * buyer's address may, or ours. Stripe then refuses the key instead of answering with what it made, and we look for that:
 * another key would open a second page for the same order.
 */
async function openedFor(stripe: Stripe, input: OpenCheckout): Promise<Stripe.Checkout.Session> {
  try {
    return await stripe.checkout.sessions.create(sessionFor(input), { idempotencyKey: `checkout:${input.attemptId}` })
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeIdempotencyError)) throw error
    // A session lives between thirty minutes and a day; the newest are listed first.
    const ends = Math.floor(input.expiresAt.getTime() / 1000)
    const created = { gte: ends - 24 * 3600 - 60, lte: ends - 30 * 60 + 60 }
    for await (const made of stripe.checkout.sessions.list({ created, limit: 100 }))
      if (made.metadata?.attempt_id === input.attemptId && isFor(made, input)) return made
    throw error
  }
}

/** Whether a session is for this order and this money: another one under our key is a fault, not an answer. */
function isFor(made: Stripe.Checkout.Session, { orderId, lines, tax }: OpenCheckout): boolean {
  const amounts = [...lines.map(({ net }) => net), ...(tax ? [tax.amount] : [])]
  const total = amounts.reduce((sum, { minor }) => sum + minor, 0n)
  return (
    made.metadata?.order_id === orderId &&
    fromStripeAmount(made.amount_total) === total &&
    amounts.every(({ currency }) => toStripeCurrency(currency) === made.currency)
  )
}

/** The charge was refunded, charged back, or has less left than was asked. */
const isNothingLeft = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  (error.code === 'charge_already_refunded' || error.code === 'charge_disputed' || error.param === 'amount')

/** Prices are made here, line by line, never kept at Stripe: the licence terms make the price. The buyer sees the tax as the last line. */
function sessionFor(input: OpenCheckout): Stripe.Checkout.SessionCreateParams {
  const reference = { order_id: input.orderId, attempt_id: input.attemptId }
  const lines = input.lines.map((line): Stripe.Checkout.SessionCreateParams.LineItem => ({
    quantity: 1,
    metadata: { order_line_id: line.orderLineId },
    price_data: {
      currency: toStripeCurrency(line.net.currency),
      unit_amount: toStripeAmount(line.net),
      product_data: { name: line.title, ...(line.description ? { description: line.description } : {}) },
    },
  }))
  if (input.tax && input.tax.amount.minor > 0n)
    lines.push({
      quantity: 1,
      metadata: { kind: 'tax' },
      price_data: {
        currency: toStripeCurrency(input.tax.amount.currency),
        unit_amount: toStripeAmount(input.tax.amount),
        product_data: { name: input.tax.label },
      },
    })
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    client_reference_id: input.orderId,
    ...(input.customerId ? { customer: input.customerId } : { customer_email: input.customerEmail }),
    line_items: lines,
    automatic_tax: { enabled: false },
    adaptive_pricing: { enabled: false },
    payment_intent_data: { metadata: reference, transfer_group: `order_${input.orderId}` },
    ...(input.cardOnly ? { allowed_payment_method_types: ['card'] } : {}),
    expires_at: Math.floor(input.expiresAt.getTime() / 1000),
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
    metadata: reference,
  }
}

function checkoutNow(session: Stripe.Checkout.Session): CheckoutNow {
  const total = fromStripeAmount(session.amount_total)
  const tax = (session.line_items?.data ?? [])
    .filter((line) => line.metadata?.kind === 'tax')
    .reduce((sum, line) => sum + fromStripeAmount(line.amount_total), fromStripeAmount(session.total_details?.amount_tax ?? 0))
  return {
    sessionId: session.id,
    orderId: session.metadata?.order_id ?? null,
    attemptId: session.metadata?.attempt_id ?? null,
    status: session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open',
    // `no_payment_required` is not taken for paid: nothing of ours is free by way of a checkout.
    paid: session.payment_status === 'paid',
    paymentIntentId: idOf(session.payment_intent),
    currency: fromStripeCurrency(session.currency),
    subtotalMinor: total - tax,
    taxMinor: tax,
    totalMinor: total,
  }
}

function refundNow(refund: Stripe.Refund): RefundNow {
  const status =
    refund.status === 'succeeded' ? 'succeeded' : refund.status === 'failed' || refund.status === 'canceled' ? 'failed' : 'pending'
  return {
    stripeRefundId: refund.id,
    refundId: refund.metadata?.refund_id ?? null,
    paymentIntentId: idOf(refund.payment_intent),
    status,
    amountMinor: fromStripeAmount(refund.amount),
  }
}

interface EventObject {
  object?: string
  id?: string
  client_reference_id?: string | null
  payment_intent?: string | { id: string } | null
  metadata?: Record<string, string> | null
}

function paymentEvent(event: Stripe.Event): PaymentEvent {
  const object = event.data.object as EventObject
  return {
    id: event.id,
    type: event.type,
    livemode: event.livemode,
    objectKind: object.object ?? 'unknown',
    objectId: object.id ?? null,
    orderId: object.metadata?.order_id ?? object.client_reference_id ?? null,
    paymentIntentId: object.object === 'payment_intent' ? (object.id ?? null) : idOf(object.payment_intent),
    payload: event,
  }
}
