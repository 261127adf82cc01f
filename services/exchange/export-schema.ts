import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { exportKinds } from './rules/export-kinds.ts'

const blank = (text: unknown) => (text === '' ? undefined : text)
const anInstant = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/

/** What of the rights is wanted, and as they were known when; all but the kind may be left out. A day means its end, in UTC. */
export const exportInput = z.object({
  kind: z.enum(exportKinds, 'Choose one.'),
  contract: z.preprocess(blank, z.string().max(200).optional()),
  asset: z.preprocess(blank, z.string().max(100).optional()),
  knownAt: z.preprocess(
    blank,
    z
      .string()
      .refine((text) => isDay(text) || (anInstant.test(text) && !Number.isNaN(Date.parse(text))), 'Give a day as year-month-day.')
      .transform((text) => new Date(isDay(text) ? `${text}T23:59:59.999Z` : text))
      .optional(),
  ),
})
export type ExportInput = z.output<typeof exportInput>
