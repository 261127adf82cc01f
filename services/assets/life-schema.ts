import { z } from 'zod'
import { isDay, isWallTime } from '../kernel/period.ts'

const id = z.string().min(1).max(64)
const reason = z.string('Say why, in a sentence.').trim().min(3, 'Say why, in a sentence.').max(1000, 'At most 1,000 characters.')
const wallTime = (missing: string) => z.string(missing).trim().refine(isWallTime, missing)
const wallTimeOrNone = z
  .string()
  .trim()
  .nullish()
  .transform((text) => text || null)
  .refine((text) => text === null || isWallTime(text), 'Choose a day and a time.')
const dayOrNone = z
  .string()
  .trim()
  .nullish()
  .transform((text) => text || null)
  .refine((text) => text === null || isDay(text), 'Choose a day.')

/** Times are what a clock on the house's wall shows: which instant that is, the operation says. */
const schedule = { publishOn: wallTime('Choose the day and the time of publication.'), unpublishOn: wallTimeOrNone }
const hold = { reason, ownerId: id.optional() }
const embargo = {
  endsOn: wallTime('Choose the day and the time at which the embargo ends.'),
  becomes: z.enum(['APPROVED', 'PUBLISHED']).default('APPROVED'),
  people: z.array(id).max(50, 'At most fifty people.').default([]),
  reason,
}
const legalHold = {
  matter: z.string('Name the matter.').trim().min(2, 'Name the matter.').max(200, 'At most 200 characters.'),
  reason,
  stopsDelivery: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
}

export const scheduleInput = z.object({ assetId: id, ...schedule })
export const planEndInput = z.object({ assetId: id, unpublishOn: wallTimeOrNone })
export const holdInput = z.object({ assetId: id, ...hold })
export const embargoInput = z.object({ assetId: id, ...embargo })
export const useEndInput = z.object({ assetId: id, endsOn: dayOrNone })
export const endInput = z.object({ assetId: id, reason })
export const legalHoldInput = z.object({ assetId: id, ...legalHold })
export const releaseInput = z.object({ holdId: id, reason })
export const retentionInput = z.object({
  days: z.coerce.number('Write a number of days.').int('Whole days.').min(1, 'At least a day.').max(3650, 'At most ten years.'),
})

/** What may be done with many assets at once, as one form says it. */
export const lifeAct = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('publish') }),
  z.object({ verb: z.literal('withdraw'), reason }),
  z.object({ verb: z.literal('archive'), reason }),
  z.object({ verb: z.literal('restore') }),
  z.object({ verb: z.literal('schedule'), ...schedule }),
  z.object({ verb: z.literal('unschedule') }),
  z.object({ verb: z.literal('hold'), ...hold }),
  z.object({ verb: z.literal('resume') }),
  z.object({ verb: z.literal('embargo'), ...embargo }),
  z.object({ verb: z.literal('end-embargo') }),
  z.object({ verb: z.literal('expire'), reason }),
  z.object({ verb: z.literal('delete'), reason }),
  z.object({ verb: z.literal('legal-hold'), ...legalHold }),
])
export type LifeAct = z.output<typeof lifeAct>
