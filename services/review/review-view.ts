import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { assetDetail } from '../assets/asset-view.ts'
import { namesOf } from '../assets/views.ts'
import { Prisma } from '../platform/db.ts'
import { may, mustMay } from './policy.ts'
import { mayTake, namesFor, qualifies, standInOf } from './rules/mandate.ts'
import { opensNext } from './rules/route.ts'
import { loadSteps, type Loaded, type StepRow } from './steps.ts'
import { lookerOf, mineSql, type Looker, type Seeing } from './tasks.ts'

export type ReviewPage = Awaited<ReturnType<typeof reviewPage>>
export type StepShown = ReviewPage['steps'][number]

/** One question to the house's reviewers: the version, its route, who has said what, who is asked next, and what the reader may do. */
export async function reviewPage(ctx: Seeing, reviewId: string) {
  mustMay(ctx.actor, 'see')
  const { houseId } = ctx.actor
  const review = await ctx.db.review.findFirst({
    where: { id: reviewId, houseId },
    select: { id: true, assetId: true, versionId: true, askedById: true, routeId: true, route: { select: { name: true, number: true } } },
  })
  if (!review) throw new Refusal('not-found', `no review ${reviewId}`)
  const [asset, looker, loaded, questions] = await Promise.all([
    assetDetail(ctx, review.assetId),
    lookerOf(ctx),
    loadSteps(ctx, reviewId),
    ctx.db.reviewQuestion.findMany({ where: { reviewId, houseId }, orderBy: { askedAt: 'asc' }, take: 100 }),
  ])
  const question = asset.reviews.find(({ id }) => id === reviewId)
  const version = asset.versions.find(({ id }) => id === review.versionId)
  if (!question || !version) throw new Refusal('not-found', `no review ${reviewId}`)
  const names = await namesOf(ctx, [
    ...loaded.steps.flatMap(({ ownerId, people, deciders, escalateTo }) => [ownerId, ...people, ...deciders, ...escalateTo]),
    ...loaded.votes.flatMap(({ userId, handId }) => [userId, handId]),
    ...questions.flatMap(({ askedById, askedId }) => [askedById, askedId]),
  ])
  const nameOf = (id: string): string => names.get(id) ?? looker.seats.find(({ userId }) => userId === id)?.name ?? 'Somebody'
  const waiting = question.state === 'WAITING'
  const own = isPerson(ctx.actor) && review.askedById === ctx.actor.userId
  const barred = own && !looker.house.reviewOwnSubmissions
  const chances = waiting ? chancesOf(loaded, looker, looker.house.reviewOwnSubmissions ? null : review.askedById) : []
  const newer = await ctx.db.review.findFirst({
    where: { houseId, assetId: review.assetId, state: 'WAITING', id: { not: reviewId } },
    select: { id: true },
  })
  const steps = loaded.steps.map((step) => ({
    id: step.id,
    stage: step.stage,
    name: step.name,
    kind: step.kind,
    need: step.need,
    wanted: step.need === 'ALL' ? Math.max(1, step.deciders.length) : step.wanted,
    state: step.state,
    openedAt: step.openedAt,
    dueAt: step.dueAt,
    late: step.state === 'OPEN' && step.dueAt !== null && step.dueAt <= ctx.clock.now(),
    escalated: step.escalatedAt !== null,
    endedAt: step.endedAt,
    owner: step.ownerId ? nameOf(step.ownerId) : null,
    roles: step.roles,
    people: step.people.map(nameOf),
    /** Whose word is missing; each with who stands in today. */
    missing: missingOf(step, loaded.votes, looker).map((id) => ({ id, name: nameOf(id), standIn: standInName(id, looker) })),
    said: loaded.votes
      .filter(({ stepId }) => stepId === step.id)
      .map(({ userId, handId, decision, reason, at }) => ({
        who: nameOf(userId),
        hand: handId === userId ? null : nameOf(handId),
        decision,
        reason,
        at,
      })),
    asked: questions
      .filter(({ stepId }) => stepId === step.id)
      .map(({ id, askedById, askedId, ...rest }) => ({
        id,
        ...rest,
        askedBy: nameOf(askedById),
        asked: nameOf(askedId),
        forMe: askedId === looker.userId,
      })),
    /** The steps that its approval opens. */
    opens: opensNext(loaded.steps, step.id).map((id) => loaded.steps.find((one) => one.id === id)?.name ?? ''),
    last: opensNext(loaded.steps, step.id).length === 0 && loaded.steps.every((one) => one.id === step.id || one.state === 'APPROVED'),
    mayHandOn: waiting && step.state === 'OPEN' && mayHold(ctx, step, looker),
    mayTake:
      waiting &&
      step.state === 'OPEN' &&
      !barred &&
      mayTake(step, looker.seat) &&
      !loaded.votes.some(({ stepId, userId }) => stepId === step.id && userId === looker.userId) &&
      !chances.some(({ stepId }) => stepId === step.id && isOwnTask(step, looker)),
    colleagues: looker.seats
      .filter(
        (seat) =>
          mayTake(step, seat) && seat.userId !== step.ownerId && (looker.house.reviewOwnSubmissions || seat.userId !== review.askedById),
      )
      .map(({ userId, name }) => ({ id: userId, name })),
    nobody:
      step.state === 'OPEN' &&
      !looker.seats.some((seat) => qualifies(step, seat) && (looker.house.reviewOwnSubmissions || seat.userId !== review.askedById)),
  }))
  return {
    review: question,
    route: review.route,
    asset,
    version,
    live: asset.versions.find(({ id }) => id === asset.publishedVersionId && id !== version.id) ?? null,
    /** Whether it is approved is what is asked here; it is no check. */
    checks: asset.checks.filter(({ label }) => label !== 'This version approved'),
    before: asset.reviews.filter((other) => other.id !== reviewId && other.state !== 'WAITING'),
    steps,
    /** What the reader may decide: which step, and in whose name. */
    chances,
    /** The review about the version that replaced this one. */
    newerReviewId: newer?.id ?? null,
    colleagues: looker.seats.filter(({ userId }) => userId !== looker.userId).map(({ userId, name }) => ({ id: userId, name })),
    ...(await neighbours(ctx, looker, reviewId)),
    mayReview: chances.length > 0,
    own,
    barred,
    zone: looker.house.zone,
  }
}

function missingOf(step: StepRow, votes: Loaded['votes'], { seats }: Looker): string[] {
  if (step.state !== 'OPEN') return []
  const spoken = votes.filter(({ stepId }) => stepId === step.id).map(({ userId }) => userId)
  const here = (id: string) => seats.some(({ userId }) => userId === id)
  const asked = step.need === 'ALL' && step.deciders.length > 0 ? step.deciders : step.ownerId ? [step.ownerId] : step.people
  return asked.filter((id) => !spoken.includes(id) && here(id))
}

function standInName(id: string, { absences, today, seats }: Looker): string | null {
  const other = standInOf(id, absences, today)
  return other ? (seats.find(({ userId }) => userId === other)?.name ?? null) : null
}

const isOwnTask = (step: StepRow, { userId }: Looker): boolean =>
  step.ownerId === userId || (step.need === 'ALL' && step.deciders.includes(userId))

function mayHold({ actor }: Seeing, step: StepRow, { seat, standsInFor }: Looker): boolean {
  const asked = [step.ownerId, ...step.deciders, ...step.people, ...(step.escalatedAt ? step.escalateTo : [])]
  return may(actor, 'hand-on') || qualifies(step, seat) || standsInFor.some((id) => asked.includes(id))
}

/** Each open step that the reader may decide, and in whose name. */
const chancesOf = ({ steps, votes }: Loaded, looker: Looker, without: string | null) =>
  steps
    .filter(({ state }) => state === 'OPEN')
    .flatMap((step) =>
      namesFor(step, looker, { words: votes.filter(({ stepId }) => stepId === step.id), without }).map((id) => ({
        stepId: step.id,
        step: step.name,
        forId: id === looker.userId ? null : id,
        forName: id === looker.userId ? null : (looker.seats.find(({ userId }) => userId === id)?.name ?? 'Somebody'),
      })),
    )

/** The reviews of the reader's own tasks before and after this one; after the last comes the first again. */
async function neighbours(
  ctx: Seeing,
  looker: Looker,
  reviewId: string,
): Promise<{ nextReviewId: string | null; previousReviewId: string | null }> {
  const here = await ctx.db.reviewStep.findFirst({
    where: { reviewId, sortAt: { not: null } },
    orderBy: [{ sortAt: 'asc' }, { id: 'asc' }],
    select: { sortAt: true, id: true },
  })
  const at = here?.sortAt ?? new Date(0)
  const id = here?.id ?? ''
  const mine = Prisma.sql`SELECT s.review_id, s.sort_at, s.id FROM review_steps s WHERE s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' AND s.review_id <> ${reviewId} AND (${mineSql(looker)})`
  const rows = await ctx.db.$queryRaw<{ place: 'later' | 'first' | 'earlier'; review_id: string }[]>(Prisma.sql`
    (SELECT 'later' AS place, m.review_id FROM (${mine}) m WHERE (m.sort_at, m.id) > (${at}, ${id}) ORDER BY m.sort_at, m.id LIMIT 1)
    UNION ALL (SELECT 'first', m.review_id FROM (${mine}) m ORDER BY m.sort_at, m.id LIMIT 1)
    UNION ALL (SELECT 'earlier', m.review_id FROM (${mine}) m WHERE (m.sort_at, m.id) < (${at}, ${id}) ORDER BY m.sort_at DESC, m.id DESC LIMIT 1)`)
  const of = (place: string) => rows.find((row) => row.place === place)?.review_id ?? null
  return { nextReviewId: of('later') ?? of('first'), previousReviewId: of('earlier') }
}

/** Which of the reader's own waits next. */
export const nextReviewAfter = async (ctx: Seeing, reviewId: string): Promise<string | null> =>
  (await neighbours(ctx, await lookerOf(ctx), reviewId)).nextReviewId
