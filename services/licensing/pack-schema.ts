import { z } from 'zod'
import { screenEdge } from '../assets/rules/rendition-plan.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '../rights/rules/vocabulary/vocabulary.ts'
import { termMonths } from './rules/packs.ts'
import { sizeKindsOf } from './rules/sizes.ts'

const name = z.string({ error: 'Give the pack a name.' }).trim().min(1, 'Give the pack a name.').max(80, 'At most 80 characters.')
const codes = (words: Vocabulary) =>
  z
    .array(z.string().max(40))
    .max(40, 'At most forty.')
    .refine((list) => list.every((code) => words.setOf(code)), `Choose from the list.`)
const number = z.preprocess((sent) => (sent === '' ? undefined : sent), z.coerce.number().int().min(1).max(1_000_000_000).optional())

/** What the editor of a pack sends: answers to the four questions, and its name in both languages. */
export const packInput = z
  .object({
    nameEn: name,
    nameDe: name,
    media: codes(media)
      .refine((list) => list.length > 0, 'Choose at least one use.')
      .default([]),
    territory: codes(territories)
      .refine((list) => list.length > 0, 'Choose at least one place.')
      .default([]),
    except: codes(territories).default([]),
    months: z.coerce.number().refine((months) => (termMonths as readonly number[]).includes(months), 'Choose from the list.'),
    exclusive: z.boolean().optional().default(false),
    printRun: number,
    screen: z.boolean().optional().default(false),
    revision: z.coerce.number().int().min(0).max(1_000_000).default(0),
  })
  .superRefine(({ media: uses, territory, except, printRun, screen }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (uses.length === 0) say('media', 'Choose at least one use.')
    if (territory.length === 0) return say('territory', 'Choose at least one place.')
    const known = [...territory, ...except].every((code) => territories.setOf(code)) && uses.every((code) => media.setOf(code))
    if (!known || uses.length === 0) return
    if (territories.resolve(territory).difference(territories.resolve(except)).isEmpty) say('except', 'Nothing is left of the places.')
    const kinds = sizeKindsOf(uses)
    if (printRun !== undefined && !kinds.includes('printRun')) say('printRun', 'Copies count only where all of the uses are printed.')
    if (screen && !kinds.includes('pixels')) say('screen', 'The screen size counts only where all of the uses are on screens.')
  })
  .transform(({ screen, printRun, ...rest }) => ({ ...rest, printRun: printRun ?? null, pixels: screen ? screenEdge : null }))
export type PackInput = z.infer<typeof packInput>

export const movePackInput = z.object({ by: z.enum(['up', 'down']) })
export const showPackInput = z.object({ active: z.enum(['yes', 'no']).transform((answer) => answer === 'yes') })
