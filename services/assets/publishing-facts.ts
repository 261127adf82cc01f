import type { Ctx } from '../platform/context.ts'
import type { PublishingFacts } from './rules/publishable.ts'

type Described = Omit<PublishingFacts, 'version' | 'acquisitions'> & {
  id: string
  houseId: string
  state: string
  currentVersionId: string | null
  publishedVersionId: string | null
}

/**
 * What the rule `publishable` judges of an asset as it stands. Rights are counted here in their table, whose domain lies
 * above this one; whether they cover a given use is that domain's question at each sale.
 */
export async function publishingFacts(ctx: Ctx<'db'>, asset: Described): Promise<PublishingFacts> {
  const { id: assetId, houseId, currentVersionId } = asset
  const version = currentVersionId
    ? await ctx.db.assetVersion.findUnique({
        where: { id: currentVersionId },
        select: { processing: true, reviews: { where: { state: 'APPROVED' }, select: { id: true } } },
      })
    : null
  const acquisitions = await ctx.db.acquisition.count({ where: { assetId, houseId, supersededAt: null } })
  const isLive = asset.state === 'PUBLISHED' || asset.state === 'WITHDRAWN'
  const lived = asset.state === 'APPROVED' || (isLive && asset.publishedVersionId === currentVersionId)
  const { title, altText, creator, creditLine, audience, sellsRoyaltyFree, sellsRightsManaged, editorialOnly, showsPeople, showsProperty } =
    asset
  return {
    title,
    altText,
    creator,
    creditLine,
    audience,
    sellsRoyaltyFree,
    sellsRightsManaged,
    editorialOnly,
    showsPeople,
    showsProperty,
    acquisitions,
    version: version && { processing: version.processing, approved: lived || version.reviews.length > 0 },
  }
}
