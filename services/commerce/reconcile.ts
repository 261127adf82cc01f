import type { Ctx } from '../platform/context.ts'
import { handleEvent, keepEvent } from './events.ts'
import { presentOrder } from './present.ts'
import { runRefund } from './refunds.ts'
import { settleOrder } from './settle.ts'

const minutes = (count: number): number => count * 60_000
/** Younger work is on its way by itself: a webhook, a redirect, a job. */
const patience = minutes(2)
/** Events older than this were looked at by the runs before. */
const lookBack = minutes(24 * 60)
const batch = 200

type ReconcileCtx = Ctx<'db' | 'clock' | 'payments' | 'signer' | 'log' | 'origin'>

export interface Reconciled {
  presented: number
  settled: number
  refunded: number
  recovered: number
  handled: number
  failed: number
}

/**
 * The promise behind every doorbell: what a crash, a lost event or a lost answer left half done is brought to its end
 * from our own rows and the provider's word. Each piece by itself, so that one fault stops one.
 */
export async function reconcile(ctx: ReconcileCtx): Promise<Reconciled> {
  const count: Reconciled = { presented: 0, settled: 0, refunded: 0, recovered: 0, handled: 0, failed: 0 }
  const each = async <T>(
    things: Iterable<T>,
    tally: 'presented' | 'settled' | 'refunded' | 'handled',
    work: (thing: T) => Promise<unknown>,
  ) => {
    for (const thing of things) {
      try {
        await work(thing)
        count[tally]++
      } catch (error) {
        count.failed++
        ctx.log.error('commerce.reconcile-failed', { tally, thing, error })
      }
    }
  }
  const since = new Date(ctx.clock.now().getTime() - patience)

  const unpresented = await ctx.db.checkoutAttempt.findMany({
    where: { state: 'REQUESTED', createdAt: { lte: since } },
    select: { orderId: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  await each(
    unpresented.map((one) => one.orderId),
    'presented',
    (orderId) => presentOrder(ctx, orderId),
  )

  const open = await ctx.db.checkoutAttempt.findMany({
    where: {
      state: 'OPEN',
      createdAt: { lte: since },
      OR: [{ lastCheckedAt: null }, { lastCheckedAt: { lte: since } }, { expiresAt: { lte: ctx.clock.now() } }],
    },
    select: { orderId: true },
    orderBy: [{ lastCheckedAt: { sort: 'asc', nulls: 'first' } }],
    take: batch,
  })
  await each(
    open.map((one) => one.orderId),
    'settled',
    (orderId) => settleOrder(ctx, orderId),
  )

  const refunds = await ctx.db.refund.findMany({
    where: { state: { in: ['REQUESTED', 'PENDING'] }, createdAt: { lte: since } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  await each(
    refunds.map((one) => one.id),
    'refunded',
    (refundId) => runRefund(ctx, refundId),
  )

  count.recovered = await recoverEvents(ctx)
  const unhandled = await ctx.db.stripeEvent.findMany({
    where: { handledAt: null, receivedAt: { lte: since } },
    select: { id: true },
    orderBy: { receivedAt: 'asc' },
    take: batch,
  })
  await each(
    unhandled.map((one) => one.id),
    'handled',
    (eventId) => handleEvent(ctx, eventId),
  )
  ctx.log.info('commerce.reconciled', { ...count })
  return count
}

/** Doorbells that never reached us: into the same inbox as the others. */
async function recoverEvents(ctx: ReconcileCtx): Promise<number> {
  let recovered = 0
  try {
    for await (const event of ctx.payments.undeliveredEvents(new Date(ctx.clock.now().getTime() - lookBack)))
      if (event.livemode === ctx.payments.livemode && (await keepEvent(ctx, event))) recovered++
  } catch (error) {
    ctx.log.error('commerce.events-unreachable', { error })
  }
  return recovered
}
