import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { isCurrency, money } from '../kernel/money.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { RefundRefused, type RefundNow } from '../platform/payments/payments.ts'
import type { RefundError } from './errors.ts'
import { enqueueRefund } from './jobs.ts'
import { successorsOf } from '../licensing/lineage.ts'
import { bearingPayment, lockOrder, type LockedOrder } from './locked-order.ts'
import { mayRefund } from './policy.ts'
import { takeRefundEffects, undoRefundEffects } from './refund-effects.ts'
import { refundStates } from './rules/order-states.ts'
import { planRefund } from './rules/refundable.ts'
import type { RefundInput } from './schema.ts'

/**
 * Give money back for a line or for everything that is left. Two decisions: the money, and whether the licence ends with
 * it. The intent is stored here; the provider is asked by a job.
 */
export async function requestRefund(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  input: RefundInput,
): Promise<Result<{ refundId: string }, RefundError>> {
  const { actor } = ctx
  const order = await ctx.db.order.findFirst({ where: { id: input.orderId, houseId: actor.houseId }, select: { id: true } })
  if (!order) throw new Refusal('not-found', `no order ${input.orderId}`)
  if (!mayRefund(actor)) throw new Refusal('forbidden', 'refund')

  return inTransaction(ctx, (tx) =>
    promiseRefund(tx, {
      orderId: order.id,
      lineId: input.lineId ?? null,
      reason: input.reason,
      revokesLicence: input.revokesLicence === 'yes',
      requestedById: actor.userId,
    }),
  )
}

/**
 * Promise money back, for operations that hold a transaction and have decided who may: for a line, a part of its price, or
 * everything that is left. The order is locked first, before any asset: the order in which settlement locks them too.
 */
export async function promiseRefund(
  tx: Ctx<'db' | 'clock' | 'actor'>,
  wish: {
    orderId: string
    lineId: string | null
    amountMinor?: bigint
    reason: string
    revokesLicence: boolean
    requestedById: string | null
  },
): Promise<Result<{ refundId: string; amountMinor: bigint }, RefundError>> {
  const { orderId, lineId, reason, revokesLicence, requestedById } = wish
  const locked = await lockOrder(tx, orderId)
  if (locked.houseId !== tx.actor.houseId) throw new Refusal('not-found', `no order ${orderId}`)
  const payment = bearingPayment(locked)
  if (!payment) return fail('not-paid')
  const plan = planRefund(wish, payment, locked.lines, locked.refunds)
  if (!plan.ok) return fail(plan.error)
  if (revokesLicence) {
    const widened = await widenedSince(tx, locked, plan.lineIds)
    if (widened) return fail('widened-since', { number: widened })
  }
  const { amountMinor } = plan
  const at = tx.clock.now()
  const refundId = newId('ref', at)
  await tx.db.refund.create({
    data: {
      id: refundId,
      orderId,
      orderLineId: lineId,
      paymentId: payment.id,
      origin: 'STAFF',
      currency: payment.currency,
      amountMinor,
      reason,
      revokesLicence,
      requestedById,
      createdAt: at,
    },
  })
  await record(tx, {
    type: 'refund.promised',
    subject: { kind: 'refund', id: refundId },
    data: {
      order: orderId,
      number: locked.number,
      origin: 'STAFF',
      line: lineId,
      amountMinor: amountMinor.toString(),
      reason,
      revokesLicence,
      // A plan of the rights desk is carried out by a job: money that goes back has a person behind it all the same.
      requestedBy: requestedById,
    },
  })
  await enqueueRefund(tx, refundId)
  return ok({ refundId, amountMinor })
}

/**
 * The number of the licence that took the place of one whose money is to go back; null where none did. The licences stay
 * locked: whoever is about to widen one of them waits, and then sees the refund.
 */
async function widenedSince(tx: Ctx<'db'>, { lines }: LockedOrder, lineIds: readonly string[]): Promise<string | null> {
  const ids = lines.flatMap((line) => (lineIds.includes(line.id) && line.licenceId ? [line.licenceId] : []))
  await tx.db.$queryRaw`SELECT id FROM licences WHERE id = ANY(${ids}) ORDER BY no FOR UPDATE`
  return (await successorsOf(tx, ids))[0]?.number ?? null
}

type RefundCtx = Ctx<'db' | 'clock' | 'payments' | 'log'>

/** Ask the provider for a promised refund, as often as it takes: the refund's id is the key under which it happens once. */
export async function runRefund(ctx: RefundCtx, refundId: string): Promise<void> {
  const refund = await ctx.db.refund.findUnique({ where: { id: refundId }, include: { payment: { select: { paymentIntentId: true } } } })
  if (!refund || refund.state === 'SUCCEEDED' || refund.state === 'FAILED') return
  if (!isCurrency(refund.currency)) throw new Error(`refund ${refundId} in ${refund.currency}`)
  try {
    const now = refund.stripeRefundId
      ? await ctx.payments.fetchRefund(refund.stripeRefundId)
      : await ctx.payments.refund({
          refundId,
          paymentIntentId: refund.payment.paymentIntentId,
          amount: money(refund.amountMinor, refund.currency),
          reason: refund.reason,
        })
    await convergeRefund(ctx, now)
  } catch (error) {
    if (!(error instanceof RefundRefused)) throw error
    await giveUpRefund(ctx, { id: refundId, orderId: refund.orderId }, error.message)
  }
}

/**
 * A promise that the provider will never keep is taken back: as long as it stands it counts, and the refund that was made in
 * its place, on the provider's own pages, would go beyond the payment and could not be written down.
 */
async function giveUpRefund(ctx: RefundCtx, { id, orderId }: { id: string; orderId: string }, why: string): Promise<void> {
  const { houseId } = await ctx.db.order.findUniqueOrThrow({ where: { id: orderId }, select: { houseId: true } })
  const acting = { ...ctx, actor: { kind: 'system', houseId, name: 'payments' } as const }
  await inTransaction(acting, async (tx) => {
    const order = await lockOrder(tx, orderId)
    const { count } = await tx.db.refund.updateMany({
      where: { id, state: { in: refundStates.whence('fail') }, stripeRefundId: null },
      data: { state: 'FAILED', endedAt: tx.clock.now() },
    })
    const refund = order.refunds.find((one) => one.id === id)
    if (count > 0 && refund) await undoRefundEffects(tx, order, refund, { hadSucceeded: false, why })
  })
}

/** Bring our row to what the provider says of a refund, whoever made it. Unknown ones were made on the provider's own pages. */
export async function convergeRefund(ctx: RefundCtx, now: RefundNow): Promise<'converged' | 'not-ours'> {
  const known = await ctx.db.refund.findFirst({
    where: { OR: [{ stripeRefundId: now.stripeRefundId }, ...(now.refundId ? [{ id: now.refundId }] : [])] },
    select: { orderId: true, order: { select: { houseId: true } } },
  })
  const payment =
    known || !now.paymentIntentId
      ? null
      : await ctx.db.payment.findUnique({
          where: { paymentIntentId: now.paymentIntentId },
          include: { order: { select: { houseId: true } } },
        })
  const orderId = known?.orderId ?? payment?.orderId
  const houseId = known?.order.houseId ?? payment?.order.houseId
  if (!orderId || !houseId) return 'not-ours'

  const acting = { ...ctx, actor: { kind: 'system', houseId, name: 'payments' } as const }
  await inTransaction(acting, async (tx) => {
    const order = await lockOrder(tx, orderId)
    let refund = order.refunds.find((one) => one.stripeRefundId === now.stripeRefundId || one.id === now.refundId)
    if (!refund) {
      const paid = order.payments.find((one) => one.paymentIntentId === now.paymentIntentId)
      if (!paid) return
      // A whole refund from the provider's pages takes the licences with it; a part is for people to look at.
      const whole = now.amountMinor >= paid.amountMinor && paid.id === bearingPayment(order)?.id
      refund = await tx.db.refund.create({
        data: {
          id: newId('ref', tx.clock.now()),
          orderId,
          paymentId: paid.id,
          origin: 'STRIPE_DASHBOARD',
          currency: paid.currency,
          amountMinor: now.amountMinor,
          reason: 'Refunded on the payment provider’s own pages.',
          revokesLicence: whole,
          stripeRefundId: now.stripeRefundId,
          createdAt: tx.clock.now(),
        },
      })
      order.refunds.push(refund)
      await record(tx, {
        type: 'refund.discovered',
        subject: { kind: 'refund', id: refund.id },
        data: { order: orderId, number: order.number, amountMinor: now.amountMinor.toString(), revokesLicence: whole },
      })
    }
    const verb = now.status === 'succeeded' ? 'succeed' : now.status === 'failed' ? 'fail' : 'accept'
    const before = refund.state
    const { count } = await tx.db.refund.updateMany({
      where: { id: refund.id, state: { in: refundStates.whence(verb) } },
      data: {
        state: verb === 'succeed' ? 'SUCCEEDED' : verb === 'fail' ? 'FAILED' : 'PENDING',
        stripeRefundId: now.stripeRefundId,
        endedAt: verb === 'accept' ? null : tx.clock.now(),
      },
    })
    if (count === 0) return
    const changed = { ...refund, state: verb === 'succeed' ? 'SUCCEEDED' : verb === 'fail' ? 'FAILED' : 'PENDING' } as const
    order.refunds = order.refunds.map((one) => (one.id === changed.id ? changed : one))
    if (verb === 'succeed') await takeRefundEffects(tx, order, changed)
    if (verb === 'fail') await undoRefundEffects(tx, order, changed, { hadSucceeded: before === 'SUCCEEDED' })
  })
  return 'converged'
}
