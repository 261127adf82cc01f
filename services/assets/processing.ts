import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { System } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, type Prisma } from '../platform/db.ts'
import type { Derived, DeriveError } from '../platform/media/media.ts'
import { onCopies } from '../platform/scratch.ts'
import { previewKey } from '../platform/storage/keys.ts'
import type { Stored } from '../platform/storage/storage.ts'
import { deriveJob, enqueueDerive } from './jobs.ts'
import { keepMetadata, storable, written } from './file-metadata.ts'
import { keepPrint } from './prints.ts'
import { orientationOf, type AssetKind, type Audience } from './rules/asset-words.ts'
import { titleFromName } from './rules/file-types.ts'
import { fillFromFile, type FieldsOnRecord } from './rules/metadata-fields.ts'
import { readFound, type ReadFile } from './rules/metadata-reading.ts'
import { isMarked, planRenditions, previewPresets } from './rules/rendition-plan.ts'

type DeriveCtx = Ctx<'db' | 'clock' | 'storage' | 'media'>
type MadeFile = Derived['files'][number] & { stored: Stored }

/** What the sender can do about it. */
const advice: Record<DeriveError, string> = {
  unreadable: 'Save it anew from the program that made it and upload it again.',
  'too-many-pixels': 'Upload a version with fewer pixels.',
  'timed-out': 'Try again, or upload a simpler version.',
  'out-of-memory': 'Upload a version with fewer pixels or layers.',
  unsupported: 'Save it in one of the kinds that the library takes in and upload it again.',
  unsafe: 'Export it without that and upload it again.',
}

const bearsMark = ({ asset }: Pick<Version, 'asset'>, preset: string): boolean => isMarked(asset) && previewPresets.includes(preset)

const keyOf = (version: Pick<Version, 'id' | 'asset'>, preset: string): string => previewKey(version.id, preset, bearsMark(version, preset))

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
      asset: { select: { kind: true, audience: true, purgedAt: true } },
      sidecar: { select: { packet: true, addedAt: true } },
    },
  })
  if (!version || version.processing === 'REJECTED' || version.asset.purgedAt) return
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: version.houseId }, select: { name: true } })
  const renditions = planRenditions({ ...version.asset, mediaType: version.mediaType, mark: `${house.name} · preview` })
  const actor: System = { kind: 'system', houseId: version.houseId, name: deriveJob }
  await onCopies(ctx.storage, [version.storageKey], async ([file], outDir) => {
    const beside = version.sidecar ? path.join(outDir, 'beside.xmp') : undefined
    if (beside && version.sidecar) await writeFile(beside, version.sidecar.packet)
    const outcome = await ctx.media.derive({
      path: file,
      mediaType: version.mediaType,
      outDir,
      renditions,
      print: true,
      ...(beside ? { sidecar: beside } : {}),
    })
    if (!outcome.ok) return await reject({ ...ctx, actor }, version, `${String(outcome.detail)} ${advice[outcome.error]}`, outcome.error)
    const made: MadeFile[] = []
    for (const one of outcome.value.files) {
      const stored = await ctx.storage.put(keyOf(version, one.preset), createReadStream(one.path), { mediaType: one.mediaType })
      made.push({ ...one, stored })
    }
    await keep({ ...ctx, actor }, version, outcome.value, made)
  })
}

interface Version {
  id: string
  assetId: string
  fileName: string
  asset: { kind: AssetKind; audience: Audience }
  sidecar: { addedAt: Date } | null
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
    // Purged while we worked: what was made goes the way of the rest.
    if (asset.purgedAt) return nameForPurge(tx, version, made)
    // Kind or audience changed while we worked, and with them the mark: these previews must not be shown.
    if (isMarked(asset) !== isMarked(version.asset)) return enqueueDerive(tx, version.id)
    const { width, height, pages, durationMs, frames, form: preview, dominantColour, palette } = derived
    const found = storable(derived.embedded)
    const read = readFound(found)
    const embedded = { ...read.values } satisfies Prisma.InputJsonObject
    const first = await tx.db.assetVersion.updateMany({
      where: { id: version.id, processing: 'WAITING' },
      data: {
        processing: 'READY',
        width,
        height,
        pages,
        durationMs,
        frames,
        preview,
        facts: { ...derived.facts } satisfies Prisma.InputJsonObject,
        orientation: width && height ? orientationOf(width, height) : null,
        dominantColour,
        palette,
        embedded,
      },
    })
    await keepRenditions(tx, version, made)
    const readBefore = await tx.db.fileMetadata.findUnique({ where: { versionId: version.id }, select: { readAt: true } })
    await keepMetadata(tx, { versionId: version.id, houseId: asset.houseId, assetId: asset.id }, found, read)
    if (derived.print) await keepPrint(tx, { versionId: version.id, houseId: asset.houseId, assetId: asset.id }, derived.print)
    if (first.count === 0) return readAnew(tx, version, asset, read, readBefore?.readAt ?? null)
    const fills = asset.currentVersionId === version.id ? fillFromFile(asset, read.values, titleFromName(version.fileName)) : {}
    await tx.db.asset.update({ where: { id: asset.id }, data: { ...written(fills), changedAt: tx.clock.now() } })
    await record(tx, {
      type: 'version.ready',
      subject: { kind: 'asset', id: asset.id },
      data: { versionId: version.id, width, height, pages, durationMs, filled: Object.keys(fills) },
    })
  })
}

/** A version that was readable before: what its file says is brought up to date. The record is filled only from words that came since. */
async function readAnew(
  tx: Tx,
  version: Version,
  asset: FieldsOnRecord & { id: string; currentVersionId: string | null },
  read: ReadFile,
  before: Date | null,
) {
  await tx.db.assetVersion.updateMany({
    where: { id: version.id, processing: 'READY' },
    data: { embedded: { ...read.values } satisfies Prisma.InputJsonObject },
  })
  const isNew = version.sidecar !== null && (before === null || version.sidecar.addedAt >= before)
  if (!isNew || asset.currentVersionId !== version.id) return
  const fills = fillFromFile(asset, read.values, titleFromName(version.fileName))
  await tx.db.asset.update({ where: { id: asset.id }, data: { ...written(fills), changedAt: tx.clock.now() } })
  await record(tx, {
    type: 'version.read-anew',
    subject: { kind: 'asset', id: asset.id },
    data: { versionId: version.id, filled: Object.keys(fills) },
  })
}

const nameForPurge = async (tx: Tx, version: Version, made: MadeFile[]): Promise<void> => {
  const namedAt = tx.clock.now()
  await tx.db.purgedObject.createMany({
    data: made.map(({ preset, stored }) => ({
      id: newId('prg', namedAt),
      houseId: tx.actor.houseId,
      assetId: version.assetId,
      versionId: version.id,
      preset,
      storageKey: keyOf(version, preset),
      sha256: stored.sha256,
      byteSize: BigInt(stored.size),
      namedAt,
    })),
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
    where: { processing: 'WAITING', asset: { purgedAt: null }, createdAt: { lt: new Date(ctx.clock.now().getTime() - 15 * 60_000) } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  for (const { id } of waiting) await enqueueDerive(ctx, id)
  return waiting.length
}
