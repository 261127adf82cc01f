import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

/** Names and payloads of the work that follows an applied change. Names are data: they outlive code. */
export const changeJobs = { carryOut: 'desk.carry-out-change', resume: 'desk.resume-changes' } as const

export const carryOutPayload = z.object({ houseId: z.string(), planId: z.string() })
export type CarryOut = z.infer<typeof carryOutPayload>

/** Keyed: however often it is asked, one job waits for one plan. */
export const enqueueCarryOut = (tx: Ctx<'db'>, plan: CarryOut) =>
  enqueue(tx, changeJobs.carryOut, { houseId: plan.houseId, planId: plan.planId }, { key: `change:${plan.planId}` })
