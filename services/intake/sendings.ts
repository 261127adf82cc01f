import { record } from '../compliance/record.ts'
import { cancelUpload, finishUpload } from '../assets/resumable.ts'
import { isRefusal } from '../kernel/errors.ts'
import type { Language } from '../kernel/language.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { networkOf, takeTurns } from '../platform/rate-limit.ts'
import { hashToken, makeToken } from '../platform/secrets.ts'
import type { BeginSendingError } from './errors.ts'
import { closedBy, type FollowedGuestLink } from './guest-doors.ts'
import { guestDoor } from './guest-uploads.ts'
import { declarationGaps } from './rules/declarations.ts'
import type { DeclarationForm } from './schema.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>
type Storing = Ctx<'db' | 'clock' | 'actor' | 'storage'>

export interface Sending {
  id: string
  linkId: string
  senderName: string
  senderEmail: string
  closedAt: Date | null
}

/** The same world, as the guest of one visit: facts bear their name, and what they may do is bound to the link. */
export const asSender = <C extends Asking>(ctx: C, sending: Pick<Sending, 'id' | 'linkId' | 'senderName'>): C => ({
  ...ctx,
  actor: { kind: 'guest', houseId: ctx.actor.houseId, sending: { id: sending.id, linkId: sending.linkId, name: sending.senderName } },
})

/** What the sender declares before the first file. Kept as their word; the token opens this visit and nothing else. */
export async function beginSending(
  ctx: Asking,
  link: Pick<FollowedGuestLink, 'id' | 'asks' | 'standing'>,
  said: DeclarationForm,
  { ip, language }: { ip: string; language: Language },
): Promise<Result<{ sendingId: string; token: string }, BeginSendingError>> {
  const shut = closedBy(link.standing)
  if (shut && shut !== 'sending-closed') return fail(shut)
  const { licence = null, people = null, property = null, source, licenceWords, senderName, senderEmail } = said
  const declared = { source, licence, licenceWords, people, property }
  const gaps = declarationGaps(link.asks, declared)
  if (gaps.length > 0) return fail('not-declared', { gaps })
  const turn = await takeTurns(ctx, [
    [`guest-sending:${link.id}:${networkOf(ip)}`, { turns: 30, seconds: 3600 }],
    [`guest-sending:${link.id}`, { turns: 300, seconds: 3600 }],
  ])
  if (!turn.ok) return fail('too-many-tries', { seconds: turn.retryAfterSeconds })
  const at = ctx.clock.now()
  const id = newId('snd', at)
  const { token, hash } = makeToken()
  const { houseId } = ctx.actor
  await inTransaction(asSender(ctx, { id, linkId: link.id, senderName }), async (tx) => {
    await tx.db.guestSending.create({
      data: { id, houseId, linkId: link.id, tokenHash: hash, senderName, senderEmail, language, ...declared, startedAt: at, heardAt: at },
    })
    await record(tx, {
      type: 'sending.began',
      subject: { kind: 'sending', id },
      data: { linkId: link.id, sender: senderName, email: senderEmail, ...declared },
    })
  })
  return ok({ sendingId: id, token })
}

/** The visit that a cookie's token opens at this link; a token of another link opens nothing here. */
export async function sendingOf(ctx: Asking, linkId: string, token: string | null): Promise<Sending | null> {
  if (!token) return null
  return ctx.db.guestSending.findFirst({
    where: { tokenHash: hashToken(token), linkId, houseId: ctx.actor.houseId },
    select: { id: true, linkId: true, senderName: true, senderEmail: true, closedAt: true },
  })
}

/**
 * The sender is done, or was silent for long: what is whole is taken in, what is not is given up, and both sides are written to.
 * Asked twice, it is done once.
 */
export async function closeSending(
  ctx: Storing,
  sending: Pick<Sending, 'id' | 'linkId' | 'senderName'>,
): Promise<Result<{ files: number }, 'already-closed'>> {
  const guest = asSender(ctx, sending)
  const open = await ctx.db.upload.findMany({
    where: { houseId: ctx.actor.houseId, sendingId: sending.id, state: 'RECEIVING', piecesToken: { not: null } },
    select: { id: true },
  })
  for (const { id: uploadId } of open) await settle(guest, uploadId)
  return inTransaction(guest, async (tx) => {
    const { count } = await tx.db.guestSending.updateMany({
      where: { id: sending.id, houseId: tx.actor.houseId, closedAt: null },
      data: { closedAt: tx.clock.now() },
    })
    if (count === 0) return fail('already-closed')
    const files = await tx.db.guestFile.aggregate({ where: { sendingId: sending.id }, _count: true, _sum: { byteSize: true } })
    await record(tx, {
      type: 'sending.closed',
      subject: { kind: 'sending', id: sending.id },
      data: { linkId: sending.linkId, files: files._count, bytes: Number(files._sum.byteSize ?? 0) },
    })
    return ok({ files: files._count })
  })
}

/** What is whole is taken in, what is not is given up. Of two who close at once, the second finds it done. */
async function settle(guest: Storing, uploadId: string): Promise<void> {
  try {
    const finished = await finishUpload(guest, { uploadId }, guestDoor(guest))
    if (!finished.ok && finished.error === 'cut-off') await cancelUpload(guest, uploadId)
  } catch (error) {
    if (!isRefusal(error) || error.code === 'forbidden') throw error
    if (error.code === 'not-found') await cancelUpload(guest, uploadId)
  }
}

const hour = 3_600_000

/**
 * Visits that nobody ended: after two hours without a file under way; with one under way after three days, in which a laptop
 * may be opened again. One that cannot be closed keeps no other open; the next sweep tries it again.
 */
export async function sweepSendings(ctx: Storing & Ctx<'log'>, batch = 200): Promise<number> {
  const now = ctx.clock.now().getTime()
  const stuck: string[] = []
  for (let closed = 0; ;) {
    const silent = await ctx.db.guestSending.findMany({
      where: {
        id: { notIn: stuck },
        closedAt: null,
        OR: [
          { heardAt: { lt: new Date(now - 72 * hour) } },
          { heardAt: { lt: new Date(now - 2 * hour) }, uploads: { none: { state: 'RECEIVING' } } },
        ],
      },
      orderBy: { heardAt: 'asc' },
      take: batch,
      select: { id: true, houseId: true, linkId: true, senderName: true },
    })
    for (const { houseId, ...sending } of silent)
      try {
        await closeSending({ ...ctx, actor: { kind: 'guest', houseId } }, sending)
        closed++
      } catch (error) {
        stuck.push(sending.id)
        ctx.log.error('sending.not-closed', { error, sendingId: sending.id })
      }
    if (silent.length < batch) return closed
  }
}
