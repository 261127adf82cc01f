import type { Readable } from 'node:stream'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Failure, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { originalKey, uploadKey } from '../platform/storage/keys.ts'
import { isTooLarge, type Stored } from '../platform/storage/storage.ts'
import { landUpload, senderOf, type Door, type Sender } from './doors.ts'
import type { ReceiveUploadError } from './errors.ts'
import { may } from './policy.ts'
import { assetStates } from './rules/asset-states.ts'
import { settle, sniff, titleFromName, formLimit, type MediaType } from './rules/file-types.ts'
import { peek, withTail } from './streams.ts'
import type { Arrived } from './versions.ts'

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
  /** The brief that the file is made for. */
  briefId?: string | undefined
}
export interface Received {
  assetId: string
  versionId: string
  number: number
  title: string
}
type UploadCtx = Ctx<'db' | 'clock' | 'actor' | 'storage'>
type Refused<E extends string = never> = Failure<ReceiveUploadError | E>

/**
 * Take in one file as a stream: counted, hashed and typed by its content on the way to a temporary key, published by a
 * move, then recorded. Nothing is decoded here; the reply never waits for a preview.
 */
export async function receiveUpload<E extends string = never>(
  ctx: UploadCtx,
  input: ReceiveUpload,
  door?: Door<E>,
): Promise<Result<Received, ReceiveUploadError | E>> {
  const sender = senderOf(ctx)
  if (input.assetId && (await isClosed(ctx, input.assetId))) return turnAway(input, fail('asset-archived'))
  if ((input.declaredSize ?? 0) > formLimit) return turnAway(input, fail('too-large', { limit: formLimit }))

  const opened = await openUpload(ctx, sender, input, door)
  if (!opened.ok) return turnAway(input, opened)
  const { uploadId } = opened.value
  try {
    const outcome = await store(ctx, uploadId, input, door)
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

function turnAway<E extends string>(input: ReceiveUpload, outcome: Refused<E>): Refused<E> {
  input.source.destroy()
  return outcome
}

/** Whether an asset takes no new version any more. Refuses whoever may not edit it. */
export async function isClosed(ctx: Ctx<'db' | 'actor'>, assetId: string): Promise<boolean> {
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId },
    select: { state: true, createdById: true },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  if (!may(ctx.actor, 'edit', asset)) throw new Refusal('forbidden', 'new version')
  return assetStates.after(asset.state, 'replace') === undefined
}

async function openUpload<E extends string>(
  ctx: UploadCtx,
  sender: Sender,
  input: ReceiveUpload,
  door: Door<E> | undefined,
): Promise<Result<{ uploadId: string }, E>> {
  const at = ctx.clock.now()
  const id = newId('upl', at)
  const declaredSize = input.declaredSize ?? null
  const row = {
    ...sender,
    id,
    fileName: cleanName(input.fileName),
    declaredSize,
    assetId: input.assetId ?? null,
    briefId: input.briefId ?? null,
    createdAt: at,
  }
  return inTransaction(ctx, async (tx): Promise<Result<{ uploadId: string }, E>> => {
    const admitted = door ? await door.admit(tx, declaredSize ?? 0) : ok(null)
    if (!admitted.ok) return admitted
    await tx.db.upload.create({ data: row })
    return ok({ uploadId: id })
  })
}

const closeUpload = (ctx: UploadCtx, id: string, state: 'REJECTED' | 'ABANDONED', reason: string) =>
  ctx.db.upload.updateMany({ where: { id, state: 'RECEIVING' }, data: { state, reason, endedAt: ctx.clock.now() } })

/** The last part of what may be a path, without control characters. */
export const cleanName = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    // Nor what turns the letters after it the other way: a name must not show another ending than it has.
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, 255) || 'untitled'

async function store<E extends string>(
  ctx: UploadCtx,
  uploadId: string,
  input: ReceiveUpload,
  door: Door<E> | undefined,
): Promise<Result<Received, ReceiveUploadError | E>> {
  const received = await receive(ctx, uploadId, input)
  if (!received.ok) return received
  const { stored, mediaType } = received.value
  const weighed = door ? await weigh(ctx, uploadId, stored.size, door) : ok(null)
  if (!weighed.ok) return weighed
  const { houseId } = ctx.actor
  const fileName = cleanName(input.fileName)
  const storageKey = originalKey(houseId, stored.sha256)
  // Before the rows that name it: a crash between the two leaves bytes without a row, never a row without bytes.
  await ctx.storage.move(uploadKey(uploadId), storageKey)
  const arrived: Arrived = { uploadId, fileName, title: titleFromName(fileName), mediaType, storageKey, ...stored }
  return inTransaction(ctx, (tx) =>
    landUpload(tx, arrived, { assetId: input.assetId, evenIfDuplicate: input.evenIfDuplicate ?? false }, door),
  )
}

/** A form's file says its length only by ending: now that it is known, the door counts it. */
const weigh = <E extends string>(ctx: UploadCtx, uploadId: string, size: number, door: Door<E>): Promise<Result<null, E>> =>
  inTransaction(ctx, async (tx) => {
    const admitted = await door.admit(tx, size, uploadId)
    if (admitted.ok) await tx.db.upload.update({ where: { id: uploadId }, data: { declaredSize: size } })
    return admitted
  })

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
    const stored = await ctx.storage.put(uploadKey(uploadId), tail.readable(), {
      mediaType: kind.mediaType,
      limit: formLimit,
      ...(input.signal ? { signal: input.signal } : {}),
    })
    if (input.declaredSize !== undefined && stored.size < input.declaredSize) return fail('cut-off')
    const settled = settle(kind.mediaType, stream.head, tail.last())
    return settled.accepted ? ok({ stored, mediaType: settled.mediaType }) : fail('refused-type', { what: settled.what })
  } catch (error) {
    if (isTooLarge(error)) return fail('too-large', { limit: formLimit })
    if (stream.broken() || input.signal?.aborted) return fail('cut-off')
    throw error
  }
}

const day = 86_400_000

/**
 * An upload that nobody finished is over: after a day if it came in one request, after a week if it comes in pieces (a laptop
 * may be closed over a weekend). Its bytes go, its row says so. Bounded, run by the timetable.
 */
export async function sweepUploads(ctx: Ctx<'db' | 'clock' | 'storage'>, batch = 500): Promise<number> {
  const now = ctx.clock.now()
  const stale = await ctx.db.upload.findMany({
    where: {
      state: 'RECEIVING',
      OR: [
        { piecesToken: null, createdAt: { lt: new Date(now.getTime() - day) } },
        { createdAt: { lt: new Date(now.getTime() - 7 * day) } },
      ],
    },
    select: { id: true, piecesToken: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  for (const { id, piecesToken } of stale) {
    if (piecesToken !== null) await ctx.storage.pieces.abandon(uploadKey(id), piecesToken)
    await ctx.storage.remove(uploadKey(id))
  }
  const { count } = await ctx.db.upload.updateMany({
    where: { id: { in: stale.map(({ id }) => id) }, state: 'RECEIVING' },
    data: { state: 'ABANDONED', reason: 'never finished', endedAt: now },
  })
  return count
}
