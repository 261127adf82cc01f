import type { AssetKind, Audience } from './asset-words.ts'

/** The renditions of the house. `original` is the version itself and is not made. */
export const presets = ['grid', 'page', 'clean-grid', 'web'] as const
export type Preset = (typeof presets)[number]
/** Presets that strangers may see. */
export const previewPresets = ['grid', 'page'] as const

export interface PlannedRendition {
  preset: Preset
  maxEdge: number
  format: 'webp' | 'jpeg'
  quality: number
  watermark?: string
}

/** Logos and guidelines for partners are shown as they are: a mark across a brand's own mark helps nobody. */
export const isMarked = (asset: { kind: AssetKind; audience: Audience }): boolean =>
  asset.audience === 'STORE' || (asset.kind !== 'LOGO' && asset.kind !== 'DOCUMENT')

/** What is made of a version, and with which mark. */
export function planRenditions(asset: { kind: AssetKind; audience: Audience; mark: string }): PlannedRendition[] {
  const marked = isMarked(asset) ? { watermark: asset.mark } : {}
  return [
    { preset: 'grid', maxEdge: 640, format: 'webp', quality: 76, ...marked },
    { preset: 'page', maxEdge: 1600, format: 'webp', quality: 78, ...marked },
    { preset: 'clean-grid', maxEdge: 640, format: 'webp', quality: 78 },
    { preset: 'web', maxEdge: 2048, format: 'jpeg', quality: 86 },
  ]
}
