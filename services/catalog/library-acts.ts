import { z } from 'zod'
import { lifeAct } from '../assets/life-schema.ts'

const id = z.string().min(1).max(64)
const note = z.string().trim().max(1000, 'At most 1,000 characters.').default('')

/** What is done with many assets at once, as a form says it: a step of their life, or a place that they are put into. */
export const libraryAct = z.union([
  lifeAct,
  z.object({ verb: z.literal('submit'), note, routeId: id.or(z.literal('')).nullish() }),
  z.object({ verb: z.literal('collect'), collectionId: id }),
  z.object({ verb: z.literal('uncollect'), collectionId: id }),
  z.object({ verb: z.literal('kit'), kitId: id, section: z.string().trim().max(100).default('') }),
  z.object({ verb: z.literal('lightbox'), boxId: id }),
])
export type LibraryAct = z.output<typeof libraryAct>

/** What takes an act back, where something does: done with what it was done with. */
export function undoOf(act: LibraryAct): LibraryAct | null {
  switch (act.verb) {
    case 'archive':
    case 'delete':
      return { verb: 'restore' }
    case 'hold':
      return { verb: 'resume' }
    case 'schedule':
      return { verb: 'unschedule' }
    case 'collect':
      return { verb: 'uncollect', collectionId: act.collectionId }
    case 'publish':
      return { verb: 'withdraw', reason: 'Published by mistake, with others.' }
    default:
      return null
  }
}
