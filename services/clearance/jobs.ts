import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

/** Names and payloads of this domain's work in the background. Names are data: they outlive code. */
export const clearanceJobs = { run: 'clearance.run-list', sweep: 'clearance.sweep-lists' } as const

export const runListPayload = z.object({ houseId: z.string(), clearanceId: z.string() })
export type RunList = z.infer<typeof runListPayload>

/** Keyed: however often it is asked, one job waits for one list. */
export const enqueueRun = (tx: Ctx<'db'>, payload: RunList) =>
  enqueue(tx, clearanceJobs.run, payload, { key: `clearance:${payload.clearanceId}`, maxAttempts: 5 })
