import { Readable } from 'node:stream'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { isPerson, type Person } from '../kernel/actor.ts'
import { fail, ok, type Failure, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { originalKey, uploadKey } from '../platform/storage/keys.ts'
import { isTooLarge, type Stored } from '../platform/storage/storage.ts'
import type { ReceiveUploadError } from './errors.ts'
import { may } from './policy.ts'
import { assetStates } from './rules/asset-states.ts'
import { secondNature, sniff, titleFromName, uploadLimit, type MediaType } from './rules/file-types.ts'
import { peek, withTail } from './streams.ts'
import { addVersion, type Arrived } from './versions.ts'

export interface ReceiveUpload {
  /** As the sender calls it: shown to people, never part of a path. */
  fileName: string
  source: Readable
  declaredSize?: number | undefined
  /** A new version of this asset, instead of a new asset. */
  assetId?: string | undefined
  /** Take it in although the house has these bytes already. */
  evenIfDuplicate?: boolean | undefined
  signal?: AbortSignal | undefined
}
export interface Received {
  assetId: string
  versionId: string
  number: number
  title: string
}
type UploadCtx = Ctx<'db' | 'clock' | 'actor' | 'storage'>
type Refused = Failure<ReceiveUploadError>

/**
 * Take in one file as a stream: counted, hashed and typed by its content on the way to a temporary key, published by a
 * move, then recorded. Nothing is decoded here; the reply never waits for a preview.
 */
export async function receiveUpload(ctx: UploadCtx, input: ReceiveUpload): Promise<Result<Received, ReceiveUploadError>> {
  const { actor } = ctx
  if (!isPerson(actor) || !may(actor, 'upload')) throw new Refusal('forbidden', 'upload')
  if (input.assetId && (await isClosed(ctx, input.assetId))) return turnAway(input, fail('asset-archived'))
  if ((input.declaredSize ?? 0) > uploadLimit) return turnAway(input, fail('too-large', { limit: uploadLimit }))

  const uploadId = await openUpload(ctx, actor, input)
  try {
    const outcome = await store(ctx, uploadId, input)
    if (!outcome.ok) {
      input.source.destroy()
      await ctx.storage.remove(uploadKey(uploadId))
      await closeUpload(ctx, uploadId, outcome.error === 'cut-off' ? 'ABANDONED' : 'REJECTED', outcome.error)
    }
    return outcome
  } catch (error) {
    input.source.destroy()
    await ctx.storage.remove(uploadKey(uploadId))
    await closeUpload(ctx, uploadId, 'ABANDONED', 'fault')
    throw error
  }
}

function turnAway(input: ReceiveUpload, outcome: Refused): Refused {
  input.source.destroy()
  return outcome
}

async function isClosed(ctx: UploadCtx, assetId: string): Promise<boolean> {
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId },
    select: { state: true, createdById: true },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  if (!may(ctx.actor, 'edit', asset)) throw new Refusal('forbidden', 'new version')
  return assetStates.after(asset.state, 'replace') === undefined
}

async function openUpload(ctx: UploadCtx, actor: Person, input: ReceiveUpload): Promise<string> {
  const at = ctx.clock.now()
  const id = newId('upl', at)
  const declaredSize = input.declaredSize ?? null
  await ctx.db.upload.create({
    data: {
      id,
      houseId: actor.houseId,
      userId: actor.userId,
      fileName: cleanName(input.fileName),
      declaredSize,
      assetId: input.assetId ?? null,
      createdAt: at,
    },
  })
  return id
}

const closeUpload = (ctx: UploadCtx, id: string, state: 'REJECTED' | 'ABANDONED', reason: string) =>
  ctx.db.upload.updateMany({ where: { id, state: 'RECEIVING' }, data: { state, reason, endedAt: ctx.clock.now() } })

/** The last part of what may be a path, without control characters. */
const cleanName = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 255) || 'untitled'

async function store(ctx: UploadCtx, uploadId: string, input: ReceiveUpload): Promise<Result<Received, ReceiveUploadError>> {
  const received = await receive(ctx, uploadId, input)
  if (!received.ok) return received
  const { stored, mediaType } = received.value
  const { houseId } = ctx.actor
  const fileName = cleanName(input.fileName)
  const storageKey = originalKey(houseId, stored.sha256)
  // Before the rows that name it: a crash between the two leaves bytes without a row, never a row without bytes.
  await ctx.storage.move(uploadKey(uploadId), storageKey)
  const arrived: Arrived = { uploadId, fileName, title: titleFromName(fileName), mediaType, storageKey, ...stored }
  return inTransaction(ctx, (tx) => addVersion(tx, arrived, { assetId: input.assetId, evenIfDuplicate: input.evenIfDuplicate ?? false }))
}

/** Bytes to the temporary key. What the sender does wrong is an outcome; what our disk does wrong is a fault. */
async function receive(
  ctx: UploadCtx,
  uploadId: string,
  input: ReceiveUpload,
): Promise<Result<{ stored: Stored; mediaType: MediaType }, ReceiveUploadError>> {
  const stream = await peek(input.source)
  if (stream.broken()) return fail('cut-off')
  const kind = sniff(stream.head)
  if (!kind.accepted) return fail('refused-type', { what: kind.what })
  const tail = withTail(stream.rest())
  try {
    const stored = await ctx.storage.put(uploadKey(uploadId), Readable.from(tail.bytes, { objectMode: false }), {
      mediaType: kind.mediaType,
      limit: uploadLimit,
      ...(input.signal ? { signal: input.signal } : {}),
    })
    if (input.declaredSize !== undefined && stored.size < input.declaredSize) return fail('cut-off')
    const also = secondNature(kind.mediaType, stream.head, tail.last())
    return also ? fail('refused-type', { what: `a picture that is also ${also}` }) : ok({ stored, mediaType: kind.mediaType })
  } catch (error) {
    if (isTooLarge(error)) return fail('too-large', { limit: uploadLimit })
    if (stream.broken() || input.signal?.aborted) return fail('cut-off')
    throw error
  }
}

/** An upload that nobody finished within a day is over: its bytes go, its row says so. Bounded, run by the timetable. */
export async function sweepUploads(ctx: Ctx<'db' | 'clock' | 'storage'>, batch = 500): Promise<number> {
  const now = ctx.clock.now()
  const stale = await ctx.db.upload.findMany({
    where: { state: 'RECEIVING', createdAt: { lt: new Date(now.getTime() - 86_400_000) } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  for (const { id } of stale) await ctx.storage.remove(uploadKey(id))
  const { count } = await ctx.db.upload.updateMany({
    where: { id: { in: stale.map(({ id }) => id) }, state: 'RECEIVING' },
    data: { state: 'ABANDONED', reason: 'never finished', endedAt: now },
  })
  return count
}
