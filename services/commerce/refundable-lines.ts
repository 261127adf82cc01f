import type { Ctx } from '../platform/context.ts'

/** Whether the money of a line goes back or has gone back together with its licence: then nothing is built on it any more. */
export const refundIsUnderWay = async (tx: Ctx<'db'>, orderLineId: string | null): Promise<boolean> => {
  if (orderLineId === null) return false
  const line = await tx.db.orderLine.findUnique({ where: { id: orderLineId }, select: { orderId: true } })
  if (!line) return false
  return (
    (await tx.db.refund.count({
      where: {
        orderId: line.orderId,
        OR: [{ orderLineId }, { orderLineId: null, origin: { in: ['STAFF', 'STRIPE_DASHBOARD'] } }],
        revokesLicence: true,
        state: { not: 'FAILED' },
      },
    })) > 0
  )
}
