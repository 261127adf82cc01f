import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { reportKinds } from './rules/report-kinds.ts'

const day = z.string().refine(isDay, 'Write the day as 2026-12-31.')
/** A filter that was left empty is no filter, and neither is nonsense in an address that somebody typed. */
const word = z.string().trim().min(1).max(200).optional().catch(undefined)
const someDay = day.optional().catch(undefined)

export const reportInput = z.object({ kind: z.enum(reportKinds).catch('all'), from: someDay, to: someDay })
export type ReportInput = z.infer<typeof reportInput>

export const trailInput = z.object({ type: word, person: word, subject: word, from: someDay, to: someDay, after: word })
export type TrailInput = z.infer<typeof trailInput>

export const deliveriesInput = z.object({
  outcome: z.enum(['SERVED', 'REFUSED']).optional().catch(undefined),
  reason: word,
  person: word,
  licence: word,
  from: someDay,
  to: someDay,
  after: word,
})
export type DeliveriesInput = z.infer<typeof deliveriesInput>
