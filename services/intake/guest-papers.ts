import { cleanName } from '../assets/uploads.ts'
import { record } from '../compliance/record.ts'
import type { Delivering } from '../delivery/downloads.ts'
import type { Caller, OpenFile } from '../delivery/files.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import type { AttachPaperError } from './errors.ts'
import { closedBy, type FollowedGuestLink } from './guest-doors.ts'
import { keepPaper, openKept, type ArrivingPaper } from './kept-papers.ts'
import { mayReadDeclarations } from './policy.ts'
import { standingOf } from './rules/standing.ts'
import type { Sending } from './sendings.ts'

export const mostPapers = 40

/** A release, or another paper that proves what was declared. Kept beside the declaration, for the rights desk to read. */
export async function attachPaper(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'storage'>,
  link: Pick<FollowedGuestLink, 'standing'>,
  sending: Pick<Sending, 'id' | 'closedAt'>,
  paper: ArrivingPaper,
): Promise<Result<{ paperId: string }, AttachPaperError>> {
  const shut = sending.closedAt ? 'sending-closed' : link.standing === 'FULL' ? null : closedBy(link.standing)
  if (shut) {
    paper.source.destroy()
    return fail(shut)
  }
  // Asked before a byte is kept, and again where it is written: what is refused then leaves bytes that nobody names.
  if ((await ctx.db.guestPaper.count({ where: { sendingId: sending.id } })) >= mostPapers) {
    paper.source.destroy()
    return fail('too-many-papers', { most: mostPapers })
  }
  const kept = await keepPaper(ctx, paper)
  if (!kept.ok) return kept
  const at = ctx.clock.now()
  const id = newId('gpr', at)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ paperId: string }, AttachPaperError>> => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM guest_sendings WHERE id = ${sending.id} FOR UPDATE`
    // Closed or revoked while the paper was on its way.
    const { closedAt, link: now } = await tx.db.guestSending.findUniqueOrThrow({
      where: { id: sending.id },
      select: { closedAt: true, link: { select: { revokedAt: true, endsAt: true } } },
    })
    const ended = closedAt
      ? 'sending-closed'
      : closedBy(standingOf({ ...now, mostFiles: null, mostBytes: null }, { files: 0, bytes: 0 }, at))
    if (ended) return fail(ended)
    if ((await tx.db.guestPaper.count({ where: { sendingId: sending.id } })) >= mostPapers)
      return fail('too-many-papers', { most: mostPapers })
    const { count } = await tx.db.guestPaper.createMany({
      data: [{ id, houseId: tx.actor.houseId, sendingId: sending.id, fileName: cleanName(paper.fileName), ...kept.value, addedAt: at }],
      skipDuplicates: true,
    })
    if (count === 0) return fail('kept-already')
    await tx.db.guestSending.updateMany({ where: { id: sending.id, closedAt: null }, data: { heardAt: at } })
    await record(tx, {
      type: 'guest-paper.attached',
      subject: { kind: 'sending', id: sending.id },
      data: { paperId: id, fileName: cleanName(paper.fileName), sha256: kept.value.sha256, bytes: Number(kept.value.sizeBytes) },
    })
    return ok({ paperId: id })
  })
}

/** A sender's paper, for the library and the rights desk. */
export async function openGuestPaper(ctx: Delivering, paperId: string, caller: Caller): Promise<OpenFile> {
  if (!mayReadDeclarations(ctx.actor)) throw new Refusal('forbidden', 'read a sender’s papers')
  const paper = await ctx.db.guestPaper.findFirst({ where: { id: paperId, houseId: ctx.actor.houseId } })
  if (!paper) throw new Refusal('not-found', `no paper ${paperId}`)
  return openKept(ctx, paper, caller)
}
