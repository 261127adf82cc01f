import { record } from '../compliance/record.ts'
import { isPerson, type Person } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { inTransaction } from '../platform/db.ts'
import { networkOf, takeTurn, takeTurns } from '../platform/rate-limit.ts'
import { inStore } from '../catalog/tiles.ts'
import type { CommentError, EditCommentError, ResolveError } from './errors.ts'
import { openBox, type Asking } from './policy.ts'
import { mostComments } from './rules/rights.ts'
import type { WriteComment } from './schema.ts'

/** Who speaks: somebody with a seat, or a guest of a link, known by their cookie and by the name that they give. */
export type Voice =
  | { kind: 'person'; token: string | null }
  | { kind: 'link'; boxId: string; linkId: string; right: 'VIEW' | 'COMMENT'; guest: string; name: string; ip: string }

/** Where the voice may speak, or a refusal. */
async function mayComment(ctx: Asking, boxId: string, voice: Voice): Promise<void> {
  if (voice.kind === 'person') {
    if (!isPerson(ctx.actor)) throw new Refusal('signed-out', 'comment')
    await openBox(ctx, voice.token, boxId, 'COMMENT')
  } else if (voice.boxId !== boxId || voice.right !== 'COMMENT') throw new Refusal('forbidden', `comment through link ${voice.linkId}`)
}

const authorOf = (ctx: Asking, voice: Voice) =>
  voice.kind === 'link'
    ? { authorUserId: null, authorHash: sha256(voice.guest), linkId: voice.linkId, authorName: voice.name }
    : { authorUserId: (ctx.actor as Person).userId, authorHash: null, linkId: null, authorName: (ctx.actor as Person).name }

/** Of a guest twelve in ten minutes and of a link sixty in an hour; a person writes as fast as they type. */
async function isTooFast(ctx: Asking, voice: Voice): Promise<number | null> {
  const turn =
    voice.kind === 'link'
      ? await takeTurns(ctx, [
          [`lightbox-comment:${voice.linkId}:${networkOf(voice.ip)}`, { turns: 12, seconds: 600 }],
          [`lightbox-comment:${voice.linkId}`, { turns: 60, seconds: 3_600 }],
        ])
      : await takeTurn(ctx, `lightbox-comment:${(ctx.actor as Person).userId}`, { turns: 60, seconds: 600 })
  return turn.ok ? null : turn.retryAfterSeconds
}

/**
 * Say something about a box or a picture in it, or answer what was said. Plain text. Mentioned are members of the box and
 * its owner; a guest mentions nobody. Who is told, and when, follows from the fact.
 */
export async function comment(
  ctx: Asking,
  boxId: string,
  voice: Voice,
  input: WriteComment,
): Promise<Result<{ commentId: string }, CommentError>> {
  await mayComment(ctx, boxId, voice)
  const wait = await isTooFast(ctx, voice)
  if (wait !== null) return fail('wait-a-moment', { seconds: wait })
  return inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM lightboxes WHERE id = ${boxId} FOR SHARE`
    const box = await tx.db.lightbox.findFirst({
      where: { id: boxId, houseId: tx.actor.houseId, archivedAt: null },
      select: { ownerUserId: true, members: { select: { userId: true } } },
    })
    if (!box) throw new Refusal('not-found', `no lightbox ${boxId}`)
    if ((await tx.db.lightboxComment.count({ where: { lightboxId: boxId } })) >= mostComments)
      return fail('too-many-comments', { most: mostComments })
    const parent = input.parentId
      ? await tx.db.lightboxComment.findFirst({
          where: { id: input.parentId, lightboxId: boxId, parentId: null },
          select: { id: true, assetId: true },
        })
      : null
    if (input.parentId && !parent) return fail('thread-is-gone')
    const assetId = parent ? parent.assetId : (input.assetId ?? null)
    if (assetId && !parent) {
      const there = await tx.db.lightboxItem.findFirst({
        where: { lightboxId: boxId, assetId, removedAt: null, ...(voice.kind === 'link' && { asset: inStore(tx) }) },
        select: { assetId: true },
      })
      if (!there) return fail('picture-is-gone')
    }
    const at = tx.clock.now()
    const id = newId('lbc', at)
    const author = authorOf(tx, voice)
    await tx.db.lightboxComment.create({
      data: { id, lightboxId: boxId, assetId, parentId: parent?.id ?? null, body: input.body, createdAt: at, ...author },
    })
    const reachable = new Set([box.ownerUserId, ...box.members.map(({ userId }) => userId)])
    const mentioned =
      voice.kind === 'person'
        ? [...new Set(input.mentions)].filter((userId) => reachable.has(userId) && userId !== author.authorUserId)
        : []
    await record(tx, {
      type: 'lightbox.commented',
      subject: { kind: 'lightbox', id: boxId },
      data: { commentId: id, assetId, linkId: author.linkId, mentioned },
    })
    return ok({ commentId: id })
  })
}

/** Whose the comment is: of a person by their account, of a link's guest by their cookie. */
async function ownComment(ctx: Asking, boxId: string, voice: Voice, commentId: string) {
  const author = authorOf(ctx, voice)
  const found = await ctx.db.lightboxComment.findFirst({
    where: {
      id: commentId,
      lightboxId: boxId,
      ...(author.authorUserId ? { authorUserId: author.authorUserId } : { authorHash: author.authorHash, linkId: author.linkId }),
    },
    select: { id: true },
  })
  if (!found) throw new Refusal('not-found', `no comment ${commentId} of this author`)
}

/** Change one's own words; that they were changed is seen. */
export async function editComment(
  ctx: Asking,
  boxId: string,
  voice: Voice,
  { commentId, body }: { commentId: string; body: string },
): Promise<Result<null, EditCommentError>> {
  await mayComment(ctx, boxId, voice)
  await ownComment(ctx, boxId, voice, commentId)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.lightboxComment.updateMany({
      where: { id: commentId, deletedAt: null },
      data: { body, editedAt: tx.clock.now() },
    })
    if (count === 0) return fail('deleted')
    await record(tx, { type: 'lightbox.comment-edited', subject: { kind: 'lightbox', id: boxId }, data: { commentId } })
    return ok(null)
  })
}

/** Take one's own words back, or, as the owner of the box, anybody's. The place in the thread stays, its words are gone. */
export async function deleteComment(ctx: Asking, boxId: string, voice: Voice, commentId: string): Promise<Result<null, EditCommentError>> {
  await mayComment(ctx, boxId, voice)
  const owner = voice.kind === 'person' && (await openBox(ctx, voice.token, boxId, 'COMMENT')).right === 'OWN'
  if (!owner) await ownComment(ctx, boxId, voice, commentId)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.lightboxComment.updateMany({
      where: { id: commentId, lightboxId: boxId, deletedAt: null },
      data: { body: '', deletedAt: tx.clock.now() },
    })
    if (count === 0) return fail('deleted')
    await record(tx, { type: 'lightbox.comment-deleted', subject: { kind: 'lightbox', id: boxId }, data: { commentId } })
    return ok(null)
  })
}

/** Settle a thread, or open it again: whoever may comment with a seat. */
export async function resolveThread(
  ctx: Asking,
  token: string | null,
  boxId: string,
  { commentId, resolved }: { commentId: string; resolved: boolean },
): Promise<Result<null, ResolveError>> {
  const voice: Voice = { kind: 'person', token }
  await mayComment(ctx, boxId, voice)
  return inTransaction(ctx, async (tx) => {
    const { actor } = tx
    const thread = await tx.db.lightboxComment.findFirst({
      where: { id: commentId, lightboxId: boxId, parentId: null },
      select: { deletedAt: true },
    })
    if (!thread) throw new Refusal('not-found', `no thread ${commentId}`)
    const { count } = await tx.db.lightboxComment.updateMany({
      where: { id: commentId, resolvedAt: resolved ? null : { not: null } },
      data: resolved ? { resolvedAt: tx.clock.now(), resolvedByName: (actor as Person).name } : { resolvedAt: null, resolvedByName: null },
    })
    if (count === 0) return fail(resolved ? 'already-resolved' : 'not-resolved')
    await record(tx, {
      type: resolved ? 'lightbox.thread-resolved' : 'lightbox.thread-reopened',
      subject: { kind: 'lightbox', id: boxId },
      data: { commentId },
    })
    return ok(null)
  })
}
