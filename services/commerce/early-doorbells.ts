import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { enqueue } from '../platform/queue.ts'
import { commerceJobs } from './jobs.ts'

/*
 * A refund or a dispute may be told before the payment that it is about: doorbells come in any order, and some never. It
 * names no order, so that then nobody knows whose it is. It is set aside, and rings again when the payment is written down.
 */

const about = z.object({ data: z.object({ object: z.object({ payment_intent: z.union([z.string(), z.object({ id: z.string() })]) }) }) })

function intentOf(payload: unknown): string | null {
  const read = about.safeParse(payload)
  if (!read.success) return null
  const { payment_intent: intent } = read.data.data.object
  return typeof intent === 'string' ? intent : intent.id
}

/** Held by whoever writes the payment down and by whoever finds it missing: neither passes the other unseen. */
const lockIntent = (tx: Ctx<'db'>, intent: string) =>
  tx.db.$queryRaw`SELECT 1 AS locked FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`payment-intent:${intent}`}, 0))) AS lock`

/** Put an event aside that is about no payment of ours; false when its payment has been written down meanwhile. */
export async function setAside(ctx: Ctx<'db' | 'clock'>, event: { id: string; payload: unknown }): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const intent = intentOf(event.payload)
    if (intent) {
      await lockIntent(tx, intent)
      if ((await tx.db.payment.count({ where: { paymentIntentId: intent } })) > 0) return false
    }
    await tx.db.stripeEvent.update({ where: { id: event.id }, data: { handledAt: tx.clock.now(), lastError: 'not-ours' } })
    return true
  })
}

/** In the transaction that writes a payment down: what was said about it too early is looked at again. */
export async function ringAgain(tx: Ctx<'db'>, intent: string, since: Date): Promise<void> {
  await lockIntent(tx, intent)
  const early = await tx.db.$queryRaw<{ id: string }[]>`
    UPDATE stripe_events SET handled_at = NULL, last_error = NULL
    WHERE handled_at >= ${since} AND last_error = 'not-ours' AND (type LIKE 'refund.%' OR type LIKE 'charge.dispute.%')
      AND coalesce(payload #>> '{data,object,payment_intent,id}', payload #>> '{data,object,payment_intent}') = ${intent}
    RETURNING id`
  for (const { id } of early) await enqueue(tx, commerceJobs.handleEvent, { eventId: id }, { key: `event:${id}` })
}
