import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { CheckoutNow } from '../platform/payments/payments.ts'
import { awaitFunds, releaseLicences } from '../licensing/licences.ts'
import { takeMoney } from './payments-in.ts'
import { releaseCode, releaseGiven } from './promotions.ts'
import { licencesOf, lockOrder, type LockedOrder } from './locked-order.ts'
import { attemptStates, isUnsettled, orderStates, type AttemptState, type OrderState } from './rules/order-states.ts'
import { outcomeOf, type SessionOutcome } from './rules/session-outcome.ts'

export interface SettleHint {
  /** The session that an event named: it may be one that we never heard of, when its answer was lost. */
  sessionId?: string
  /** The provider said that the delayed payment of this session failed; only its event tells that from one on its way. */
  failedSessionId?: string
}
type SettleCtx = Ctx<'db' | 'clock' | 'payments' | 'signer' | 'log'>

/**
 * Bring an order to where the provider's word puts it. Webhook, redirect and reconciler all end here, in any order, any
 * number of times, at once. The provider is asked before the transaction; inside it the order's row is locked.
 */
export async function settleOrder(ctx: SettleCtx, orderId: string, hint: SettleHint = {}): Promise<{ state: OrderState }> {
  const order = await ctx.db.order.findUnique({
    where: { id: orderId },
    select: { houseId: true, attempts: { select: { sessionId: true, state: true } } },
  })
  if (!order) throw new Refusal('not-found', `no order ${orderId}`)
  const sessions = await fetchSessions(ctx, order.attempts, hint)
  const acting = { ...ctx, actor: { kind: 'system', houseId: order.houseId, name: 'payments' } as const }

  return inTransaction(acting, async (tx) => {
    const locked = await lockOrder(tx, orderId)
    const said = sessions
      .filter((session) => session.orderId === orderId)
      .map((session) => ({ session, outcome: outcomeOf(session, frozenOf(locked)) }))
      // Money first: an attempt that was paid must not be released because another one has expired.
      .sort((a, b) => weight[a.outcome] - weight[b.outcome])
    for (const { session, outcome } of said) await take(tx, locked, session, outcome, hint)
    if (isUnsettled(locked.state) && !(await openAttempt(tx, orderId))) await cancelOrder(tx, locked, 'The payment session ended unpaid.')
    return { state: locked.state }
  })
}

const weight: Record<SessionOutcome, number> = { paid: 0, 'paid-otherwise': 1, 'awaiting-funds': 2, payable: 3, expired: 4 }
const mayStillChange: readonly AttemptState[] = ['REQUESTED', 'OPEN']

/** What the provider says now of each session that can still change, and of the one that an event named. */
async function fetchSessions(
  ctx: SettleCtx,
  attempts: readonly { sessionId: string | null; state: AttemptState }[],
  hint: SettleHint,
): Promise<CheckoutNow[]> {
  const ids = new Set(attempts.filter((one) => mayStillChange.includes(one.state)).flatMap((one) => one.sessionId ?? []))
  const named = hint.sessionId ?? hint.failedSessionId
  if (named && !attempts.some((one) => one.sessionId === named && one.state === 'PAID')) ids.add(named)
  return Promise.all([...ids].map((id) => ctx.payments.fetchCheckout(id)))
}

const frozenOf = (order: LockedOrder) => ({
  orderId: order.id,
  attemptIds: order.attempts.map(({ id }) => id),
  currency: order.currency,
  netMinor: order.netMinor,
  taxMinor: order.taxMinor,
  totalMinor: order.totalMinor,
})

type Tx = Ctx<'db' | 'clock' | 'actor' | 'signer' | 'log'>

async function take(tx: Tx, order: LockedOrder, session: CheckoutNow, outcome: SessionOutcome, hint: SettleHint): Promise<void> {
  const attempt = order.attempts.find(
    (one) => one.sessionId === session.sessionId || (one.sessionId === null && one.id === session.attemptId),
  )
  const end = async (verb: 'pay' | 'expire' | 'fail') => {
    if (!attempt) return
    await tx.db.checkoutAttempt.updateMany({
      where: { id: attempt.id, state: { in: attemptStates.whence(verb) } },
      data: {
        state: verb === 'pay' ? 'PAID' : verb === 'expire' ? 'EXPIRED' : 'FAILED',
        sessionId: session.sessionId,
        endedAt: tx.clock.now(),
        lastCheckedAt: tx.clock.now(),
      },
    })
  }
  switch (outcome) {
    case 'paid':
    case 'paid-otherwise':
      await end('pay')
      return takeMoney(tx, order, session, outcome === 'paid')
    case 'expired':
      return end('expire')
    case 'awaiting-funds':
      if (hint.failedSessionId === session.sessionId) return end('fail')
      return awaitMoney(tx, order)
    case 'payable':
      if (attempt)
        await tx.db.checkoutAttempt.updateMany({
          where: { id: attempt.id },
          data: { lastCheckedAt: tx.clock.now(), sessionId: session.sessionId },
        })
  }
}

/** The buyer is done, the bank is not: the rights stay taken, and no clock runs against the buyer. */
async function awaitMoney(tx: Tx, order: LockedOrder): Promise<void> {
  const { count } = await tx.db.order.updateMany({
    where: { id: order.id, state: { in: orderStates.whence('awaitFunds') } },
    data: { state: 'AWAITING_FUNDS' },
  })
  if (count === 0) return
  order.state = 'AWAITING_FUNDS'
  await awaitFunds(tx, await licencesOf(tx, order))
  await record(tx, { type: 'order.awaiting-funds', subject: { kind: 'order', id: order.id }, data: { number: order.number } })
}

const openAttempt = async (tx: Ctx<'db'>, orderId: string): Promise<boolean> =>
  (await tx.db.checkoutAttempt.count({ where: { orderId, state: { in: [...mayStillChange] } } })) > 0

/** Nobody can pay any more: what was held is free, the cart still has its lines. */
export async function cancelOrder(tx: Tx, order: LockedOrder, reason: string): Promise<void> {
  const { count } = await tx.db.order.updateMany({
    where: { id: order.id, state: { in: orderStates.whence('cancel') } },
    data: { state: 'CANCELLED', closedAt: tx.clock.now() },
  })
  if (count === 0) return
  order.state = 'CANCELLED'
  await tx.db.orderLine.updateMany({ where: { orderId: order.id, state: { in: ['OPEN', 'HELD'] } }, data: { state: 'RELEASED' } })
  await releaseLicences(tx, await licencesOf(tx, order), reason)
  await releaseCode(tx, order.id)
  await releaseGiven(tx, order)
  await record(tx, { type: 'order.cancelled', subject: { kind: 'order', id: order.id }, data: { number: order.number, reason } })
}
