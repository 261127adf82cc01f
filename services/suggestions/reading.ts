import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { readerAlgorithm } from '../platform/media/media.ts'
import { onCopies } from '../platform/scratch.ts'
import { enqueueLook, type Look } from './jobs.ts'
import { suggestFor } from './making.ts'
import { readable, worthReading } from './rules/readable.ts'
import type { ReadText } from './rules/read-text.ts'
import { readsText } from './settings.ts'

type Reading = Ctx<'db' | 'clock' | 'actor' | 'storage' | 'media' | 'tagger' | 'log'>

/** Letters of a page are read at this size; larger is only slower. */
const edge = 2_000
type Outcome = 'TEXT' | 'NONE' | 'NOT_WORTH_IT' | 'SWITCHED_OFF' | 'FAILED'

/**
 * What the job does with a version, after its previews: reads the text in it, once for each algorithm, and makes
 * suggestions. It may run twice: what was read is kept, and suggestions are brought up to date.
 */
export async function lookAt(ctx: Reading, { versionId }: Pick<Look, 'versionId'>): Promise<void> {
  const version = await versionToRead(ctx, versionId)
  if (!version?.currentOf) return
  const { text } = version
  if (!text || text.algorithm < readerAlgorithm) await readVersion(ctx, version)
  await suggestFor(ctx, version.currentOf.id)
}

const versionToRead = (ctx: Ctx<'db' | 'actor'>, versionId: string) =>
  ctx.db.assetVersion.findFirst({
    where: { id: versionId, houseId: ctx.actor.houseId, processing: 'READY', purgedAt: null },
    select: {
      id: true,
      assetId: true,
      preview: true,
      width: true,
      height: true,
      currentOf: { select: { id: true, kind: true } },
      text: { select: { algorithm: true } },
      renditions: {
        // What bears the house's mark would read as the house's name on every picture.
        where: {
          watermarked: false,
          mediaType: { in: ['image/webp', 'image/jpeg', 'image/png'] },
          preset: { in: ['web', 'page', 'clean-grid', 'grid'] },
        },
        select: { storageKey: true, width: true, height: true },
        orderBy: { width: 'desc' },
        take: 1,
      },
    },
  })
type ToRead = NonNullable<Awaited<ReturnType<typeof versionToRead>>>

async function readVersion(ctx: Reading, version: ToRead): Promise<void> {
  const rendition = version.renditions[0] ?? null
  const worth = worthReading({ preview: version.preview, rendition })
  if (!(await readsText(ctx))) return keepText(ctx, version, 'SWITCHED_OFF')
  if (!worth || !rendition || (await ctx.storage.stat(rendition.storageKey)) === null) return keepText(ctx, version, 'NOT_WORTH_IT')
  await onCopies(ctx.storage, [rendition.storageKey], async ([picture], outDir) => {
    const outcome = await ctx.media.readText({ path: picture, outDir, edge, languages: ['deu', 'eng'] })
    if (!outcome.ok) {
      ctx.log.info('text.not-read', { versionId: version.id, cause: outcome.error })
      return await keepText(ctx, version, 'FAILED')
    }
    const read = readable(outcome.value.lines)
    await keepText(ctx, version, read.text === '' ? 'NONE' : 'TEXT', read)
  })
}

async function keepText(ctx: Reading, version: ToRead, outcome: Outcome, read: ReadText = { lines: [], text: '' }): Promise<void> {
  const kept = {
    houseId: ctx.actor.houseId,
    assetId: version.assetId,
    outcome,
    algorithm: readerAlgorithm,
    text: read.text,
    lines: read.lines as unknown as Prisma.InputJsonValue,
    readAt: ctx.clock.now(),
  }
  await ctx.db.pictureText.upsert({ where: { versionId: version.id }, create: { versionId: version.id, ...kept }, update: kept })
}

/** Current versions that nobody has looked at yet, or not by today's algorithm: asked for, some at a time, the newest first. */
export async function sweepUnread(ctx: Ctx<'db'>, batch = 60): Promise<number> {
  const rows = await ctx.db.$queryRaw<Look[]>`
    SELECT v.id AS "versionId", v.house_id AS "houseId" FROM assets a JOIN asset_versions v ON v.id = a.current_version_id
      LEFT JOIN picture_texts t ON t.version_id = v.id
    WHERE v.processing = 'READY' AND v.purged_at IS NULL AND a.state NOT IN ('ARCHIVED', 'DELETED') AND (t.version_id IS NULL OR t.algorithm < ${readerAlgorithm})
    ORDER BY v.id DESC LIMIT ${batch}::int`
  for (const look of rows) await enqueueLook(ctx, look, 'in-time')
  return rows.length
}
