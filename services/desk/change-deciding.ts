import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import type { DecideItemError } from './change-errors.ts'
import { enqueueCarryOut } from './change-jobs.ts'
import { mayChangeUpstream } from './change-policy.ts'
import type { DecideItem, DecideMany, ItemFilter } from './change-schema.ts'
import { decidable, type ItemFacts } from './rules/change-item.ts'
import { changeStates, type ChangeState } from './rules/change-states.ts'
import { decisionsOf, fits } from './rules/change-decisions.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>
/** Tens of thousands of lines are written in one step; on a busy machine that takes longer than other work may. */
const aLot = 60_000

/** The plan's state, held until the transaction ends: nobody applies or redraws it under a decision. */
async function holdPlan(tx: Desk, planId: string): Promise<ChangeState> {
  const [plan] = await tx.db.$queryRaw<{ state: ChangeState }[]>`
    SELECT state::text AS state FROM change_plans WHERE id = ${planId} AND house_id = ${tx.actor.houseId} FOR SHARE`
  if (!plan) throw new Refusal('not-found', `no change ${planId}`)
  return plan.state
}

/** Decide one line; of a plan under way, one that could not be carried out as decided. */
export async function decideItem(
  ctx: Desk,
  { planId, no, decision, note }: DecideItem,
): Promise<Result<{ planId: string; no: number }, DecideItemError>> {
  const { actor } = ctx
  if (!mayChangeUpstream(actor)) throw new Refusal('forbidden', 'decide on a change')
  return inTransaction(ctx, async (tx) => {
    const state = await holdPlan(tx, planId)
    const item = await tx.db.changeItem.findUnique({
      where: { planId_no: { planId, no } },
      select: { kind: true, subjectId: true, lost: true, outcome: true, doneAt: true },
    })
    if (!item) throw new Refusal('not-found', `no line ${no} of ${planId}`)
    const stuck = state === 'APPLYING' && item.doneAt === null && item.outcome !== null
    if (!changeStates.after(state, 'decide') && !stuck) return fail('not-a-draft')
    if (!fits(item.kind, decision, decidable(item.lost as unknown as ItemFacts))) return fail('does-not-fit')
    await tx.db.changeItem.update({
      where: { planId_no: { planId, no } },
      data: { decision, note, decidedById: actor.userId, decidedAt: tx.clock.now(), outcome: null },
    })
    await record(tx, {
      type: 'change.item-decided',
      subject: { kind: 'change', id: planId },
      data: { no, kind: item.kind, of: item.subjectId, decision, note: note || null },
    })
    if (stuck) await enqueueCarryOut(tx, { houseId: actor.houseId, planId })
    return ok({ planId, no })
  })
}

/** The lines that a filter means, as SQL over `i`. */
export function whereOf({ kind, decision, loses }: ItemFilter): Prisma.Sql {
  const parts = [
    kind ? Prisma.sql`i.kind = ${kind}::change_subject` : null,
    loses ? Prisma.sql`(i.lost ->> 'whole')::boolean = ${loses === 'whole'}` : null,
    !decision
      ? null
      : decision === 'open'
        ? Prisma.sql`i.decision IS NULL`
        : decision === 'failed'
          ? Prisma.sql`i.outcome IS NOT NULL AND i.done_at IS NULL`
          : Prisma.sql`i.decision = ${decision}`,
  ].filter((part) => part !== null)
  return parts.length > 0 ? Prisma.join(parts, ' AND ') : Prisma.sql`true`
}

/**
 * Decide every line that a filter shows: one verdict, or for each what the rule proposes. Lines that the verdict does not fit
 * (no money came, another kind of thing) stay as they are, and are counted.
 */
export async function decideMany(
  ctx: Desk,
  { planId, verdict, note, ...filter }: DecideMany,
): Promise<Result<{ decided: number; left: number }, DecideItemError>> {
  const { actor } = ctx
  if (!mayChangeUpstream(actor)) throw new Refusal('forbidden', 'decide on a change')
  const kinds = Object.entries(decisionsOf).flatMap(([kind, verdicts]) => ((verdicts as readonly string[]).includes(verdict) ? [kind] : []))
  if (verdict !== 'SUGGESTED' && kinds.length === 0) return fail('does-not-fit')
  return inTransaction(
    ctx,
    async (tx) => {
      if (!changeStates.after(await holdPlan(tx, planId), 'decide')) return fail('not-a-draft')
      const where = Prisma.sql`i.plan_id = ${planId} AND i.kind <> 'HOLD' AND ${whereOf(filter)}`
      // The same conditions as rules/change-decisions.ts: a test holds the two equal.
      const fitting =
        verdict === 'SUGGESTED'
          ? Prisma.sql`i.suggestion IS NOT NULL`
          : Prisma.sql`i.kind = ANY(${kinds}::text[]::change_subject[]) AND CASE ${verdict}
            WHEN 'REVOKE_AND_REFUND' THEN coalesce((i.lost ->> 'leftMinor')::bigint, 0) > 0
            WHEN 'REVOKE_AND_REFUND_PART' THEN coalesce((i.lost ->> 'proRataMinor')::bigint, 0) > 0 ELSE true END`
      const [meant] = await tx.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM change_items i WHERE ${where}`
      const decided = await tx.db.$executeRaw`
      UPDATE change_items i SET decision = ${verdict === 'SUGGESTED' ? Prisma.sql`i.suggestion` : Prisma.sql`${verdict}`}, note = ${note},
        decided_by_id = ${actor.userId}, decided_at = ${tx.clock.now()} WHERE ${where} AND ${fitting}`
      if (decided === 0) return fail('does-not-fit')
      await record(tx, {
        type: 'change.items-decided',
        subject: { kind: 'change', id: planId },
        data: { verdict, filter: { ...filter }, lines: decided, note: note || null },
      })
      return ok({ decided, left: Number(meant?.n ?? 0n) - decided })
    },
    { timeout: aLot },
  )
}
