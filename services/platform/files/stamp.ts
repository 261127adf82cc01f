import { crc32 } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { Storage } from '../storage/storage.ts'
import { crcAfter, crcBefore, joinCrc } from './crc.ts'
import { splice, type Splice } from './splice.ts'
import { Unreadable, type Edit, type SourceFile, type StampError, type Stamper } from './stamp/edit.ts'
import { stampJpeg } from './stamp/jpeg.ts'
import { stampPdf } from './stamp/pdf.ts'
import { stampPng } from './stamp/png.ts'
import { stampSvg } from './stamp/svg.ts'
import { stampTiff } from './stamp/tiff.ts'
import { stampWebp } from './stamp/webp.ts'

export type { SourceFile, StampError } from './stamp/edit.ts'

const stampers: Record<string, Stamper> = {
  'image/jpeg': stampJpeg,
  'image/png': stampPng,
  'image/webp': stampWebp,
  'image/tiff': stampTiff,
  'image/svg+xml': stampSvg,
  'application/pdf': stampPdf,
}

/** A stored object as a source to be stamped. */
export const sourceFile = (storage: Pick<Storage, 'open'>, stored: { key: string; size: number; crc32: number }): SourceFile => ({
  ...stored,
  read: async (start, end) => (start === end ? Buffer.alloc(0) : buffer(await storage.open(stored.key, { start, end: end - 1 }))),
})

/** The sum of the new file: that of the old one without its ends, between the new ends. */
function crcOf(edit: Edit, source: SourceFile): number {
  const rest = crcAfter(source.crc32, crc32(edit.cutHead), source.size - edit.from)
  const middle = crcBefore(rest, crc32(edit.cutTail), edit.cutTail.length)
  return joinCrc(joinCrc(crc32(edit.head), middle, edit.to - edit.from), crc32(edit.tail), edit.tail.length)
}

/**
 * Write an XMP packet into a file without decoding or even reading its content: the answer is the file as a splice, its
 * size and CRC known. A file that cannot carry the packet is named with the reason; it is the caller's to send it bare.
 */
export async function stamp(
  source: SourceFile,
  mediaType: string,
  packet: Buffer,
): Promise<Result<{ file: Splice; crc32: number }, StampError>> {
  const stamper = stampers[mediaType]
  if (!stamper) return fail('unsupported-type')
  try {
    const edit = await stamper(source, packet)
    if (!edit.ok) return edit
    const { head, from, to, tail } = edit.value
    return ok({
      file: splice({ bytes: head }, { key: source.key, start: from, end: to }, { bytes: tail }),
      crc32: crcOf(edit.value, source),
    })
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return fail('unreadable')
    throw error
  }
}
