import type { KitChange } from '#services/catalog/kit-views.ts'

export const fileCount = (files: number): string => `${files} ${files === 1 ? 'file' : 'files'}`

/** One step of a kit's history, as a partner would say it. */
export function changeWords({ type, title }: KitChange): string {
  const named = title ? `“${title}”` : 'a file'
  if (type === 'kit.item-added') return `Added ${named}`
  if (type === 'kit.item-removed') return `Removed ${named}`
  if (type === 'kit.created') return 'Kit begun'
  if (type === 'kit.archived') return 'Kit put away'
  return 'Texts revised'
}
