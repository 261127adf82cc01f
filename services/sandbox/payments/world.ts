import { randomBytes } from 'node:crypto'
import type Stripe from 'stripe'
import type { Clock } from '#services/platform/clock.ts'

/** What goes over the wire: the SDK turns decimal strings into objects on arrival. */
export type WirePrice = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string }
export type WireLine = Omit<Stripe.LineItem, 'price'> & { price: WirePrice }
export type Session = Stripe.Checkout.Session

/** Facts about a session that Stripe keeps to itself. */
export interface SessionNotes {
  lines: WireLine[]
  intentMetadata: Stripe.Metadata
  transferGroup: string | null
  /** A card that waits for its 3-D Secure challenge. */
  challenge: { card: string; payer: Payer } | null
}
export interface Payer {
  name: string
  email: string
  country: string
}
/** One event on its way to the webhook endpoint. */
export interface Delivery {
  eventId: string
  attempts: number
  dueAt: number
  state: 'waiting' | 'delivered' | 'failed' | 'dropped'
  lastStatus: number | null
}
/** What a request under an idempotency key was answered. */
export interface KeptAnswer {
  fingerprint: string
  status: number
  body: string
  at: number
}

/** Everything that a restart must not forget: it is all of it money. */
export interface State {
  clockOffsetMs: number
  customers: Record<string, Stripe.Customer>
  sessions: Record<string, Session>
  notes: Record<string, SessionNotes>
  intents: Record<string, Stripe.PaymentIntent>
  charges: Record<string, Stripe.Charge>
  refunds: Record<string, Stripe.Refund>
  /** Refunds that change by themselves later, as those of some test cards do. */
  refundTurns: { refundId: string; dueAt: number; to: 'succeeded' | 'failed' }[]
  disputes: Record<string, Stripe.Dispute>
  balance: Record<string, Stripe.BalanceTransaction>
  events: Record<string, Stripe.EventBase>
  deliveries: Record<string, Delivery>
  kept: Record<string, KeptAnswer>
}

export const emptyState = (): State => ({
  clockOffsetMs: 0,
  customers: {},
  sessions: {},
  notes: {},
  intents: {},
  charges: {},
  refunds: {},
  refundTurns: [],
  disputes: {},
  balance: {},
  events: {},
  deliveries: {},
  kept: {},
})

/** One line of what happened, for tests to read. */
export interface JournalLine {
  at: string
  kind: 'request' | 'event' | 'delivery' | 'fault'
  what: string
  detail?: unknown
}

/** The sandbox's world, handed to each of its parts. */
export interface World {
  state: State
  clock: Clock
  /** The sandbox's own address, without a slash at its end. */
  url(): string
  journal: JournalLine[]
  note(line: Omit<JournalLine, 'at'>): void
  /** Called for each new event. */
  announce(event: Stripe.EventBase): void
  /** Writes the state down before an answer leaves. */
  save(): void
}

export const seconds = (world: World): number => Math.floor(world.clock.now().getTime() / 1000)

/** Ids look like Stripe's of test mode, so that nobody takes them for live ones. */
export const newStripeId = (prefix: string): string => `${prefix}_${randomBytes(18).toString('base64url').replace(/[-_]/g, '0')}`
