import type Stripe from 'stripe'
import { newStripeId, seconds, type World } from './world.ts'

const pinnedVersion = '2026-10-28.endive'

/** Every change goes through one of the moves below, and each move makes exactly the events that Stripe documents for it. */
export function emit(world: World, type: string, object: object): void {
  const event: Stripe.EventBase = {
    id: newStripeId('evt'),
    object: 'event',
    api_version: pinnedVersion,
    created: seconds(world),
    data: { object: structuredClone(object) as Stripe.Event.Data.Object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: newStripeId('req'), idempotency_key: null },
    type: type as Stripe.Event.Type,
  }
  world.state.events[event.id] = event
  world.note({ kind: 'event', what: type, detail: { id: event.id, object: (object as { id?: string }).id } })
  world.announce(event)
}
