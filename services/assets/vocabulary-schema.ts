import { z } from 'zod'
import { assetKinds } from './rules/asset-words.ts'
import { readKeywords } from './rules/keyword-line.ts'
import { ownFieldNeeds, ownFieldTypes } from './rules/own-fields.ts'

const id = z.string().min(1).max(64)
const line = (most: number) => z.string().trim().max(most, `At most ${most} characters.`).default('')
const needed = (most: number, saying: string) => z.string(saying).trim().min(1, saying).max(most, `At most ${most} characters.`)
const tick = z.preprocess((value) => value === 'on' || value === 'true' || value === true, z.boolean())
const code = z
  .string('Give it a short name.')
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'Small letters, digits and hyphens, beginning with a letter: “campaign-name”.')
const labels = z
  .string()
  .default('')
  .transform((text) => readKeywords(text, ',;\n|'))
  .refine((words) => words.length <= 50, 'At most 50 other labels.')
  .refine((words) => words.every((word) => word.length <= 200), 'A label has at most 200 characters.')

export const createVocabularyInput = z.object({
  code,
  name: needed(120, 'Give it a name.'),
  nameDe: line(120),
  notes: line(2000),
  tree: tick,
})
export const changeVocabularyInput = z.object({
  vocabularyId: id,
  name: needed(120, 'Give it a name.'),
  nameDe: line(120),
  notes: line(2000),
})

const termWords = {
  label: needed(200, 'Give it a label.'),
  labelDe: line(200),
  altLabels: labels,
  notes: line(2000),
  /** Empty: at the top. */
  broaderId: z.string().max(64).optional(),
}
export const addTermInput = z.object({
  vocabularyId: id,
  code: z.string().trim().max(60, 'At most 60 characters.').regex(/^\S*$/, 'A code has no spaces.').optional(),
  ...termWords,
})
export const changeTermInput = z.object({ termId: id, ...termWords })

const whole = z.coerce.number('Write a whole number.').int('Write a whole number.').min(0).max(9999).default(0)
export const saveFieldInput = z.object({
  /** None: a new field. */
  fieldId: z.string().max(64).optional(),
  /** The version of the schema that the page showed. */
  seenVersion: z.coerce.number().int().min(0),
  code,
  label: needed(120, 'Give it a label.'),
  labelDe: line(120),
  help: line(500),
  kinds: z.array(z.enum(assetKinds)).min(1, 'Choose at least one kind of asset.'),
  type: z.enum(ownFieldTypes),
  vocabularyId: z
    .string()
    .max(64)
    .optional()
    .transform((value) => value || null),
  need: z.enum(ownFieldNeeds).default('NEVER'),
  section: line(80),
  position: whole,
  preset: line(5000),
  outside: tick,
  searchable: tick,
  /** What the change leaves incomplete was seen. */
  seen: tick,
})

export type CreateVocabulary = z.output<typeof createVocabularyInput>
export type ChangeVocabulary = z.output<typeof changeVocabularyInput>
export type AddTerm = z.output<typeof addTermInput>
export type ChangeTerm = z.output<typeof changeTermInput>
export type SaveField = z.output<typeof saveFieldInput>
