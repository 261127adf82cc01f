import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { filterOf } from './rules/filter.ts'

const items = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())
const line = z.string().max(600)

/** Which lines: those ticked, or all that the filter leaves. */
export const selection = z
  .object({ item: items.pipe(z.array(line).max(500)).optional(), all: z.string().optional(), filter: z.string().max(4_000).default('') })
  .transform(({ item, all, filter }) => (all ? { filter: filterOf(new URLSearchParams(filter)) } : { items: [...new Set(item ?? [])] }))
export type Selection = z.output<typeof selection>

export const workVerbs = ['assign', 'snooze', 'done', 'unmark', 'withdraw', 'change'] as const
export type WorkVerb = (typeof workVerbs)[number]
export const workVerb = z.enum(workVerbs).catch('assign')

const words = (most: number) => z.string().trim().max(most, `At most ${most} characters.`)
export const assignInput = z.object({ assigneeId: z.string().max(80).optional() })
export const snoozeInput = z.object({
  until: z.string('Choose a day.').refine(isDay, 'Give a day as year-month-day, e.g. 2026-12-31.'),
  note: words(500).default(''),
})
export const doneInput = z.object({ note: words(500).default('') })
export const withdrawInput = z.object({ reason: words(500).min(1, 'Say why, in a few words.') })

export type Mark =
  | { verb: 'assign'; assigneeId: string | null }
  | { verb: 'snooze'; until: string; note: string }
  | { verb: 'done'; note: string }
  | { verb: 'unmark' }

export const viewName = z.string('Give it a name.').trim().min(1, 'Give it a name.').max(60, 'At most 60 characters.')
export const saveViewInput = z.object({
  name: viewName,
  query: z.string().max(4_000).default(''),
  shared: z
    .boolean()
    .optional()
    .transform((yes) => yes ?? false),
})
export type SaveView = z.output<typeof saveViewInput>
