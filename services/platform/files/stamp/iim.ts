import { createHash } from 'node:crypto'
import type { Blocks } from './edit.ts'

const datasetOf = (record: number, dataset: number, value: Buffer): Buffer => {
  const head = Buffer.from([0x1c, record, dataset, 0, 0])
  head.writeUInt16BE(value.length, 3)
  return Buffer.concat([head, value])
}

/** IPTC-IIM, declared as UTF-8. */
export function iimBlock(iim: NonNullable<Blocks['iim']>): Buffer {
  const rows = iim.flatMap(({ dataset, values }) => values.map((value) => datasetOf(2, dataset, Buffer.from(value).subarray(0, 0x7fff))))
  return Buffer.concat([datasetOf(1, 90, Buffer.from([0x1b, 0x25, 0x47])), datasetOf(2, 0, Buffer.from([0, 4])), ...rows])
}

const [iimId, sumId, xmpId, exifIds] = [0x0404, 0x0425, 0x0424, [0x0422, 0x0423]]

/** Photoshop's resources, each as it stands; null where they cannot be told apart. */
function resources(bytes: Buffer): { id: number; raw: Buffer }[] | null {
  const found: { id: number; raw: Buffer }[] = []
  for (let at = 0; at < bytes.length;) {
    if (at + 12 > bytes.length || !/^(8BIM|MeSa|AgHg|PHUT|DCSR)$/.test(bytes.toString('latin1', at, at + 4))) return null
    const name = (bytes[at + 6] as number) + 1
    const sizeAt = at + 6 + name + (name % 2)
    if (sizeAt + 4 > bytes.length) return null
    const length = bytes.readUInt32BE(sizeAt)
    const end = sizeAt + 4 + length
    if (end > bytes.length) return null
    const padded = Math.min(bytes.length, end + (length % 2))
    found.push({ id: bytes.readUInt16BE(at + 4), raw: bytes.subarray(at, padded) })
    at = padded
  }
  return found
}

const resource = (id: number, content: Buffer): Buffer => {
  const head = Buffer.from([0x38, 0x42, 0x49, 0x4d, 0, 0, 0, 0, 0, 0, 0, 0])
  head.writeUInt16BE(id, 4)
  head.writeUInt32BE(content.length, 8)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

/** Resources with what is said in place of what was said: IIM, its sum, and where there is no better place the packet. What cannot be told apart goes. */
export function resourcesWith(bytes: Buffer, blocks: Blocks, { withXmp, withIim }: { withXmp: boolean; withIim: boolean }): Buffer {
  const { iim, keepsPrivate } = blocks
  const kept = (resources(bytes) ?? []).filter(
    ({ id }) => !(iim && (id === iimId || id === sumId)) && !(id === xmpId && (withXmp || iim)) && !(exifIds.includes(id) && !keepsPrivate),
  )
  const block = withIim && iim ? iimBlock(iim) : null
  return Buffer.concat([
    ...kept.map(({ raw }) => (raw.length % 2 ? Buffer.concat([raw, Buffer.alloc(1)]) : raw)),
    ...(block ? [resource(iimId, block), resource(sumId, createHash('md5').update(block).digest())] : []),
    ...(withXmp ? [resource(xmpId, blocks.xmp)] : []),
  ])
}
