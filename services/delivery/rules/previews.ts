/** Presets that are shown on screens; the clean one is for staff and holders. */
export const previewPresets = ['grid', 'page', 'clean-grid'] as const

/** Who may see a preview: everybody, holders of a right (of which staff need none), or nobody. */
export type PreviewRule = 'everybody' | 'staff' | 'holders' | 'nobody'

/**
 * The store shows what is published for it, watermarked. Everything else is shown to those who hold a right to it; people
 * of the house see all. Withdrawn is withdrawn for the world, not for those who hold a licence.
 */
export function previewRule(asset: { state: string; audience: string }, preset: string, staff: boolean): PreviewRule {
  if (!(previewPresets as readonly string[]).includes(preset)) return 'nobody'
  if (staff) return 'staff'
  return preset !== 'clean-grid' && asset.state === 'PUBLISHED' && asset.audience === 'STORE' ? 'everybody' : 'holders'
}
