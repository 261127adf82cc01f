import { crc32 } from 'node:zlib'
import { ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Blocks, type Stamper } from './edit.ts'
import { exifOut } from './exif.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const keyword = Buffer.from('XML:com.adobe.xmp\0')
/** What programs have used for XMP over the years: three kinds of text chunk under two keywords. */
const older = /^(?:iTXt|zTXt|tEXt)(?:XML:com\.adobe\.xmp|Raw profile type xmp)\0/
const olderAnywhere = new RegExp(older.source.slice(1), 'g')
const isOlder = (chunk: Buffer): boolean => older.test(chunk.toString('latin1', 4, 40))
/** EXIF and IIM as ImageMagick packs them into text: what is said now is in the packet. */
const packed = /^(?:iTXt|zTXt|tEXt)Raw profile type (?:exif|APP1|iptc|8bim)\0/i
const tailLength = 256 * 1024

const chunkOf = (type: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/**
 * Some programs write XMP after the pixels. The end of a file is searched for it; a find counts only when chunks lead from
 * it to the end and its own sum is right, so that pixels which look like it are never cut.
 */
function withoutTrailingPacket(tail: Buffer): { at: number; rest: Buffer } | undefined {
  for (const found of tail.toString('latin1').matchAll(olderAnywhere)) {
    const start = found.index - 4
    if (start < 0) continue
    const kept: Buffer[] = []
    let at = start
    while (at + 12 <= tail.length) {
      const end = at + 12 + tail.readUInt32BE(at)
      if (end > tail.length || crc32(tail.subarray(at + 4, end - 4)) !== tail.readUInt32BE(end - 4)) break
      if (!isOlder(tail.subarray(at, end))) kept.push(tail.subarray(at, end))
      at = end
    }
    if (at === tail.length) return { at: start, rest: Buffer.concat(kept) }
  }
  return undefined
}

/** A chunk as it goes out: older XMP goes, EXIF says what the record says. */
async function chunkOut(chunk: Buffer, type: string, blocks: Blocks): Promise<Buffer[]> {
  if (isOlder(chunk)) return []
  if (blocks.exif && packed.test(chunk.toString('latin1', 4, 40))) return []
  if (type !== 'eXIf') return [chunk]
  const exif = await exifOut(chunk.subarray(8, -4), blocks)
  return exif ? [chunkOf('eXIf', exif)] : []
}

/** PNG: the packet as an uncompressed iTXt right after IHDR; older XMP before or after the pixels goes. */
export const stampPng: Stamper = async (source, blocks) => {
  const { xmp: packet } = blocks
  const window = new Window(source)
  if (!(await window.bytes(0, 8)).equals(signature)) throw new Unreadable('no PNG')

  const kept: Buffer[] = [signature]
  let at = 8
  for (;;) {
    const header = await window.bytes(at, 8)
    const type = header.toString('latin1', 4, 8)
    if (type === 'IDAT') break
    const chunk = await window.bytes(at, 12 + header.readUInt32BE(0))
    if (kept.length === 1 && type !== 'IHDR') throw new Unreadable('no IHDR')
    kept.push(...(await chunkOut(chunk, type, blocks)))
    if (type === 'IHDR') kept.push(chunkOf('iTXt', Buffer.concat([keyword, Buffer.from([0, 0, 0, 0]), packet])))
    at += chunk.length
  }

  const tailStart = Math.max(at, source.size - tailLength)
  const tail = await window.bytes(tailStart, source.size - tailStart)
  const trailing = withoutTrailingPacket(tail)
  const to = trailing ? tailStart + trailing.at : source.size
  return ok({
    head: Buffer.concat(kept),
    cutHead: await window.bytes(0, at),
    from: at,
    to,
    tail: trailing?.rest ?? Buffer.alloc(0),
    cutTail: tail.subarray(to - tailStart),
  })
}
