import { z } from 'zod'

const id = z.string().min(1).max(64)
const ids = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(id).max(200))

/** What a person said of some suggestions. `all`: every open one of the asset that is at least as sure as `least`. */
export const decideSuggestionsInput = z.object({
  assetId: id,
  verdict: z.enum(['accept', 'refuse']),
  ids,
  all: z.preprocess((value) => value === 'on' || value === 'true' || value === true, z.boolean()),
  least: z.coerce.number().min(0).max(1).default(0),
})
export type DecideSuggestions = z.output<typeof decideSuggestionsInput>

export const undoSuggestionsInput = z.object({ assetId: id, ids })
export type UndoSuggestions = z.output<typeof undoSuggestionsInput>

/** One word for many pictures of a selection. */
export const decideForManyInput = z.object({
  selectionId: id,
  field: z.string().min(1).max(80),
  plain: z.string().min(1).max(5000),
  verdict: z.enum(['accept', 'refuse']),
})
export type DecideForMany = z.output<typeof decideForManyInput>

/** What the reader gave, as it is kept. */
export const keptWord = z.object({
  text: z.string(),
  confidence: z.number(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
})
export const keptLines = z.array(z.array(keptWord))
