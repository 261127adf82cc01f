import { z } from 'zod'
import type { Currency } from '../kernel/money.ts'
import { paces } from './rules/saved-question.ts'

const id = z.string().max(64)
const title = z
  .string({ error: 'Give the collection a title.' })
  .trim()
  .min(2, 'Give the collection a title.')
  .max(120, 'A title has at most 120 letters.')
const description = z.string().trim().max(2000, 'At most 2,000 letters.').default('')
const featured = z.boolean().default(false)

export const createCollectionInput = z.object({ title, description, featured })
export type CreateCollection = z.infer<typeof createCollectionInput>

export const editCollectionInput = createCollectionInput.extend({ collectionId: id })
export type EditCollection = z.infer<typeof editCollectionInput>

export const collectionItemInput = z.object({ collectionId: id, assetId: id })
export type CollectionItemInput = z.infer<typeof collectionItemInput>

export const moveItemInput = collectionItemInput.extend({ direction: z.enum(['earlier', 'later']) })
export type MoveItem = z.infer<typeof moveItemInput>

// Brand kits.
const kitTitle = z.string().trim().min(2, 'Give the kit a title.').max(120, 'A title has at most 120 letters.')
const section = z.string().trim().max(60, 'A section’s name has at most 60 letters.').default('')

export const createKitInput = z.object({
  title: kitTitle,
  description: z.string().trim().max(500, 'At most 500 letters: the partner reads it on a card.').default(''),
})
export type CreateKit = z.infer<typeof createKitInput>

export const editKitInput = createKitInput.extend({
  kitId: id,
  guidance: z.string().trim().max(10_000, 'At most 10,000 letters.').default(''),
  coverAssetId: id.optional(),
})
export type EditKit = z.infer<typeof editKitInput>

export const kitItemInput = z.object({ kitId: id, assetId: id })
export type KitItem = z.infer<typeof kitItemInput>

export const addKitItemInput = kitItemInput.extend({ section })
export type AddKitItem = z.infer<typeof addKitItemInput>

export const arrangeKitItemInput = kitItemInput.extend({ section, move: z.enum(['earlier', 'later']).optional() })
export type ArrangeKitItem = z.infer<typeof arrangeKitItemInput>

// Search.
const synonym = z
  .string()
  .regex(/^[\p{L}\p{N}]{2,40}$/u, 'One word each, of 2 to 40 letters, with commas between them: harbour, port, Hafen.')
export const addSynonymsInput = z.object({
  words: z
    .string({ error: 'Write at least two words, with commas between them.' })
    .max(600, 'At most 12 words.')
    .transform((list) => [
      ...new Set(
        list
          .split(/[,;\n]/)
          .map((word) => word.trim().toLowerCase())
          .filter(Boolean),
      ),
    ])
    .pipe(z.array(synonym).min(2, 'Write at least two words, with commas between them.').max(12, 'At most 12 words.')),
})
export type AddSynonyms = z.infer<typeof addSynonymsInput>
export const forgetMissInput = z.object({ text: z.string().max(200) })

// Searches that somebody keeps. The page words what is wrong, in its language.
const savedName = z.string().trim().min(1).max(80)
const pace = z.enum(paces)

export const saveSearchInput = z.object({ name: savedName, pace, search: z.string().max(20_000).default('') })
export type SaveSearch = z.infer<typeof saveSearchInput> & { currency: Currency }

export const changeSavedSearchInput = z.object({ id: id, name: savedName, pace })
export type ChangeSavedSearch = z.infer<typeof changeSavedSearchInput>
