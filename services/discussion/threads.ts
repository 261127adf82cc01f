import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { takeTurn } from '../platform/rate-limit.ts'
import type { AnswerError, ReopenError, ResolveError, SayError } from './errors.ts'
import { mayOpenBytes } from '../assets/policy.ts'
import { nameable } from './people.ts'
import { speaker } from './policy.ts'
import { fits } from './rules/marks.ts'
import { readMentions } from './rules/mentions.ts'
import { mostComments, mostThreads, reopens, threadStates } from './rules/threads.ts'
import type { Answer, OpenThread } from './schema.ts'

export type Speaking = Ctx<'db' | 'clock' | 'actor'>

/** As the database keeps it; a name that becomes an id may be longer than it was. */
const longestKept = 8_000

/** The thread, locked for the rest of the transaction: answers, resolutions and changes of one thread come one after another. */
export async function lockThread(tx: Speaking, threadId: string) {
  const { houseId } = tx.actor
  await tx.db.$queryRaw`SELECT 1 AS locked FROM discussion_threads WHERE id = ${threadId} AND house_id = ${houseId} FOR UPDATE`
  const thread = await tx.db.discussionThread.findFirst({
    where: { id: threadId, houseId },
    select: {
      id: true,
      assetId: true,
      state: true,
      placements: { select: { versionId: true }, orderBy: { placedAt: 'desc' } },
      asset: { select: { embargoEndsAt: true, embargoFor: true } },
    },
  })
  if (!thread) throw new Refusal('not-found', `no thread ${threadId}`)
  const { asset, ...locked } = thread
  if (!mayOpenBytes(tx.actor, asset)) throw new Refusal('forbidden', 'under embargo')
  return locked
}

/** A version whose numbers are given out one at a time. */
export async function lockVersion(tx: Speaking, versionId: string) {
  const { houseId } = tx.actor
  await tx.db.$queryRaw`SELECT 1 AS locked FROM asset_versions WHERE id = ${versionId} AND house_id = ${houseId} FOR NO KEY UPDATE`
  const version = await tx.db.assetVersion.findFirst({
    where: { id: versionId, houseId },
    select: {
      id: true,
      assetId: true,
      number: true,
      width: true,
      height: true,
      pages: true,
      durationMs: true,
      asset: { select: { embargoEndsAt: true, embargoFor: true } },
    },
  })
  if (!version) throw new Refusal('not-found', `no version ${versionId}`)
  const { asset, ...locked } = version
  if (!mayOpenBytes(tx.actor, asset)) throw new Refusal('forbidden', 'under embargo')
  const last = await tx.db.discussionPlacement.findFirst({ where: { versionId }, orderBy: { number: 'desc' }, select: { number: true } })
  return { ...locked, nextNumber: (last?.number ?? 0) + 1, isFull: (last?.number ?? 0) >= mostThreads }
}

/** A person writes as fast as they type; a script does not. */
export async function isTooFast(ctx: Speaking, userId: string): Promise<number | null> {
  const turn = await takeTurn(ctx, `discussion:${userId}`, { turns: 60, seconds: 600 })
  return turn.ok ? null : turn.retryAfterSeconds
}

/** What was typed, with people by their ids. */
export async function wordsOf(ctx: Speaking, typed: string, chosen: readonly string[]) {
  const read = readMentions(typed, typed.includes('@') ? await nameable(ctx) : [], chosen)
  return { ...read, tooLong: read.body.length > longestKept }
}

/** One more comment, with the people who are named in it. */
async function say(
  tx: Speaking,
  comment: { threadId: string; versionId: string; body: string; mentioned: readonly string[]; authorId: string },
) {
  const { mentioned, ...row } = comment
  const at = tx.clock.now()
  const id = newId('dcm', at)
  await tx.db.discussionComment.create({ data: { id, houseId: tx.actor.houseId, createdAt: at, ...row } })
  await tx.db.discussionMention.createMany({ data: mentioned.map((userId) => ({ commentId: id, userId })) })
  return id
}

/** Begin to talk about a version, with a mark or without. Who is told follows from the fact. */
export async function openThread(
  ctx: Speaking,
  { versionId, body: typed, mark, mentions }: OpenThread,
): Promise<Result<{ threadId: string; commentId: string; assetId: string; number: number }, SayError>> {
  const me = speaker(ctx.actor)
  const there = await ctx.db.assetVersion.count({ where: { id: versionId, houseId: me.houseId } })
  if (there === 0) throw new Refusal('not-found', `no version ${versionId}`)
  const seconds = await isTooFast(ctx, me.userId)
  if (seconds !== null) return fail('wait-a-moment', { seconds })
  const { body, mentioned, tooLong } = await wordsOf(ctx, typed, mentions)
  if (tooLong) return fail('too-long')
  return inTransaction(ctx, async (tx) => {
    const { assetId, nextNumber, isFull, ...version } = await lockVersion(tx, versionId)
    if (isFull) return fail('too-many-threads', { most: mostThreads })
    if (mark && !fits(mark, version)) return fail('mark-is-outside')
    const at = tx.clock.now()
    const threadId = newId('thr', at)
    await tx.db.discussionThread.create({ data: { id: threadId, houseId: me.houseId, assetId, openedById: me.userId, openedAt: at } })
    await tx.db.discussionPlacement.create({
      data: {
        threadId,
        versionId,
        number: nextNumber,
        placedById: me.userId,
        placedAt: at,
        mark: mark ? (mark as Prisma.InputJsonObject) : Prisma.DbNull,
      },
    })
    const commentId = await say(tx, { threadId, versionId, body, mentioned, authorId: me.userId })
    await record(tx, {
      type: 'discussion.opened',
      subject: { kind: 'asset', id: assetId },
      data: { threadId, commentId, versionId, version: version.number, number: nextNumber, marked: mark !== null, mentioned },
    })
    return ok({ threadId, commentId, assetId, number: nextNumber })
  })
}

/** Answer in a thread. Words are never lost to a race: where it was resolved unseen, the answer opens it again. */
export async function answerThread(
  ctx: Speaking,
  { threadId, body: typed, mentions, versionId, seen, reopen }: Answer,
): Promise<Result<{ commentId: string; assetId: string; reopened: boolean }, AnswerError>> {
  const me = speaker(ctx.actor)
  const there = await ctx.db.discussionThread.count({ where: { id: threadId, houseId: me.houseId } })
  if (there === 0) throw new Refusal('not-found', `no thread ${threadId}`)
  const seconds = await isTooFast(ctx, me.userId)
  if (seconds !== null) return fail('wait-a-moment', { seconds })
  const { body, mentioned, tooLong } = await wordsOf(ctx, typed, mentions)
  if (tooLong) return fail('too-long')
  return inTransaction(ctx, async (tx) => {
    const { assetId, state, placements } = await lockThread(tx, threadId)
    if ((await tx.db.discussionComment.count({ where: { threadId } })) >= mostComments)
      return fail('too-many-comments', { most: mostComments })
    const at = placements.find((placement) => placement.versionId === versionId) ?? placements[0]
    if (!at) throw new Refusal('not-found', `thread ${threadId} stands on no version`)
    const reopened = reopens(state, seen, reopen)
    if (reopened) await turn(tx, { id: threadId, assetId }, 'reopen')
    const commentId = await say(tx, { threadId, versionId: at.versionId, body, mentioned, authorId: me.userId })
    await record(tx, {
      type: 'discussion.answered',
      subject: { kind: 'asset', id: assetId },
      data: { threadId, commentId, versionId: at.versionId, mentioned },
    })
    return ok({ commentId, assetId, reopened })
  })
}

/** The guarded step of a thread, with its line in the thread's own history. */
async function turn(tx: Speaking, thread: { id: string; assetId: string }, verb: 'resolve' | 'reopen'): Promise<boolean> {
  const me = speaker(tx.actor)
  const at = tx.clock.now()
  const state = verb === 'resolve' ? 'RESOLVED' : 'OPEN'
  const { count } = await tx.db.discussionThread.updateMany({
    where: { id: thread.id, state: { in: threadStates.whence(verb) } },
    data: verb === 'resolve' ? { state, resolvedAt: at, resolvedById: me.userId } : { state, resolvedAt: null, resolvedById: null },
  })
  if (count === 0) return false
  await tx.db.discussionTurn.create({ data: { id: newId('dtn', at), threadId: thread.id, state, byId: me.userId, at } })
  await record(tx, {
    type: verb === 'resolve' ? 'discussion.resolved' : 'discussion.reopened',
    subject: { kind: 'asset', id: thread.assetId },
    data: { threadId: thread.id },
  })
  return true
}

/** Settle a thread. Whoever has not read the last answer settles nothing: it may say that it is not settled at all. */
export async function resolveThread(
  ctx: Speaking,
  { threadId, lastSeenId }: { threadId: string; lastSeenId?: string | undefined },
): Promise<Result<{ assetId: string }, ResolveError>> {
  const me = speaker(ctx.actor)
  return inTransaction(ctx, async (tx) => {
    const thread = await lockThread(tx, threadId)
    if (lastSeenId && thread.state === 'OPEN') {
      const seen = await tx.db.discussionComment.findFirst({ where: { id: lastSeenId, threadId }, select: { createdAt: true } })
      const unread = await tx.db.discussionComment.count({
        where: { threadId, deletedAt: null, authorId: { not: me.userId }, createdAt: { gt: seen?.createdAt ?? new Date(0) } },
      })
      if (unread > 0) return fail('answered-meanwhile')
    }
    if (!(await turn(tx, thread, 'resolve'))) return fail('already-resolved')
    return ok({ assetId: thread.assetId })
  })
}

/** Open a settled thread again. */
export async function reopenThread(ctx: Speaking, { threadId }: { threadId: string }): Promise<Result<{ assetId: string }, ReopenError>> {
  speaker(ctx.actor)
  return inTransaction(ctx, async (tx) => {
    const thread = await lockThread(tx, threadId)
    if (!(await turn(tx, thread, 'reopen'))) return fail('not-resolved')
    return ok({ assetId: thread.assetId })
  })
}
