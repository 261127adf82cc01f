import type { Ctx } from '../platform/context.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, personCalled, staffWith } from './people.ts'

type Reacting = Ctx<'db' | 'actor' | 'origin'>

const decisions = { 'asset.approved': 'approved', 'asset.changes-asked': 'changes-asked', 'asset.rejected': 'rejected' } as const
type Decided = keyof typeof decisions
const isDecided = (type: string): type is Decided => Object.hasOwn(decisions, type)

async function reviewIn(ctx: Reacting, fact: RecordedFact) {
  const reviewId = textOf(fact, 'reviewId')
  if (!reviewId) return null
  return ctx.db.review.findFirst({
    where: { id: reviewId, houseId: ctx.actor.houseId },
    select: { id: true, note: true, askedById: true, reason: true, asset: { select: { id: true, title: true } } },
  })
}

/** An asset was submitted: the reviewers are told. */
export async function tellReviewers(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const review = await reviewIn(ctx, fact)
  if (!review) return
  const [house, asker, readers] = await Promise.all([
    houseOf(ctx),
    personCalled(ctx, review.askedById),
    staffWith(ctx, ['REVIEWER'], fact.actorId),
  ])
  for (const to of readers)
    await askForLetter(ctx, 'review-requested', {
      key: `review-requested:${review.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        assetTitle: review.asset.title,
        personName: asker?.name ?? 'Somebody',
        note: review.note,
        url: `${ctx.origin}/library/review/${review.id}`,
      },
    })
}

/** The reviewer decided: the person who submitted is told, unless it is the same one. */
export async function tellOfReview(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const review = await reviewIn(ctx, fact)
  const to = await personCalled(ctx, review?.askedById ?? null)
  if (!review || !to || to.userId === fact.actorId || !isDecided(fact.type)) return
  const house = await houseOf(ctx)
  await askForLetter(ctx, 'review-decided', {
    key: `review-decided:${review.id}`,
    to,
    props: {
      houseName: house.name,
      name: to.name,
      assetTitle: review.asset.title,
      decision: decisions[fact.type],
      reason: review.reason,
      url: `${ctx.origin}/library/assets/${review.asset.id}`,
    },
  })
}
