import type Stripe from 'stripe'
import { emit } from './emit.ts'
import { invalid, noSuch } from './errors.ts'
import { newDispute } from './objects/dispute.ts'
import { newBalanceTransaction, newRefund } from './objects/payment.ts'
import type { RefundRequest } from './requests.ts'
import type { World } from './world.ts'

/** The holder of the card says that it was not them; the money is gone until the bank has decided. */
export function dispute(world: World, charge: Stripe.Charge): void {
  const opened = newDispute(world, charge)
  world.state.disputes[opened.id] = opened
  charge.disputed = true
  emit(world, 'charge.dispute.created', opened)
  emit(world, 'charge.dispute.funds_withdrawn', opened)
}

/** The bank's last word on a dispute. */
export function closeDispute(world: World, id: string, status: 'won' | 'lost'): Stripe.Dispute {
  const found = world.state.disputes[id]
  if (!found) throw noSuch('dispute', id)
  if (found.status !== 'needs_response') throw invalid(`This dispute is already ${found.status}.`)
  found.status = status
  emit(world, 'charge.dispute.closed', found)
  if (status === 'won') emit(world, 'charge.dispute.funds_reinstated', found)
  return found
}

/** Gives money back: never more than is left of the charge, nothing while it is disputed. */
export function refund(world: World, request: RefundRequest): Stripe.Refund {
  const charge = Object.values(world.state.charges).find(
    (made) => made.status === 'succeeded' && (made.id === request.charge || made.payment_intent === request.payment_intent),
  )
  if (!request.charge && !request.payment_intent)
    throw invalid('One of the following params should be provided for this request: payment_intent or charge.')
  if (!charge)
    throw noSuch(
      request.charge ? 'charge' : 'payment_intent',
      request.charge ?? request.payment_intent ?? '',
      request.charge ? 'charge' : 'payment_intent',
    )
  if (charge.disputed) throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' })
  if (charge.refunded) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  const left = charge.amount - charge.amount_refunded
  const amount = request.amount ?? left
  if (amount > left) throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' })
  const { sandbox_refund: turn } = charge.metadata
  const made = newRefund(world, charge, {
    amount,
    reason: request.reason ?? null,
    metadata: request.metadata ?? {},
    status: turn === 'later' ? 'pending' : 'succeeded',
  })
  world.state.refunds[made.id] = made
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount
  const entry = newBalanceTransaction(world, { id: made.id, amount, currency: charge.currency }, 'refund')
  world.state.balance[entry.id] = entry
  made.balance_transaction = entry.id
  if (turn)
    world.state.refundTurns.push({
      refundId: made.id,
      dueAt: world.clock.now().getTime() + 3000,
      to: turn === 'later' ? 'succeeded' : 'failed',
    })
  emit(world, 'refund.created', made)
  emit(world, 'charge.refunded', charge)
  return made
}

/** A refund ends otherwise than it began: a slow one succeeds, one to a dead card fails and the money is back. */
export function turnRefund(world: World, id: string, to: 'succeeded' | 'failed'): void {
  const made = world.state.refunds[id]
  if (!made || made.status === to) return
  made.status = to
  const charge = typeof made.charge === 'string' ? world.state.charges[made.charge] : undefined
  if (to === 'failed') {
    made.failure_reason = 'expired_or_canceled_card'
    if (charge) Object.assign(charge, { amount_refunded: charge.amount_refunded - made.amount, refunded: false })
  }
  emit(world, 'refund.updated', made)
  if (to === 'failed') emit(world, 'refund.failed', made)
}
