import { ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'
import { resourcesWith } from './iim.ts'

/** Photoshop documents: packet, IIM and its sum as resources; layers and pixels are not touched. */
export const stampPsd: Stamper = async (source, blocks) => {
  const window = new Window(source)
  const head = await window.bytes(0, 30)
  if (head.toString('latin1', 0, 4) !== '8BPS') throw new Unreadable('no Photoshop document')
  const at = 30 + head.readUInt32BE(26)
  const length = (await window.bytes(at, 4)).readUInt32BE(0)
  const resources = resourcesWith(await window.bytes(at + 4, length), blocks, { withXmp: true, withIim: true })
  const size = Buffer.alloc(4)
  size.writeUInt32BE(resources.length)
  const from = at + 4 + length
  return ok({
    head: Buffer.concat([await window.bytes(0, at), size, resources]),
    cutHead: await window.bytes(0, from),
    from,
    to: source.size,
    tail: Buffer.alloc(0),
    cutTail: Buffer.alloc(0),
  })
}
