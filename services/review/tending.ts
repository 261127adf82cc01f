import { record } from '../compliance/record.ts'
import { lockAsset } from '../assets/lock.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { qualifies, remainingOf } from './rules/mandate.ts'
import { houseRules, seatsOf } from './seats.ts'
import { advance, stepSelect, type StepRow, type Tx } from './steps.ts'

const batch = 200

/**
 * See to what waits: remind, escalate, and let go of people who have left. Looked up from the clock each time, so that a pause
 * is caught up with; a mark on the step makes each of them one, however often or in however many workers this runs.
 */
export async function tendReviews(ctx: Tending): Promise<{ reminded: number; escalated: number; released: number; failed: number }> {
  // Who has left first: nobody is reminded of what is theirs no more.
  const released = await releaseTheGone(ctx)
  const reminded = await each(ctx, Prisma.sql`remind_at <= ${ctx.clock.now()} AND reminded_at IS NULL`, remind)
  const escalated = await each(ctx, Prisma.sql`escalate_at <= ${ctx.clock.now()} AND escalated_at IS NULL`, escalate)
  const failed = released.failed + reminded.failed + escalated.failed
  const tended = { reminded: reminded.done, escalated: escalated.done, released: released.done, failed }
  if (Object.values(tended).some((count) => count > 0)) ctx.log.info('review.tended', tended)
  return tended
}

type Tending = Tx & Ctx<'log'>
interface Tally {
  done: number
  failed: number
}

/** One step in a transaction of its own, with its asset's row locked: one that fails keeps no other waiting, and is tried again. */
async function attempt(ctx: Tending, tally: Tally, stepId: string, assetId: string, see: (tx: Tx) => Promise<boolean>): Promise<void> {
  try {
    const did = await inTransaction(ctx, async (tx) => {
      await lockAsset(tx, assetId)
      return see(tx)
    })
    if (did) tally.done++
  } catch (error) {
    tally.failed++
    ctx.log.error('review.tend-failed', { stepId, error })
  }
}

/** Every open step that is so. */
async function each(ctx: Tending, so: Prisma.Sql, see: (tx: Tx, stepId: string) => Promise<boolean>): Promise<Tally> {
  const tally: Tally = { done: 0, failed: 0 }
  for (let after = ''; ;) {
    const rows = await ctx.db.$queryRaw<{ id: string; asset_id: string }[]>(Prisma.sql`
      SELECT s.id, r.asset_id FROM review_steps s JOIN reviews r ON r.id = s.review_id
      WHERE s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' AND ${so} AND s.id > ${after} ORDER BY s.id LIMIT ${batch}`)
    for (const { id, asset_id: assetId } of rows) await attempt(ctx, tally, id, assetId, (tx) => see(tx, id))
    const last = rows.at(-1)
    if (!last || rows.length < batch) return tally
    after = last.id
  }
}

const withReview = {
  ...stepSelect,
  review: { select: { id: true, assetId: true, versionId: true, askedById: true, asset: { select: { id: true, title: true } } } },
} as const
const named = (step: { id: string; name: string; review: { id: string; asset: { id: string; title: string } } }) => ({
  reviewId: step.review.id,
  stepId: step.id,
  step: step.name,
  assetId: step.review.asset.id,
  title: step.review.asset.title,
})

async function remind(tx: Tx, stepId: string): Promise<boolean> {
  const { count } = await tx.db.reviewStep.updateMany({
    where: { id: stepId, state: 'OPEN', remindedAt: null },
    data: { remindedAt: tx.clock.now() },
  })
  if (count === 0) return false
  const step = await tx.db.reviewStep.findUniqueOrThrow({ where: { id: stepId }, select: withReview })
  await record(tx, { type: 'step.reminded', subject: { kind: 'review', id: step.review.id }, data: named(step) })
  return true
}

/** Those to whom a step is escalated may decide it from then on, and hand it on. */
async function escalate(tx: Tx, stepId: string): Promise<boolean> {
  const { count } = await tx.db.reviewStep.updateMany({
    where: { id: stepId, state: 'OPEN', escalatedAt: null },
    data: { escalatedAt: tx.clock.now() },
  })
  if (count === 0) return false
  const step = await tx.db.reviewStep.findUniqueOrThrow({ where: { id: stepId }, select: withReview })
  const seated = new Set((await seatsOf(tx)).map(({ userId }) => userId))
  const to = step.escalateTo.filter((userId) => seated.has(userId))
  await tx.db.reviewStep.updateMany({ where: { id: stepId, state: 'OPEN' }, data: { people: [...new Set([...step.people, ...to])] } })
  await record(tx, { type: 'step.escalated', subject: { kind: 'review', id: step.review.id }, data: { ...named(step), to } })
  return true
}

/**
 * Who has left, or may no longer decide, owns nothing and is not waited for; where all that is left has been heard, the step
 * ends by that. What nobody can decide any more is said, once.
 */
async function releaseTheGone(ctx: Tending): Promise<Tally> {
  const [seats, house] = [await seatsOf(ctx), await houseRules(ctx)]
  const ableTo = (step: Pick<StepRow, 'roles' | 'people'> & { askedById: string }): string[] =>
    seats
      .filter((seat) => qualifies(step, seat) && (house.reviewOwnSubmissions || seat.userId !== step.askedById))
      .map(({ userId }) => userId)
  const tally: Tally = { done: 0, failed: 0 }
  for (let after = ''; ;) {
    const rows = await ctx.db.reviewStep.findMany({
      where: { houseId: ctx.actor.houseId, state: 'OPEN', id: { gt: after } },
      select: { ...leaving, review: { select: { assetId: true } } },
      orderBy: { id: 'asc' },
      take: 1_000,
    })
    const counting = rows.filter(({ need }) => need === 'COUNT').map(({ id }) => id)
    const said = await ctx.db.reviewVote.findMany({
      where: { stepId: { in: counting } },
      select: { stepId: true, userId: true, handId: true },
    })
    // Most have all their people: only what lacks somebody is locked and looked at again.
    for (const row of rows) {
      const able = ableTo(row)
      const { gone, wanted, stranded } = remainingOf(row, said.filter(({ stepId }) => stepId === row.id), able)
      if (gone.length === 0 && wanted === row.wanted && stranded === (row.strandedAt !== null)) continue
      await attempt(ctx, tally, row.id, row.review.assetId, (tx) => release(tx, row.id, able))
    }
    const last = rows.at(-1)
    if (!last || rows.length < 1_000) return tally
    after = last.id
  }
}

const leaving = {
  id: true,
  need: true,
  wanted: true,
  roles: true,
  people: true,
  deciders: true,
  ownerId: true,
  askedById: true,
  strandedAt: true,
} as const

async function release(tx: Tx, stepId: string, able: readonly string[]): Promise<boolean> {
  const { review, strandedAt, ...step } = await tx.db.reviewStep.findUniqueOrThrow({
    where: { id: stepId },
    select: { ...withReview, strandedAt: true },
  })
  if (step.state !== 'OPEN') return false
  const words = await tx.db.reviewVote.findMany({ where: { stepId }, select: { userId: true, handId: true } })
  const { ownerId, deciders, wanted, gone, freed, stranded } = remainingOf(step, words, able)
  if (gone.length === 0 && wanted === step.wanted && stranded === (strandedAt !== null)) return false
  const since = stranded ? (strandedAt ?? tx.clock.now()) : null
  await tx.db.reviewStep.updateMany({ where: { id: stepId, state: 'OPEN' }, data: { deciders, ownerId, wanted, strandedAt: since } })
  const fact = named({ ...step, review })
  const tell = (type: string, more: object) => record(tx, { type, subject: { kind: 'review', id: review.id }, data: { ...fact, ...more } })
  if (gone.length > 0 || wanted !== step.wanted) await tell('step.released', { from: gone, freed })
  const { state, opened } = await advance(tx, await lockAsset(tx, review.assetId), review)
  // What ended by what was heard lies nowhere.
  const lies = stranded && strandedAt === null && state === 'WAITING' && opened.length === 0
  if (lies && (await tx.db.reviewStep.count({ where: { id: stepId, state: 'OPEN' } })) > 0) await tell('step.stranded', {})
  return true
}
