import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { MoveAssetError, PublishAssetError } from './errors.ts'
import { cancelOpenReview, lockAsset, moveAsset } from './lock.ts'
import { may } from './policy.ts'
import { publishingFacts } from './publishing-facts.ts'
import { assetStates } from './rules/asset-states.ts'
import { publishable } from './rules/publishable.ts'
import type { EndAsset } from './schema.ts'

type AssetCtx = Ctx<'db' | 'clock' | 'actor'>

/** Show the approved version to its audience. Every reason against it is named at once. */
export async function publishAsset(
  ctx: AssetCtx,
  { assetId }: { assetId: string },
): Promise<Result<{ assetId: string }, PublishAssetError>> {
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'publish', asset)) throw new Refusal('forbidden', 'publish asset')
    if (!assetStates.after(asset.state, 'publish')) return fail('wrong-state', { state: asset.state })
    const missing = publishable(await publishingFacts(tx, asset))
    const versionId = asset.currentVersionId
    if (missing.length > 0 || !versionId) return fail('not-publishable', missing)

    await moveAsset(tx, asset, 'publish', {
      publishedVersionId: versionId,
      publishedAt: tx.clock.now(),
      withdrawnAt: null,
      stateReason: null,
    })
    await record(tx, {
      type: 'asset.published',
      subject: { kind: 'asset', id: assetId },
      data: { versionId, audience: asset.audience, title: asset.title },
    })
    return ok({ assetId })
  })
}

/** Take an asset out of store and portal. Licences already given stay what they are. */
export async function withdrawAsset(ctx: AssetCtx, { assetId, reason }: EndAsset): Promise<Result<{ assetId: string }, MoveAssetError>> {
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'withdraw', asset)) throw new Refusal('forbidden', 'withdraw asset')
    if (!(await moveAsset(tx, asset, 'withdraw', { withdrawnAt: tx.clock.now(), stateReason: reason })))
      return fail('wrong-state', { state: asset.state })
    await cancelOpenReview(tx, assetId, 'The asset was withdrawn.')
    await record(tx, { type: 'asset.withdrawn', subject: { kind: 'asset', id: assetId }, data: { reason, title: asset.title } })
    return ok({ assetId })
  })
}

/** Put an asset away: kept, found by filter, shown to nobody outside. */
export async function archiveAsset(ctx: AssetCtx, { assetId, reason }: EndAsset): Promise<Result<{ assetId: string }, MoveAssetError>> {
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'archive', asset)) throw new Refusal('forbidden', 'archive asset')
    if (!(await moveAsset(tx, asset, 'archive', { stateReason: reason }))) return fail('wrong-state', { state: asset.state })
    await cancelOpenReview(tx, assetId, 'The asset was archived.')
    await record(tx, { type: 'asset.archived', subject: { kind: 'asset', id: assetId }, data: { reason, title: asset.title } })
    return ok({ assetId })
  })
}

/** Take an asset out of the archive, as a draft: what was approved long ago is judged anew. */
export async function restoreAsset(ctx: AssetCtx, { assetId }: { assetId: string }): Promise<Result<{ assetId: string }, MoveAssetError>> {
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'restore', asset)) throw new Refusal('forbidden', 'restore asset')
    if (!(await moveAsset(tx, asset, 'restore', { stateReason: null, withdrawnAt: null })))
      return fail('wrong-state', { state: asset.state })
    await record(tx, { type: 'asset.restored', subject: { kind: 'asset', id: assetId }, data: { title: asset.title } })
    return ok({ assetId })
  })
}
