import type Stripe from 'stripe'
import type { SessionRequest } from '../requests.ts'
import { newStripeId, seconds, type Session, type WireLine, type World } from '../world.ts'

/** The line items of a session, priced inline. */
export function linesOf(world: World, request: SessionRequest): WireLine[] {
  return request.line_items.map(({ price_data: price, quantity, metadata }): WireLine => {
    const amount = price.unit_amount * quantity
    return {
      id: newStripeId('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: price.product_data.name,
      metadata: metadata ?? {},
      quantity,
      price: {
        id: newStripeId('price'),
        object: 'price',
        active: false,
        billing_scheme: 'per_unit',
        created: seconds(world),
        currency: price.currency,
        custom_unit_amount: null,
        livemode: false,
        lookup_key: null,
        metadata: {},
        nickname: null,
        product: newStripeId('prod'),
        recurring: null,
        tax_behavior: price.tax_behavior ?? 'unspecified',
        tiers_mode: null,
        transform_quantity: null,
        type: 'one_time',
        unit_amount: price.unit_amount,
        unit_amount_decimal: String(price.unit_amount),
      },
    }
  })
}

/** A new, open session. The return type is the SDK's: a field that Stripe sends and we forget does not compile. */
export function newSession(world: World, request: SessionRequest, lines: WireLine[]): Session {
  const id = newStripeId('cs_test')
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0)
  const email = request.customer_email ?? null
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: request.allowed_payment_method_types ?? null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: request.cancel_url ?? null,
    client_reference_id: request.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: seconds(world),
    currency: lines[0]?.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: request.customer ?? null,
    customer_account: null,
    customer_creation: request.customer ? null : 'if_required',
    customer_details: email
      ? { address: null, business_name: null, email, individual_name: null, name: null, phone: null, tax_exempt: 'none', tax_ids: null }
      : null,
    customer_email: email,
    discounts: null,
    expires_at: request.expires_at ?? seconds(world) + 24 * 3600,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: request.metadata ?? {},
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: request.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${world.url()}/c/pay/${id}`,
    wallet_options: null,
  }
}

/** A list as Stripe wraps it. */
export const listOf = <T>(url: string, data: T[], hasMore = false): Pick<Stripe.ApiList<T>, 'object' | 'data' | 'has_more' | 'url'> => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
})
