import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'

/** The order's row, locked until the transaction ends: whoever else settles, refunds or disputes it waits here. */
export async function lockOrder(tx: Ctx<'db'>, orderId: string) {
  const rows = await tx.db.$queryRaw<unknown[]>`SELECT id FROM orders WHERE id = ${orderId} FOR UPDATE`
  if (rows.length === 0) throw new Refusal('not-found', `no order ${orderId}`)
  return tx.db.order.findUniqueOrThrow({
    where: { id: orderId },
    include: {
      lines: { orderBy: { position: 'asc' } },
      attempts: { orderBy: { createdAt: 'asc' } },
      payments: { orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }] },
      refunds: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    },
  })
}
export type LockedOrder = Awaited<ReturnType<typeof lockOrder>>
export type LockedLine = LockedOrder['lines'][number]

/** The licences of the order's lines, in the order of their assets: the order in which rights are locked everywhere. */
export async function licencesOf(tx: Ctx<'db'>, order: LockedOrder) {
  const ids = order.lines.flatMap((line) => line.licenceId ?? [])
  const licences = await tx.db.licence.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      no: true,
      number: true,
      state: true,
      endedBy: true,
      endReason: true,
      assetId: true,
      orderLineId: true,
      upgradesId: true,
    },
  })
  const assets = await tx.db.asset.findMany({ where: { id: { in: licences.map((one) => one.assetId) } }, select: { id: true, no: true } })
  const assetNo = new Map(assets.map((asset) => [asset.id, asset.no]))
  return licences
    .map((licence) => ({ ...licence, assetNo: assetNo.get(licence.assetId) ?? 0n }))
    .sort((a, b) => (a.assetNo < b.assetNo ? -1 : a.assetNo > b.assetNo ? 1 : a.no < b.no ? -1 : 1))
}

/** The payment that bought the licences: not one that came twice. Refunds belong to a payment, licences to the one that bought them. */
export const bearingPayment = (order: LockedOrder) =>
  order.payments.find((payment) => !order.refunds.some((refund) => refund.paymentId === payment.id && refund.origin === 'DUPLICATE'))
