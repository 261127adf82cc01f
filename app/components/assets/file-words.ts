import { wordsOf } from '#app/words/words.ts'
import { formatNumber, type Language } from '#services/kernel/language.ts'
import { acceptedTypes, type MediaType } from '#services/assets/rules/file-types.ts'

/** `14.2 MB`: decimal, as on a camera's card. */
export function sizeWords(bytes: number, language: Language = 'en'): string {
  const units = ['bytes', 'kB', 'MB', 'GB']
  let [amount, unit] = [bytes, 0]
  while (amount >= 1000 && unit < units.length - 1) [amount, unit] = [amount / 1000, unit + 1]
  const figure = unit === 0 || amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10
  return `${formatNumber(figure, language)} ${units[unit]}`
}

export const typeWords = (mediaType: string): string => acceptedTypes[mediaType as MediaType]?.label ?? mediaType

interface Measured {
  mediaType: string
  width: number | null
  height: number | null
  pages?: number | null
}

/** `6,000 × 4,000`, `12 pages`: what a person asks of a file's size on screen. */
export function dimensionWords({ mediaType, width, height, pages }: Measured, language: Language = 'en'): string | null {
  if (mediaType === 'application/pdf') return pages ? wordsOf(language, 'ui')('pages', { count: pages }) : null
  if (!width || !height) return null
  const figures = `${formatNumber(width, language)} × ${formatNumber(height, language)}`
  return mediaType === 'image/svg+xml' ? wordsOf(language, 'ui')('scalable', { figures }) : figures
}

/** Where a version's preview is shown to people of the house. */
export const previewOf = (assetId: string, preset: 'clean-grid' | 'page' | 'grid', versionId: string): string =>
  `/previews/${assetId}/${preset}?version=${versionId}`
