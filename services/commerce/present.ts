import { isCurrency, money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { OpenCheckout } from '../platform/payments/payments.ts'
import { lockOrder } from './locked-order.ts'
import { taxOfLine } from './rules/price-snapshot.ts'
import { attemptStates, orderStates } from './rules/order-states.ts'
import { taxLabel } from './rules/tax.ts'
import { cancelOrder } from './settle.ts'

type PresentCtx = Ctx<'db' | 'clock' | 'payments' | 'log' | 'signer' | 'origin'>

/** A session that was asked for and whose answer we never got could be paid until then. Afterwards nobody can. */
const afterlife = 60 * 60_000

/**
 * Ask the provider for the payment page of an order's open attempt. The attempt's id is the key: asked again after a
 * crash, the provider answers with the session that it made the first time.
 */
export async function presentOrder(ctx: PresentCtx, orderId: string): Promise<{ url: string } | null> {
  const attempt = await ctx.db.checkoutAttempt.findFirst({ where: { orderId, state: { in: ['REQUESTED', 'OPEN'] } } })
  if (!attempt) return null
  if (attempt.state === 'OPEN' && attempt.url) return { url: attempt.url }
  let session: Awaited<ReturnType<PresentCtx['payments']['openCheckout']>>
  try {
    session = await ctx.payments.openCheckout(await checkoutFor(ctx, orderId, attempt))
  } catch (error) {
    if (ctx.clock.now().getTime() > attempt.expiresAt.getTime() + afterlife) await giveUp(ctx, orderId, attempt.id)
    throw error
  }
  await ctx.db.checkoutAttempt.updateMany({
    where: { id: attempt.id, state: { in: attemptStates.whence('open') } },
    data: { state: 'OPEN', sessionId: session.sessionId, url: session.url },
  })
  await ctx.db.order.updateMany({
    where: { id: orderId, state: { in: orderStates.whence('present') } },
    data: { state: 'AWAITING_PAYMENT' },
  })
  return { url: session.url }
}

/** What is paid for comes from rows that no longer change; only the buyer's address and ours may differ between two tries. */
async function checkoutFor(ctx: PresentCtx, orderId: string, attempt: { id: string; expiresAt: Date }): Promise<OpenCheckout> {
  const order = await ctx.db.order.findUniqueOrThrow({ where: { id: orderId }, include: { lines: { orderBy: { position: 'asc' } } } })
  const buyer = await ctx.db.user.findUniqueOrThrow({ where: { id: order.userId }, select: { email: true } })
  const { currency } = order
  if (!isCurrency(currency)) throw new Error(`order ${order.number} in ${currency}`)
  const tax = order.lines.map((line) => taxOfLine(line))[0]
  return {
    attemptId: attempt.id,
    orderId,
    lines: order.lines.map((line) => ({
      orderLineId: line.id,
      title: line.title,
      description: line.summary,
      net: money(line.netMinor, currency),
    })),
    tax: order.taxMinor > 0n && tax ? { label: taxLabel(tax.basisPoints), amount: money(order.taxMinor, currency) } : null,
    customerEmail: buyer.email,
    customerId: null,
    expiresAt: attempt.expiresAt,
    successUrl: `${ctx.origin}/checkout/return?order=${orderId}`,
    cancelUrl: `${ctx.origin}/checkout/return?order=${orderId}&left=yes`,
    cardOnly: order.lines.some((line) => (line.terms as { exclusive?: boolean }).exclusive === true),
  }
}

/** The provider never made the session, or made one that can no longer be paid: the rights are free again. */
async function giveUp(ctx: PresentCtx, orderId: string, attemptId: string): Promise<void> {
  const { houseId } = await ctx.db.order.findUniqueOrThrow({ where: { id: orderId }, select: { houseId: true } })
  const acting = { ...ctx, actor: { kind: 'system', houseId, name: 'payments' } as const }
  await inTransaction(acting, async (tx) => {
    const order = await lockOrder(tx, orderId)
    await tx.db.checkoutAttempt.updateMany({
      where: { id: attemptId, state: 'REQUESTED' },
      data: { state: 'FAILED', endedAt: tx.clock.now() },
    })
    await cancelOrder(tx, order, 'The payment page could not be opened.')
  })
}
