import { fail, ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'

const signature = Buffer.from('http://ns.adobe.com/xap/1.0/\0')
const extended = Buffer.from('http://ns.adobe.com/xmp/extension/\0')
const exif = Buffer.from('Exif\0\0')
const startOfScan = 0xda
const [app0, app1] = [0xe0, 0xe1]

/** One APP1 segment holds 65,533 bytes; what is larger would have to be split, which few readers follow. */
export const largestJpegPacket = 0xffff - 2 - signature.length

const segmentOf = (packet: Buffer): Buffer => {
  const marker = Buffer.from([0xff, app1, 0, 0])
  marker.writeUInt16BE(2 + signature.length + packet.length, 2)
  return Buffer.concat([marker, signature, packet])
}

/** JPEG: the packet as APP1 after JFIF and Exif; older XMP, also in extension segments, goes. The scan is not touched. */
export const stampJpeg: Stamper = async (source, packet) => {
  if (packet.length > largestJpegPacket) return fail('packet-too-large')
  const window = new Window(source)
  if ((await window.bytes(0, 2)).readUInt16BE(0) !== 0xffd8) throw new Unreadable('no JPEG')

  const kept: Buffer[] = [Buffer.from([0xff, 0xd8])]
  let inserted = false
  const insert = () => {
    if (!inserted) kept.push(segmentOf(packet))
    inserted = true
  }
  for (let at = 2; ;) {
    const [fill, marker] = [...(await window.bytes(at, 2))] as [number, number]
    if (fill !== 0xff) throw new Unreadable('no marker')
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === startOfScan) {
      insert()
      return ok({
        head: Buffer.concat(kept),
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
    const segment = await window.bytes(at, 2 + length)
    const body = segment.subarray(4)
    const early = marker === app0 || (marker === app1 && body.subarray(0, exif.length).equals(exif))
    const older = marker === app1 && [signature, extended].some((start) => body.subarray(0, start.length).equals(start))
    if (!early) insert()
    if (!older) kept.push(segment)
    at += 2 + length
  }
}
