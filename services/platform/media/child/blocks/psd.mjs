// Photoshop documents, and the resource blocks that JPEG and TIFF carry for the same things.
import { createHash } from 'node:crypto'

export async function readPsd(reader) {
  const head = await reader.bytes(0, 30)
  const at = 30 + head.readUInt32BE(26)
  const length = (await reader.bytes(at, 4)).readUInt32BE(0)
  return { xmp: [], resources: await reader.bytes(at + 4, length) }
}

/** Resources by number: 0x0404 IIM, 0x0425 the sum of it, 0x0424 XMP, 0x0422 EXIF. */
export function resourcesOf(bytes) {
  const found = new Map()
  for (let at = 0; at + 12 <= bytes.length && bytes.toString('latin1', at, at + 4) === '8BIM';) {
    const number = bytes.readUInt16BE(at + 4)
    const name = bytes[at + 6] + 1
    const start = at + 6 + name + (name % 2)
    if (start + 4 > bytes.length) break
    const length = bytes.readUInt32BE(start)
    found.set(number, bytes.subarray(start + 4, start + 4 + length))
    at = start + 4 + length + (length % 2)
  }
  return found
}

/** What the resources hold of our blocks; a block of bare IIM, as TIFF may have it, is taken as such. */
export function blocksIn(bytes) {
  if (bytes[0] === 0x1c) return { iim: bytes }
  const resources = resourcesOf(bytes)
  const iim = resources.get(0x0404)
  const sum = resources.get(0x0425)
  return {
    iim,
    xmp: resources.get(0x0424)?.toString('utf8'),
    exif: resources.get(0x0422),
    iimChanged: iim && sum?.length === 16 && sum.some(Boolean) ? !createHash('md5').update(iim).digest().equals(sum) : undefined,
  }
}
