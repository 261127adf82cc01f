import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

export const exchangeJobs = {
  check: 'exchange.check-import',
  apply: 'exchange.apply-import',
  sweep: 'exchange.sweep-imports',
} as const
export const importPayload = z.object({ houseId: z.string().min(1), importId: z.string().min(1) })
export type ImportPayload = z.infer<typeof importPayload>

/** Have a file checked, or written. One pending job an import: asking twice does it once. */
export const enqueueImport = (tx: Ctx<'db'>, job: 'check' | 'apply', payload: ImportPayload): Promise<void> =>
  enqueue(tx, exchangeJobs[job], importPayload.parse(payload), { key: `${exchangeJobs[job]}:${payload.importId}` })
