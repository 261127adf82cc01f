import type { Readable } from 'node:stream'
import { recordAll } from '../compliance/record.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { enqueueAll } from '../platform/queue.ts'
import { originalKey, uploadKey } from '../platform/storage/keys.ts'
import { isTooLarge } from '../platform/storage/storage.ts'
import { deriveJob, derivePayload } from './jobs.ts'
import { kindOf } from './rules/asset-words.ts'
import type { Description } from './rules/description.ts'
import { settle, sniff, titleFromName, uploadLimit, type MediaType } from './rules/file-types.ts'
import { peek, withTail } from './streams.ts'

/** A file whose bytes are in place; its rows are still to be made. */
export interface Placed {
  fileName: string
  mediaType: MediaType
  storageKey: string
  size: number
  sha256: string
  crc32: number
  /** XMP that lay beside it. */
  sidecar?: { fileName: string; packet: string } | undefined
}

/** Store a file's bytes under their hash, typed by their content. No row names them yet: left alone, they harm nobody. */
export async function placeFile(
  ctx: Ctx<'clock' | 'actor' | 'storage'>,
  { fileName, source }: { fileName: string; source: Readable },
): Promise<Result<Placed, 'refused-type' | 'too-large'>> {
  const stream = await peek(source)
  const kind = sniff(stream.head)
  if (!kind.accepted) {
    source.destroy()
    return fail('refused-type', { what: kind.what })
  }
  const draft = uploadKey(newId('upl', ctx.clock.now()))
  const tail = withTail(stream.rest())
  try {
    const stored = await ctx.storage.put(draft, tail.readable(), { mediaType: kind.mediaType, limit: uploadLimit })
    const settled = settle(kind.mediaType, stream.head, tail.last())
    if (!settled.accepted) {
      await ctx.storage.remove(draft)
      return fail('refused-type', { what: settled.what })
    }
    const storageKey = originalKey(ctx.actor.houseId, stored.sha256)
    await ctx.storage.move(draft, storageKey)
    return ok({ fileName, mediaType: settled.mediaType, storageKey, ...stored })
  } catch (error) {
    if (isTooLarge(error)) return fail('too-large', { limit: uploadLimit })
    throw error
  }
}

type Tx = Ctx<'db' | 'clock' | 'actor'>
export interface Arrival {
  assetId: string
  /** False: the library had these bytes, in the asset that is named. */
  taken: boolean
}

/**
 * The rows of many new files in a handful of statements: each becomes a draft with one version, unless the house has its bytes.
 * Runs within a transaction; the answers are in the order of the files.
 */
export async function addArrivals(tx: Tx, files: readonly (Placed & { described: Description })[]): Promise<Arrival[]> {
  const { houseId } = tx.actor
  const hashes = [...new Set(files.map(({ sha256 }) => sha256))].sort()
  // The same bytes from two sides at once: the second waits here, in one order for all, and then sees the first.
  await tx.db.$queryRaw`SELECT count(pg_advisory_xact_lock(hashtextextended(${houseId} || hash, 0))) FROM unnest(${hashes}::text[]) hash`
  const twins = await tx.db.assetVersion.findMany({
    where: { houseId, sha256: { in: hashes }, processing: { not: 'REJECTED' } },
    orderBy: { createdAt: 'asc' },
    distinct: ['sha256'],
    select: { sha256: true, assetId: true },
  })
  const known = new Map(twins.map(({ sha256, assetId }) => [sha256, assetId]))
  const at = tx.clock.now()
  const fresh: { file: (typeof files)[number]; assetId: string; versionId: string }[] = []
  const arrivals = files.map((file): Arrival => {
    const twin = known.get(file.sha256)
    if (twin) return { assetId: twin, taken: false }
    const assetId = newId('ast', at)
    known.set(file.sha256, assetId)
    fresh.push({ file, assetId, versionId: newId('ver', at) })
    return { assetId, taken: true }
  })
  if (fresh.length > 0) await write(tx, at, fresh)
  return arrivals
}

async function write(
  tx: Tx,
  at: Date,
  fresh: { file: Placed & { described: Description }; assetId: string; versionId: string }[],
): Promise<void> {
  const { actor, db } = tx
  const { houseId } = actor
  const createdById = actor.kind === 'person' ? actor.userId : null
  await db.asset.createMany({
    data: fresh.map(({ file, assetId }) => ({
      id: assetId,
      houseId,
      kind: kindOf(file.mediaType),
      title: titleFromName(file.fileName),
      ...file.described,
      createdById,
      createdAt: at,
      changedAt: at,
    })),
  })
  await db.assetVersion.createMany({
    data: fresh.map(({ file: { size, described: _described, sidecar: _sidecar, ...file }, assetId, versionId }) => ({
      ...file,
      id: versionId,
      houseId,
      assetId,
      number: 1,
      byteSize: size,
      createdById,
      createdAt: at,
    })),
  })
  await db.versionSidecar.createMany({
    data: fresh.flatMap(({ file: { sidecar }, versionId }) =>
      sidecar ? [{ versionId, houseId, ...sidecar, addedAt: at, addedById: createdById }] : [],
    ),
  })
  await db.$executeRaw`
    UPDATE assets SET current_version_id = v.id FROM asset_versions v
    WHERE v.asset_id = assets.id AND v.id = ANY(${fresh.map(({ versionId }) => versionId)}) AND assets.house_id = ${houseId}`
  await recordAll(
    tx,
    fresh.map(({ file: { fileName, mediaType, size, sha256, described }, assetId, versionId }) => ({
      type: 'asset.uploaded',
      subject: { kind: 'asset', id: assetId },
      data: { versionId, number: 1, fileName, mediaType, size, sha256, described: Object.keys(described) },
    })),
  )
  await enqueueAll(
    tx,
    deriveJob,
    fresh.map(({ versionId }) => derivePayload.parse({ versionId })),
  )
}
