import { createHmac } from 'node:crypto'
import type Stripe from 'stripe'
import type { Delivery, World } from './world.ts'

export interface WebhookModes {
  /** The next so many new events are never sent (they stay visible in the list of undelivered ones). */
  drop?: number
  /** Each event is sent this many times in all. */
  copies?: number
  /** Events wait and leave youngest first. */
  reorder?: boolean
  delayMs?: number
  /** Signed with a secret that nobody has. */
  wrongSecret?: boolean
}

/** When to try again after a failure; the last step repeats. Stripe waits up to three days, a demonstration must not. */
const steps = [1000, 2000, 5000, 10_000, 30_000, 60_000]
const mostAttempts = 60

/** `t=…,v1=…`: HMAC-SHA256 over the second and the raw body. */
export const signatureOf = (body: string, secret: string, second: number): string =>
  `t=${second},v1=${createHmac('sha256', secret).update(`${second}.${body}`).digest('hex')}`

export interface Webhooks {
  announce(event: Stripe.EventBase): void
  setModes(modes: WebhookModes): void
  /** Tries everything that waits, now. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Sends events to one endpoint, again until it answers 2xx. Order is not promised, repetition is normal: as at Stripe. */
export function startWebhooks(world: World, endpoint: { url: string; secret: string }): Webhooks {
  let modes: WebhookModes = {}
  let closed = false
  const sending = new Map<string, Promise<void>>()
  // Deliveries run on this machine's time: a sandbox clock that was moved must not stall or rush the network.
  const real = () => performance.timeOrigin + performance.now()

  async function send(delivery: Delivery, event: Stripe.EventBase): Promise<void> {
    const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2)
    const secret = modes.wrongSecret ? 'whsec_nobody_has_this_one' : endpoint.secret
    delivery.attempts += 1
    delivery.lastStatus = await fetch(endpoint.url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signatureOf(body, secret, Math.floor(real() / 1000)),
      },
    }).then(
      async (response) => {
        await response.arrayBuffer()
        return response.status
      },
      () => null,
    )
    const good = delivery.lastStatus !== null && delivery.lastStatus >= 200 && delivery.lastStatus < 300
    if (good) {
      delivery.state = 'delivered'
      event.pending_webhooks = 0
    } else if (delivery.attempts >= mostAttempts) delivery.state = 'failed'
    else delivery.dueAt = real() + (steps[delivery.attempts - 1] ?? 60_000)
    world.note({ kind: 'delivery', what: event.type, detail: { id: event.id, status: delivery.lastStatus, attempt: delivery.attempts } })
    world.save()
  }

  function begin(delivery: Delivery): Promise<void> {
    const running = sending.get(delivery.eventId)
    if (running) return running
    const event = world.state.events[delivery.eventId]
    if (!event) return Promise.resolve()
    const copies = Array.from({ length: Math.max(1, modes.copies ?? 1) })
    const work = (async () => {
      for (const _ of copies) await send(delivery, event)
    })().finally(() => sending.delete(delivery.eventId))
    sending.set(delivery.eventId, work)
    return work
  }

  const waiting = (): Delivery[] => Object.values(world.state.deliveries).filter(({ state }) => state === 'waiting')
  function sweep(force = false): Promise<void>[] {
    const due = waiting().filter(({ dueAt }) => force || dueAt <= real())
    return (modes.reorder ? due.reverse() : due).slice(0, force ? undefined : 8).map(begin)
  }
  const timer = setInterval(() => void sweep(), 100)

  return {
    announce(event) {
      const dropped = (modes.drop ?? 0) > 0
      if (dropped) modes.drop = (modes.drop ?? 0) - 1
      const dueAt = real() + (modes.delayMs ?? 0) + (modes.reorder ? 300 : 0)
      world.state.deliveries[event.id] = { eventId: event.id, attempts: 0, dueAt, state: dropped ? 'dropped' : 'waiting', lastStatus: null }
      if (!dropped && dueAt <= real() && !closed) setImmediate(() => void sweep())
    },
    setModes: (next) => void (modes = next),
    async flush() {
      await Promise.allSettled(sweep(true))
    },
    async close() {
      closed = true
      clearInterval(timer)
      await Promise.allSettled(sending.values())
    },
  }
}
