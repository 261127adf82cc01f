import { Status, type Tone } from '#app/components/ui/badge.tsx'
import type { OrderLineState, OrderState } from '#services/commerce/rules/order-states.ts'

const orders: Record<OrderState, [Tone, string]> = {
  OPEN: ['info', 'Placed'],
  AWAITING_PAYMENT: ['info', 'Waits for payment'],
  AWAITING_FUNDS: ['info', 'Payment on its way'],
  PAID: ['success', 'Paid'],
  CONFLICT: ['danger', 'Could not be licensed'],
  REFUNDED: ['neutral', 'Refunded'],
  PARTLY_REFUNDED: ['warning', 'Partly refunded'],
  CANCELLED: ['neutral', 'Cancelled'],
}
const lines: Record<OrderLineState, [Tone, string]> = {
  OPEN: ['info', 'Placed'],
  HELD: ['info', 'Held for you'],
  LICENSED: ['success', 'Licensed'],
  CONFLICT: ['danger', 'Gone when the money came'],
  REFUNDED: ['neutral', 'Refunded'],
  RELEASED: ['neutral', 'Released'],
}

export function OrderStatus({ state }: { state: OrderState }) {
  const [tone, words] = orders[state]
  return <Status tone={tone}>{words}</Status>
}

export function OrderLineStatus({ state }: { state: OrderLineState }) {
  const [tone, words] = lines[state]
  return <Status tone={tone}>{words}</Status>
}
