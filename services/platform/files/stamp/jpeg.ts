import { createHash } from 'node:crypto'
import { fail, ok } from '../../../kernel/result.ts'
import { extensionMark, Unreadable, Window, type Blocks, type Stamper } from './edit.ts'
import { exifOut } from './exif.ts'
import { resourcesWith } from './iim.ts'

const signature = Buffer.from('http://ns.adobe.com/xap/1.0/\0')
const extended = Buffer.from('http://ns.adobe.com/xmp/extension/\0')
const exif = Buffer.from('Exif\0\0')
const photoshop = Buffer.from('Photoshop 3.0\0')
const startOfScan = 0xda
const [app0, app1, app13] = [0xe0, 0xe1, 0xed]
const longestBody = 0xffff - 2

/** One APP1 segment holds 65,533 bytes; what is larger goes on in extension segments, where the packet says how to split it. */
export const largestJpegPacket = longestBody - signature.length

const segment = (marker: number, ...body: Buffer[]): Buffer => {
  const length = body.reduce((sum, { length: bytes }) => sum + bytes, 2)
  const head = Buffer.from([0xff, marker, length >> 8, length & 0xff])
  return Buffer.concat([head, ...body])
}
const inPieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))

/** The packet as segments; null where it is too large and cannot be split. */
function packetSegments({ xmp, split }: Blocks): Buffer[] | null {
  if (xmp.length <= largestJpegPacket) return [segment(app1, signature, xmp)]
  if (!split || split.main.length > largestJpegPacket) return null
  const sum = createHash('md5').update(split.extension).digest('hex').toUpperCase()
  const main = Buffer.from(split.main.toString('utf8').replace(extensionMark, sum))
  const pieces = inPieces(split.extension, 65_000).map((piece, i) => {
    const place = Buffer.alloc(8)
    place.writeUInt32BE(split.extension.length, 0)
    place.writeUInt32BE(i * 65_000, 4)
    return segment(app1, extended, Buffer.from(sum), place, piece)
  })
  return [segment(app1, signature, main), ...pieces]
}

/** JPEG: what is said as APP1 and APP13 after JFIF and Exif; older of the same goes. The scan is not touched. */
export const stampJpeg: Stamper = async (source, blocks) => {
  const packet = packetSegments(blocks)
  if (!packet) return fail('packet-too-large')
  const window = new Window(source)
  if ((await window.bytes(0, 2)).readUInt16BE(0) !== 0xffd8) throw new Unreadable('no JPEG')

  const early: Buffer[] = [Buffer.from([0xff, 0xd8])]
  const kept: Buffer[] = []
  const resources: Buffer[] = []
  for (let at = 2; ;) {
    const [fill, marker] = [...(await window.bytes(at, 2))] as [number, number]
    if (fill !== 0xff) throw new Unreadable('no marker')
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === startOfScan) {
      const rest = blocks.iim
        ? inPieces(resourcesWith(Buffer.concat(resources), blocks, { withXmp: false, withIim: true }), longestBody - photoshop.length)
        : []
      return ok({
        head: Buffer.concat([...early, ...packet, ...rest.map((piece) => segment(app13, photoshop, piece)), ...kept]),
        cutHead: await window.bytes(0, at),
        from: at,
        to: source.size,
        tail: Buffer.alloc(0),
        cutTail: Buffer.alloc(0),
      })
    }
    if (marker === 0 || (marker >= 0xd0 && marker <= 0xd9)) throw new Unreadable('no scan')
    const length = (await window.bytes(at + 2, 2)).readUInt16BE(0)
    if (length < 2) throw new Unreadable('no length')
    const whole = await window.bytes(at, 2 + length)
    const body = whole.subarray(4)
    const starts = (mark: Buffer) => body.subarray(0, mark.length).equals(mark)
    if (marker === app0 && kept.length === 0) early.push(whole)
    else if (marker === app1 && starts(exif)) {
      const out = await exifOut(body.subarray(exif.length), blocks)
      // Words that make it too long for its segment are in XMP and IIM as well.
      const fits =
        out && out.length + exif.length <= longestBody ? out : out && (await exifOut(body.subarray(exif.length), { ...blocks, exif: null }))
      if (fits) early.push(segment(app1, exif, fits))
    } else if (marker === app13 && blocks.iim && starts(photoshop)) resources.push(body.subarray(photoshop.length))
    else if (!(marker === app1 && (starts(signature) || starts(extended)))) kept.push(whole)
    at += 2 + length
  }
}
