import type { LockedAsset } from './lock.ts'
import { extendedOf } from './rules/extended-description.ts'
import type { EditAsset } from './schema.ts'

/** A record as its form would send it back with nothing changed: what is laid over it is what an edit changes. */
export function asSent(asset: LockedAsset): EditAsset {
  const { title, description, altText, keywords, creator, creditLine, copyrightNotice, source, sourceUrl, dateCreated } = asset
  const { kind, audience, showsPeople, showsProperty, editorialOnly, sellsRoyaltyFree, sellsRightsManaged } = asset
  return {
    assetId: asset.id,
    title,
    description,
    altText,
    extendedDescription: extendedOf(asset.iptc),
    extendedShown: false,
    keywords,
    creator,
    creditLine,
    copyrightNotice,
    source,
    sourceUrl,
    dateCreated,
    kind,
    audience,
    showsPeople,
    showsProperty,
    editorialOnly,
    sellsRoyaltyFree,
    sellsRightsManaged,
    priceFactor: asset.priceFactorBp / 100,
    own: {},
    ownShown: false,
  }
}
