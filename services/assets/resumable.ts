import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { originalKey, uploadKey } from '../platform/storage/keys.ts'
import type { Stored } from '../platform/storage/storage.ts'
import type { ReceiveUploadError } from './errors.ts'
import { landUpload, senderOf, type Door, type Sender } from './doors.ts'
import { headSize, settle, sniff, tailSize, titleFromName, uploadLimit, type MediaType } from './rules/file-types.ts'
import { cleanName, isClosed, type Received } from './uploads.ts'
import { writing } from './writers.ts'

type UploadCtx = Ctx<'db' | 'clock' | 'actor' | 'storage'>

/** Files on their way at once, for one sender: a folder of a shoot fits, a loop that opens uploads does not. */
const mostOpen = 2000

export interface NewUpload {
  fileName: string
  /** In bytes. */
  size: number
  assetId?: string | undefined
  briefId?: string | undefined
  /** The sender's own name for this attempt. */
  key?: string | undefined
}

/**
 * Begin a file that comes in pieces. Its size is said beforehand; what has no place in the library is refused before a byte is
 * sent. Asked again under the same `key` (the answer was lost) it is the same upload, and takes no second place at the door.
 */
export async function beginUpload<E extends string = never>(
  ctx: UploadCtx,
  input: NewUpload,
  door?: Door<E>,
): Promise<Result<{ uploadId: string }, 'too-large' | 'asset-archived' | E>> {
  const sender = senderOf(ctx)
  if (input.assetId && (await isClosed(ctx, input.assetId))) return fail('asset-archived')
  // A length below nothing would make room where a door counts it.
  if (!Number.isSafeInteger(input.size) || input.size < 0) throw new Refusal('malformed', `${input.size} bytes are no length`)
  if (input.size > uploadLimit) return fail('too-large', { limit: uploadLimit })
  const open = await ctx.db.upload.count({ where: { ...sender, state: 'RECEIVING' }, take: mostOpen })
  // The last place may be taken by this very upload, whose answer was lost.
  const known = input.key !== undefined && (await ctx.db.upload.count({ where: { ...sender, sendKey: input.key } })) > 0
  if (open >= mostOpen && !known) throw new Refusal('too-many', `${mostOpen} uploads are open`, 600)
  const at = ctx.clock.now()
  const id = newId('upl', at)
  const piecesToken = await ctx.storage.pieces.begin(uploadKey(id))
  const row = {
    ...sender,
    id,
    fileName: cleanName(input.fileName),
    declaredSize: input.size,
    assetId: input.assetId ?? null,
    briefId: input.briefId ?? null,
    sendKey: input.key ?? null,
    piecesToken,
    createdAt: at,
  }
  // Without a row no sweep would ever find it.
  const abandon = () => ctx.storage.pieces.abandon(uploadKey(id), piecesToken)
  const begun = await inTransaction(ctx, async (tx): Promise<Result<{ uploadId: string }, E>> => {
    const before = await begunBefore(tx, sender, input)
    if (before) return ok({ uploadId: before })
    // What a door counts, and the row that it counts: of two at once for the last place, one gets it.
    const admitted = door ? await door.admit(tx, input.size) : ok(null)
    if (!admitted.ok) return admitted
    await tx.db.upload.create({ data: row })
    return ok({ uploadId: id })
  }).catch(async (error: unknown) => {
    await abandon()
    throw error
  })
  if (!begun.ok || begun.value.uploadId !== id) await abandon()
  return begun
}

/** What this sender began under this key, held against a second beginning at the same moment. The key stands for one file. */
async function begunBefore(tx: Ctx<'db'>, sender: Sender, { key, fileName, size, assetId, briefId }: NewUpload): Promise<string | null> {
  if (key === undefined) return null
  const who = 'userId' in sender ? sender.userId : sender.sendingId
  await tx.db.$queryRaw`SELECT 1 AS locked FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`upload:${who}:${key}`}, 0))) AS lock`
  const before = await tx.db.upload.findFirst({ where: { ...sender, sendKey: key } })
  if (!before) return null
  if (before.state === 'ABANDONED') throw new Refusal('gone', `upload ${before.id} was given up`)
  const same = before.fileName === cleanName(fileName) && Number(before.declaredSize) === size
  if (!same || before.assetId !== (assetId ?? null) || before.briefId !== (briefId ?? null))
    throw new Refusal('malformed', 'this key stands for another file')
  return before.id
}

/** One's own upload; anybody else's is not there. One that was given up is gone. */
async function ownUpload(ctx: UploadCtx, uploadId: string) {
  const upload = await ctx.db.upload.findFirst({ where: { ...senderOf(ctx), id: uploadId } })
  if (!upload || upload.piecesToken === null || upload.declaredSize === null) throw new Refusal('not-found', `no upload ${uploadId}`)
  if (upload.state === 'ABANDONED') throw new Refusal('gone', `upload ${uploadId} was given up`)
  return { ...upload, size: Number(upload.declaredSize), token: upload.piecesToken }
}
type Upload = Awaited<ReturnType<typeof ownUpload>>

/** Refuses whoever asks about an upload that is not their own, before anything is locked or stopped for them. */
export const assertOwnUpload = async (ctx: UploadCtx, uploadId: string): Promise<void> => void (await ownUpload(ctx, uploadId))

/** How far a file has come, in bytes. */
export async function uploadStanding(ctx: UploadCtx, uploadId: string): Promise<{ size: number; held: number }> {
  const upload = await ownUpload(ctx, uploadId)
  return { size: upload.size, held: isWhole(upload) ? upload.size : await ctx.storage.pieces.held(uploadKey(uploadId), upload.token) }
}

const isWhole = ({ state, sha256 }: Upload): boolean => state !== 'RECEIVING' || sha256 !== null

/** Add bytes where the last ones ended; answers with what is held. The caller is its only writer, and is asked now and then whether it still is. */
export async function addToUpload(
  ctx: UploadCtx,
  { uploadId, at, source, stillWriting }: { uploadId: string; at: number; source: Readable; stillWriting: () => Promise<boolean> },
): Promise<number> {
  const upload = await ownUpload(ctx, uploadId)
  if (isWhole(upload)) return upload.size
  const bytes = Readable.from(whileWriting(source, stillWriting), { objectMode: false })
  return ctx.storage.pieces.append(uploadKey(uploadId), upload.token, at, bytes, { total: upload.size })
}

/** How often a writer says that it is alive; a line that brings nothing says nothing, and loses its place. */
const heartbeat = 3000

async function* whileWriting(source: Readable, stillWriting: () => Promise<boolean>): AsyncGenerator<Uint8Array> {
  let said = performance.now()
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    if (performance.now() - said > heartbeat) {
      if (!(await stillWriting())) return
      said = performance.now()
    }
    yield chunk
  }
}

/** Stop, and leave nothing. What is in the library already stays there. */
export async function cancelUpload(ctx: UploadCtx, uploadId: string): Promise<void> {
  const upload = await ownUpload(ctx, uploadId)
  const { count } = await ctx.db.upload.updateMany({
    where: { id: uploadId, state: 'RECEIVING' },
    data: { state: 'ABANDONED', reason: 'cancelled', endedAt: ctx.clock.now() },
  })
  if (count === 1) await dropBytes(ctx, upload)
}

async function dropBytes(ctx: UploadCtx, { id, token }: Upload): Promise<void> {
  await ctx.storage.pieces.abandon(uploadKey(id), token)
  await ctx.storage.remove(uploadKey(id))
}

/**
 * The last step of a file that came in pieces: typed by its content, hashed, recorded. Asked again (the answer was lost, the
 * process died) it goes on where it stopped and answers the same. A file that the library has already waits for
 * `evenIfDuplicate`; nobody has to send it twice.
 */
export async function finishUpload(
  ctx: UploadCtx,
  { uploadId, evenIfDuplicate = false }: { uploadId: string; evenIfDuplicate?: boolean },
  door?: Door<string>,
): Promise<Result<Received, ReceiveUploadError>> {
  await ownUpload(ctx, uploadId)
  return writing(ctx, uploadId, async (stillWriting) => {
    // To hash a file of gigabytes once more takes longer than a silence may.
    const beat = setInterval(() => void stillWriting().catch(() => undefined), heartbeat)
    try {
      const upload = await ownUpload(ctx, uploadId)
      if (upload.state === 'STORED') return ok(await receivedBefore(ctx, upload))
      if (upload.state === 'REJECTED') return fail('refused-type', { what: upload.reason ?? 'a file of another kind' })
      const whole = await makeWhole(ctx, upload)
      return whole.ok ? await recordUpload(ctx, upload, whole.value, evenIfDuplicate, door) : whole
    } finally {
      clearInterval(beat)
    }
  })
}

async function receivedBefore(ctx: UploadCtx, { versionId }: Upload): Promise<Received> {
  const version = await ctx.db.assetVersion.findUniqueOrThrow({
    where: { id: versionId ?? '' },
    select: { id: true, number: true, asset: { select: { id: true, title: true } } },
  })
  return { assetId: version.asset.id, versionId: version.id, number: version.number, title: version.asset.title }
}

type Whole = Stored & { mediaType: MediaType }

/** Seal the pieces, look at what they are, and write down what is known, so that no later step asks the bytes again. */
async function makeWhole(ctx: UploadCtx, upload: Upload): Promise<Result<Whole, 'cut-off' | 'refused-type'>> {
  if (upload.sha256 !== null && upload.crc32 !== null && upload.mediaType !== null)
    return ok({ size: upload.size, sha256: upload.sha256, crc32: Number(upload.crc32), mediaType: upload.mediaType as MediaType })
  const key = uploadKey(upload.id)
  if ((await ctx.storage.stat(key)) === null && (await ctx.storage.pieces.held(key, upload.token)) < upload.size) return fail('cut-off')
  const stored = await ctx.storage.pieces.seal(key, upload.token)
  const kind = await kindOfStored(ctx, key, stored.size)
  if (!kind.ok) {
    await ctx.db.upload.updateMany({
      where: { id: upload.id, state: 'RECEIVING' },
      data: { state: 'REJECTED', reason: kind.what, endedAt: ctx.clock.now() },
    })
    await dropBytes(ctx, upload)
    return fail('refused-type', { what: kind.what })
  }
  const { sha256, crc32 } = stored
  await ctx.db.upload.update({ where: { id: upload.id }, data: { sha256, crc32, mediaType: kind.mediaType } })
  return ok({ ...stored, mediaType: kind.mediaType })
}

/** What the stored bytes are, by their start and their end. */
async function kindOfStored(
  ctx: UploadCtx,
  key: string,
  size: number,
): Promise<{ ok: true; mediaType: MediaType } | { ok: false; what: string }> {
  const part = async (start: number, end: number) => (size === 0 ? Buffer.alloc(0) : buffer(await ctx.storage.open(key, { start, end })))
  const head = await part(0, Math.min(headSize, size) - 1)
  const kind = sniff(head)
  if (!kind.accepted) return { ok: false, what: kind.what }
  const settled = settle(kind.mediaType, head, await part(Math.max(0, size - tailSize), size - 1))
  return settled.accepted ? { ok: true, mediaType: settled.mediaType } : { ok: false, what: settled.what }
}

async function recordUpload(
  ctx: UploadCtx,
  upload: Upload,
  whole: Whole,
  evenIfDuplicate: boolean,
  door: Door<string> | undefined,
): Promise<Result<Received, ReceiveUploadError>> {
  const storageKey = originalKey(ctx.actor.houseId, whole.sha256)
  // Before the rows that name it, as for a file that came at once; asked again, it lies there already.
  if ((await ctx.storage.stat(uploadKey(upload.id))) !== null) await ctx.storage.move(uploadKey(upload.id), storageKey)
  const arrived = { uploadId: upload.id, fileName: upload.fileName, title: titleFromName(upload.fileName), storageKey, ...whole }
  return inTransaction(ctx, (tx) => landUpload(tx, arrived, { assetId: upload.assetId ?? undefined, evenIfDuplicate }, door))
}
