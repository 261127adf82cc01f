import type Stripe from 'stripe'
import type { Card } from '../cards.ts'
import { newStripeId, seconds, type Payer, type Session, type SessionNotes, type World } from '../world.ts'

/** The intent behind a session: made when the buyer first presses Pay, as at Stripe. */
export function newIntent(world: World, session: Session, notes: SessionNotes): Stripe.PaymentIntent {
  const id = newStripeId('pi')
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${newStripeId('sandbox')}`,
    confirmation_method: 'automatic',
    created: seconds(world),
    currency: session.currency ?? 'eur',
    customer: session.customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: notes.intentMetadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_group: notes.transferGroup,
  }
}

const addressIn = (country: string): Stripe.Address => ({ city: null, country, line1: null, line2: null, postal_code: null, state: null })

const outcomeOf = (card: Card): Stripe.Charge.Outcome => ({
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: typeof card.outcome === 'object' ? 'declined_by_network' : 'approved_by_network',
  reason: typeof card.outcome === 'object' ? card.outcome.declined : null,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: typeof card.outcome === 'object' ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
  type: typeof card.outcome === 'object' ? 'issuer_declined' : 'authorized',
})

/** One attempt to take money from a card, good or bad. */
export function newCharge(world: World, intent: Stripe.PaymentIntent, card: Card, payer: Payer): Stripe.Charge {
  const failure = typeof card.outcome === 'object' ? card.outcome : null
  return {
    id: newStripeId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: failure ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: addressIn(payer.country), email: payer.email, name: payer.name, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SANDBOX',
    captured: !failure,
    created: seconds(world),
    currency: intent.currency,
    customer: intent.customer,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(card),
    paid: !failure,
    payment_intent: intent.id,
    payment_method: newStripeId('pm'),
    payment_method_details: { type: 'card' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: failure ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  }
}

/** Stripe's own book line: what came in or went out, and its fee (here 1.5 % and 25 minor units of each charge). */
export function newBalanceTransaction(
  world: World,
  source: { id: string; amount: number; currency: string },
  type: 'charge' | 'refund',
): Stripe.BalanceTransaction {
  const fee = type === 'charge' ? Math.round(source.amount * 0.015) + 25 : 0
  const amount = type === 'charge' ? source.amount : -source.amount
  return {
    id: newStripeId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: seconds(world) + 2 * 86_400,
    balance_type: 'payments',
    created: seconds(world),
    currency: source.currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details: fee
      ? [{ amount: fee, application: null, currency: source.currency, description: 'Sandbox processing fees', type: 'stripe_fee' }]
      : [],
    net: amount - fee,
    reporting_category: type,
    source: source.id,
    status: 'pending',
    type,
  }
}

export function newRefund(
  world: World,
  charge: Stripe.Charge,
  fields: { amount: number; reason: Stripe.Refund['reason']; metadata: Stripe.Metadata; status: 'pending' | 'succeeded' },
): Stripe.Refund {
  return {
    id: newStripeId('re'),
    object: 'refund',
    amount: fields.amount,
    balance_transaction: null,
    charge: charge.id,
    created: seconds(world),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { type: 'card' },
    metadata: fields.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: fields.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fields.status,
    transfer_reversal: null,
  }
}

export function newCustomer(
  world: World,
  fields: {
    email?: string | undefined
    name?: string | undefined
    description?: string | undefined
    metadata?: Stripe.Metadata | undefined
  },
): Stripe.Customer {
  return {
    id: newStripeId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: seconds(world),
    currency: null,
    default_source: null,
    delinquent: false,
    description: fields.description ?? null,
    discount: null,
    email: fields.email ?? null,
    invoice_prefix: null,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: fields.metadata ?? {},
    name: fields.name ?? null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  }
}
