import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { inTransaction } from '../platform/db.ts'
import type { DeleteCommentError, EditCommentError } from './errors.ts'
import { may, speaker } from './policy.ts'
import { isEditable } from './rules/threads.ts'
import type { EditComment } from './schema.ts'
import { lockThread, wordsOf, type Speaking } from './threads.ts'

async function findComment(ctx: Speaking, commentId: string) {
  const comment = await ctx.db.discussionComment.findFirst({
    where: { id: commentId, houseId: ctx.actor.houseId },
    select: { id: true, threadId: true, authorId: true, createdAt: true },
  })
  if (!comment) throw new Refusal('not-found', `no comment ${commentId}`)
  return comment
}

/** Change one's own words, within a day. That they were changed is seen, and what they were before is kept. */
export async function editComment(
  ctx: Speaking,
  { commentId, body: typed, mentions, seenAt }: EditComment,
): Promise<Result<{ assetId: string }, EditCommentError>> {
  const me = speaker(ctx.actor)
  const comment = await findComment(ctx, commentId)
  if (comment.authorId !== me.userId) throw new Refusal('forbidden', `edit comment ${commentId}`)
  if (!isEditable(comment.createdAt, ctx.clock.now())) return fail('too-late')
  const { body, mentioned, tooLong } = await wordsOf(ctx, typed, mentions)
  if (tooLong) return fail('too-long')
  return inTransaction(ctx, async (tx) => {
    const { assetId } = await lockThread(tx, comment.threadId)
    const before = await tx.db.discussionComment.findUniqueOrThrow({
      where: { id: commentId },
      select: { body: true, editedAt: true, createdAt: true, deletedAt: true, mentions: { select: { userId: true } } },
    })
    if (before.deletedAt) return fail('deleted')
    if (seenAt && (before.editedAt ?? before.createdAt).toISOString() !== seenAt) return fail('changed-meanwhile')
    if (before.body === body) return ok({ assetId })
    const at = tx.clock.now()
    await tx.db.discussionEdit.create({ data: { id: newId('ded', at), commentId, body: before.body, replacedAt: at } })
    await tx.db.discussionComment.update({ where: { id: commentId }, data: { body, editedAt: at } })
    await tx.db.discussionMention.deleteMany({ where: { commentId, userId: { notIn: mentioned } } })
    await tx.db.discussionMention.createMany({ data: mentioned.map((userId) => ({ commentId, userId })), skipDuplicates: true })
    const known = new Set(before.mentions.map(({ userId }) => userId))
    await record(tx, {
      type: 'discussion.edited',
      subject: { kind: 'asset', id: assetId },
      data: { threadId: comment.threadId, commentId, mentioned: mentioned.filter((userId) => !known.has(userId)) },
    })
    return ok({ assetId })
  })
}

/** Take words back: one's own, or, to keep order, anybody's. Their place in the thread stays; what they were is gone. */
export async function deleteComment(
  ctx: Speaking,
  { commentId }: { commentId: string },
): Promise<Result<{ assetId: string }, DeleteCommentError>> {
  const me = speaker(ctx.actor)
  const comment = await findComment(ctx, commentId)
  if (comment.authorId !== me.userId && !may(me, 'tidy')) throw new Refusal('forbidden', `delete comment ${commentId}`)
  return inTransaction(ctx, async (tx) => {
    const { assetId } = await lockThread(tx, comment.threadId)
    const { count } = await tx.db.discussionComment.updateMany({
      where: { id: commentId, deletedAt: null },
      data: { body: '', deletedAt: tx.clock.now(), deletedById: me.userId },
    })
    if (count === 0) return fail('deleted')
    await tx.db.discussionEdit.deleteMany({ where: { commentId } })
    await tx.db.discussionMention.deleteMany({ where: { commentId } })
    await record(tx, {
      type: 'discussion.deleted',
      subject: { kind: 'asset', id: assetId },
      data: { threadId: comment.threadId, commentId, authorId: comment.authorId },
    })
    return ok({ assetId })
  })
}
