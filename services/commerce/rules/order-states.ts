import { machine } from '../../kernel/machine.ts'

/** Mirrors of the database enums. A test holds them equal. */
export const orderStateNames = [
  'OPEN',
  'AWAITING_PAYMENT',
  'AWAITING_FUNDS',
  'PAID',
  'CONFLICT',
  'REFUNDED',
  'PARTLY_REFUNDED',
  'CANCELLED',
] as const
export type OrderState = (typeof orderStateNames)[number]
export const orderLineStateNames = ['OPEN', 'HELD', 'LICENSED', 'CONFLICT', 'REFUNDED', 'RELEASED'] as const
export type OrderLineState = (typeof orderLineStateNames)[number]
export const attemptStateNames = ['REQUESTED', 'OPEN', 'PAID', 'EXPIRED', 'FAILED'] as const
export type AttemptState = (typeof attemptStateNames)[number]
export const refundStateNames = ['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED'] as const
export type RefundState = (typeof refundStateNames)[number]
export const refundOrigins = ['STAFF', 'CONFLICT', 'DUPLICATE', 'STRIPE_DASHBOARD'] as const
export type RefundOrigin = (typeof refundOrigins)[number]

/**
 * Late money may still pay a cancelled order: what happens then is decided by whether the rights are still there. A refund
 * that the bank sends back makes a sale paid again (`returnRefund`), and money that bought nothing owed again (`oweAgain`).
 */
export const orderStates = machine<OrderState>()({
  OPEN: { present: 'AWAITING_PAYMENT', awaitFunds: 'AWAITING_FUNDS', pay: 'PAID', conflict: 'CONFLICT', cancel: 'CANCELLED' },
  AWAITING_PAYMENT: { awaitFunds: 'AWAITING_FUNDS', pay: 'PAID', conflict: 'CONFLICT', cancel: 'CANCELLED' },
  AWAITING_FUNDS: { pay: 'PAID', conflict: 'CONFLICT', cancel: 'CANCELLED' },
  PAID: { refund: 'REFUNDED', refundPart: 'PARTLY_REFUNDED' },
  CONFLICT: { refund: 'REFUNDED', refundPart: 'PARTLY_REFUNDED' },
  REFUNDED: { returnRefund: 'PAID', oweAgain: 'CONFLICT', refundPart: 'PARTLY_REFUNDED' },
  PARTLY_REFUNDED: { refund: 'REFUNDED', refundPart: 'PARTLY_REFUNDED', returnRefund: 'PAID', oweAgain: 'CONFLICT' },
  CANCELLED: { pay: 'PAID', conflict: 'CONFLICT' },
})

/** Orders in these states hold rights that nobody has paid for yet. */
export const unsettledOrders = ['OPEN', 'AWAITING_PAYMENT', 'AWAITING_FUNDS'] as const satisfies OrderState[]
export const isUnsettled = (state: OrderState): boolean => (unsettledOrders as readonly OrderState[]).includes(state)

export const attemptStates = machine<AttemptState>()({
  REQUESTED: { open: 'OPEN', pay: 'PAID', expire: 'EXPIRED', fail: 'FAILED' },
  OPEN: { pay: 'PAID', expire: 'EXPIRED', fail: 'FAILED' },
  PAID: {},
  EXPIRED: { pay: 'PAID' },
  FAILED: { pay: 'PAID' },
})

/** A bank may send a refund back after it succeeded: then the money is with us again. */
export const refundStates = machine<RefundState>()({
  REQUESTED: { accept: 'PENDING', succeed: 'SUCCEEDED', fail: 'FAILED' },
  PENDING: { succeed: 'SUCCEEDED', fail: 'FAILED' },
  SUCCEEDED: { fail: 'FAILED' },
  FAILED: {},
})
