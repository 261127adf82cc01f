import { isRefusal } from '../kernel/errors.ts'
import type { Failure } from '../kernel/result.ts'
import { approveReview, askForChanges } from './reviews.ts'
import type { ManyReviews } from './schema.ts'
import type { Tx } from './steps.ts'
import { lookerOf, tasksById, type Seeing, type Task } from './tasks.ts'

/** The open steps that were ticked, with what the reader may do about each. */
export const tasksNamed = async (ctx: Seeing, stepIds: readonly string[]): Promise<Task[]> => tasksById(ctx, await lookerOf(ctx), stepIds)

type Outcome = Awaited<ReturnType<typeof approveReview>> | Failure<'forbidden'>
export interface Decided {
  reviewId: string
  title: string
  step: string
  outcome: Outcome
}

/** Decide many steps with one reason: one after the other, each with all its own questions, so that one refusal undoes no other. */
export async function decideMany(ctx: Tx, { verb, step, reason }: ManyReviews): Promise<Decided[]> {
  const tasks = await tasksNamed(ctx, step)
  const decide = verb === 'approve' ? approveReview : askForChanges
  const decided: Decided[] = []
  for (const { stepId, reviewId, step: name, asset, version } of tasks)
    decided.push({
      reviewId,
      title: asset.title,
      step: name,
      outcome: await refused(decide(ctx, { reviewId, stepId, versionId: version.id, reason })),
    })
  return decided
}

/** What would be a page of its own, were it one alone, is a line among many. */
async function refused(work: ReturnType<typeof approveReview>): Promise<Outcome> {
  try {
    return await work
  } catch (error) {
    if (isRefusal(error)) return { ok: false, error: 'forbidden' }
    throw error
  }
}
