import type Stripe from 'stripe'
import { cardOf, type Card } from './cards.ts'
import { invalid, noSuch } from './errors.ts'
import { newBalanceTransaction, newCharge, newDispute, newIntent, newRefund } from './objects/payment.ts'
import { linesOf, newSession } from './objects/session.ts'
import type { RefundRequest, SessionRequest } from './requests.ts'
import { newStripeId, seconds, type Payer, type Session, type World } from './world.ts'

const pinnedVersion = '2026-10-28.endive'

/** Every change goes through one of the moves below, and each move makes exactly the events that Stripe documents for it. */
export function emit(world: World, type: string, object: object): void {
  const event: Stripe.EventBase = {
    id: newStripeId('evt'), object: 'event', api_version: pinnedVersion, created: seconds(world), data: { object: structuredClone(object) as Stripe.Event.Data.Object },
    livemode: false, pending_webhooks: 1, request: { id: newStripeId('req'), idempotency_key: null }, type: type as Stripe.Event.Type,
  }
  world.state.events[event.id] = event
  world.note({ kind: 'event', what: type, detail: { id: event.id, object: (object as { id?: string }).id } })
  world.announce(event)
}

export function sessionOf(world: World, id: string): Session {
  const session = world.state.sessions[id]
  if (!session) throw noSuch('checkout.session', id, 'session')
  return session
}

/** A session lives 30 minutes to 24 hours; Stripe refuses any other end. */
export function openSession(world: World, request: SessionRequest): Session {
  const now = seconds(world)
  if (request.expires_at !== undefined && (request.expires_at < now + 30 * 60 - 5 || request.expires_at > now + 24 * 3600 + 5))
    throw invalid('The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.', { param: 'expires_at' })
  if (!request.success_url) throw invalid('Missing required param: success_url.', { code: 'parameter_missing', param: 'success_url' })
  if (request.customer && request.customer_email) throw invalid('You may only specify one of these parameters: customer, customer_email.')
  if (request.customer && !world.state.customers[request.customer]) throw noSuch('customer', request.customer, 'customer')
  const lines = linesOf(world, request)
  if (new Set(lines.map((line) => line.currency)).size > 1) throw invalid('All line items must have the same currency.', { param: 'line_items' })
  const session = newSession(world, request, lines)
  world.state.sessions[session.id] = session
  world.state.notes[session.id] = {
    lines, intentMetadata: request.payment_intent_data?.metadata ?? {}, transferGroup: request.payment_intent_data?.transfer_group ?? null, challenge: null,
  }
  return session
}

/** Ends an open session; one that is paid or over is refused. */
export function expireSession(world: World, id: string): Session {
  const session = sessionOf(world, id)
  if (session.status !== 'open')
    throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`)
  session.status = 'expired'
  session.url = null
  emit(world, 'checkout.session.expired', session)
  return session
}

export type PayOutcome = { kind: 'paid' } | { kind: 'challenge' } | { kind: 'declined'; message: string } | { kind: 'closed' }

/** The buyer presses Pay. `passed`: the bank's challenge was answered. */
export function pay(world: World, id: string, number: string, payer: Payer, passed = false): PayOutcome {
  const session = sessionOf(world, id)
  const notes = world.state.notes[id]
  if (session.status !== 'open' || !notes) return { kind: 'closed' }
  const card = cardOf(number)
  if (!card) return { kind: 'declined', message: 'This sandbox knows its test cards only. Choose one from the list.' }
  const intent = intentOf(world, session)
  if (card.outcome === 'challenge' && !passed) {
    notes.challenge = { card: card.number, payer }
    intent.status = 'requires_action'
    emit(world, 'payment_intent.requires_action', intent)
    return { kind: 'challenge' }
  }
  notes.challenge = null
  return typeof card.outcome === 'object' ? decline(world, intent, card, payer, card.outcome.message) : settle(world, session, intent, card, payer)
}

/** The buyer fails or leaves the bank's challenge. */
export function failChallenge(world: World, id: string): void {
  const session = sessionOf(world, id)
  const notes = world.state.notes[id]
  if (session.status !== 'open' || !notes?.challenge) return
  notes.challenge = null
  const intent = intentOf(world, session)
  intent.status = 'requires_payment_method'
  intent.last_payment_error = { type: 'invalid_request_error', code: 'payment_intent_authentication_failure', message: 'The bank could not confirm that it is you.' }
  emit(world, 'payment_intent.payment_failed', intent)
}

function intentOf(world: World, session: Session): Stripe.PaymentIntent {
  const known = typeof session.payment_intent === 'string' ? world.state.intents[session.payment_intent] : undefined
  if (known) return known
  const notes = world.state.notes[session.id]
  if (!notes) throw noSuch('checkout.session', session.id)
  const intent = newIntent(world, session, notes)
  world.state.intents[intent.id] = intent
  session.payment_intent = intent.id
  emit(world, 'payment_intent.created', intent)
  return intent
}

function decline(world: World, intent: Stripe.PaymentIntent, card: Card, payer: Payer, message: string): PayOutcome {
  const charge = newCharge(world, intent, card, payer)
  world.state.charges[charge.id] = charge
  intent.latest_charge = charge.id
  intent.status = 'requires_payment_method'
  intent.last_payment_error = { type: 'card_error', code: charge.failure_code ?? 'card_declined', message, charge: charge.id }
  emit(world, 'charge.failed', charge)
  emit(world, 'payment_intent.payment_failed', intent)
  return { kind: 'declined', message }
}

function settle(world: World, session: Session, intent: Stripe.PaymentIntent, card: Card, payer: Payer): PayOutcome {
  const charge = newCharge(world, intent, card, payer)
  world.state.charges[charge.id] = charge
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, latest_charge: charge.id, payment_method: charge.payment_method, last_payment_error: null })
  Object.assign(session, { status: 'complete', payment_status: 'paid', url: null })
  session.customer_details = {
    address: charge.billing_details.address, business_name: null, email: payer.email || session.customer_email, individual_name: payer.name, name: payer.name, phone: null,
    tax_exempt: 'none', tax_ids: [],
  }
  emit(world, 'charge.succeeded', charge)
  emit(world, 'payment_intent.succeeded', intent)
  emit(world, 'checkout.session.completed', session)
  // The fee is known a moment later than the charge, which is why it has an event of its own.
  const entry = newBalanceTransaction(world, charge, 'charge')
  world.state.balance[entry.id] = entry
  charge.balance_transaction = entry.id
  emit(world, 'charge.updated', charge)
  if (card.dispute) dispute(world, charge)
  if (card.refund) charge.metadata = { ...charge.metadata, sandbox_refund: card.refund }
  return { kind: 'paid' }
}

function dispute(world: World, charge: Stripe.Charge): void {
  const opened = newDispute(world, charge)
  world.state.disputes[opened.id] = opened
  charge.disputed = true
  emit(world, 'charge.dispute.created', opened)
  emit(world, 'charge.dispute.funds_withdrawn', opened)
}

/** The bank's last word on a dispute. */
export function closeDispute(world: World, id: string, status: 'won' | 'lost'): Stripe.Dispute {
  const found = world.state.disputes[id]
  if (!found) throw noSuch('dispute', id)
  if (found.status !== 'needs_response') throw invalid(`This dispute is already ${found.status}.`)
  found.status = status
  emit(world, 'charge.dispute.closed', found)
  if (status === 'won') emit(world, 'charge.dispute.funds_reinstated', found)
  return found
}

/** Gives money back: never more than is left of the charge, nothing while it is disputed. */
export function refund(world: World, request: RefundRequest): Stripe.Refund {
  const charge = Object.values(world.state.charges).find((made) => made.status === 'succeeded' && (made.id === request.charge || made.payment_intent === request.payment_intent))
  if (!request.charge && !request.payment_intent) throw invalid('One of the following params should be provided for this request: payment_intent or charge.')
  if (!charge) throw noSuch(request.charge ? 'charge' : 'payment_intent', request.charge ?? request.payment_intent ?? '', request.charge ? 'charge' : 'payment_intent')
  if (charge.disputed) throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' })
  if (charge.refunded) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  const left = charge.amount - charge.amount_refunded
  const amount = request.amount ?? left
  if (amount > left) throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' })
  const { sandbox_refund: turn } = charge.metadata
  const made = newRefund(world, charge, { amount, reason: request.reason ?? null, metadata: request.metadata ?? {}, status: turn === 'later' ? 'pending' : 'succeeded' })
  world.state.refunds[made.id] = made
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount
  const entry = newBalanceTransaction(world, { id: made.id, amount, currency: charge.currency }, 'refund')
  world.state.balance[entry.id] = entry
  made.balance_transaction = entry.id
  if (turn) world.state.refundTurns.push({ refundId: made.id, dueAt: world.clock.now().getTime() + 3000, to: turn === 'later' ? 'succeeded' : 'failed' })
  emit(world, 'refund.created', made)
  emit(world, 'charge.refunded', charge)
  return made
}

export function turnRefund(world: World, id: string, to: 'succeeded' | 'failed'): void {
  const made = world.state.refunds[id]
  if (!made || made.status === to) return
  made.status = to
  const charge = typeof made.charge === 'string' ? world.state.charges[made.charge] : undefined
  if (to === 'failed') {
    made.failure_reason = 'expired_or_canceled_card'
    if (charge) Object.assign(charge, { amount_refunded: charge.amount_refunded - made.amount, refunded: false })
  }
  emit(world, 'refund.updated', made)
  if (to === 'failed') emit(world, 'refund.failed', made)
}

/** What the clock does: sessions end, slow refunds finish, idempotency keys are forgotten after a day. True when anything changed. */
export function tick(world: World): boolean {
  const { state } = world
  const now = world.clock.now().getTime()
  let changed = false
  for (const session of Object.values(state.sessions))
    if (session.status === 'open' && session.expires_at * 1000 <= now) {
      expireSession(world, session.id)
      changed = true
    }
  for (const turn of state.refundTurns.filter(({ dueAt }) => dueAt <= now)) {
    turnRefund(world, turn.refundId, turn.to)
    changed = true
  }
  state.refundTurns = state.refundTurns.filter(({ dueAt }) => dueAt > now)
  for (const [key, kept] of Object.entries(state.kept)) if (kept.at < now - 24 * 3_600_000) delete state.kept[key]
  return changed
}
