import { cleanPresets, previewPresets as marked } from '../../assets/rules/rendition-plan.ts'

/** Presets that are shown on screens, or heard; the clean ones are for staff and holders. */
export const previewPresets: readonly string[] = [...marked, 'zoom', ...cleanPresets]

/** Presets that are played, in whose place no drawing can stand. */
export const heardPresets: readonly string[] = ['clip', 'excerpt', 'watch', 'listen']

/** Who may see a preview: everybody, holders of a right (of which staff need none), or nobody. */
export type PreviewRule = 'everybody' | 'staff' | 'holders' | 'nobody'

/**
 * The store shows what is published for it, watermarked. Everything else is shown to those who hold a right to it; people
 * of the house see all. Withdrawn is withdrawn for the world, not for those who hold a licence.
 */
export function previewRule(
  asset: { state: string; audience: string; embargoEndsAt?: Date | null },
  preset: string,
  staff: boolean,
): PreviewRule {
  if (!previewPresets.includes(preset)) return 'nobody'
  if (staff) return 'staff'
  // Until an embargo ends, nobody outside sees it: not even who holds a licence from before.
  if (asset.embargoEndsAt) return 'nobody'
  return !cleanPresets.includes(preset) && asset.state === 'PUBLISHED' && asset.audience === 'STORE' ? 'everybody' : 'holders'
}
