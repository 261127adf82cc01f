import { removeFromCollection } from '../catalog/collections.ts'
import { promiseRefund } from '../commerce/refunds.ts'
import { record } from '../compliance/record.ts'
import { withdrawAsset } from '../assets/publishing.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Result } from '../kernel/result.ts'
import { removeFromKit } from '../licensing/kit-changes.ts'
import { endLicence, suspendStep } from '../licensing/licences.ts'
import { refuseRequest } from '../licensing/requests.ts'
import type { Ctx } from '../platform/context.ts'
import { endImportedSale } from '../rights/imported-sales.ts'
import { boxOfText, type ItemFacts } from './rules/change-item.ts'
import { lossInWords } from './rules/change-words.ts'
import type { ChangeSubject } from './rules/change-states.ts'
import { amountOf } from './rules/change-item.ts'

type Tx = Ctx<'db' | 'clock' | 'actor' | 'signer'>

export interface ItemToCarry {
  planId: string
  no: number
  kind: ChangeSubject
  subjectId: string
  assetId: string | null
  decision: string
  note: string
  lost: ItemFacts
  holderWords: string
  appliedById: string | null
}

/** How a line ended. `already-so`: what was decided had come about meanwhile, by other hands. */
export type Carried =
  'kept' | 'told' | 'suspended' | 'revoked' | 'refund-promised' | 'ended' | 'removed' | 'withdrawn' | 'refused' | 'left' | 'already-so'

/** A line that cannot be carried out as decided; its word says why, and everything it wrote is undone. */
export class CannotCarry extends Error {}

/** Do what was decided about one line, in the caller's transaction. Every step is guarded: done twice, it is done once. */
export async function carryItem(tx: Tx, item: ItemToCarry): Promise<Carried> {
  const { kind, decision, subjectId, holderWords: reason } = item
  if (decision === 'WAIT') return 'left'
  if (kind === 'LICENCE') return carryLicence(tx, item)
  if (decision === 'KEEP') return 'kept'
  const [first = '', second = ''] = subjectId.split(':')
  switch (kind) {
    case 'KIT':
      return outcomeOf('removed', () => removeFromKit(tx, { kitId: first, assetId: second }))
    case 'COLLECTION':
      return outcomeOf('removed', () => removeFromCollection(tx, { collectionId: first, assetId: second }))
    case 'ASSET':
      return outcomeOf('withdrawn', () => withdrawAsset(tx, { assetId: subjectId, reason }))
    case 'REQUEST':
      return outcomeOf('refused', () => refuseRequest(tx, { requestId: subjectId, reason }))
    case 'IMPORTED_SALE':
      return outcomeOf('ended', () => endImportedSale(tx, { id: subjectId, reason: item.note || reason }))
    case 'HOLD':
      return 'left'
  }
}

/** Each of these operations refuses only what is no longer there to be done. */
async function outcomeOf(done: Carried, work: () => Promise<Result<unknown, string>>): Promise<Carried> {
  try {
    return (await work()).ok ? done : 'already-so'
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') return 'already-so'
    throw error
  }
}

async function carryLicence(tx: Tx, item: ItemToCarry): Promise<Carried> {
  const { decision, subjectId, holderWords: reason, planId, note, lost } = item
  const licence = await tx.db.licence.findFirst({
    where: { id: subjectId, houseId: tx.actor.houseId },
    select: { id: true, no: true, number: true, state: true },
  })
  if (!licence) throw new CannotCarry('not-there')
  const subject = { kind: 'licence', id: licence.id }
  const house = await tx.db.organisation.findUniqueOrThrow({ where: { id: tx.actor.houseId }, select: { timeZone: true } })
  const tell = (suspended: boolean) =>
    record(tx, {
      type: 'licence.part-lost',
      subject,
      data: {
        number: licence.number,
        change: planId,
        suspended,
        whole: lost.whole,
        from: lost.from,
        parts: lossInWords(lost.boxes.map(boxOfText), house.timeZone),
        said: reason,
      },
    })
  switch (decision) {
    case 'KEEP':
      await record(tx, { type: 'licence.honoured', subject, data: { number: licence.number, change: planId, note: note || null } })
      return 'kept'
    case 'TELL_HOLDER':
      if (licence.state !== 'ACTIVE' && licence.state !== 'SUSPENDED') return 'already-so'
      await tell(false)
      return 'told'
    case 'SUSPEND':
      if (!(await suspendStep(tx, licence, reason))) return 'already-so'
      await tell(true)
      return 'suspended'
    case 'REVOKE':
      return (await endLicence(tx, licence, { by: 'REVOKED', reason })) ? 'revoked' : 'already-so'
    default:
      return revokeAndRefund(tx, item, licence)
  }
}

/** The order is locked before the licence's asset, as in settlement. Without its licence to end, no money goes back. */
async function revokeAndRefund(
  tx: Tx,
  item: ItemToCarry,
  licence: { id: string; no: bigint; number: string; state: string },
): Promise<Carried> {
  const { lost, decision, holderWords: reason, appliedById } = item
  if (!lost.orderId || !lost.lineId) throw new CannotCarry('not-paid')
  const amountMinor = amountOf(decision === 'REVOKE_AND_REFUND_PART' ? lost.proRataMinor : lost.leftMinor)
  const promised = await promiseRefund(tx, {
    orderId: lost.orderId,
    lineId: lost.lineId,
    amountMinor,
    reason,
    revokesLicence: true,
    requestedById: appliedById,
  })
  if (!promised.ok) throw new CannotCarry(promised.error)
  if (!(await endLicence(tx, licence, { by: 'REVOKED', reason }))) throw new CannotCarry('licence-has-ended')
  return 'refund-promised'
}
