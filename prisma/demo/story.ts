import type { Actor } from '#services/kernel/actor.ts'
import { standingClock } from '#services/platform/clock.ts'
import type { Context } from '#services/platform/context.ts'
import type { House } from '#services/platform/house.ts'

/** Where the payment sandbox is, so that it lives on the same day as the story. */
export interface Outside {
  paymentsUrl: string
  controlToken: string
}

/** The demo company's past, told by calling the product's own operations on the days on which they happened. */
export interface Story {
  today: Date
  /** The world on the day that the story has reached, for this actor. */
  as(actor: Actor): Context
  /** Go on to a day (0 is today, -30 a month ago) at an hour of Berlin's working day. Never backwards. */
  day(offset: number, hour?: number): Promise<void>
  /** Pays a session in the sandbox as a buyer would. */
  pay(sessionId: string, card?: string): Promise<void>
}

const dayLength = 86_400_000

export async function beginStory(house: House, outside: Outside): Promise<Story> {
  const today = new Date()
  const clock = standingClock(today)
  const control = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${outside.paymentsUrl}/_sandbox/${path}`, {
      method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(10_000),
      headers: { authorization: `Bearer ${outside.controlToken}`, 'content-type': 'application/json' },
    })
    if (!response.ok) throw new Error(`payment sandbox: ${path}: ${response.status} ${await response.text()}`)
  }
  let reached = Number.NEGATIVE_INFINITY
  // Nobody listens for the story's events while it is told; what they said is settled as it goes.
  await control('webhooks/mode', { drop: 1_000_000 })
  return {
    today,
    as: (actor) => ({ ...house.context, clock, actor, requestId: 'req_story' }),
    async day(offset, hour = 9) {
      const at = new Date(Math.floor(today.getTime() / dayLength) * dayLength + offset * dayLength + (hour - 1) * 3_600_000)
      const then = offset === 0 && at > today ? today : at
      if (then.getTime() < reached) throw new Error(`the story cannot go back to day ${offset}`)
      reached = then.getTime()
      clock.set(then)
      await control('clock/set', { at: then.toISOString() })
    },
    pay: (sessionId, card = '4242424242424242') => control(`sessions/${sessionId}/pay`, { card }),
  }
}

/** The story is over: the sandbox lives in the present again and tells everything it does. */
export async function endStory(outside: Outside): Promise<void> {
  const send = (path: string, body: unknown) =>
    fetch(`${outside.paymentsUrl}/_sandbox/${path}`, {
      method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(10_000),
      headers: { authorization: `Bearer ${outside.controlToken}`, 'content-type': 'application/json' },
    })
  await send('clock/set', { at: new Date().toISOString() })
  await send('webhooks/mode', { drop: 0 })
}

/** The value of an outcome that the story counts on; anything else is a fault of the story. */
export function sure<T>(outcome: { ok: true; value: T } | { ok: false; error: string; detail?: unknown }, what: string): T {
  if (outcome.ok) return outcome.value
  throw new Error(`the demo company could not ${what}: ${outcome.error} ${JSON.stringify(outcome.detail ?? '')}`)
}
