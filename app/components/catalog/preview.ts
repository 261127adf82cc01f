import type { Tile } from '#services/catalog/tiles.ts'

/** Where a preview's bytes are. The version in the address makes them safe to keep for ever. */
export const previewUrl = (assetId: string, preset: string, versionId: string): string =>
  `/previews/${assetId}/${preset}?v=${versionId}`

/** What `Picture` needs of a tile. */
export const pictureOf = (tile: Tile) => ({
  src: tile.versionId ? previewUrl(tile.id, 'grid', tile.versionId) : null,
  alt: tile.altText,
  width: tile.width,
  height: tile.height,
  tint: tile.tint,
})
