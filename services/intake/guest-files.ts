import { discardDraft } from '../assets/merging.ts'
import { addToCollection } from '../catalog/collections.ts'
import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import type { TakeInError } from './errors.ts'
import { mustKeepLinks } from './policy.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>

async function guestFile(ctx: Desk, uploadId: string) {
  mustKeepLinks(ctx.actor)
  const file = await ctx.db.guestFile.findFirst({
    where: { uploadId, houseId: ctx.actor.houseId },
    select: {
      uploadId: true,
      assetId: true,
      known: true,
      fileName: true,
      linkId: true,
      link: { select: { collection: { select: { id: true, archivedAt: true } } } },
    },
  })
  if (!file) throw new Refusal('not-found', `no file from outside ${uploadId}`)
  return file
}

async function decide(tx: Desk, uploadId: string, state: 'TAKEN_IN' | 'TURNED_AWAY', reason: string | null): Promise<boolean> {
  mustKeepLinks(tx.actor)
  const { count } = await tx.db.guestFile.updateMany({
    where: { uploadId, houseId: tx.actor.houseId, state: 'WAITING' },
    data: { state, reason, decidedAt: tx.clock.now(), decidedById: tx.actor.userId },
  })
  return count === 1
}

/** A file from outside becomes a draft like any other, and goes to where its link is aimed. Its rights are still nobody's fact. */
export async function takeInGuestFile(ctx: Desk, { uploadId }: { uploadId: string }): Promise<Result<{ assetId: string }, TakeInError>> {
  const { assetId, known, fileName, link } = await guestFile(ctx, uploadId)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ assetId: string }, TakeInError>> => {
    if (!(await decide(tx, uploadId, 'TAKEN_IN', null))) return fail('already-decided')
    if (!known) {
      const { count } = await tx.db.asset.updateMany({
        where: { id: assetId, houseId: tx.actor.houseId, state: 'DRAFT' },
        data: { quarantinedAt: null, changedAt: tx.clock.now() },
      })
      if (count === 0) return fail('not-a-draft')
    }
    await record(tx, { type: 'guest-file.taken-in', subject: { kind: 'asset', id: assetId }, data: { uploadId, fileName, known } })
    // A full collection, or one for another audience, keeps nothing out of the library.
    if (link.collection && !link.collection.archivedAt) await addToCollection(tx, { collectionId: link.collection.id, assetId })
    return ok({ assetId })
  })
}

/** A file that the house does not want: its draft is put away, and why is kept. */
export async function turnGuestFileAway(
  ctx: Desk,
  { uploadId, reason }: { uploadId: string; reason: string },
): Promise<Result<{ assetId: string }, TakeInError>> {
  const { assetId, known, fileName } = await guestFile(ctx, uploadId)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ assetId: string }, TakeInError>> => {
    if (!(await decide(tx, uploadId, 'TURNED_AWAY', reason || null))) return fail('already-decided')
    if (!known) {
      const discarded = await discardDraft(tx, { assetId, reason: reason || 'It came from outside and was turned away.' })
      if (!discarded.ok) return fail('not-a-draft')
    }
    await record(tx, {
      type: 'guest-file.turned-away',
      subject: { kind: 'asset', id: assetId },
      data: { uploadId, fileName, known, reason },
    })
    return ok({ assetId })
  })
}

/** The same answer for many; each is a transaction of its own, so that one that somebody else decided keeps none of the others. */
export async function decideGuestFiles(
  ctx: Desk,
  { uploadIds, answer, reason }: { uploadIds: readonly string[]; answer: 'take-in' | 'turn-away'; reason: string },
): Promise<{ decided: number; refused: number }> {
  let decided = 0
  for (const uploadId of new Set(uploadIds)) {
    const outcome = answer === 'take-in' ? await takeInGuestFile(ctx, { uploadId }) : await turnGuestFileAway(ctx, { uploadId, reason })
    if (outcome.ok) decided++
  }
  return { decided, refused: new Set(uploadIds).size - decided }
}
