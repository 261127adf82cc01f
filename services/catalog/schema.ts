import { z } from 'zod'

const id = z.string().max(64)
const title = z.string().trim().min(2, 'Give the collection a title.').max(120, 'A title has at most 120 letters.')
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

