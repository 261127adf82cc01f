import type { RefundState } from './order-states.ts'

export interface RefundableLine {
  id: string
  netMinor: bigint
  taxMinor: bigint
}
export interface EarlierRefund {
  orderLineId: string | null
  paymentId: string
  amountMinor: bigint
  state: RefundState
}

/** A refund that failed gave nothing back: it counts for nothing. */
const counts = (refund: EarlierRefund): boolean => refund.state !== 'FAILED'

/** The lines whose money is still with us: not refunded by themselves. */
export const refundableLines = <L extends RefundableLine>(lines: readonly L[], refunds: readonly EarlierRefund[]): L[] =>
  lines.filter((line) => !refunds.some((refund) => counts(refund) && refund.orderLineId === line.id))

/** What is left of a payment after everything that went or is going back. */
export const remainderOf = (payment: { id: string; amountMinor: bigint }, refunds: readonly EarlierRefund[]): bigint =>
  refunds.reduce(
    (left, refund) => (counts(refund) && refund.paymentId === payment.id ? left - refund.amountMinor : left),
    payment.amountMinor,
  )

export type RefundPlan = { ok: true; amountMinor: bigint; lineIds: string[] } | { ok: false; error: 'already-refunded' | 'nothing-left' }

/** One line, whole or a part of it, or everything that is left. Never more than is left of the payment. */
export function planRefund(
  wish: { lineId: string | null; amountMinor?: bigint },
  payment: { id: string; amountMinor: bigint },
  lines: readonly RefundableLine[],
  refunds: readonly EarlierRefund[],
): RefundPlan {
  const left = remainderOf(payment, refunds)
  const open = refundableLines(lines, refunds)
  if (left <= 0n) return { ok: false, error: wish.lineId === null ? 'nothing-left' : 'already-refunded' }
  if (wish.amountMinor !== undefined && wish.amountMinor <= 0n) return { ok: false, error: 'nothing-left' }
  if (wish.lineId === null) return { ok: true, amountMinor: left, lineIds: open.map((line) => line.id) }
  const line = open.find((one) => one.id === wish.lineId)
  if (!line) return { ok: false, error: 'already-refunded' }
  const worth = line.netMinor + line.taxMinor
  // A widening within the same price, or what was given: it cost nothing, so nothing of it comes back.
  if (worth <= 0n) return { ok: false, error: 'nothing-left' }
  const amountMinor = wish.amountMinor !== undefined && wish.amountMinor < worth ? wish.amountMinor : worth
  // A refund from the provider's own pages names no line: then a line may be larger than what is left.
  return { ok: true, amountMinor: amountMinor < left ? amountMinor : left, lineIds: [line.id] }
}

/**
 * What goes back, taken apart: a line by its own price and tax, anything else by what is still held of both, so that each
 * rounding is made good by the next and the last refund leaves nothing of either.
 */
export function partsOf(
  amountMinor: bigint,
  exact: { netMinor: bigint; taxMinor: bigint },
  kept: { netMinor: bigint; taxMinor: bigint },
): { netMinor: bigint; taxMinor: bigint } {
  const whole = kept.netMinor + kept.taxMinor
  if (exact.netMinor + exact.taxMinor === amountMinor && amountMinor !== whole) return exact
  return netAndTax(amountMinor, kept)
}

/** A refund's amount taken apart into price and tax, in the proportion in which it was paid; the parts add up. */
export function netAndTax(amountMinor: bigint, paid: { netMinor: bigint; taxMinor: bigint }): { netMinor: bigint; taxMinor: bigint } {
  const whole = paid.netMinor + paid.taxMinor
  if (whole === 0n) return { netMinor: amountMinor, taxMinor: 0n }
  const taxMinor = (amountMinor * paid.taxMinor + whole / 2n) / whole
  return { netMinor: amountMinor - taxMinor, taxMinor }
}
