import type { Ctx } from '../platform/context.ts'
import { inTransaction, type Prisma } from '../platform/db.ts'
import type { PaymentEvent } from '../platform/payments/payments.ts'
import { enqueue } from '../platform/queue.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { setAside } from './early-doorbells.ts'
import { convergeDispute, readDispute } from './disputes.ts'
import type { EventError } from './errors.ts'
import { commerceJobs } from './jobs.ts'
import { convergeRefund } from './refunds.ts'
import { settleOrder } from './settle.ts'

type EventCtx = Ctx<'db' | 'clock' | 'payments' | 'signer' | 'log'>

/** The doorbell: check who rings, write it down once, leave the work to a job. The caller answers 200 when this is done. */
export async function receiveEvent(
  ctx: Ctx<'db' | 'clock' | 'payments'>,
  raw: string,
  signature: string | null,
): Promise<Result<{ isNew: boolean }, EventError>> {
  const event = ctx.payments.readEvent(raw, signature)
  if (!event) return fail('bad-signature')
  if (event.livemode !== ctx.payments.livemode) return fail('wrong-mode')
  return ok({ isNew: await keepEvent(ctx, event) })
}

/** Into the inbox, once, with its job in the same transaction. */
export async function keepEvent(ctx: Ctx<'db' | 'clock'>, event: PaymentEvent): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.stripeEvent.createMany({
      data: {
        id: event.id,
        type: event.type,
        objectId: event.objectId,
        orderId: event.orderId,
        livemode: event.livemode,
        payload: event.payload as Prisma.InputJsonValue,
        receivedAt: tx.clock.now(),
      },
      skipDuplicates: true,
    })
    if (count === 0) return false
    await enqueue(tx, commerceJobs.handleEvent, { eventId: event.id }, { key: `event:${event.id}` })
    return true
  })
}

/** Look at the object that the event named, and converge. Twice is as good as once. */
export async function handleEvent(ctx: EventCtx, eventId: string): Promise<void> {
  const event = await ctx.db.stripeEvent.findUnique({ where: { id: eventId } })
  if (!event || event.handledAt) return
  try {
    let said = await actOn(ctx, event)
    if (said === 'not-ours') {
      // Nobody's so far: it may have come before the payment that it is about.
      if (await setAside(ctx, event)) return void ctx.log.info('commerce.event-ignored', { type: event.type, said })
      said = await actOn(ctx, event)
    }
    if (said !== 'done') ctx.log.info('commerce.event-ignored', { type: event.type, said })
    await ctx.db.stripeEvent.update({
      where: { id: eventId },
      data: { handledAt: ctx.clock.now(), lastError: said === 'done' ? null : said },
    })
  } catch (error) {
    // Kept for the desk; the queue tries again, and the reconciler after it.
    await ctx.db.stripeEvent.update({
      where: { id: eventId },
      data: { lastError: error instanceof Error ? error.message.slice(0, 500) : 'unknown' },
    })
    throw error
  }
}

type Kept = NonNullable<Awaited<ReturnType<Ctx<'db'>['db']['stripeEvent']['findUnique']>>>

async function actOn(ctx: EventCtx, event: Kept): Promise<'done' | 'unknown-type' | 'not-ours'> {
  if (event.type.startsWith('checkout.session.') || event.type.startsWith('payment_intent.')) return settleFrom(ctx, event)
  if (event.type.startsWith('refund.') && event.objectId) {
    const said = await convergeRefund(ctx, await ctx.payments.fetchRefund(event.objectId))
    return said === 'converged' ? 'done' : 'not-ours'
  }
  if (event.type.startsWith('charge.dispute.')) {
    const dispute = readDispute(event.payload)
    return dispute ? convergeDispute(ctx, dispute) : 'unknown-type'
  }
  return 'unknown-type'
}

async function settleFrom(ctx: EventCtx, event: Kept): Promise<'done' | 'not-ours'> {
  // Several installations may share one account with the provider: an order that is not here is another one's.
  const order = event.orderId ? await ctx.db.order.findUnique({ where: { id: event.orderId }, select: { id: true } }) : null
  if (!order) return 'not-ours'
  const isSession = event.type.startsWith('checkout.session.') && event.objectId !== null
  const hint = !isSession
    ? {}
    : event.type === 'checkout.session.async_payment_failed'
      ? { failedSessionId: event.objectId as string }
      : { sessionId: event.objectId as string }
  await settleOrder(ctx, order.id, hint)
  return 'done'
}
