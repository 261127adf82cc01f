import type { Ctx } from '../platform/context.ts'
import { mustMay as mustMayRights } from '../rights/policy.ts'
import { namesOf } from './import-views.ts'
import { mustMay } from './policy.ts'

export interface PaperRow {
  id: string
  reference: string
  fileName: string
  mediaType: string
  sizeBytes: number
  sha256: string
  addedAt: Date
  by: string | null
}

/** The signed papers behind contracts or releases of these references, the newest first. */
export async function papersOf(ctx: Ctx<'db' | 'actor'>, kind: 'CONTRACT' | 'RELEASE', references: readonly string[]): Promise<PaperRow[]> {
  if (kind === 'CONTRACT') mustMay(ctx.actor, 'see-exchange')
  else mustMayRights(ctx.actor, 'see-rights')
  const rows = await ctx.db.paper.findMany({
    where: { houseId: ctx.actor.houseId, kind, reference: { in: [...references] } },
    orderBy: [{ addedAt: 'desc' }, { id: 'desc' }],
    take: 100,
  })
  const names = await namesOf(
    ctx,
    rows.map(({ addedById }) => addedById),
  )
  return rows.map(({ id, reference, fileName, mediaType, sizeBytes, sha256, addedAt, addedById }) => ({
    id,
    reference,
    fileName,
    mediaType,
    sizeBytes: Number(sizeBytes),
    sha256,
    addedAt,
    by: names.get(addedById ?? '') ?? null,
  }))
}
