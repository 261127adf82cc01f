import { isStaff, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import { lockAsset, type LockedAsset } from '../assets/lock.ts'
import { inTransaction } from '../platform/db.ts'
import type { AnswerError, ConsultError, HandOnError } from './errors.ts'
import { may } from './policy.ts'
import { actsFor, mayTake, qualifies } from './rules/mandate.ts'
import { absencesAround, houseRules, seatsOf, todayIn, type NamedSeat } from './seats.ts'
import { stepSelect, type StepRow, type Tx } from './steps.ts'

interface Held {
  step: StepRow
  review: { id: string; askedById: string; state: string }
  asset: LockedAsset
  seats: NamedSeat[]
}

/** A step with its asset's row locked: nobody decides it meanwhile. */
async function holdStep(tx: Tx, stepId: string): Promise<Held> {
  const { houseId } = tx.actor
  const found = await tx.db.reviewStep.findFirst({
    where: { id: stepId, houseId },
    select: { review: { select: { id: true, assetId: true } } },
  })
  if (!found) throw new Refusal('not-found', `no step ${stepId}`)
  const asset = await lockAsset(tx, found.review.assetId)
  const { review, ...step } = await tx.db.reviewStep.findUniqueOrThrow({
    where: { id: stepId },
    select: { ...stepSelect, review: { select: { id: true, askedById: true, state: true } } },
  })
  return { step, review, asset, seats: await seatsOf(tx) }
}

const factData = ({ step, review, asset }: Held) => ({
  reviewId: review.id,
  stepId: step.id,
  step: step.name,
  assetId: asset.id,
  title: asset.title,
})

/** The one who has a step hands it to a colleague; so may its other people, those to whom it was escalated, and the librarians. */
export async function handOn(
  ctx: Tx,
  { stepId, toId, fromId, note = '' }: { stepId: string; toId: string; fromId?: string | null | undefined; note?: string },
): Promise<Result<{ reviewId: string }, HandOnError>> {
  const { actor } = ctx
  if (!isStaff(actor)) throw new Refusal('forbidden', 'hand on')
  return inTransaction(ctx, async (tx) => {
    const held = await holdStep(tx, stepId)
    await mustHold(tx, actor, held)
    return give(tx, held, { toId, fromId: fromId ?? null, note, how: 'step.handed-on' })
  })
}

/** Take a step that waits for others: whoever may decide it at all may take it. */
export async function takeOver(
  ctx: Tx,
  { stepId, fromId }: { stepId: string; fromId?: string | null | undefined },
): Promise<Result<{ reviewId: string }, HandOnError>> {
  const { actor } = ctx
  if (!isStaff(actor)) throw new Refusal('forbidden', 'take over')
  return inTransaction(ctx, async (tx) => {
    const held = await holdStep(tx, stepId)
    const seat = held.seats.find(({ userId }) => userId === actor.userId)
    if (!seat || !mayTake(held.step, seat)) throw new Refusal('forbidden', 'not a step that they may decide')
    return give(tx, held, { toId: actor.userId, fromId: fromId ?? null, note: '', how: 'step.taken-over' })
  })
}

/** Who may say whose a step is: its owner and deciders (and who stands in for them), escalation, and who keeps the library. */
async function mustHold(tx: Tx, actor: Person, { step, seats }: Held): Promise<void> {
  const seat = seats.find(({ userId }) => userId === actor.userId)
  if (!seat) throw new Refusal('forbidden', 'no longer of the house')
  const today = todayIn(tx, await houseRules(tx))
  const asked = [step.ownerId, ...step.deciders, ...step.people, ...(step.escalatedAt ? step.escalateTo : [])]
  const inTheirName = [seat.userId, ...actsFor(seat.userId, await absencesAround(tx, today), today)]
  const theirs = inTheirName.some((id) => asked.includes(id)) || qualifies(step, seat)
  // By the roles of the seat as it is now, not as the session remembers them.
  if (!theirs && !may({ ...actor, roles: seat.roles }, 'hand-on')) throw new Refusal('forbidden', 'not their step')
}

async function give(
  tx: Tx,
  held: Held,
  { toId, fromId, note, how }: { toId: string; fromId: string | null; note: string; how: string },
): Promise<Result<{ reviewId: string }, HandOnError>> {
  const { step, review, seats } = held
  if (step.state !== 'OPEN' || review.state !== 'WAITING') return fail('already-decided')
  const to = seats.find(({ userId }) => userId === toId)
  if (!to) return fail('no-such-colleague')
  if (!mayTake(step, to)) return fail('not-qualified')
  if (toId === review.askedById && !(await houseRules(tx)).reviewOwnSubmissions) return fail('own-submission')
  const votes = await tx.db.reviewVote.findMany({ where: { stepId: step.id }, select: { userId: true } })
  const spoken = new Set(votes.map(({ userId }) => userId))
  const isAll = step.need === 'ALL'
  // Where everybody's word is wanted, one that is still missing passes to the other.
  const from = isAll
    ? step.deciders.find((userId) => !spoken.has(userId) && (fromId === null ? userId !== toId : userId === fromId))
    : step.ownerId
  if (isAll && (spoken.has(toId) || (step.deciders.includes(toId) && from !== undefined))) return fail('has-it-already')
  if (!isAll && step.ownerId === toId) return fail('has-it-already')
  if (isAll && step.deciders.length > 0 && from === undefined) return fail('already-decided')
  await tx.db.reviewStep.updateMany({
    where: { id: step.id, state: 'OPEN' },
    data: {
      ownerId: isAll ? step.ownerId : toId,
      people: qualifies(step, to) ? step.people : [...step.people, toId],
      ...(isAll && { deciders: [...step.deciders.filter((userId) => userId !== from), toId] }),
    },
  })
  await record(tx, {
    type: how,
    subject: { kind: 'review', id: review.id },
    data: { ...factData(held), from: from ?? null, to: toId, note },
  })
  return ok({ reviewId: review.id })
}

/** Ask a colleague what they think. The decision stays where it is, and does not wait for the answer. */
export async function consult(
  ctx: Tx,
  { stepId, askedId, question }: { stepId: string; askedId: string; question: string },
): Promise<Result<{ reviewId: string; questionId: string }, ConsultError>> {
  const { actor } = ctx
  if (!isStaff(actor)) throw new Refusal('forbidden', 'consult')
  return inTransaction(ctx, async (tx) => {
    const held = await holdStep(tx, stepId)
    await mustHold(tx, actor, held)
    const { step, review, seats } = held
    if (step.state !== 'OPEN' || review.state !== 'WAITING') return fail('already-decided')
    if (askedId === actor.userId) return fail('asked-oneself')
    if (!seats.some(({ userId }) => userId === askedId)) return fail('no-such-colleague')
    const at = tx.clock.now()
    const questionId = newId('rqu', at)
    await tx.db.reviewQuestion.create({
      data: {
        id: questionId,
        houseId: actor.houseId,
        reviewId: review.id,
        stepId,
        askedById: actor.userId,
        askedId,
        question,
        askedAt: at,
      },
    })
    await record(tx, {
      type: 'step.consulted',
      subject: { kind: 'review', id: review.id },
      data: { ...factData(held), questionId, to: askedId, question },
    })
    return ok({ reviewId: review.id, questionId })
  })
}

/** What the colleague thinks, once. */
export async function answerConsult(
  ctx: Tx,
  { questionId, answer }: { questionId: string; answer: string },
): Promise<Result<{ reviewId: string }, AnswerError>> {
  const { actor } = ctx
  const asked = isStaff(actor)
    ? await ctx.db.reviewQuestion.findFirst({
        where: { id: questionId, houseId: actor.houseId, askedId: actor.userId },
        select: {
          reviewId: true,
          stepId: true,
          askedById: true,
          step: { select: { name: true, review: { select: { asset: { select: { id: true, title: true } } } } } },
        },
      })
    : null
  if (!asked) throw new Refusal('not-found', `no question ${questionId}`)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.reviewQuestion.updateMany({
      where: { id: questionId, answeredAt: null },
      data: { answer, answeredAt: tx.clock.now() },
    })
    if (count === 0) return fail('answered-already')
    const { asset } = asked.step.review
    await record(tx, {
      type: 'step.answered',
      subject: { kind: 'review', id: asked.reviewId },
      data: {
        reviewId: asked.reviewId,
        stepId: asked.stepId,
        step: asked.step.name,
        assetId: asset.id,
        title: asset.title,
        questionId,
        to: asked.askedById,
        answer,
      },
    })
    return ok({ reviewId: asked.reviewId })
  })
}
