import { fail, ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'
import { exifOut } from './exif.ts'

const flags = { xmp: 0x04, exif: 0x08, alpha: 0x10 }
const largestTail = 4 * 1024 * 1024
const riffLimit = 0xffffffff

const chunkOf = (type: string, content: Buffer): Buffer => {
  const header = Buffer.alloc(8, type, 'latin1')
  header.writeUInt32LE(content.length, 4)
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)])
}

/** The extended header that a simple file (VP8 or VP8L alone) needs before it may carry XMP. */
function extendedHeader(type: string, start: Buffer): Buffer {
  const header = Buffer.alloc(10)
  if (type === 'VP8 ') {
    if (start.readUIntBE(3, 3) !== 0x9d012a) throw new Unreadable('no key frame')
    header.writeUIntLE((start.readUInt16LE(6) & 0x3fff) - 1, 4, 3)
    header.writeUIntLE((start.readUInt16LE(8) & 0x3fff) - 1, 7, 3)
  } else if (type === 'VP8L') {
    if (start[0] !== 0x2f) throw new Unreadable('no lossless frame')
    const bits = start.readUInt32LE(1)
    header.writeUIntLE(bits & 0x3fff, 4, 3)
    header.writeUIntLE((bits >>> 14) & 0x3fff, 7, 3)
    header[0] = (bits >>> 28) & 1 ? flags.alpha : 0
  } else throw new Unreadable('no WebP')
  return header
}

/** WebP: the packet as the last chunk, older XMP goes; a simple file is lifted to the extended form. */
export const stampWebp: Stamper = async (source, blocks) => {
  const { xmp: packet } = blocks
  const window = new Window(source)
  const riff = Buffer.from(await window.bytes(0, 12))
  if (riff.toString('latin1', 0, 4) !== 'RIFF' || riff.toString('latin1', 8) !== 'WEBP') throw new Unreadable('no WebP')
  const end = 8 + riff.readUInt32LE(4)
  if (end > source.size) throw new Unreadable('cut short')

  const firstType = (await window.bytes(12, 4)).toString('latin1')
  const simple = firstType !== 'VP8X'
  const header = simple ? extendedHeader(firstType, await window.bytes(20, 10)) : Buffer.from(await window.bytes(20, 10))
  header[0] = (header[0] as number) | flags.xmp
  const from = simple ? 12 : 30

  // What follows the first older packet is rewritten, so it has to fit into memory.
  let to = end
  const kept: Buffer[] = []
  for (let at = from; at < end;) {
    const chunk = await window.bytes(at, 8)
    const next = at + 8 + chunk.readUInt32LE(4) + (chunk.readUInt32LE(4) % 2)
    if (next > end) throw new Unreadable('cut short')
    const type = chunk.toString('latin1', 0, 4)
    const rewritten = type === 'EXIF' && (blocks.exif !== null || !blocks.keepsPrivate)
    if (type === 'XMP ' || rewritten) to = Math.min(to, at)
    if (rewritten) {
      const block = await window.bytes(at + 8, chunk.readUInt32LE(4))
      // Some programs write the head that JPEG needs into WebP too.
      const exif = await exifOut(block.toString('latin1', 0, 4) === 'Exif' ? block.subarray(6) : block, blocks)
      if (exif) kept.push(chunkOf('EXIF', exif))
      else header[0] = (header[0] as number) & ~flags.exif
    } else if (type !== 'XMP ' && to < end) kept.push(await window.bytes(at, next - at))
    at = next
  }
  if (source.size - to > largestTail) return fail('unreadable')

  const tail = Buffer.concat([...kept, chunkOf('XMP ', packet)])
  const size = 12 + 18 + (to - from) + tail.length
  if (size - 8 > riffLimit) return fail('file-too-large')
  riff.writeUInt32LE(size - 8, 4)
  return ok({
    head: Buffer.concat([riff, chunkOf('VP8X', header)]),
    cutHead: await window.bytes(0, from),
    from,
    to,
    tail,
    cutTail: await window.bytes(to, source.size - to),
  })
}
