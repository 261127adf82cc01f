import type { Actor } from '#services/kernel/actor.ts'
import { standingClock } from '#services/platform/clock.ts'
import type { Result } from '#services/kernel/result.ts'
import type { Context } from '#services/platform/context.ts'
import type { House } from '#services/platform/house.ts'
import { suggestionJobs } from '#services/suggestions/jobs.ts'
import { startWorker } from '#services/jobs/worker.ts'
import { untilCalm } from './calm.ts'

/** Where the stand-ins are: the payment sandbox lives on the same day as the story, and the story's people read their mail. */
export interface Outside {
  paymentsUrl: string
  controlToken: string
  inboxUrl: string
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
  /** Waits until everything that follows from what happened has been done. */
  calm(): Promise<void>
  /** The path behind the first link of the newest mail to somebody that begins with `start`. */
  linkIn(to: string, start: string): Promise<string>
  /** Back to the present. */
  end(): Promise<void>
}

const dayLength = 86_400_000
/** Reading the words in pictures takes long and nothing in the story waits for it: the product's worker does it once it runs. */
const leisurely: string[] = [suggestionJobs.look]

export async function beginStory(house: House, outside: Outside): Promise<Story> {
  const today = new Date()
  const clock = standingClock(today)
  const { db } = house.context
  const control = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${outside.paymentsUrl}/_sandbox/${path}`, {
      method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(10_000),
      headers: { authorization: `Bearer ${outside.controlToken}`, 'content-type': 'application/json' },
    })
    if (!response.ok) throw new Error(`payment sandbox: ${path}: ${response.status} ${await response.text()}`)
  }
  // Nobody listens for the story's events while it is told; what they said is settled as it goes.
  await control('webhooks/mode', { drop: 1_000_000 })
  // The product's own worker, on the story's day: previews, certificates and mails are made as they would be.
  const worker = await startWorker({ house: { context: { ...house.context, clock } }, url: house.env.DATABASE_URL, concurrency: 3, withTimetable: false, leaves: leisurely })
  const calm = () => untilCalm(db, { leaves: leisurely })
  let reached = Number.NEGATIVE_INFINITY
  return {
    today,
    as: (actor) => ({ ...house.context, clock, actor, requestId: 'req_story' }),
    calm,
    async day(offset, hour = 9) {
      await calm()
      const at = new Date(Math.floor(today.getTime() / dayLength) * dayLength + offset * dayLength + (hour - 1) * 3_600_000)
      const then = at > today ? today : at
      if (then.getTime() < reached) throw new Error(`the story cannot go back to day ${offset}`)
      reached = then.getTime()
      clock.set(then)
      await control('clock/set', { at: then.toISOString() })
    },
    pay: (sessionId, card = '4242424242424242') => control(`sessions/${sessionId}/pay`, { card }),
    async linkIn(to, start) {
      await calm()
      const response = await fetch(`${outside.inboxUrl}/api/messages?to=${encodeURIComponent(to)}`, { signal: AbortSignal.timeout(10_000) })
      const letters = (await response.json()) as { text: string }[]
      const link = letters.flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? []).map((url) => new URL(url).pathname).find((path) => path.startsWith(start))
      if (!link) throw new Error(`no mail to ${to} has a link to ${start}`)
      return link
    },
    async end() {
      await calm()
      await worker.stop()
      await control('clock/set', { at: new Date().toISOString() })
      await control('webhooks/mode', { drop: 0 })
    },
  }
}

/** The value of an outcome that the story counts on; anything else is a fault of the story. */
export function sure<T>(outcome: Result<T, string>, what: string): T {
  if (outcome.ok) return outcome.value
  throw new Error(`the demo company could not ${what}: ${outcome.error} ${JSON.stringify(outcome.detail ?? '')}`)
}
