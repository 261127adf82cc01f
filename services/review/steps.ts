import { newId } from '../kernel/ids.ts'
import { record } from '../compliance/record.ts'
import type { LockedAsset } from '../assets/lock.ts'
import { endReview } from '../assets/reviews.ts'
import type { Decision } from '../assets/rules/review-states.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { deadlineOf } from './rules/due.ts'
import { decidersOf, qualifies } from './rules/mandate.ts'
import { defaultStep, stagesOf, type Plan } from './rules/plan.ts'
import { standingOf, type OnChanges, type RouteState, type Standing, type Verdict } from './rules/route.ts'
import { storedPlan } from './schema.ts'
import { houseRules, seatsOf, todayIn } from './seats.ts'

export type Tx = Ctx<'db' | 'clock' | 'actor'>

export const stepSelect = {
  id: true,
  position: true,
  stage: true,
  name: true,
  kind: true,
  need: true,
  wanted: true,
  roles: true,
  people: true,
  deciders: true,
  ownerId: true,
  state: true,
  dueDays: true,
  remindDays: true,
  escalateDays: true,
  escalateTo: true,
  openedAt: true,
  dueAt: true,
  remindedAt: true,
  escalatedAt: true,
  endedAt: true,
} satisfies Prisma.ReviewStepSelect
export type StepRow = Prisma.ReviewStepGetPayload<{ select: typeof stepSelect }>

export interface ReviewRow {
  id: string
  assetId: string
  versionId: string
  askedById: string
}

/** Everything that the state of a review follows from, as it is now: its asset's row is locked by who asks. */
export async function loadSteps(tx: Ctx<'db'>, reviewId: string) {
  const review = await tx.db.review.findUniqueOrThrow({
    where: { id: reviewId },
    select: {
      route: { select: { plan: true } },
      steps: {
        select: { ...stepSelect, votes: { select: { userId: true, handId: true, decision: true, reason: true, at: true, no: true } } },
        orderBy: { position: 'asc' },
      },
    },
  })
  const votes = review.steps
    .flatMap(({ id, votes: own }) => own.map((vote) => ({ ...vote, stepId: id })))
    .sort((a, b) => (a.no < b.no ? -1 : 1))
  const plan: Plan | null = review.route ? storedPlan.parse(review.route.plan) : null
  return { steps: review.steps, votes, onChanges: plan?.onChanges ?? ('END' as OnChanges) }
}
export type Loaded = Awaited<ReturnType<typeof loadSteps>>

/** Where the review stands by its words. */
export const standingNow = ({ steps, votes, onChanges }: Loaded): Standing =>
  standingOf(
    { onChanges, steps },
    votes.map(({ stepId, userId, handId, decision }) => ({ stepId, person: userId, hand: handId, verdict: decision })),
  )

/** The steps of a review that begins, in the words of its route; those of the first stage are open. */
export async function beginSteps(tx: Tx, asset: LockedAsset, review: ReviewRow, plan: Plan | null): Promise<void> {
  const planned = plan?.steps ?? [defaultStep]
  const stages = stagesOf(planned)
  const at = tx.clock.now()
  await tx.db.reviewStep.createMany({
    data: planned.map(({ together: _, roles, people, escalateTo, ...step }, index) => ({
      ...step,
      id: newId('rst', at),
      houseId: tx.actor.houseId,
      reviewId: review.id,
      askedById: review.askedById,
      position: index + 1,
      stage: stages[index] ?? 1,
      roles: [...roles],
      people: [...people],
      escalateTo: [...escalateTo],
      deciders: [],
    })),
  })
  await advance(tx, asset, review)
}

const verbs: Record<Exclude<RouteState, 'WAITING'>, Decision> = { APPROVED: 'approve', CHANGES_ASKED: 'askChanges', REJECTED: 'reject' }

/**
 * Bring the rows of a review to where its words say that it stands: steps end, the next ones open with their dates and
 * people, and the last one ends the review. Nothing happens where nothing has changed.
 */
export async function advance(tx: Tx, asset: LockedAsset, review: ReviewRow): Promise<{ state: RouteState; opened: string[] }> {
  const loaded = await loadSteps(tx, review.id)
  const { state, steps } = standingNow(loaded)
  const at = tx.clock.now()
  const ended = loaded.steps.filter((step) => step.state === 'OPEN' && steps.get(step.id) !== 'OPEN' && steps.get(step.id) !== 'CLOSED')
  for (const { id } of ended) {
    const now = steps.get(id)
    if (now && now !== 'WAITING') await tx.db.reviewStep.updateMany({ where: { id, state: 'OPEN' }, data: { state: now, endedAt: at } })
  }
  const opening = loaded.steps.filter((step) => step.state === 'WAITING' && steps.get(step.id) === 'OPEN')
  if (opening.length > 0) await open(tx, asset, review, opening)
  if (state !== 'WAITING') {
    const spoken = loaded.votes.filter(({ decision }) => decision === worstOf(state))
    const reason = reasonOf(loaded, spoken)
    await endReview(tx, asset, review, { decision: verbs[state], reason, decidedById: spoken.at(-1)?.handId ?? null })
  }
  return { state, opened: opening.map(({ name }) => name) }
}

const worstOf = (state: Exclude<RouteState, 'WAITING'>): Verdict =>
  state === 'REJECTED' ? 'REJECT' : state === 'CHANGES_ASKED' ? 'ASK_CHANGES' : 'APPROVE'

/** What the sender reads: one reason as it is; of several, which step said what. */
function reasonOf({ steps }: Loaded, spoken: Loaded['votes']): string {
  const said = spoken.filter(({ reason }) => reason !== '')
  if (said.length < 2) return said[0]?.reason ?? ''
  const nameOf = (id: string) => steps.find((step) => step.id === id)?.name ?? 'Review'
  return said
    .map(({ stepId, reason }) => `${nameOf(stepId)}: ${reason}`)
    .join('\n')
    .slice(0, 4_000)
}

/** Steps whose turn has come: who is asked and by when is settled now, with the people and the days of today. */
async function open(tx: Tx, asset: LockedAsset, review: ReviewRow, steps: readonly StepRow[]): Promise<void> {
  const [seats, house] = [await seatsOf(tx), await houseRules(tx)]
  const without = house.reviewOwnSubmissions ? null : review.askedById
  const now = tx.clock.now()
  for (const step of steps) {
    const deadline = deadlineOf(step, { now, today: todayIn(tx, house), zone: house.zone, holidays: house.holidays })
    const able = seats.filter((seat) => qualifies(step, seat) && seat.userId !== without)
    const owner = able.find(({ userId }) => userId === step.ownerId)
    await tx.db.reviewStep.updateMany({
      where: { id: step.id, state: 'WAITING' },
      data: {
        state: 'OPEN',
        openedAt: now,
        ownerId: owner?.userId ?? null,
        deciders: step.need === 'ALL' ? decidersOf(step, seats, without) : [],
        // A step that wants two words in a house of one would never end.
        wanted: step.need === 'COUNT' ? Math.max(1, Math.min(step.wanted, able.length)) : 1,
        dueOn: deadline ? new Date(`${deadline.dueOn}T00:00:00Z`) : null,
        dueAt: deadline?.dueAt ?? null,
        // What is never due comes after what is, in the order in which it began.
        sortAt: deadline?.dueAt ?? new Date(now.getTime() + 3_650 * 86_400_000),
        remindAt: deadline?.remindAt ?? null,
        escalateAt: deadline?.escalateAt ?? null,
      },
    })
    await record(tx, {
      type: 'step.opened',
      subject: { kind: 'review', id: review.id },
      data: { reviewId: review.id, stepId: step.id, step: step.name, assetId: asset.id, title: asset.title, dueOn: deadline?.dueOn },
    })
  }
}
