import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

export const deriveJob = 'assets.derive'
export const sweepUploadsJob = 'assets.sweep-uploads'
export const derivePayload = z.object({ versionId: z.string().min(1) })

/** Have a version's renditions made. One pending job a version: asking twice makes them once. */
export const enqueueDerive = (tx: Ctx<'db'>, versionId: string): Promise<void> =>
  enqueue(tx, deriveJob, derivePayload.parse({ versionId }), { key: `${deriveJob}:${versionId}` })
