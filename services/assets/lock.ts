import type { Ctx } from '../platform/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { assetStates, type AssetVerb } from './rules/asset-states.ts'

export type LockedAsset = Awaited<ReturnType<typeof lockAsset>>

/**
 * Lock an asset's row for the rest of the transaction and read it. Every change of an asset's life starts here, so that
 * two of them are in order: an upload and an approval at once cannot each act on what the other is changing.
 */
export async function lockAsset(tx: Ctx<'db' | 'actor'>, assetId: string) {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM assets WHERE id = ${assetId} FOR UPDATE`
  const asset = await tx.db.asset.findFirst({ where: { id: assetId, houseId: tx.actor.houseId }, omit: { no: true } })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  return asset
}

/** The guarded step of a locked asset: false where its state does not know the verb. */
export async function moveAsset(
  tx: Ctx<'db' | 'clock'>,
  asset: LockedAsset,
  verb: AssetVerb,
  change: { publishedVersionId?: string; publishedAt?: Date; withdrawnAt?: Date | null; stateReason?: string | null } = {},
): Promise<boolean> {
  const state = assetStates.after(asset.state, verb)
  if (!state) return false
  const { count } = await tx.db.asset.updateMany({
    where: { id: asset.id, state: { in: assetStates.whence(verb) } },
    data: { ...change, state, changedAt: tx.clock.now() },
  })
  return count === 1
}

/** The open question about an asset, if any, is taken back: what it asked about is no longer so. */
export async function cancelOpenReview(tx: Ctx<'db' | 'clock'>, assetId: string, reason: string): Promise<void> {
  await tx.db.review.updateMany({ where: { assetId, state: 'WAITING' }, data: { state: 'CANCELLED', decidedAt: tx.clock.now(), reason } })
}
