import { crc32 } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { Storage } from '../storage/storage.ts'
import { crcAfter, crcBefore, joinCrc } from './crc.ts'
import { splice, type Part, type Splice } from './splice.ts'
import { stampFilm, stampItems } from './stamp/boxes.ts'
import { Unreadable, type Blocks, type Edit, type SourceFile, type StampError, type Stamper } from './stamp/edit.ts'
import { stampGif } from './stamp/gif.ts'
import { stampJpeg } from './stamp/jpeg.ts'
import { stampPdf } from './stamp/pdf.ts'
import { stampPng } from './stamp/png.ts'
import { stampPsd } from './stamp/psd.ts'
import { stampSvg } from './stamp/svg.ts'
import { stampTiff } from './stamp/tiff.ts'
import { stampWebp } from './stamp/webp.ts'

export type { Blocks, SourceFile, StampError } from './stamp/edit.ts'

const stampers: Record<string, Stamper> = {
  'image/jpeg': stampJpeg,
  'image/png': stampPng,
  'image/webp': stampWebp,
  'image/tiff': stampTiff,
  'image/svg+xml': stampSvg,
  'application/pdf': stampPdf,
  'image/gif': stampGif,
  'image/vnd.adobe.photoshop': stampPsd,
  'image/heic': stampItems,
  'image/heif': stampItems,
  'image/avif': stampItems,
  'video/mp4': stampFilm,
  'video/quicktime': stampFilm,
}

/** A stored object as a source to be stamped. */
export const sourceFile = (storage: Pick<Storage, 'open'>, stored: { key: string; size: number; crc32: number }): SourceFile => ({
  ...stored,
  read: async (start, end) => (start === end ? Buffer.alloc(0) : buffer(await storage.open(stored.key, { start, end: end - 1 }))),
})

/** The sum of the new file: that of the old one without its ends, between the new ends. */
function crcOf(edit: Edit, source: SourceFile): number {
  const rest = crcAfter(source.crc32, crc32(edit.cutHead), source.size - edit.from)
  const untouched = crcBefore(rest, crc32(edit.cutTail), edit.cutTail.length)
  // The sum is linear: bytes that change in place change it by the difference of theirs, moved by what follows them.
  const middle = (edit.patches ?? []).reduce(
    (sum, { at, before, after }) => (sum ^ joinCrc((crc32(before) ^ crc32(after)) >>> 0, 0, edit.to - at - before.length)) >>> 0,
    untouched,
  )
  return joinCrc(joinCrc(crc32(edit.head), middle, edit.to - edit.from), crc32(edit.tail), edit.tail.length)
}

/** The middle of the file: as it is stored, but for the patches. */
function middleOf({ from, to, patches = [] }: Edit, key: string): Part[] {
  const parts: Part[] = []
  let at = from
  for (const patch of patches) {
    parts.push({ key, start: at, end: patch.at }, { bytes: patch.after })
    at = patch.at + patch.after.length
  }
  return [...parts, { key, start: at, end: to }]
}

const xmpAlone = (xmp: Buffer): Blocks => ({ xmp, split: null, iim: null, exif: null, keepsPrivate: true })

/**
 * Write what is said of a file into it without decoding or even reading its content: the answer is the file as a splice, its
 * size and CRC known. A file that cannot carry it is named with the reason; it is the caller's to send it bare.
 */
export async function stamp(
  source: SourceFile,
  mediaType: string,
  packet: Buffer | Blocks,
): Promise<Result<{ file: Splice; crc32: number }, StampError>> {
  const stamper = stampers[mediaType]
  if (!stamper) return fail('unsupported-type')
  try {
    const edit = await stamper(source, Buffer.isBuffer(packet) ? xmpAlone(packet) : packet)
    if (!edit.ok) return edit
    const { head, tail } = edit.value
    return ok({
      file: splice({ bytes: head }, ...middleOf(edit.value, source.key), { bytes: tail }),
      crc32: crcOf(edit.value, source),
    })
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return fail('unreadable')
    throw error
  }
}
