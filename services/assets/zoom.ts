import { createReadStream } from 'node:fs'
import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { PreviewForm, RenditionSpec } from '../platform/media/media.ts'
import { onCopies } from '../platform/scratch.ts'
import { renditionKey } from '../platform/storage/keys.ts'
import { compEdge, zoomEdge } from './rules/rendition-plan.ts'

type Making = Ctx<'db' | 'clock' | 'storage' | 'media'>

/** So many are made at once; whoever comes then sees the page's preview, and the larger one next time. */
const mostAtOnce = 2
const underWay = new Map<string, Promise<boolean>>()
/** What could not be made is not tried for some minutes: each look at it would cost a process. */
const failedUntil = new Map<string, number>()
const restsFor = 600_000
const mostFailed = 1_000

/** Of two who ask for one at once both wait for the same. False where it could not be made now. */
export function once(ctx: Ctx<'clock'>, key: string, most: number, make: () => Promise<boolean>): Promise<boolean> {
  const known = underWay.get(key)
  if (known) return known
  const now = ctx.clock.now().getTime()
  if (underWay.size >= most || (failedUntil.get(key) ?? 0) > now) return Promise.resolve(false)
  const making = make()
    .then((made) => {
      if (failedUntil.size >= mostFailed) failedUntil.clear()
      if (made) failedUntil.delete(key)
      else failedUntil.set(key, now + restsFor)
      return made
    })
    .finally(() => underWay.delete(key))
  underWay.set(key, making)
  return making
}

/**
 * Make the preview that one may look into closely, when somebody first does: most pictures are never looked at that way.
 * It bears the mark, whatever the picture.
 */
export const makeZoom = (ctx: Making, versionId: string): Promise<boolean> =>
  once(ctx, versionId, mostAtOnce, () =>
    marked(ctx, versionId, 'preview', { preset: 'zoom', maxEdge: zoomEdge, format: 'webp', quality: 74 }),
  )

/**
 * Make the file that layouts are made with, when somebody first takes one; it bears the mark like every file without a full
 * licence. Of a film it is a clip, of a recording its start; what shows nothing of itself lends nothing.
 */
export async function makeCompFile(ctx: Making, versionId: string): Promise<boolean> {
  const there = await ctx.db.rendition.count({ where: { versionId, preset: 'comp' } })
  if (there > 0) return true
  const version = await ctx.db.assetVersion.findUnique({ where: { id: versionId }, select: { preview: true } })
  const spec = version && compSpecs[version.preview]
  return spec ? once(ctx, `comp ${versionId}`, 2 * mostAtOnce, () => marked(ctx, versionId, 'layout only', spec)) : false
}

const large = { preset: 'comp', maxEdge: compEdge, format: 'jpeg', quality: 84 } as const
const compSpecs: Partial<Record<PreviewForm, Omit<RenditionSpec, 'watermark'>>> = {
  PICTURE: large,
  PAGES: large,
  SPECIMEN: large,
  FILM: { preset: 'comp', of: 'clip', maxEdge: 1280, format: 'mp4' },
  SOUND: { preset: 'comp', of: 'excerpt', maxEdge: 0, format: 'mp3' },
}

/** One marked rendition of a version that is ready, kept with its row. */
async function marked(ctx: Making, versionId: string, words: string, spec: Omit<RenditionSpec, 'watermark'>): Promise<boolean> {
  const version = await ctx.db.assetVersion.findFirst({
    where: { id: versionId, processing: 'READY', purgedAt: null, asset: { purgedAt: null } },
    select: { id: true, houseId: true, assetId: true, mediaType: true, storageKey: true },
  })
  if (!version) return false
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: version.houseId }, select: { name: true } })
  return onCopies(ctx.storage, [version.storageKey], async ([original], outDir) => {
    const plan = { ...spec, watermark: `${house.name} · ${words}` }
    const outcome = await ctx.media.derive({ path: original, mediaType: version.mediaType, outDir, renditions: [plan] })
    const file = outcome.ok ? outcome.value.files[0] : undefined
    if (!file) return false
    const storageKey = renditionKey(version.id, `${spec.preset}-marked`)
    const stored = await ctx.storage.put(storageKey, createReadStream(file.path), { mediaType: file.mediaType })
    const at = ctx.clock.now()
    const { width, height, mediaType } = file
    return inTransaction(ctx, async ({ db }) => {
      // Of what was purged while it was made, nothing is kept.
      const [there] = await db.$queryRaw<
        { id: string }[]
      >`SELECT id FROM assets WHERE id = ${version.assetId} AND purged_at IS NULL FOR SHARE`
      if (!there) {
        await ctx.storage.remove(storageKey)
        return false
      }
      // Another process may have made it meanwhile, to the same key: its row stands for both.
      await db.rendition.createMany({
        data: {
          id: newId('ren', at),
          versionId,
          preset: spec.preset,
          mediaType,
          width,
          height,
          byteSize: stored.size,
          sha256: stored.sha256,
          crc32: stored.crc32,
          storageKey,
          watermarked: true,
          createdAt: at,
        },
        skipDuplicates: true,
      })
      return true
    })
  })
}
