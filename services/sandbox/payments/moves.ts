import type Stripe from 'stripe'
import { cardOf, type Card } from './cards.ts'
import { emit } from './emit.ts'
import { invalid, noSuch } from './errors.ts'
import { dispute } from './money-back.ts'
import { newBalanceTransaction, newCharge, newIntent } from './objects/payment.ts'
import { linesOf, newSession } from './objects/session.ts'
import type { SessionRequest } from './requests.ts'
import { seconds, type Payer, type Session, type World } from './world.ts'

/** The session, or Stripe's word that there is none. */
export function sessionOf(world: World, id: string): Session {
  const session = world.state.sessions[id]
  if (!session) throw noSuch('checkout.session', id, 'session')
  return session
}

/** A session lives 30 minutes to 24 hours; Stripe refuses any other end. */
export function openSession(world: World, request: SessionRequest): Session {
  const now = seconds(world)
  if (request.expires_at !== undefined && (request.expires_at < now + 30 * 60 - 5 || request.expires_at > now + 24 * 3600 + 5))
    throw invalid('The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.', {
      param: 'expires_at',
    })
  if (!request.success_url) throw invalid('Missing required param: success_url.', { code: 'parameter_missing', param: 'success_url' })
  if (request.customer && request.customer_email) throw invalid('You may only specify one of these parameters: customer, customer_email.')
  if (request.customer && !world.state.customers[request.customer]) throw noSuch('customer', request.customer, 'customer')
  const lines = linesOf(world, request)
  if (new Set(lines.map((line) => line.currency)).size > 1)
    throw invalid('All line items must have the same currency.', { param: 'line_items' })
  const session = newSession(world, request, lines)
  world.state.sessions[session.id] = session
  world.state.notes[session.id] = {
    lines,
    intentMetadata: request.payment_intent_data?.metadata ?? {},
    transferGroup: request.payment_intent_data?.transfer_group ?? null,
    challenge: null,
  }
  return session
}

/** Ends an open session; one that is paid or over is refused. */
export function expireSession(world: World, id: string): Session {
  const session = sessionOf(world, id)
  if (session.status !== 'open')
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    )
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
  return typeof card.outcome === 'object'
    ? decline(world, intent, card, payer, card.outcome.message)
    : settle(world, session, intent, card, payer)
}

/** The buyer fails or leaves the bank's challenge. */
export function failChallenge(world: World, id: string): void {
  const session = sessionOf(world, id)
  const notes = world.state.notes[id]
  if (session.status !== 'open' || !notes?.challenge) return
  notes.challenge = null
  const intent = intentOf(world, session)
  intent.status = 'requires_payment_method'
  intent.last_payment_error = {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message: 'The bank could not confirm that it is you.',
  }
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
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    last_payment_error: null,
  })
  Object.assign(session, { status: 'complete', payment_status: 'paid', url: null })
  session.customer_details = {
    address: charge.billing_details.address,
    business_name: null,
    email: payer.email || session.customer_email,
    individual_name: payer.name,
    name: payer.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
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
