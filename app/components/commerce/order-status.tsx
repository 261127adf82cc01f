import { useTranslations } from 'use-intl'
import { Status, type Tone } from '#app/components/ui/badge.tsx'
import type { OrderLineState, OrderState } from '#services/commerce/rules/order-states.ts'

const orders: Record<OrderState, Tone> = {
  OPEN: 'info',
  AWAITING_PAYMENT: 'info',
  AWAITING_FUNDS: 'info',
  PAID: 'success',
  CONFLICT: 'danger',
  REFUNDED: 'neutral',
  PARTLY_REFUNDED: 'warning',
  CANCELLED: 'neutral',
}
const lines: Record<OrderLineState, Tone> = {
  OPEN: 'info',
  HELD: 'info',
  LICENSED: 'success',
  CONFLICT: 'danger',
  REFUNDED: 'neutral',
  RELEASED: 'neutral',
}

export function OrderStatus({ state }: { state: OrderState }) {
  const t = useTranslations('orders.states')
  return <Status tone={orders[state]}>{t(state)}</Status>
}

export function OrderLineStatus({ state }: { state: OrderLineState }) {
  const t = useTranslations('orders.line-states')
  return <Status tone={lines[state]}>{t(state)}</Status>
}
