import type { AssetKind, Audience } from './asset-words.ts'
import type { OwnValues } from './own-fields.ts'

/** What is known of a file as it arrives, in the record's own names. What is left out is not said, and what the file says of itself stands. */
export interface Description {
  title?: string
  description?: string
  altText?: string
  keywords?: string[]
  creator?: string
  creditLine?: string
  copyrightNotice?: string
  source?: string
  sourceUrl?: string
  dateCreated?: string
  kind?: AssetKind
  audience?: Audience
  showsPeople?: boolean
  showsProperty?: boolean
  editorialOnly?: boolean
  /** The house's own fields by their ids. */
  customFields?: OwnValues
}
