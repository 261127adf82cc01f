import { suspendStep } from '../licensing/licences.ts'
import { linesUnder, restoreSuperseded } from '../licensing/lineage.ts'
import type { Ctx } from '../platform/context.ts'
import { disputesOf } from './dispute-facts.ts'
import { refundIsUnderWay } from './refundable-lines.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** Why a licence stands still while its payment is disputed; by these words it is found again when the dispute is won. */
export const disputedReason = (disputeId: string): string => `The payment is disputed (${disputeId}).`

/**
 * A wider licence ended because its money went back: the narrower one comes back, if its own money is still here. Refunded
 * on the provider's pages or lost in a dispute meanwhile, it buys nothing; in a dispute that is open it waits, suspended.
 */
export async function restoreNarrower(tx: Tx, wider: { number: string; upgradesId: string | null }): Promise<void> {
  if (!wider.upgradesId) return
  const lineIds = await linesUnder(tx, wider.upgradesId)
  const disputes = await disputesOf(tx, lineIds)
  let refunded = false
  for (const lineId of lineIds) refunded ||= await refundIsUnderWay(tx, lineId)
  const outcome = await restoreSuperseded(tx, wider, { paid: !refunded && disputes.lost.length === 0 })
  const [open] = disputes.open
  if (outcome !== 'restored' || !open) return
  const licence = await tx.db.licence.findUniqueOrThrow({ where: { id: wider.upgradesId }, select: { id: true, no: true, number: true } })
  await suspendStep(tx, licence, disputedReason(open))
}
