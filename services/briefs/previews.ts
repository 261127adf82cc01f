import { putAway, type AssetState } from '../assets/rules/asset-states.ts'
import type { OpenFile } from '../delivery/files.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { open, slice, storedObject } from '../platform/files/splice.ts'
import { briefFor } from './briefs.ts'

/** What an asker may see of what was made for them: once a reviewer has approved it, and while it may be shown. */
export const seenByAskers = ['APPROVED', 'SCHEDULED', 'PUBLISHED'] as const
export const isSeenByAskers = (state: AssetState): boolean => (seenByAskers as readonly AssetState[]).includes(state)
/** What was made and is kept from everybody outside since: not even its name is told. */
export const withheldFromAskers: readonly AssetState[] = [...putAway, 'ON_HOLD', 'EMBARGOED', 'EXPIRED', 'WITHDRAWN']

/** A watermarked preview of something that was made for a brief, for whoever follows the brief. */
export async function openBriefPreview(ctx: Ctx<'db' | 'actor' | 'storage'>, briefId: string, assetId: string): Promise<OpenFile> {
  const none = () => new Refusal('not-found', `no preview of ${assetId} for brief ${briefId}`)
  await briefFor(ctx, briefId)
  const asset = await ctx.db.asset.findFirst({
    where: {
      id: assetId,
      houseId: ctx.actor.houseId,
      state: { in: [...seenByAskers] },
      embargoEndsAt: null,
      briefs: { some: { briefId, role: 'DELIVERY' } },
    },
    select: { state: true, currentVersionId: true, publishedVersionId: true },
  })
  if (!asset) throw none()
  // A published asset may have a newer version that nobody has judged.
  const versionId = asset.state === 'PUBLISHED' ? asset.publishedVersionId : asset.currentVersionId
  const rendition = await ctx.db.rendition.findFirst({
    where: { preset: 'grid', watermarked: true, version: { id: versionId ?? '', assetId } },
    select: { mediaType: true, byteSize: true, sha256: true, storageKey: true },
  })
  if (!rendition) throw none()
  const file = storedObject(rendition.storageKey, Number(rendition.byteSize))
  return {
    fileName: `preview.${rendition.mediaType.split('/')[1] ?? 'bin'}`,
    mediaType: rendition.mediaType,
    size: file.size,
    etag: `"${rendition.sha256}"`,
    inline: true,
    keep: 'browser',
    open: async (range, signal) => open(range ? slice(file, range.start, range.end + 1) : file, ctx.storage, signal),
  }
}
