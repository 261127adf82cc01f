import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { OrderState } from './rules/order-states.ts'
import { settleOrder } from './settle.ts'

/**
 * The buyer comes back from the payment page. Where the order stands is asked of the provider, not read from the address.
 * A provider that does not answer is no error for somebody who has just paid: the page says "still confirming".
 */
export async function returnFromCheckout(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'payments' | 'signer' | 'log'>,
  orderId: string,
): Promise<{ orderId: string; number: string; state: OrderState; payUrl: string | null }> {
  if (!isPerson(ctx.actor)) throw new Refusal('signed-out', 'return from checkout')
  const order = await ctx.db.order.findFirst({
    where: { id: orderId, houseId: ctx.actor.houseId, orgId: ctx.actor.orgId },
    select: { id: true, number: true },
  })
  if (!order) throw new Refusal('not-found', `no order ${orderId}`)
  try {
    await settleOrder(ctx, orderId)
  } catch (error) {
    ctx.log.warn('commerce.return-unsettled', { orderId, error })
  }
  const now = await ctx.db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { state: true, attempts: { where: { state: 'OPEN' }, select: { url: true } } },
  })
  return {
    orderId,
    number: order.number,
    state: now.state,
    payUrl: now.state === 'AWAITING_PAYMENT' ? (now.attempts[0]?.url ?? null) : null,
  }
}
