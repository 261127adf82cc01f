import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import type { PromotionCode } from '../licensing/rules/discounts.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** Whether a code has uses left, for anybody and for a company. For the eye: what counts is decided when an order is placed. */
export async function codeLeft(
  ctx: Ctx<'db' | 'actor'>,
  { code, uses, usesEach }: PromotionCode,
  orgId: string | null,
): Promise<'left' | 'code-used-up' | 'code-used-by-you'> {
  const { houseId } = ctx.actor
  const [taken, mine] = await Promise.all([
    uses === null ? null : ctx.db.promotionCount.findUnique({ where: { houseId_code: { houseId, code } }, select: { taken: true } }),
    // An order that waits for its payment is the one that is being priced anew: it does not stand in its own way.
    usesEach === null || orgId === null
      ? 0
      : ctx.db.promotionUse.count({
          where: { houseId, code, orgId, releasedAt: null, order: { state: { notIn: ['OPEN', 'AWAITING_PAYMENT'] } } },
        }),
  ])
  if (usesEach !== null && mine >= usesEach) return 'code-used-by-you'
  if (uses === null || !taken || taken.taken < uses) return 'left'
  const own = orgId
    ? await ctx.db.promotionUse.count({
        where: { houseId, code, orgId, releasedAt: null, order: { state: { in: ['OPEN', 'AWAITING_PAYMENT'] } } },
      })
    : 0
  return own > 0 ? 'left' : 'code-used-up'
}

/**
 * Take one use of a code for an order. The caller holds the lock on the company's row, under which its own uses are
 * counted; the uses of all are counted by one guarded statement, so that of two at once for the last use one gets it.
 */
export async function takeCode(
  tx: Tx,
  { code, uses, usesEach }: PromotionCode,
  { orderId, orgId }: { orderId: string; orgId: string },
): Promise<Result<null, 'code-used-up' | 'code-used-by-you'>> {
  const { houseId } = tx.actor
  if (usesEach !== null && (await tx.db.promotionUse.count({ where: { houseId, code, orgId, releasedAt: null } })) >= usesEach)
    return fail('code-used-by-you')
  const taken = await tx.db.$executeRaw`
    INSERT INTO promotion_counts (house_id, code, taken) VALUES (${houseId}, ${code}, 1)
    ON CONFLICT (house_id, code) DO UPDATE SET taken = promotion_counts.taken + 1 WHERE promotion_counts.taken < ${uses ?? 2_147_483_646}::int`
  if (taken === 0) return fail('code-used-up')
  await tx.db.promotionUse.create({ data: { orderId, houseId, code, orgId, takenAt: tx.clock.now() } })
  return ok(null)
}

/** Nobody can pay the order any more: its use of a code is free again. Once, however often it is said. */
export async function releaseCode(tx: Tx, orderId: string): Promise<void> {
  const released = await tx.db.promotionUse.updateManyAndReturn({
    where: { orderId, releasedAt: null },
    data: { releasedAt: tx.clock.now() },
    select: { houseId: true, code: true },
  })
  for (const { houseId, code } of released)
    await tx.db.promotionCount.updateMany({ where: { houseId, code, taken: { gt: 0 } }, data: { taken: { decrement: 1 } } })
}

interface Promised {
  id: string
  lines: readonly { discountId: string | null }[]
}
const givenOf = ({ lines }: Promised): string[] => lines.flatMap(({ discountId }) => discountId ?? [])

/** Lines that come to nothing: what somebody gave on them may be used again. */
export async function releaseGiven(tx: Tx, order: Promised): Promise<void> {
  await tx.db.givenDiscount.updateMany({ where: { id: { in: givenOf(order) }, orderId: order.id }, data: { orderId: null } })
}

/**
 * Late money for an order that was given up: what was given on it is used by it, and not once more by another. What was taken
 * back meanwhile stays so: the order was promised its price all the same.
 */
export async function retakeGiven(tx: Tx, order: Promised): Promise<void> {
  await tx.db.givenDiscount.updateMany({
    where: { id: { in: givenOf(order) }, orderId: null, state: 'APPROVED' },
    data: { orderId: order.id },
  })
}

/** Late money for an order that was given up: it was promised this price, so the use counts again, also beyond the limit. */
export async function retakeCode(tx: Tx, orderId: string): Promise<void> {
  const again = await tx.db.promotionUse.updateManyAndReturn({
    where: { orderId, releasedAt: { not: null } },
    data: { releasedAt: null },
    select: { houseId: true, code: true },
  })
  for (const { houseId, code } of again)
    await tx.db.promotionCount.updateMany({ where: { houseId, code }, data: { taken: { increment: 1 } } })
}
