import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'

/** What a merge of two terms did beside the records: kept with it, so that it can be taken back. */
export const mergeKept = z.object({ fromId: z.string(), intoId: z.string(), narrower: z.array(z.string()) })
export type MergeKept = z.output<typeof mergeKept>

/** The merged term comes back, and what stood below it, unless somebody has moved it elsewhere since. */
export async function unmerge(tx: Ctx<'db' | 'clock' | 'actor'>, merge: unknown): Promise<void> {
  const read = mergeKept.safeParse(merge)
  if (!read.success) return
  const { fromId, intoId, narrower } = read.data
  const { houseId } = tx.actor
  const at = tx.clock.now()
  const { count } = await tx.db.vocabularyTerm.updateMany({
    where: { id: fromId, houseId, replacedById: intoId },
    data: { retiredAt: null, replacedById: null, changedAt: at },
  })
  if (count === 0) return
  await tx.db.vocabularyTerm.updateMany({
    where: { id: { in: narrower }, houseId, broaderId: intoId },
    data: { broaderId: fromId, changedAt: at },
  })
}
