import type { Result } from '../../kernel/result.ts'

export interface RenditionSpec {
  preset: string
  /** Longest edge in pixels; never enlarged. */
  maxEdge: number
  format: 'webp' | 'jpeg' | 'png'
  quality?: number
  watermark?: string
}
export interface DerivedFile {
  preset: string
  path: string
  mediaType: string
  width: number
  height: number
}
/** Fields found in the file, in IPTC's names. Values as found, trimmed; nothing invented. */
export interface EmbeddedFields {
  title?: string
  headline?: string
  description?: string
  altText?: string
  keywords?: string[]
  creator?: string
  creditLine?: string
  copyrightNotice?: string
  source?: string
  dateCreated?: string
  digitalSourceType?: string
  webStatement?: string
  usageTerms?: string
  licensorName?: string
  licensorUrl?: string
  modelReleaseStatus?: string
  propertyReleaseStatus?: string
}
export interface Derived {
  width: number
  height: number
  pages: number | null
  dominantColour: string
  palette: string[]
  embedded: EmbeddedFields
  files: DerivedFile[]
}
/** `unsafe`: a drawing that would run or fetch something. `detail` of a failure is one sentence that says what was wrong. */
export type DeriveError = 'unreadable' | 'too-many-pixels' | 'timed-out' | 'out-of-memory' | 'unsupported' | 'unsafe'
export interface Media {
  /** Decodes one file in a killable, memory-limited child process and writes its renditions into `outDir`. */
  derive(input: { path: string; mediaType: string; outDir: string; renditions: RenditionSpec[] }): Promise<Result<Derived, DeriveError>>
}
