import { z } from 'zod'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { endLicence, reinstateStep, suspendStep } from '../licensing/licences.ts'
import { linesUnder, successorsOf, suspendSuccessors } from '../licensing/lineage.ts'
import { disputesOf } from './dispute-facts.ts'
import { post, wasPosted } from './ledger.ts'
import { bearingPayment, licencesOf, lockOrder, type LockedOrder } from './locked-order.ts'
import { disputedReason, restoreNarrower } from './restoring.ts'
import { disputeClosedPostings, disputeOpenedPostings } from './rules/postings.ts'

const disputeEvent = z.object({
  data: z.object({
    object: z.object({
      id: z.string(),
      status: z.string(),
      amount: z.number().int(),
      currency: z.string(),
      payment_intent: z.union([z.string(), z.object({ id: z.string() })]).nullable(),
    }),
  }),
})
export interface Dispute {
  id: string
  status: string
  amountMinor: bigint
  currency: string
  paymentIntentId: string | null
}

/** The dispute in an event's payload: its signature was checked, and the port has no call to fetch one yet. */
export function readDispute(payload: unknown): Dispute | null {
  const read = disputeEvent.safeParse(payload)
  if (!read.success) return null
  const { id, status, amount, currency, payment_intent: intent } = read.data.data.object
  return {
    id,
    status,
    amountMinor: BigInt(amount),
    currency: currency.toUpperCase(),
    paymentIntentId: typeof intent === 'string' ? intent : (intent?.id ?? null),
  }
}

const reasonOf = (dispute: Dispute): string => disputedReason(dispute.id)

/**
 * A dispute that took the money suspends what it bought and keeps the claim; won, it reinstates; lost, it revokes. The
 * ledger remembers that a dispute is closed, so that a doorbell which rings late opens nothing again.
 */
export async function convergeDispute(ctx: Ctx<'db' | 'clock' | 'log'>, dispute: Dispute): Promise<'done' | 'not-ours'> {
  const payment = dispute.paymentIntentId
    ? await ctx.db.payment.findUnique({
        where: { paymentIntentId: dispute.paymentIntentId },
        select: { id: true, orderId: true, order: { select: { houseId: true } } },
      })
    : null
  if (!payment) return 'not-ours'
  const houseId = payment.order.houseId
  const acting = { ...ctx, actor: { kind: 'system', houseId, name: 'payments' } as const }

  await inTransaction(acting, async (tx) => {
    const order = await lockOrder(tx, payment.orderId)
    // A payment that came twice bought nothing: what becomes of it touches no licence.
    const bears = payment.id === bearingPayment(order)?.id
    const source = { type: 'dispute', id: dispute.id }
    const fact = (type: string) =>
      record(tx, {
        type,
        subject: { kind: 'order', id: order.id },
        data: {
          number: order.number,
          dispute: dispute.id,
          status: dispute.status,
          amountMinor: dispute.amountMinor.toString(),
          payment: payment.id,
          bears,
        },
      })
    // An inquiry moves no money and takes no rights; `prevented` is a refund, which has its own doorbell.
    if (dispute.status.startsWith('warning_') || dispute.status === 'prevented') return void (await fact('dispute.noted'))
    if (await wasPosted(tx, 'dispute-closed', source)) return

    const entry = { houseId, source, currency: dispute.currency, memo: `${order.number}: dispute ${dispute.id}` }
    const isNew = await post(tx, { ...entry, kind: 'dispute-opened', postings: disputeOpenedPostings(dispute.amountMinor) })
    const licences = bears ? await licencesOf(tx, order) : []
    if (isNew) {
      await fact('dispute.opened')
      for (const licence of licences) await suspendStep(tx, licence, reasonOf(dispute))
      await suspendSuccessors(
        tx,
        licences.map(({ id }) => id),
        reasonOf(dispute),
      )
    }
    if (dispute.status !== 'won' && dispute.status !== 'lost') return
    const owedMinor = owedOn(order, payment.id, bears)
    await post(tx, {
      ...entry,
      kind: 'dispute-closed',
      postings: disputeClosedPostings(dispute.amountMinor, dispute.status === 'won' ? 'won' : { owedMinor }),
    })
    await fact(dispute.status === 'won' ? 'dispute.won' : 'dispute.lost')
    if (!bears) return
    const now = await licencesOf(tx, order)
    if (dispute.status === 'won') return reinstateUndisputed(tx, now, dispute)
    // What was built on the disputed licence has money of its own: lost, it stays suspended until people have decided.
    for (const licence of now)
      if (await endLicence(tx, licence, { by: 'REVOKED', reason: `The dispute ${dispute.id} was lost.` }))
        await restoreNarrower(tx, licence)
  })
  return 'done'
}

/** What we owed back on a payment all the while, because it bought nothing: lost in a dispute, it is paid back and no loss. */
function owedOn({ lines, payments, refunds }: LockedOrder, paymentId: string, bears: boolean): bigint {
  if (bears && lines.some(({ state }) => state !== 'CONFLICT')) return 0n
  const paid = payments.find(({ id }) => id === paymentId)?.amountMinor ?? 0n
  return refunds.reduce((left, one) => (one.paymentId === paymentId && one.state === 'SUCCEEDED' ? left - one.amountMinor : left), paid)
}

/**
 * A dispute was won: what stood still because of it, or of another one that is over, runs again where all the money under it
 * is here. What the rights desk suspended for its own reasons stays suspended.
 */
async function reinstateUndisputed(
  tx: Ctx<'db' | 'clock' | 'actor'>,
  licences: Awaited<ReturnType<typeof licencesOf>>,
  dispute: Dispute,
): Promise<void> {
  const ids = licences.map(({ id }) => id)
  for (const licence of [...licences, ...(await successorsOf(tx, ids))]) {
    const { open, won, lost } = await disputesOf(tx, await linesUnder(tx, licence.id))
    if (open.length > 0 || lost.length > 0 || !won.some((id) => licence.endReason === disputedReason(id))) continue
    await reinstateStep(tx, licence, `The dispute ${dispute.id} was won.`)
  }
}
