import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { inTransactionOrUndo, Prisma } from '../platform/db.ts'
import type { CarryError } from './errors.ts'
import { may, speaker } from './policy.ts'
import { fits, markOf } from './rules/marks.ts'
import { mostThreads } from './rules/threads.ts'
import { lockVersion, type Speaking } from './threads.ts'

/**
 * Say that threads still apply to another version: they stand there too, at the same place of the picture. They remain one
 * conversation, settled once for all versions on which it stands. All are carried, or none.
 */
export async function carryThreads(
  ctx: Speaking,
  { threadIds, toVersionId }: { threadIds: readonly string[]; toVersionId: string },
): Promise<Result<{ assetId: string; carried: number }, CarryError>> {
  const me = speaker(ctx.actor)
  type Carried = Result<{ assetId: string; carried: number }, CarryError>
  return inTransactionOrUndo(ctx, async (tx): Promise<Carried> => {
    const version = await lockVersion(tx, toVersionId)
    const { assetId } = version
    const ids = [...new Set(threadIds)]
    const threads = await tx.db.discussionThread.findMany({
      where: { id: { in: ids }, houseId: me.houseId, assetId },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      select: { id: true, placements: { orderBy: { placedAt: 'desc' }, select: { versionId: true, mark: true } } },
    })
    if (threads.length !== ids.length) throw new Refusal('not-found', 'a thread of another asset')
    if (threads.some(({ placements }) => placements.some(({ versionId }) => versionId === toVersionId))) return fail('already-there')
    if (version.nextNumber - 1 + threads.length > mostThreads) return fail('too-many-threads', { most: mostThreads })
    const at = tx.clock.now()
    const rows = threads.map(({ id, placements }, index) => ({
      threadId: id,
      number: version.nextNumber + index,
      mark: markOf(placements[0]?.mark),
    }))
    // A page or a moment that the new file does not have cannot apply to it.
    if (rows.some(({ mark }) => mark && !fits(mark, version))) return fail('mark-is-outside')
    await tx.db.discussionPlacement.createMany({
      data: rows.map(({ mark, ...row }) => ({
        ...row,
        versionId: toVersionId,
        mark: mark ? (mark as Prisma.InputJsonObject) : Prisma.DbNull,
        placedById: me.userId,
        placedAt: at,
      })),
    })
    await record(tx, {
      type: 'discussion.carried',
      subject: { kind: 'asset', id: assetId },
      data: { threadIds: rows.map(({ threadId }) => threadId), versionId: toVersionId, version: version.number },
    })
    return ok({ assetId, carried: rows.length })
  })
}

/** No letters about a thread any more, or again. It stays among what is new and among one's own. */
export async function muteThread(ctx: Speaking, { threadId, muted }: { threadId: string; muted: boolean }): Promise<{ assetId: string }> {
  const { actor } = ctx
  if (actor.kind !== 'person' || !may(actor, 'see')) throw new Refusal('forbidden', 'mute a thread')
  const thread = await ctx.db.discussionThread.findFirst({ where: { id: threadId, houseId: actor.houseId }, select: { assetId: true } })
  if (!thread) throw new Refusal('not-found', `no thread ${threadId}`)
  const key = { threadId, userId: actor.userId }
  if (muted) await ctx.db.discussionMute.createMany({ data: { ...key, mutedAt: ctx.clock.now() }, skipDuplicates: true })
  else await ctx.db.discussionMute.deleteMany({ where: key })
  return { assetId: thread.assetId }
}

/** Remember that somebody has looked at what was there at this instant: what is said since is new to them, also while their page was read. */
export async function noteLook(ctx: Speaking, assetId: string, at: Date): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'person' || !may(actor, 'see')) return
  await ctx.db.$executeRaw`
    INSERT INTO discussion_looks (asset_id, user_id, seen_at) SELECT id, ${actor.userId}, ${at}::timestamptz FROM assets WHERE id = ${assetId} AND house_id = ${actor.houseId}
    ON CONFLICT (asset_id, user_id) DO UPDATE SET seen_at = greatest(discussion_looks.seen_at, EXCLUDED.seen_at)`
}
