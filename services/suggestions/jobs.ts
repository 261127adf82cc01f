import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { enqueue, type EnqueueOptions } from '../platform/queue.ts'

export const suggestionJobs = { look: 'suggestions.look', sweep: 'suggestions.sweep' } as const
export const lookPayload = z.object({ houseId: z.string().min(1), versionId: z.string().min(1) })
export type Look = z.infer<typeof lookPayload>

/** `fresh`: somebody has just brought it, and looks at it now. `again`: a person asked for many. `in-time`: nobody asked. */
export type Urgency = 'fresh' | 'again' | 'in-time'
const placeOf = { fresh: { newestFirst: true }, again: { behind: 1 }, 'in-time': { behind: 2 } } as const satisfies Record<
  Urgency,
  EnqueueOptions
>

/**
 * Have a version read and suggestions made. Behind all other work and one at a time: no preview ever waits for it. Reading
 * takes seconds a picture, so that a folder of hundreds is a backlog of half an hour: whoever brings one more picture is in
 * front of the screen and has hers read next, while the folder can wait. Hence the newest first, and what was asked for
 * again, or by nobody, only when nothing new is left.
 */
export const enqueueLook = (tx: Ctx<'db'>, look: Look, urgency: Urgency = 'fresh'): Promise<void> =>
  enqueue(tx, suggestionJobs.look, lookPayload.parse(look), {
    key: `${suggestionJobs.look}:${look.versionId}`,
    ...placeOf[urgency],
    line: 'suggestions',
    maxAttempts: 3,
  })
