import type { Readable } from 'node:stream'
import type { Door, Landed } from '../assets/doors.ts'
import type { ReceiveUploadError } from '../assets/errors.ts'
import { addToUpload, beginUpload, finishUpload, type NewUpload } from '../assets/resumable.ts'
import { receiveUpload } from '../assets/uploads.ts'
import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { takeTurn } from '../platform/rate-limit.ts'
import type { ClosedDoorError } from './errors.ts'
import { closedBy, usedOf } from './guest-doors.ts'
import { hasRoom, standingOf } from './rules/standing.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
type Storing = Ctx<'db' | 'clock' | 'actor' | 'storage'>

/** The visit that a context speaks for. Only `asSender` makes one. */
function visitOf({ actor }: Ctx<'actor'>): { id: string; linkId: string } {
  if (actor.kind !== 'guest' || !actor.sending) throw new Refusal('forbidden', 'send through a link')
  return actor.sending
}

/** The link with its row locked: what is counted is counted under one hand at a time. */
async function lockLink(tx: Tx, linkId: string) {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM guest_links WHERE id = ${linkId} AND house_id = ${tx.actor.houseId} FOR UPDATE`
  const link = await tx.db.guestLink.findFirst({
    where: { id: linkId, houseId: tx.actor.houseId },
    select: { revokedAt: true, endsAt: true, mostFiles: true, mostBytes: true, kind: true, briefId: true },
  })
  if (!link) throw new Refusal('not-found', `no guest link ${linkId}`)
  return { ...link, mostBytes: link.mostBytes === null ? null : Number(link.mostBytes) }
}

/** Kinds that look the same to whoever reads only bytes: for these the link's word counts. */
const drawn = ['PHOTOGRAPH', 'ILLUSTRATION', 'LOGO'] as const

/** The way in of a visit: room is asked of its link, and what lands is a draft from outside that waits to be taken in. */
export function guestDoor(ctx: Ctx<'actor'>): Door<ClosedDoorError> {
  const visit = visitOf(ctx)
  return {
    pointsAtTwins: true,
    async admit(tx, size, counted) {
      const link = await lockLink(tx, visit.linkId)
      const standing = standingOf({ ...link, mostFiles: null, mostBytes: null }, { files: 0, bytes: 0 }, tx.clock.now())
      // What had begun before the end is kept once it is whole: it is weighed, and not turned away any more.
      const shut = counted ? null : closedBy(standing)
      if (shut) return fail(shut)
      const open = await tx.db.guestSending.updateMany({
        where: { id: visit.id, linkId: visit.linkId, closedAt: null },
        data: { heardAt: tx.clock.now() },
      })
      if (open.count === 0) return fail('sending-closed')
      return hasRoom(link, await usedOf(tx, visit.linkId, counted), size) ? ok(null) : fail('link-full')
    },
    landed: (tx, landed) => noteLanding(tx, visit, landed),
  }
}

async function noteLanding(tx: Tx, visit: { id: string; linkId: string }, { assetId, versionId, known, file }: Landed): Promise<void> {
  const at = tx.clock.now()
  const { houseId } = tx.actor
  const link = await tx.db.guestLink.findUniqueOrThrow({ where: { id: visit.linkId }, select: { kind: true, briefId: true } })
  const { uploadId, fileName, size, sha256 } = file
  if (!known) {
    await tx.db.asset.update({ where: { id: assetId }, data: { quarantinedAt: at } })
    if (link.kind) await tx.db.asset.updateMany({ where: { id: assetId, kind: { in: [...drawn] } }, data: { kind: link.kind } })
  }
  await tx.db.guestFile.create({
    data: {
      uploadId,
      houseId,
      linkId: visit.linkId,
      sendingId: visit.id,
      assetId,
      versionId,
      fileName,
      byteSize: size,
      sha256,
      known,
      receivedAt: at,
    },
  })
  await tx.db.guestSending.updateMany({ where: { id: visit.id, closedAt: null }, data: { heardAt: at } })
  await record(tx, {
    type: 'guest-file.received',
    subject: { kind: 'asset', id: assetId },
    data: { uploadId, versionId, sendingId: visit.id, linkId: visit.linkId, briefId: link.briefId, fileName, size, sha256, known },
  })
}

/** Files a visit may begin; a folder of a shoot fits. */
const pace = { turns: 5000, seconds: 3600 }

async function assertPace(ctx: Tx, sendingId: string): Promise<void> {
  const turn = await takeTurn(ctx, `guest-upload:${sendingId}`, pace)
  if (!turn.ok) throw new Refusal('too-many', 'files of one visit', turn.retryAfterSeconds)
}

/** Begin a file that comes in pieces through a link. */
export async function beginGuestUpload(
  ctx: Storing,
  input: Pick<NewUpload, 'fileName' | 'size' | 'key'>,
): Promise<Result<{ uploadId: string }, 'too-large' | 'asset-archived' | ClosedDoorError>> {
  await assertPace(ctx, visitOf(ctx).id)
  return beginUpload(ctx, input, guestDoor(ctx))
}

/** More of a file. After the link's end nothing is added any more; what is whole by then can still be finished. */
export async function addToGuestUpload(ctx: Storing, input: Parameters<typeof addToUpload>[1]): Promise<number> {
  if (!(await isOpen(ctx))) throw new Refusal('gone', 'the link lets nothing in any more')
  // A file of gigabytes is one request: the link may end in its middle.
  return addToUpload(ctx, { ...input, stillWriting: async () => (await isOpen(ctx)) && input.stillWriting() })
}

async function isOpen(ctx: Tx): Promise<boolean> {
  const visit = visitOf(ctx)
  const sending = await ctx.db.guestSending.findFirst({
    where: { id: visit.id, houseId: ctx.actor.houseId, closedAt: null },
    select: { link: { select: { revokedAt: true, endsAt: true } } },
  })
  const now = ctx.clock.now()
  return sending !== null && sending.link.revokedAt === null && (sending.link.endsAt === null || sending.link.endsAt > now)
}

/** The last step of a file in pieces. Whole is whole: it is kept although the link may have ended meanwhile. */
export async function finishGuestUpload(ctx: Storing, { uploadId }: { uploadId: string }): Promise<Result<null, ReceiveUploadError>> {
  const outcome = await finishUpload(ctx, { uploadId }, guestDoor(ctx))
  // Which asset it became, or was, is the house's own knowledge.
  return outcome.ok ? ok(null) : outcome
}

/** A file in one request, of a form without script. */
export async function receiveGuestFile(
  ctx: Storing,
  input: { fileName: string; source: Readable; signal?: AbortSignal | undefined },
): Promise<Result<null, ReceiveUploadError | ClosedDoorError>> {
  await assertPace(ctx, visitOf(ctx).id)
  const outcome = await receiveUpload(ctx, input, guestDoor(ctx))
  return outcome.ok ? ok(null) : outcome
}
