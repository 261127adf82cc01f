import { z } from 'zod'
import { languageNamed } from '../kernel/language.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { enqueue } from '../platform/queue.ts'
import { takeTurn } from '../platform/rate-limit.ts'
import type { RecordedFact } from './fact.ts'
import { textOf } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf } from './people.ts'

type Telling = Ctx<'db' | 'clock' | 'actor' | 'origin'>

export const lightboxDigestJob = 'notifications.lightbox-digest'
export const lightboxDigestPayload = z.object({ houseId: z.string(), boxId: z.string() })

/** Comments are gathered for so long: a conversation is one letter. */
const gathering = 10 * 60_000
const shown = 5
const mentionLetters = { turns: 6, seconds: 3_600 }

/** Somebody commented: whoever is named hears of it at once, the owner of the box in one letter for several comments. */
export async function tellOfComment(ctx: Telling, fact: RecordedFact): Promise<void> {
  const boxId = fact.subject.id
  const commentId = textOf(fact, 'commentId')
  const box = await ctx.db.lightbox.findFirst({
    where: { id: boxId, houseId: ctx.actor.houseId },
    select: { name: true, ownerUserId: true, members: { select: { userId: true } } },
  })
  const said = commentId
    ? await ctx.db.lightboxComment.findFirst({
        where: { id: commentId, deletedAt: null },
        select: { authorName: true, authorUserId: true, body: true },
      })
    : null
  if (!box || !said) return
  const mentioned = Array.isArray(fact.data.mentioned) ? fact.data.mentioned.filter((each): each is string => typeof each === 'string') : []
  const people = await reachable(ctx, boxId, mentioned)
  const house = await houseOf(ctx)
  for (const person of people) {
    // Named in each of sixty comments, somebody gets six letters an hour; the rest is marked as new in the box.
    if (!(await takeTurn(ctx, `lightbox-mention:${boxId}:${person.id}`, mentionLetters)).ok) continue
    await askForLetter(ctx, 'lightbox-comments', {
      key: `lightbox-mention:${commentId ?? ''}:${person.id}`,
      to: { userId: person.id, email: person.email },
      props: {
        houseName: house.name,
        name: person.name,
        language: languageNamed(person.language),
        kind: 'mention',
        boxName: box.name,
        total: 1,
        comments: [{ author: said.authorName, guest: said.authorUserId === null, body: said.body.slice(0, 600) }],
        url: `${ctx.origin}/lightboxes/${boxId}#talk`,
      },
    })
  }
  // One pending job a box, at a time that the first comment set: a talk that goes on does not put the letter off for ever.
  if (box.ownerUserId && box.ownerUserId !== fact.actorId)
    await enqueue(
      ctx,
      lightboxDigestJob,
      { houseId: ctx.actor.houseId, boxId },
      {
        key: `lightbox-digest:${boxId}:${Math.floor(fact.at.getTime() / gathering)}`,
        runAt: new Date((Math.floor(fact.at.getTime() / gathering) + 1) * gathering),
      },
    )
}

/** Who of these still sees the box: its owner, and members with a seat in its organisation. */
async function reachable(ctx: Telling, boxId: string, userIds: readonly string[]) {
  if (userIds.length === 0) return []
  return ctx.db.$queryRaw<{ id: string; name: string; email: string; language: string | null }[]>`
    SELECT u.id, u.name, u.email, u.language FROM users u JOIN lightboxes b ON b.id = ${boxId} AND b.archived_at IS NULL
    WHERE u.id = ANY(${[...userIds]}::text[]) AND u.closed_at IS NULL
      AND EXISTS (SELECT FROM members m WHERE m.user_id = u.id AND m.org_id = b.owner_org_id AND m.ended_at IS NULL)
      AND (b.owner_user_id = u.id OR EXISTS (SELECT FROM lightbox_members lm WHERE lm.lightbox_id = b.id AND lm.user_id = u.id))`
}

/** The owner's letter: what others said since the last one and since they last looked. Nothing new, no letter. Safe to run twice. */
export async function tellOwner(
  ctx: Ctx<'db' | 'clock' | 'origin'>,
  { houseId, boxId }: z.infer<typeof lightboxDigestPayload>,
): Promise<void> {
  const acting = { ...ctx, actor: { kind: 'system', houseId, name: lightboxDigestJob } as const }
  await inTransaction(acting, async (tx) => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM lightboxes WHERE id = ${boxId} AND house_id = ${houseId} FOR UPDATE`
    const box = await tx.db.lightbox.findFirst({
      where: { id: boxId, houseId, archivedAt: null },
      select: { name: true, toldAt: true, ownerUserId: true },
    })
    const [owner] = box?.ownerUserId ? await reachable(tx, boxId, [box.ownerUserId]) : []
    if (!box || !owner) return
    const look = await tx.db.lightboxLook.findUnique({ where: { lightboxId_userId: { lightboxId: boxId, userId: owner.id } } })
    const since = new Date(Math.max(box.toldAt?.getTime() ?? 0, look?.seenAt.getTime() ?? 0))
    const comments = await tx.db.lightboxComment.findMany({
      where: {
        lightboxId: boxId,
        deletedAt: null,
        createdAt: { gt: since },
        OR: [{ authorUserId: null }, { authorUserId: { not: owner.id } }],
      },
      orderBy: { createdAt: 'asc' },
      take: 100,
      select: { authorName: true, authorUserId: true, body: true, createdAt: true },
    })
    const last = comments.at(-1)
    if (!last) return
    const house = await houseOf(tx)
    await tx.db.lightbox.update({ where: { id: boxId }, data: { toldAt: last.createdAt } })
    await askForLetter(tx, 'lightbox-comments', {
      key: `lightbox-digest:${boxId}:${last.createdAt.getTime()}`,
      to: { userId: owner.id, email: owner.email },
      props: {
        houseName: house.name,
        name: owner.name,
        language: languageNamed(owner.language),
        kind: 'digest',
        boxName: box.name,
        total: comments.length,
        comments: comments
          .slice(0, shown)
          .map(({ authorName, authorUserId, body }) => ({ author: authorName, guest: authorUserId === null, body: body.slice(0, 600) })),
        url: `${tx.origin}/lightboxes/${boxId}#talk`,
      },
    })
  })
}
