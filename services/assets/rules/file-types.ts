/** What the library takes in. The type is read from the bytes; a file's name proves nothing. */
export const acceptedTypes = {
  'image/jpeg': { label: 'JPEG picture', extension: 'jpg' },
  'image/png': { label: 'PNG picture', extension: 'png' },
  'image/webp': { label: 'WebP picture', extension: 'webp' },
  'image/avif': { label: 'AVIF picture', extension: 'avif' },
  'image/gif': { label: 'GIF picture', extension: 'gif' },
  'image/tiff': { label: 'TIFF picture', extension: 'tif' },
  'image/heic': { label: 'HEIC picture', extension: 'heic' },
  'image/svg+xml': { label: 'SVG drawing', extension: 'svg' },
  'image/vnd.adobe.photoshop': { label: 'Photoshop document', extension: 'psd' },
  'application/pdf': { label: 'PDF document', extension: 'pdf' },
  'video/mp4': { label: 'MP4 film', extension: 'mp4' },
  'video/quicktime': { label: 'QuickTime film', extension: 'mov' },
  'video/webm': { label: 'WebM film', extension: 'webm' },
  'audio/mpeg': { label: 'MP3 recording', extension: 'mp3' },
  'audio/wav': { label: 'WAV recording', extension: 'wav' },
  'font/otf': { label: 'OpenType font', extension: 'otf' },
  'font/ttf': { label: 'TrueType font', extension: 'ttf' },
  'font/woff': { label: 'Web font', extension: 'woff' },
  'font/woff2': { label: 'Web font', extension: 'woff2' },
  'application/zip': { label: 'ZIP archive', extension: 'zip' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { label: 'Word document', extension: 'docx' },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { label: 'PowerPoint presentation', extension: 'pptx' },
} as const
export type MediaType = keyof typeof acceptedTypes
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const pptx = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'

/** For the browser's file picker and the sentence beside it. */
export const acceptedExtensions =
  '.jpg,.jpeg,.png,.webp,.avif,.gif,.tif,.tiff,.heic,.heif,.svg,.psd,.psb,.pdf,.mp4,.m4v,.mov,.webm,.mp3,.wav,.otf,.ttf,.woff,.woff2,.zip,.docx,.pptx'
export const acceptedWords =
  'Pictures (JPEG, PNG, WebP, AVIF, GIF, TIFF, HEIC, SVG, PSD), PDF, films (MP4, MOV, WebM), sound (MP3, WAV), fonts, ZIP, Word or PowerPoint'

/** 10 GB: an hour of film as it comes from a camera fits. */
export const uploadLimit = 10 * 1024 ** 3
/** What comes in one request, and is lost if that breaks: 500 MB. */
export const formLimit = 500 * 1024 ** 2
/** A limit as people say it. */
export const limitWords = (bytes: number): string => (bytes >= 1024 ** 3 ? `${bytes / 1024 ** 3} GB` : `${bytes / 1024 ** 2} MB`)

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

/** Signatures at the start of what is taken in. */
const taken: [signature: string, mediaType: MediaType][] = [
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['8BPS\x00\x01', 'image/vnd.adobe.photoshop'],
  ['8BPS\x00\x02', 'image/vnd.adobe.photoshop'],
  ['%PDF-', 'application/pdf'],
  ['ID3', 'audio/mpeg'],
  ['OTTO', 'font/otf'],
  ['\x00\x01\x00\x00\x00', 'font/ttf'],
  ['true\x00', 'font/ttf'],
  ['wOFF', 'font/woff'],
  ['wOF2', 'font/woff2'],
  // Which kind of archive it is only its list of files says: see settle().
  ['PK\x03\x04', 'application/zip'],
]

/** Signatures at the start of what is refused, so that the refusal can name it. */
const refused: [signature: string, what: string][] = [
  ['BM', 'a Windows bitmap'],
  ['%!PS', 'an EPS or PostScript file'],
  ['\xc5\xd0\xd3\xc6', 'an EPS file'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['PK\x07\x08', 'a part of a split ZIP archive'],
  ['\xd0\xcf\x11\xe0', 'an old Office document (save it as DOCX or PPTX)'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['MZ', 'a Windows program'],
  ['\x7fELF', 'a Linux program'],
  ['#!', 'a script'],
  ['RF64', 'a WAV recording of more than 4 GB'],
  ['RIFF', 'a sound or film file'],
  ['fLaC', 'a FLAC recording'],
  ['OggS', 'a sound or film file'],
  ['ttcf', 'a collection of fonts (upload each font by itself)'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\x00\x00\x00\x0cJXL ', 'a JPEG XL picture'],
  ['\x00\x00\x00\x0cjP', 'a JPEG 2000 picture'],
  ['\x00\x00\x01\x00', 'a Windows icon'],
]

const heic = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']
const films = [
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'mp71',
  'dash',
  'M4V ',
  'M4VH',
  'M4VP',
  'MSNV',
  'NDSC',
  'XAVC',
  'f4v ',
  'mmp4',
]

/** Boxes of the ISO base media format say what they hold: first what they are, then what else can read them. */
function boxed(head: Uint8Array): Sniffed {
  const size = Math.min(head.length, ((head[2] ?? 0) << 8) | (head[3] ?? 0), 256)
  const brands = [
    text(head, 8, 4),
    ...Array.from({ length: Math.max(0, Math.floor((size - 16) / 4)) }, (_, i) => text(head, 16 + i * 4, 4)),
  ]
  const [first = ''] = brands
  if (first === 'avif' || first === 'avis') return yes('image/avif')
  if (heic.includes(first)) return yes('image/heic')
  if (first === 'mif1' || first === 'msf1')
    return brands.includes('avif')
      ? yes('image/avif')
      : brands.some((brand) => heic.includes(brand))
        ? yes('image/heic')
        : no('a HEIF picture of a kind we do not know')
  if (first === 'qt  ') return yes('video/quicktime')
  if (first === 'M4A ' || first === 'M4B ') return no('an M4A recording')
  if (first === 'crx ') return no('a camera raw file')
  return films.includes(first) || brands.some((brand) => films.includes(brand)) ? yes('video/mp4') : no('a film of a kind we do not know')
}

/** A sign of sync, then layer III with a rate that there is: text that begins so by chance is rare, and its reader asks for a second frame. */
const isMp3 = (head: Uint8Array): boolean =>
  head[0] === 0xff &&
  ((head[1] ?? 0) & 0xe6) === 0xe2 &&
  ((head[1] ?? 0) & 0x18) !== 8 &&
  ((head[2] ?? 0) & 0xf0) !== 0xf0 &&
  ((head[2] ?? 0) & 0xf0) !== 0 &&
  ((head[2] ?? 0) & 12) !== 12

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

/** What a file is, by its first bytes (`headSize` of them, or all it has). An archive's kind is settled once its end is known. */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return no('an empty file')
  const start = text(head, 0, 32)
  const known = taken.find(([signature]) => start.startsWith(signature))
  if (known) return yes(known[1])
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return yes('image/webp')
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WAVE') return yes('audio/wav')
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'AVI ') return no('an AVI film')
  if (/^(II[*+]\0|MM\0[*+])/.test(start)) return start.slice(8, 10) === 'CR' ? no('a camera raw file') : yes('image/tiff')
  if (start.slice(4, 8) === 'ftyp') return boxed(head)
  // Films of QuickTime's first years begin with a box of another name.
  if (['moov', 'mdat', 'wide', 'pnot'].includes(start.slice(4, 8))) return yes('video/quicktime')
  if (start.startsWith('\x1a\x45\xdf\xa3'))
    return text(head, 0, 64).includes('webm') ? yes('video/webm') : no('a Matroska film (save it as MP4 or WebM)')
  if (isMp3(head)) return yes('audio/mpeg')
  const named = refused.find(([signature]) => start.startsWith(signature))
  return named ? no(named[1]) : sniffText(head)
}

function sniffText(head: Uint8Array): Sniffed {
  if (head.subarray(0, 512).includes(0)) return no('a file of a kind we do not know')
  const root = rootElement(new TextDecoder().decode(head))
  if (root === 'svg' || root === 'svg:svg') return yes('image/svg+xml')
  if (root === 'html' || /^\s*<!doctype html/i.test(text(head, 0, 64))) return no('a web page')
  return no(root ? 'an XML document that is no drawing' : 'a text file')
}

/** Kinds that an archive's list of files may lie at the end of, because they are archives. */
const archives: readonly MediaType[] = ['application/zip', docx, pptx]

/** Where the list of an archive ends, at the end of the bytes; -1 where there is none. */
function archiveEnd(tail: Uint8Array): number {
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b || tail[at + 2] !== 5 || tail[at + 3] !== 6) continue
    const comment = (tail[at + 20] ?? 0) | ((tail[at + 21] ?? 0) << 8)
    if (at + 22 + comment === tail.length) return at
  }
  return -1
}

/**
 * A file that is at once something else: an archive behind a picture, a web page or a PDF in its first kilobyte. Such files
 * are made to slip past a check like `sniff`; an honest camera or program writes none of them. What is an archive may hold
 * whatever it likes: it is never shown, and leaves as an archive.
 */
export function secondNature(mediaType: MediaType, head: Uint8Array, tail: Uint8Array): string | null {
  if (archives.includes(mediaType)) return null
  const opening = text(head, 0, 1024)
  if (mediaType !== 'application/pdf' && opening.indexOf('%PDF-') >= 0) return 'a PDF document'
  if (mediaType !== 'image/svg+xml' && mediaType !== 'application/pdf' && /<(script|html)[\s>]/i.test(opening)) return 'a web page'
  return archiveEnd(tail) >= 0 ? 'a ZIP archive' : null
}

const short = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)

/** Names of an archive's files: all that its list holds within the last bytes, and the very first. */
function namesIn(head: Uint8Array, tail: Uint8Array, end: number): Set<string> {
  const names = new Set([text(head, 30, Math.min(short(head, 26), 300))])
  const size = short(tail, end + 12) + short(tail, end + 14) * 65_536
  for (let at = Math.max(0, end - size); at + 46 <= end;) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b || tail[at + 2] !== 1 || tail[at + 3] !== 2) {
      at++
      continue
    }
    const length = short(tail, at + 28)
    names.add(text(tail, at + 46, Math.min(length, 300)))
    at += 46 + length + short(tail, at + 30) + short(tail, at + 32)
  }
  return names
}

/** What a whole file is: `sniff`'s answer, its second nature refused, and an archive by what it holds. */
export function settle(mediaType: MediaType, head: Uint8Array, tail: Uint8Array): Sniffed {
  const also = secondNature(mediaType, head, tail)
  if (also) return no(`${mediaType.startsWith('image/') ? 'a picture' : 'a file'} that is also ${also}`)
  if (mediaType !== 'application/zip') return yes(mediaType)
  const end = archiveEnd(tail)
  return end < 0 ? no('a ZIP archive that is cut off') : archiveKind(namesIn(head, tail, end))
}

function archiveKind(names: Set<string>): Sniffed {
  const within = (start: string) => [...names].some((name) => name.startsWith(start))
  if (names.has('[Content_Types].xml')) {
    if ([...names].some((name) => /(^|\/)vbaProject\.bin$/i.test(name))) return no('an Office document with macros')
    if (within('word/')) return yes(docx)
    if (within('ppt/')) return yes(pptx)
    if (within('xl/')) return no('an Excel workbook')
  }
  if (names.has('AndroidManifest.xml')) return no('an Android app')
  return names.has('META-INF/MANIFEST.MF') ? no('a Java program') : yes('application/zip')
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
