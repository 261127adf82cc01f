import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import type { SubmitAssetError } from './errors.ts'
import { moveAsset, type LockedAsset } from './lock.ts'
import { publishingFacts } from './publishing-facts.ts'
import { assetStates } from './rules/asset-states.ts'
import { submittable } from './rules/publishable.ts'
import { reviewStates, type Decision } from './rules/review-states.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** A question to the reviewers, as it begins: which version, who asks, and the route that it will keep. */
export interface Opened {
  reviewId: string
  versionId: string
}

/**
 * Ask whether the newest version of a locked asset may be published. What the steps of the question are, and who may
 * answer, is said by `services/review`, which calls this in its own transaction.
 */
export async function openReview(
  tx: Tx,
  asset: LockedAsset,
  { askedById, note, route }: { askedById: string; note: string; route: { id: string; number: number } | null },
): Promise<Result<Opened, SubmitAssetError>> {
  const versionId = asset.currentVersionId
  const missing = submittable(await publishingFacts(tx, asset))
  if (await isWaiting(tx, asset.id)) return fail('already-waiting')
  if (!assetStates.after(asset.state, 'submit')) return fail('wrong-state', { state: asset.state })
  if (missing.length > 0 || !versionId) return fail('not-described', missing)
  if (asset.state === 'PUBLISHED' && versionId === asset.publishedVersionId) return fail('nothing-new')

  const at = tx.clock.now()
  const reviewId = newId('rev', at)
  if (!(await moveAsset(tx, asset, 'submit', { stateReason: null }))) return fail('wrong-state', { state: asset.state })
  await tx.db.review.create({
    data: {
      id: reviewId,
      houseId: tx.actor.houseId,
      assetId: asset.id,
      versionId,
      askedById,
      askedAt: at,
      note,
      routeId: route?.id ?? null,
      routeNumber: route?.number ?? null,
    },
  })
  await record(tx, {
    type: 'asset.submitted',
    subject: { kind: 'asset', id: asset.id },
    data: { reviewId, versionId, title: asset.title, note, ...(route && { routeId: route.id, routeNumber: route.number }) },
  })
  return ok({ reviewId, versionId })
}

const isWaiting = async (tx: Tx, assetId: string): Promise<boolean> =>
  (await tx.db.review.count({ where: { assetId, state: 'WAITING' } })) > 0

const facts = { approve: 'asset.approved', askChanges: 'asset.changes-asked', reject: 'asset.rejected' } as const

/**
 * The answer to a question about a locked asset: the review ends, the asset moves, and an approved version of a published
 * asset takes the place of the last one. False where it had ended before.
 */
export async function endReview(
  tx: Tx,
  asset: LockedAsset,
  review: { id: string; versionId: string },
  { decision, reason, decidedById }: { decision: Decision; reason: string; decidedById: string | null },
): Promise<boolean> {
  const { count } = await tx.db.review.updateMany({
    where: { id: review.id, state: { in: reviewStates.whence(decision) } },
    data: { state: reviewStates.after('WAITING', decision) ?? 'WAITING', decidedById, decidedAt: tx.clock.now(), reason: reason || null },
  })
  if (count === 0) return false
  const moved = await moveAsset(tx, asset, decision, { stateReason: decision === 'approve' ? null : reason })
  // A review only waits where the asset's state knows its answers: whoever moves an asset on takes the question back first.
  if (!moved) throw new Refusal('conflict', `asset ${asset.id} is ${asset.state}: ${decision} leads nowhere`)
  const subject = { kind: 'asset', id: asset.id }
  await record(tx, {
    type: facts[decision],
    subject,
    data: { reviewId: review.id, versionId: review.versionId, title: asset.title, reason },
  })
  if (decision === 'approve' && asset.state === 'PUBLISHED') await putLive(tx, asset, review.versionId)
  return true
}

async function putLive(tx: Tx, asset: LockedAsset, versionId: string): Promise<void> {
  await tx.db.asset.update({ where: { id: asset.id }, data: { publishedVersionId: versionId } })
  await record(tx, {
    type: 'asset.published',
    subject: { kind: 'asset', id: asset.id },
    data: { versionId, replaces: asset.publishedVersionId, title: asset.title },
  })
}
