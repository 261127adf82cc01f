import { z } from 'zod'

/** What each endpoint takes. Strict: a parameter that we do not know is refused, as Stripe does, and not passed over. Form values are text. */
const whole = z.coerce.number().int()
const minor = whole.min(0).max(99_999_999)
const off = z.enum(['false']).optional()
const metadata = z.record(z.string().max(40), z.string().max(500)).optional()
const text = (most: number) => z.string().min(1).max(most)
const currency = z.enum(['eur', 'usd', 'gbp', 'chf', 'jpy'])
const expand = (...allowed: string[]) => z.array(z.enum(allowed)).optional()

export const sessionRequest = z.strictObject({
  mode: z.enum(['payment']),
  ui_mode: z.enum(['hosted_page']).optional(),
  client_reference_id: text(200).optional(),
  customer: text(255).optional(),
  customer_email: z.email().max(800).optional(),
  line_items: z
    .array(
      z.strictObject({
        quantity: whole.min(1).max(999_999),
        metadata,
        price_data: z.strictObject({
          currency,
          unit_amount: minor,
          tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
          product_data: z.strictObject({ name: text(250), description: text(40_000).optional(), metadata }),
        }),
      }),
    )
    .min(1)
    .max(100),
  automatic_tax: z.strictObject({ enabled: off }).optional(),
  adaptive_pricing: z.strictObject({ enabled: off }).optional(),
  payment_intent_data: z.strictObject({ metadata, transfer_group: text(255).optional() }).optional(),
  allowed_payment_method_types: z.array(z.enum(['card'])).optional(),
  expires_at: whole.optional(),
  success_url: z.url().max(5000).optional(),
  cancel_url: z.url().max(5000).optional(),
  metadata,
  expand: expand('line_items'),
})
export type SessionRequest = z.infer<typeof sessionRequest>

export const refundRequest = z.strictObject({
  payment_intent: text(255).optional(),
  charge: text(255).optional(),
  amount: whole.min(1).max(99_999_999).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata,
})
export type RefundRequest = z.infer<typeof refundRequest>

export const customerRequest = z.strictObject({
  email: z.email().optional(),
  name: text(256).optional(),
  description: text(350).optional(),
  metadata,
})

export const noParameters = z.strictObject({})
export const retrieveRequest = z.strictObject({ expand: expand('line_items') })

const span = z.strictObject({ gt: whole.optional(), gte: whole.optional(), lt: whole.optional(), lte: whole.optional() })
const paging = { limit: whole.min(1).max(100).default(10), starting_after: text(255).optional(), ending_before: text(255).optional() }
export const listRequest = z.strictObject({ ...paging, created: span.optional() })
export const sessionListRequest = z.strictObject({
  ...paging,
  created: span.optional(),
  payment_intent: text(255).optional(),
  customer: text(255).optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
})
export const byPaymentRequest = z.strictObject({
  ...paging,
  created: span.optional(),
  payment_intent: text(255).optional(),
  charge: text(255).optional(),
})
export const balanceListRequest = z.strictObject({
  ...paging,
  created: span.optional(),
  type: text(60).optional(),
  source: text(255).optional(),
})
export const eventListRequest = z.strictObject({
  ...paging,
  created: span.optional(),
  type: text(100).optional(),
  types: z.array(text(100)).max(20).optional(),
  delivery_success: z.enum(['true', 'false']).optional(),
})
export type Paging = z.infer<typeof listRequest>
