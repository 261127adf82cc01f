import type { AssetKind, Audience } from './asset-words.ts'

/** So many pages of a document have a preview each. */
export const mostSheets = 24
/** The preview of a document's page; the first page is what `page` shows. */
export const sheetPreset = (page: number): string => (page === 1 ? 'page' : `page-${page}`)

/**
 * Presets that strangers may see: the picture, a small animation of what moves, the start of a film or a recording, the pages
 * of a document. Where an asset bears a mark they do, as far as they show what a mark would keep: a drawn card shows nothing.
 */
export const previewPresets: readonly string[] = [
  'grid',
  'page',
  'motion',
  'clip',
  'excerpt',
  ...Array.from({ length: mostSheets - 1 }, (_, i) => sheetPreset(i + 2)),
]
/** Presets without a mark, for those who work with an asset or hold a right to it. */
export const cleanPresets: readonly string[] = ['clean-grid', 'watch', 'listen']

/** The longest edge of the clean file for screens: what a licence in screen size delivers. */
export const screenEdge = 2048
/** The longest edge of the preview that one may look into closely. It bears the mark, and is made when first looked at. */
export const zoomEdge = 2400

/** The longest edge of a layout file: larger than any preview, with the mark across it. Made when the first one is taken. */
export const compEdge = 2560

/** Logos and guidelines for partners are shown as they are: a mark across a brand's own mark helps nobody. */
export const isMarked = (asset: { kind: AssetKind; audience: Audience }): boolean =>
  asset.audience === 'STORE' || (asset.kind !== 'LOGO' && asset.kind !== 'DOCUMENT')

/** As the port for media takes it. */
export interface PlannedRendition {
  preset: string
  maxEdge: number
  format: 'webp' | 'jpeg' | 'mp4' | 'mp3'
  quality?: number
  watermark?: string
  of?: 'motion' | 'clip' | 'watch' | 'listen' | 'excerpt' | 'sheet'
  page?: number
}

/** What is made of a version, and with which mark. `original` is the version itself and is not made. */
export function planRenditions(asset: { kind: AssetKind; audience: Audience; mediaType: string; mark: string }): PlannedRendition[] {
  const marked = isMarked(asset) ? { watermark: asset.mark } : {}
  return [
    { preset: 'grid', maxEdge: 640, format: 'webp', quality: 76, ...marked },
    { preset: 'page', maxEdge: 1600, format: 'webp', quality: 78, ...marked },
    { preset: 'clean-grid', maxEdge: 640, format: 'webp', quality: 78 },
    ...beside(asset.mediaType, marked),
  ]
}

/** Whether there is a smaller copy for screens: of pictures and pages. Of nothing else would it be the same work. */
export const hasScreenSize = (mediaType: string): boolean => mediaType.startsWith('image/') || mediaType === 'application/pdf'

/** What only some kinds of file have. */
function beside(mediaType: string, marked: { watermark?: string }): PlannedRendition[] {
  const web: PlannedRendition = { preset: 'web', maxEdge: screenEdge, format: 'jpeg', quality: 86 }
  if (mediaType === 'image/gif' || mediaType === 'image/webp')
    return [web, { preset: 'motion', of: 'motion', maxEdge: 480, format: 'webp', quality: 60, ...marked }]
  if (mediaType.startsWith('image/')) return [web]
  if (mediaType === 'application/pdf')
    return [
      web,
      ...Array.from({ length: mostSheets - 1 }, (_, i): PlannedRendition => {
        const page = i + 2
        return { preset: sheetPreset(page), of: 'sheet', page, maxEdge: 1600, format: 'webp', quality: 74, ...marked }
      }),
    ]
  if (mediaType.startsWith('video/'))
    return [
      { preset: 'clip', of: 'clip', maxEdge: 640, format: 'mp4', ...marked },
      { preset: 'watch', of: 'watch', maxEdge: 854, format: 'mp4' },
    ]
  if (mediaType.startsWith('audio/'))
    return [
      { preset: 'excerpt', of: 'excerpt', maxEdge: 0, format: 'mp3', ...marked },
      { preset: 'listen', of: 'listen', maxEdge: 0, format: 'mp3' },
    ]
  return []
}
