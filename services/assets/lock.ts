import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { Refusal } from '../kernel/errors.ts'
import { assetStates, endsOfLife, type AssetState, type AssetVerb } from './rules/asset-states.ts'

export type LockedAsset = Prisma.AssetGetPayload<{ omit: { no: true } }>

/**
 * Lock an asset's row for the rest of the transaction and read it. Every change of an asset's life starts here, so that
 * two of them are in order: an upload and an approval at once cannot each act on what the other is changing.
 */
export async function lockAsset(tx: Ctx<'db' | 'actor'>, assetId: string): Promise<LockedAsset> {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM assets WHERE id = ${assetId} FOR UPDATE`
  const asset = await tx.db.asset.findFirst({ where: { id: assetId, houseId: tx.actor.houseId }, omit: { no: true } })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  return asset
}

/** The same with many, in the order of their numbers, as everybody locks assets. What is not there, or another house's, is left out. */
export async function lockAssets(tx: Ctx<'db' | 'actor'>, assetIds: readonly string[]): Promise<LockedAsset[]> {
  const { houseId } = tx.actor
  await tx.db
    .$queryRaw`SELECT 1 AS locked FROM assets WHERE house_id = ${houseId} AND id = ANY(${[...assetIds]}::text[]) ORDER BY no FOR UPDATE`
  return tx.db.asset.findMany({ where: { houseId, id: { in: [...assetIds] } }, omit: { no: true }, orderBy: { no: 'asc' } })
}

/** What may be said together with a move. What the state that is left said of itself (times, people, who holds it) the database clears. */
export type Moving = Pick<
  Prisma.AssetUncheckedUpdateManyInput,
  | 'publishedVersionId'
  | 'publishedAt'
  | 'withdrawnAt'
  | 'stateReason'
  | 'publishAt'
  | 'unpublishAt'
  | 'scheduleRefused'
  | 'scheduleTriedAt'
  | 'heldFrom'
  | 'heldById'
  | 'embargoEndsAt'
  | 'embargoThen'
  | 'embargoFor'
  | 'useEndsAt'
  | 'deletedAt'
  | 'purgeAt'
>

/** Whether a legal hold keeps an asset from entering a state. */
export const isKept = (asset: { legalHold: boolean }, state: AssetState): boolean => asset.legalHold && endsOfLife.includes(state)

/** The guarded step of a locked asset: false where its state does not know the verb. */
export async function moveAsset(tx: Ctx<'db' | 'clock'>, asset: LockedAsset, verb: AssetVerb, change: Moving = {}): Promise<boolean> {
  const state = assetStates.after(asset.state, verb)
  if (!state || asset.purgedAt || isKept(asset, state)) return false
  const { count } = await tx.db.asset.updateMany({
    where: { id: asset.id, state: { in: assetStates.whence(verb) } },
    data: { ...change, state, changedAt: tx.clock.now() },
  })
  return count === 1
}

/** The open question about an asset, if any, is taken back: what it asked about is no longer so. */
export const cancelOpenReview = (tx: Ctx<'db' | 'clock'>, assetId: string, reason: string): Promise<void> =>
  cancelOpenReviews(tx, [assetId], reason)

/** The same of many assets. */
export async function cancelOpenReviews(tx: Ctx<'db' | 'clock'>, assetIds: readonly string[], reason: string): Promise<void> {
  await tx.db.review.updateMany({
    where: { assetId: { in: [...assetIds] }, state: 'WAITING' },
    data: { state: 'CANCELLED', decidedAt: tx.clock.now(), reason },
  })
}
