import type { Result } from '../kernel/result.ts'
import type { MoveAssetError, PublishAssetError } from './errors.ts'
import { archiveStep, publishStep, restoreStep, withdrawStep } from './life-steps.ts'
import type { EndAsset } from './schema.ts'
import { stepOne, type LifeCtx } from './steps.ts'

/** Show the approved version to its audience. Every reason against it is named at once. */
export const publishAsset = (ctx: LifeCtx, { assetId }: { assetId: string }): Promise<Result<{ assetId: string }, PublishAssetError>> =>
  stepOne(ctx, assetId, publishStep(ctx))

/** Take an asset out of store and portal. Licences already given stay what they are. */
export const withdrawAsset = (ctx: LifeCtx, { assetId, reason }: EndAsset): Promise<Result<{ assetId: string }, MoveAssetError>> =>
  stepOne(ctx, assetId, withdrawStep(ctx, reason))

/** Put an asset away: kept, found by filter, shown to nobody outside. */
export const archiveAsset = (ctx: LifeCtx, { assetId, reason }: EndAsset): Promise<Result<{ assetId: string }, MoveAssetError>> =>
  stepOne(ctx, assetId, archiveStep(reason))

/** Take an asset out of the archive or the bin, as a draft: what was approved long ago is judged anew. */
export const restoreAsset = (ctx: LifeCtx, { assetId }: { assetId: string }): Promise<Result<{ assetId: string }, MoveAssetError>> =>
  stepOne(ctx, assetId, restoreStep)
