import { sniff } from '../../assets/rules/file-types.ts'

/** What is kept as a signed paper. The type is read from the bytes; a file's name proves nothing. */
export const paperTypes = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/tiff': 'TIFF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.oasis.opendocument.text': 'OpenDocument text',
} as const
export type PaperType = keyof typeof paperTypes
export const paperExtensions = '.pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.odt'
export const paperWords = 'PDF, JPEG, PNG, TIFF, Word or OpenDocument'
/** A scan of a hundred pages fits. */
export const paperLimit = 50 * 1024 * 1024

/** What a paper is, by its first bytes; null for what is not kept as one. */
export function paperTypeOf(head: Uint8Array): PaperType | null {
  const start = String.fromCharCode(...head.subarray(0, 4_096))
  if (start.startsWith('PK\x03\x04')) {
    if (start.slice(30, 80).startsWith('mimetypeapplication/vnd.oasis.opendocument.text')) return 'application/vnd.oasis.opendocument.text'
    const office = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/)/.test(start.slice(30))
    return office && !start.includes('xl/') && !start.includes('ppt/')
      ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
      : null
  }
  const kind = sniff(head)
  return kind.accepted && kind.mediaType in paperTypes ? (kind.mediaType as PaperType) : null
}
