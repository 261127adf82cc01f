import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

/** Names and payloads of commerce's work in the background. Names are data: they outlive code. */
export const commerceJobs = {
  handleEvent: 'commerce.handle-event',
  reconcile: 'commerce.reconcile',
  refund: 'commerce.refund',
  renderInvoice: 'commerce.render-invoice',
  sweepCarts: 'commerce.sweep-carts',
} as const

export const handleEventPayload = z.object({ eventId: z.string() })
export const refundPayload = z.object({ refundId: z.string() })
export const renderInvoicePayload = z.object({ invoiceId: z.string() })

/** Keyed: however often it is asked, one job waits for one thing. */
export const enqueueRefund = (tx: Ctx<'db'>, refundId: string) =>
  enqueue(tx, commerceJobs.refund, { refundId }, { key: `refund:${refundId}` })
export const enqueueInvoice = (tx: Ctx<'db'>, invoiceId: string) =>
  enqueue(tx, commerceJobs.renderInvoice, { invoiceId }, { key: `invoice:${invoiceId}` })
