import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { isPerson } from '../kernel/actor.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { ReceiveUploadError, RetryVersionError } from './errors.ts'
import { enqueueDerive } from './jobs.ts'
import { cancelOpenReview, lockAsset, moveAsset } from './lock.ts'
import { may } from './policy.ts'
import { replacedReason } from './rules/review-states.ts'
import { kindOf } from './rules/asset-words.ts'
import type { MediaType } from './rules/file-types.ts'
import type { Received } from './uploads.ts'

/** A file whose bytes are in place. */
export interface Arrived {
  uploadId: string
  fileName: string
  title: string
  mediaType: MediaType
  storageKey: string
  size: number
  sha256: string
  crc32: number
}
type Tx = Ctx<'db' | 'clock' | 'actor'>

/** The rows of an arrived file: a new asset, or the next version of one. Runs inside the upload's transaction. */
export async function addVersion(
  tx: Tx,
  file: Arrived,
  { assetId, evenIfDuplicate }: { assetId: string | undefined; evenIfDuplicate: boolean },
): Promise<Result<Received, ReceiveUploadError>> {
  const { houseId } = tx.actor
  // Two uploads of the same bytes at once: the second waits here and then sees the first.
  await tx.db.$queryRaw`SELECT 1 AS locked FROM (SELECT pg_advisory_xact_lock(hashtextextended(${houseId + file.sha256}, 0))) AS lock`
  if (!evenIfDuplicate) {
    const twin = await findTwin(tx, file.sha256, assetId)
    if (twin)
      return fail(twin.id === assetId ? 'same-as-current' : 'duplicate-of', { assetId: twin.id, title: twin.title, state: twin.state })
  }
  return assetId ? nextVersion(tx, file, assetId) : firstVersion(tx, file)
}

/** Another asset of the house with these bytes; for a new version, also the asset itself if they are what it has now. */
export async function findTwin(tx: Tx, sha256: string, assetId: string | undefined) {
  const own = assetId
    ? await tx.db.asset.findFirst({
        where: { id: assetId, houseId: tx.actor.houseId, currentVersion: { sha256 } },
        select: { id: true, title: true, state: true },
      })
    : null
  if (own) return own
  const version = await tx.db.assetVersion.findFirst({
    where: { houseId: tx.actor.houseId, sha256, processing: { not: 'REJECTED' }, ...(assetId ? { assetId: { not: assetId } } : {}) },
    orderBy: { createdAt: 'asc' },
    select: { asset: { select: { id: true, title: true, state: true } } },
  })
  return version?.asset ?? null
}

async function firstVersion(tx: Tx, file: Arrived): Promise<Result<Received, never>> {
  const at = tx.clock.now()
  const assetId = newId('ast', at)
  const createdById = isPerson(tx.actor) ? tx.actor.userId : null
  await tx.db.asset.create({
    data: {
      id: assetId,
      houseId: tx.actor.houseId,
      kind: kindOf(file.mediaType),
      title: file.title,
      createdById,
      createdAt: at,
      changedAt: at,
    },
  })
  return finish(tx, file, { assetId, number: 1, title: file.title })
}

async function nextVersion(tx: Tx, file: Arrived, assetId: string): Promise<Result<Received, 'asset-archived'>> {
  const asset = await lockAsset(tx, assetId)
  if (!(await moveAsset(tx, asset, 'replace'))) return fail('asset-archived')
  await cancelOpenReview(tx, assetId, replacedReason)
  const last = await tx.db.assetVersion.findFirst({ where: { assetId }, orderBy: { number: 'desc' }, select: { number: true } })
  return finish(tx, file, { assetId, number: (last?.number ?? 0) + 1, title: asset.title })
}

async function finish(
  tx: Tx,
  file: Arrived,
  { assetId, number, title }: { assetId: string; number: number; title: string },
): Promise<Result<Received, never>> {
  const at = tx.clock.now()
  const versionId = newId('ver', at)
  const { uploadId, fileName, mediaType, storageKey, size, sha256, crc32 } = file
  const createdById = isPerson(tx.actor) ? tx.actor.userId : null
  await tx.db.assetVersion.create({
    data: {
      id: versionId,
      houseId: tx.actor.houseId,
      assetId,
      number,
      fileName,
      mediaType,
      byteSize: size,
      sha256,
      crc32,
      storageKey,
      createdById,
      createdAt: at,
    },
  })
  await tx.db.asset.update({ where: { id: assetId }, data: { currentVersionId: versionId } })
  await tx.db.upload.update({ where: { id: uploadId }, data: { state: 'STORED', assetId, versionId, endedAt: at } })
  await record(tx, {
    type: 'asset.uploaded',
    subject: { kind: 'asset', id: assetId },
    data: { versionId, number, fileName, mediaType, size, sha256 },
  })
  await enqueueDerive(tx, versionId)
  return ok({ assetId, versionId, number, title })
}

/** Read a rejected file once more, e.g. when the machine was too busy. */
export async function retryVersion(ctx: Tx, { versionId }: { versionId: string }): Promise<Result<{ assetId: string }, RetryVersionError>> {
  const version = await ctx.db.assetVersion.findFirst({
    where: { id: versionId, houseId: ctx.actor.houseId },
    include: { asset: { select: { id: true, createdById: true, state: true, currentVersionId: true } } },
  })
  if (!version) throw new Refusal('not-found', `no version ${versionId}`)
  if (!may(ctx.actor, 'edit', version.asset)) throw new Refusal('forbidden', 'retry version')
  if (version.asset.currentVersionId !== versionId) return fail('not-current')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.assetVersion.updateMany({
      where: { id: versionId, processing: 'REJECTED' },
      data: { processing: 'WAITING', rejectedReason: null },
    })
    if (count === 0) return fail('not-rejected')
    await enqueueDerive(tx, versionId)
    return ok({ assetId: version.assetId })
  })
}
