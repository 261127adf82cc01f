import { fail, ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'

const xmpTag = 700
const byteType = 1

/**
 * TIFF: a copy of the first directory with tag 700 is appended and the header points to it. Nothing else moves, so every
 * offset in the file stays true; the old directory is left behind unused.
 */
export const stampTiff: Stamper = async (source, packet) => {
  const window = new Window(source)
  const header = Buffer.from(await window.bytes(0, 8))
  const order = header.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') throw new Unreadable('no TIFF')
  const little = order === 'II'
  const read16 = (bytes: Buffer, at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const write32 = (bytes: Buffer, value: number, at: number) => (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at))
  const write16 = (bytes: Buffer, value: number, at: number) => (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at))
  if (read16(header, 2) !== 42) return fail('unsupported-type') // 43 is BigTIFF

  const first = little ? header.readUInt32LE(4) : header.readUInt32BE(4)
  const count = read16(await window.bytes(first, 2), 0)
  const directory = await window.bytes(first + 2, count * 12 + 4)
  const entries = Array.from({ length: count }, (_, i) => directory.subarray(i * 12, i * 12 + 12)).filter(
    (entry) => read16(entry, 0) !== xmpTag,
  )

  const padding = source.size % 2 // a directory begins on an even offset
  const newFirst = source.size + padding
  const packetAt = newFirst + 2 + (entries.length + 1) * 12 + 4
  if (packetAt + packet.length > 0xffffffff) return fail('file-too-large')

  const entry = Buffer.alloc(12)
  write16(entry, xmpTag, 0)
  write16(entry, byteType, 2)
  write32(entry, packet.length, 4)
  write32(entry, packetAt, 8)
  const sorted = [...entries, entry].sort((a, b) => read16(a, 0) - read16(b, 0))
  const length = Buffer.alloc(2)
  write16(length, sorted.length, 0)

  const cutHead = Buffer.from(header)
  write32(header, newFirst, 4)
  return ok({
    head: header,
    cutHead,
    from: 8,
    to: source.size,
    tail: Buffer.concat([Buffer.alloc(padding), length, ...sorted, directory.subarray(count * 12), packet]),
    cutTail: Buffer.alloc(0),
  })
}
