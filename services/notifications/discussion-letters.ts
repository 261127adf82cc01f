import type { Ctx } from '../platform/context.ts'
import { takeTurn } from '../platform/rate-limit.ts'
import { mayBeTold } from '../assets/policy.ts'
import { namesOf } from '../assets/views.ts'
import { markOf, sayMark } from '../discussion/rules/marks.ts'
import { mentionedIn, plainWords } from '../discussion/rules/mentions.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, membersOf } from './people.ts'

type Telling = Ctx<'db' | 'clock' | 'actor' | 'origin'>

/** Named in each of sixty comments, somebody gets twelve letters an hour about one asset; the rest is marked as new. */
const letters = { turns: 12, seconds: 3_600 }
const longestQuote = 1_500

/**
 * Somebody spoke about an asset: who is named hears of it, and, where it is an answer, who takes part in the thread. One
 * letter a comment and reader, and none to those who have no seat in the house any more or want none about the thread.
 */
export async function tellOfTalk(ctx: Telling, fact: RecordedFact): Promise<void> {
  const { houseId } = ctx.actor
  const commentId = textOf(fact, 'commentId')
  const comment = await ctx.db.discussionComment.findFirst({
    where: { id: commentId ?? '', houseId, deletedAt: null },
    select: {
      id: true,
      body: true,
      authorId: true,
      version: { select: { number: true } },
      versionId: true,
      mentions: { select: { userId: true } },
      thread: {
        select: {
          openedById: true,
          asset: { select: { title: true, state: true, embargoEndsAt: true, embargoFor: true } },
          placements: { select: { versionId: true, mark: true } },
          mutes: { select: { userId: true } },
          comments: { where: { deletedAt: null }, take: 300, select: { authorId: true, mentions: { select: { userId: true } } } },
        },
      },
    },
  })
  if (!comment || comment.thread.asset.state === 'DELETED') return
  const { thread } = comment
  const still = new Set(comment.mentions.map(({ userId }) => userId))
  // Of an edit only who is newly named; whoever was named and is no more hears nothing.
  const said = Array.isArray(fact.data.mentioned) ? fact.data.mentioned : []
  const named = new Set(said.filter((id): id is string => typeof id === 'string' && still.has(id)))
  const taking = [
    thread.openedById,
    ...thread.comments.flatMap(({ authorId, mentions }) => [authorId, ...mentions.map(({ userId }) => userId)]),
  ]
  const concerned = new Set([...named, ...(fact.type === 'discussion.answered' ? taking : [])])
  const muted = new Set(thread.mutes.map(({ userId }) => userId))
  const readers = (await membersOf(ctx, houseId)).filter(
    (reader) =>
      reader.userId &&
      concerned.has(reader.userId) &&
      reader.userId !== comment.authorId &&
      !muted.has(reader.userId) &&
      mayBeTold(reader, thread.asset),
  )
  if (readers.length === 0) return
  const names = await namesOf(ctx, [comment.authorId, ...mentionedIn(comment.body)])
  const house = await houseOf(ctx)
  const mark = markOf(thread.placements.find(({ versionId }) => versionId === comment.versionId)?.mark)
  for (const to of readers) {
    const key = `discussion:${comment.id}:${to.userId}`
    // Asked for before: a fact that is answered twice takes no second turn.
    if ((await ctx.db.mailMessage.count({ where: { key } })) > 0) continue
    if (!(await takeTurn(ctx, `discussion-letter:${fact.subject.id}:${to.userId}`, letters)).ok) continue
    await askForLetter(ctx, 'discussion-comment', {
      key,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        kind: to.userId && named.has(to.userId) ? 'mention' : 'reply',
        personName: names.get(comment.authorId) ?? 'Somebody',
        assetTitle: thread.asset.title,
        version: comment.version.number,
        place: mark ? sayMark(mark) : '',
        body: plainWords(comment.body, (id) => names.get(id)).slice(0, longestQuote),
        url: `${ctx.origin}/library/comments/${comment.id}`,
      },
    })
  }
}
