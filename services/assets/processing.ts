import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { System } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, type Prisma } from '../platform/db.ts'
import type { Derived, DeriveError } from '../platform/media/media.ts'
import { renditionKey } from '../platform/storage/keys.ts'
import type { Stored } from '../platform/storage/storage.ts'
import { deriveJob, enqueueDerive } from './jobs.ts'
import { orientationOf, type AssetKind, type Audience } from './rules/asset-words.ts'
import { titleFromName } from './rules/file-types.ts'
import { fillFromFile } from './rules/metadata-fields.ts'
import { isMarked, planRenditions, previewPresets } from './rules/rendition-plan.ts'

type DeriveCtx = Ctx<'db' | 'clock' | 'storage' | 'media'>
type MadeFile = Derived['files'][number] & { stored: Stored }

/** What the sender can do about it. */
const advice: Record<DeriveError, string> = {
  unreadable: 'Save it anew from the program that made it and upload it again.',
  'too-many-pixels': 'Upload a version with fewer pixels.',
  'timed-out': 'Try again, or upload a simpler version.',
  'out-of-memory': 'Upload a version with fewer pixels or layers.',
  unsupported: 'Save it as JPEG, PNG, WebP, TIFF, SVG or PDF and upload it again.',
  unsafe: 'Export a plain drawing and upload it again.',
}

const bearsMark = ({ asset }: Pick<Version, 'asset'>, preset: string): boolean =>
  isMarked(asset) && (previewPresets as readonly string[]).includes(preset)

/**
 * Marked and plain pixels never share a key: a slow run that was planned for the portal would else put a clean copy where
 * the store's row, written meanwhile, says that a marked one lies.
 */
const keyOf = (version: Pick<Version, 'id' | 'asset'>, preset: string): string =>
  renditionKey(version.id, bearsMark(version, preset) ? `${preset}-marked` : preset)

/**
 * Read a version's file and make its renditions. Safe to run twice or at once: keys stay, rows are replaced, and only
 * the run that ends the waiting fills the record and states the fact.
 */
export async function deriveVersion(ctx: DeriveCtx, { versionId }: { versionId: string }): Promise<void> {
  const version = await ctx.db.assetVersion.findUnique({
    where: { id: versionId },
    select: {
      id: true,
      houseId: true,
      assetId: true,
      mediaType: true,
      storageKey: true,
      fileName: true,
      processing: true,
      asset: { select: { kind: true, audience: true } },
    },
  })
  if (!version || version.processing === 'REJECTED') return
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: version.houseId }, select: { name: true } })
  const renditions = planRenditions({ ...version.asset, mark: `${house.name} · preview` })
  const actor: System = { kind: 'system', houseId: version.houseId, name: deriveJob }
  const outDir = await mkdtemp(path.join(tmpdir(), 'derive-'))
  const copy = await ctx.storage.localCopy(version.storageKey)
  try {
    const outcome = await ctx.media.derive({ path: copy.path, mediaType: version.mediaType, outDir, renditions })
    if (!outcome.ok) return await reject({ ...ctx, actor }, version, `${String(outcome.detail)} ${advice[outcome.error]}`, outcome.error)
    const made: MadeFile[] = []
    for (const file of outcome.value.files) {
      const stored = await ctx.storage.put(keyOf(version, file.preset), createReadStream(file.path), { mediaType: file.mediaType })
      made.push({ ...file, stored })
    }
    await keep({ ...ctx, actor }, version, outcome.value, made)
  } finally {
    await copy.dispose()
    await rm(outDir, { recursive: true, force: true })
  }
}

interface Version {
  id: string
  assetId: string
  fileName: string
  asset: { kind: AssetKind; audience: Audience }
}
type Tx = Ctx<'db' | 'clock' | 'actor'>

async function reject(ctx: Tx, version: Version, reason: string, cause: DeriveError): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // A version that was readable once stays so: making it anew may fail, but its renditions stand.
    const { count } = await tx.db.assetVersion.updateMany({
      where: { id: version.id, processing: 'WAITING' },
      data: { processing: 'REJECTED', rejectedReason: reason },
    })
    if (count === 1)
      await record(tx, {
        type: 'version.rejected',
        subject: { kind: 'asset', id: version.assetId },
        data: { versionId: version.id, cause, reason },
      })
  })
}

async function keep(ctx: Tx, version: Version, derived: Derived, made: MadeFile[]): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM assets WHERE id = ${version.assetId} FOR UPDATE`
    const asset = await tx.db.asset.findUniqueOrThrow({ where: { id: version.assetId } })
    // Kind or audience changed while we worked, and with them the mark: these previews must not be shown.
    if (isMarked(asset) !== isMarked(version.asset)) return enqueueDerive(tx, version.id)
    const { width, height, pages, dominantColour, palette } = derived
    const embedded = { ...derived.embedded } satisfies Prisma.InputJsonObject
    const first = await tx.db.assetVersion.updateMany({
      where: { id: version.id, processing: 'WAITING' },
      data: { processing: 'READY', width, height, pages, orientation: orientationOf(width, height), dominantColour, palette, embedded },
    })
    await keepRenditions(tx, version, made)
    if (first.count === 0) return
    const fills = asset.currentVersionId === version.id ? fillFromFile(asset, derived.embedded, titleFromName(version.fileName)) : {}
    await tx.db.asset.update({ where: { id: asset.id }, data: { ...fills, changedAt: tx.clock.now() } })
    await record(tx, {
      type: 'version.ready',
      subject: { kind: 'asset', id: asset.id },
      data: { versionId: version.id, width, height, pages, filled: Object.keys(fills) },
    })
  })
}

async function keepRenditions(tx: Tx, version: Version, made: MadeFile[]): Promise<void> {
  const at = tx.clock.now()
  await tx.db.rendition.deleteMany({ where: { versionId: version.id, preset: { in: made.map(({ preset }) => preset) } } })
  await tx.db.rendition.createMany({
    data: made.map(({ preset, mediaType, width, height, stored }) => ({
      id: newId('ren', at),
      versionId: version.id,
      preset,
      mediaType,
      width,
      height,
      byteSize: stored.size,
      sha256: stored.sha256,
      crc32: stored.crc32,
      storageKey: keyOf(version, preset),
      watermarked: bearsMark(version, preset),
      createdAt: at,
    })),
  })
}

/** A version that has waited for a quarter of an hour lost its job: asked for again. Bounded, run by the timetable. */
export async function sweepWaiting(ctx: Ctx<'db' | 'clock'>, batch = 200): Promise<number> {
  const waiting = await ctx.db.assetVersion.findMany({
    where: { processing: 'WAITING', createdAt: { lt: new Date(ctx.clock.now().getTime() - 15 * 60_000) } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  for (const { id } of waiting) await enqueueDerive(ctx, id)
  return waiting.length
}
