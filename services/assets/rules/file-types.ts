/** What the library takes in. The type is read from the bytes; a file's name proves nothing. */
export const acceptedTypes = {
  'image/jpeg': { label: 'JPEG picture', extension: 'jpg' },
  'image/png': { label: 'PNG picture', extension: 'png' },
  'image/webp': { label: 'WebP picture', extension: 'webp' },
  'image/tiff': { label: 'TIFF picture', extension: 'tif' },
  'image/svg+xml': { label: 'SVG drawing', extension: 'svg' },
  'application/pdf': { label: 'PDF document', extension: 'pdf' },
} as const
export type MediaType = keyof typeof acceptedTypes

/** For the browser's file picker and the sentence beside it. */
export const acceptedExtensions = '.jpg,.jpeg,.png,.webp,.tif,.tiff,.svg,.pdf'
export const acceptedWords = 'JPEG, PNG, WebP, TIFF, SVG or PDF'

/** 500 MB: a 100-megapixel layered TIFF fits. */
export const uploadLimit = 500 * 1024 * 1024
/** How much of a file's start `sniff` wants: an SVG may open with a long comment or document type. */
export const headSize = 16 * 1024
/** How much of its end: a ZIP's directory lies within the last 64 kB and 22 bytes. */
export const tailSize = 65_557

export type Sniffed =
  | { accepted: true; mediaType: MediaType }
  /** `what` names what was found, as a person would: "a GIF animation". */
  | { accepted: false; what: string }

const yes = (mediaType: MediaType): Sniffed => ({ accepted: true, mediaType })
const no = (what: string): Sniffed => ({ accepted: false, what })

const text = (bytes: Uint8Array, from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length))

/** Signatures at the start of what is refused, so that the refusal can name it. */
const refused: [signature: string, what: string][] = [
  ['GIF8', 'a GIF picture'],
  ['BM', 'a Windows bitmap'],
  ['8BPS', 'a Photoshop document'],
  ['%!PS', 'an EPS or PostScript file'],
  ['\xc5\xd0\xd3\xc6', 'an EPS file'],
  ['PK\x03\x04', 'a ZIP archive or Office document'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['MZ', 'a Windows program'],
  ['\x7fELF', 'a Linux program'],
  ['#!', 'a script'],
  ['ID3', 'an MP3 recording'],
  ['\xff\xfb', 'an MP3 recording'],
  ['RIFF', 'a sound or film file'],
  ['OggS', 'a sound or film file'],
  ['\x1a\x45\xdf\xa3', 'a film (Matroska or WebM)'],
  ['OTTO', 'a font'],
  ['\x00\x01\x00\x00\x00', 'a font'],
  ['wOFF', 'a font'],
  ['wOF2', 'a font'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\x00\x00\x00\x0cJXL ', 'a JPEG XL picture'],
  ['\x00\x00\x00\x0cjP', 'a JPEG 2000 picture'],
  ['\x00\x00\x01\x00', 'a Windows icon'],
]

/** Boxes of the ISO base media format say at byte 4 what they hold. */
function boxed(brand: string): string {
  if (brand.startsWith('avi')) return 'an AVIF picture'
  if (['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'].includes(brand)) return 'a HEIC picture'
  return 'a film (MP4 or QuickTime)'
}

/** The first element of an XML text, past declaration, comments and document type; null where there is none. */
function rootElement(head: string): string | null {
  let rest = head.replace(/^\uFEFF/, '').trimStart()
  while (rest.startsWith('<')) {
    if (rest.startsWith('<?')) rest = after(rest, '?>')
    else if (rest.startsWith('<!--')) rest = after(rest, '-->')
    else if (/^<!doctype/i.test(rest)) rest = afterDoctype(rest)
    else return /^<([A-Za-z_][\w.:-]*)/.exec(rest)?.[1]?.toLowerCase() ?? null
  }
  return null
}
const after = (rest: string, mark: string): string => {
  const at = rest.indexOf(mark)
  return at < 0 ? '' : rest.slice(at + mark.length).trimStart()
}
function afterDoctype(rest: string): string {
  const subset = rest.indexOf('[')
  const end = rest.indexOf('>')
  return subset >= 0 && subset < end ? after(after(rest, ']'), '>') : after(rest, '>')
}

/** What a file is, by its first bytes (`headSize` of them, or all it has). */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return no('an empty file')
  const start = text(head, 0, 32)
  if (start.startsWith('\xff\xd8\xff')) return yes('image/jpeg')
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return yes('image/png')
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return yes('image/webp')
  if (/^(II[*+]\0|MM\0[*+])/.test(start)) return start.slice(8, 10) === 'CR' ? no('a camera raw file') : yes('image/tiff')
  if (start.startsWith('%PDF-')) return yes('application/pdf')
  if (start.slice(4, 8) === 'ftyp') return no(boxed(start.slice(8, 12)))
  const known = refused.find(([signature]) => start.startsWith(signature))
  if (known) return no(known[1])
  return sniffText(head)
}

function sniffText(head: Uint8Array): Sniffed {
  if (head.subarray(0, 512).includes(0)) return no('a file of a kind we do not know')
  const root = rootElement(new TextDecoder().decode(head))
  if (root === 'svg' || root === 'svg:svg') return yes('image/svg+xml')
  if (root === 'html' || /^\s*<!doctype html/i.test(text(head, 0, 64))) return no('a web page')
  return no(root ? 'an XML document that is no drawing' : 'a text file')
}

/**
 * A picture that is at once something else: an archive behind it, a web page or a PDF in its first kilobyte. Such files
 * are made to slip past a check like `sniff`; an honest camera or program writes none of them.
 */
export function secondNature(mediaType: MediaType, head: Uint8Array, tail: Uint8Array): string | null {
  const opening = text(head, 0, 1024)
  if (mediaType !== 'application/pdf' && opening.indexOf('%PDF-') >= 0) return 'a PDF document'
  if (mediaType !== 'image/svg+xml' && mediaType !== 'application/pdf' && /<(script|html)[\s>]/i.test(opening)) return 'a web page'
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b || tail[at + 2] !== 5 || tail[at + 3] !== 6) continue
    const comment = (tail[at + 20] ?? 0) | ((tail[at + 21] ?? 0) << 8)
    if (at + 22 + comment === tail.length) return 'a ZIP archive'
  }
  return null
}

/** A first title: the file's name in words, until the file or a person says better. */
export function titleFromName(fileName: string): string {
  const words = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 200) || 'Untitled'
}
