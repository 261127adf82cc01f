import { z } from 'zod'

/** What an import's row keeps about how it went, as JSON. */
export const importOutcome = z.object({
  /** All complaints, also those beyond the thousand that are kept. */
  problems: z.number().default(0),
  pictures: z.number().default(0),
  /** The first good rows in words, for whoever applies it. */
  preview: z.array(z.object({ row: z.number(), assetId: z.string(), title: z.string(), what: z.string(), words: z.string() })).default([]),
  appliedBy: z.object({ id: z.string().nullable(), name: z.string() }).optional(),
  added: z.number().optional(),
  known: z.number().optional(),
  replaced: z.number().optional(),
  contracts: z.number().optional(),
  collides: z.number().optional(),
})
export type ImportOutcome = z.infer<typeof importOutcome>

export const readOutcome = (json: unknown): ImportOutcome => importOutcome.parse(json ?? {})
