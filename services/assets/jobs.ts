import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

export const deriveJob = 'assets.derive'
export const sweepUploadsJob = 'assets.sweep-uploads'
export const printVersionsJob = 'assets.print-versions'
export const derivePayload = z.object({ versionId: z.string().min(1) })

/** Have a version's renditions made. One pending job a version: asking twice makes them once. */
export const enqueueDerive = (tx: Ctx<'db'>, versionId: string): Promise<void> =>
  enqueue(tx, deriveJob, derivePayload.parse({ versionId }), { key: `${deriveJob}:${versionId}` })

/** What becomes of the words by which assets are found, when a field or a term is called something else. */
export const rewordJob = 'assets.reword'
export const rewordPayload = z.object({
  houseId: z.string().min(1),
  termId: z.string().optional(),
  vocabularyId: z.string().optional(),
  fieldId: z.string().optional(),
})
export type Reword = z.infer<typeof rewordPayload>
export const enqueueReword = (tx: Ctx<'db'>, reword: Reword): Promise<void> =>
  enqueue(tx, rewordJob, rewordPayload.parse(reword), { key: `${rewordJob}:${reword.termId ?? reword.vocabularyId ?? reword.fieldId}` })

export const bulkEditJob = 'assets.bulk-edit'
export const resumeBulkEditsJob = 'assets.resume-bulk-edits'
export const bulkEditPayload = z.object({ houseId: z.string().min(1), editId: z.string().min(1) })
export type BulkEditWork = z.infer<typeof bulkEditPayload>
/** Keyed: however often it is asked, one job waits for one edit. */
export const enqueueBulkEdit = (tx: Ctx<'db'>, { houseId, editId }: BulkEditWork): Promise<void> =>
  enqueue(tx, bulkEditJob, { houseId, editId }, { key: `${bulkEditJob}:${editId}`, awaited: true })
