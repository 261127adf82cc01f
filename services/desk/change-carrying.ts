import { record } from '../compliance/record.ts'
import type { Context, Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { carryItem, CannotCarry, type Carried, type ItemToCarry } from './change-carry.ts'
import { enqueueCarryOut, type CarryOut } from './change-jobs.ts'
import { changeStates } from './rules/change-states.ts'

/** Lines a run: then the queue may do something else, and the next run goes on. */
const linesARun = 200

type Carrying = Ctx<'db' | 'clock' | 'actor' | 'signer' | 'log'>

/**
 * Carry out what was decided, one line a transaction: a line is done exactly when its row says so, whoever was killed when.
 * Several may work on one plan; each takes a line that nobody holds.
 */
export async function carryOutChange(context: Context, { houseId, planId }: CarryOut): Promise<{ done: number; failed: number }> {
  const ctx: Carrying = { ...context, actor: { kind: 'system', houseId, name: `change ${planId}` } }
  let [done, failed] = [0, 0]
  for (let n = 0; n < linesARun; n++) {
    const carried = await carryNext(ctx, planId)
    if (carried === 'nothing') return { done, failed, ...(await finish(ctx, planId)) }
    if (carried === 'done') done++
    else failed++
  }
  await inTransaction(ctx, (tx) => enqueueCarryOut(tx, { houseId, planId }))
  return { done, failed }
}

async function carryNext(ctx: Carrying, planId: string): Promise<'done' | 'failed' | 'nothing'> {
  let held: ItemToCarry | undefined
  try {
    return await inTransaction(ctx, async (tx): Promise<'done' | 'nothing'> => {
      const [item] = await tx.db.$queryRaw<ItemToCarry[]>`
        SELECT i.plan_id AS "planId", i.no, i.kind::text, i.subject_id AS "subjectId", i.asset_id AS "assetId", i.decision, i.note, i.lost, p.holder_words AS "holderWords", p.applied_by_id AS "appliedById"
        FROM change_items i JOIN change_plans p ON p.id = i.plan_id
        WHERE i.plan_id = ${planId} AND p.house_id = ${tx.actor.houseId} AND p.state = 'APPLYING' AND i.done_at IS NULL AND i.outcome IS NULL
        ORDER BY i.no LIMIT 1 FOR UPDATE OF i SKIP LOCKED`
      if (!item) return 'nothing'
      held = item
      await note(tx, item, await carryItem(tx, item))
      return 'done'
    })
  } catch (error) {
    if (!held) throw error
    // Its transaction is undone; the line stays open, with what stood against it, until somebody says what to do.
    const word = error instanceof CannotCarry ? error.message : 'fault'
    if (word === 'fault') ctx.log.error('desk.line-not-carried', { plan: planId, no: held.no, error })
    await ctx.db.changeItem.updateMany({
      where: { planId, no: held.no, doneAt: null, outcome: null },
      data: { outcome: `failed:${word}` },
    })
    return 'failed'
  }
}

async function note(tx: Carrying, item: ItemToCarry, outcome: Carried): Promise<void> {
  await tx.db.changeItem.update({ where: { planId_no: { planId: item.planId, no: item.no } }, data: { outcome, doneAt: tx.clock.now() } })
  await tx.db.changePlan.update({ where: { id: item.planId }, data: { itemsDone: { increment: 1 } } })
}

/** Applied when the last line is done; until then it says how many could not be. */
async function finish(ctx: Carrying, planId: string): Promise<object> {
  return inTransaction(ctx, async (tx) => {
    // Whoever else carries lines of this plan has noted them, or will come here after us.
    await tx.db.$queryRaw`SELECT id FROM change_plans WHERE id = ${planId} FOR UPDATE`
    const open = await tx.db.changeItem.count({ where: { planId, doneAt: null } })
    if (open > 0) {
      const failed = await tx.db.changeItem.count({ where: { planId, doneAt: null, outcome: { not: null } } })
      await tx.db.changePlan.updateMany({ where: { id: planId, state: 'APPLYING' }, data: { failure: failed > 0 ? `${failed}` : null } })
      return {}
    }
    const { count } = await tx.db.changePlan.updateMany({
      where: { id: planId, state: { in: changeStates.whence('finish') } },
      data: { state: 'APPLIED', failure: null },
    })
    if (count > 0) await record(tx, { type: 'change.carried-out', subject: { kind: 'change', id: planId } })
    return {}
  })
}

/** Minutes without a line done after which a plan under way is taken up again: its worker may have been killed. */
const quietMinutes = 2

/** Plans whose worker died are taken up where it stopped. Run by the timetable; two at once do each line once. */
export async function resumeChanges(ctx: Ctx<'db' | 'clock'>): Promise<{ resumed: number }> {
  const quiet = new Date(ctx.clock.now().getTime() - quietMinutes * 60_000)
  const plans = await ctx.db.$queryRaw<{ planId: string; houseId: string }[]>`
    SELECT p.id AS "planId", p.house_id AS "houseId" FROM change_plans p
    WHERE p.state = 'APPLYING' AND p.applied_at < ${quiet}
      AND NOT EXISTS (SELECT 1 FROM change_items i WHERE i.plan_id = p.id AND i.done_at >= ${quiet})
      AND (NOT EXISTS (SELECT 1 FROM change_items i WHERE i.plan_id = p.id AND i.done_at IS NULL)
        OR EXISTS (SELECT 1 FROM change_items i WHERE i.plan_id = p.id AND i.done_at IS NULL AND i.outcome IS NULL))
    ORDER BY p.applied_at LIMIT 100`
  for (const plan of plans) await enqueueCarryOut(ctx, plan)
  return { resumed: plans.length }
}
