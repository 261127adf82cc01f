import { fail, ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'
import { changesFor, directoryAt, newDirectory, orderOf, privatePatches, type Entry, type Order } from './exif.ts'
import { iimBlock, resourcesWith } from './iim.ts'

const tags = { xmp: 700, iim: 33723, resources: 34377 }
const [byteType, longType] = [1, 4]
/** IIM in a TIFF is, by custom, an array of 32-bit numbers. */
const inFours = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

/** Where a value of bytes lies. */
async function valueOf(window: Window, order: Order, entry: Entry | undefined): Promise<Buffer> {
  const length = entry ? order.read32(entry.raw, 4) : 0
  if (!entry || length <= 4) return Buffer.alloc(0)
  return window.bytes(order.read32(entry.raw, 8), length)
}

/**
 * TIFF: a copy of the first directory with what is said is appended and the header points to it. Nothing else moves, so every
 * offset in the file stays true; the old directory is left behind unused, and what is private in the file is wiped in place.
 */
export const stampTiff: Stamper = async (source, blocks) => {
  const window = new Window(source)
  const header = Buffer.from(await window.bytes(0, 8))
  const mark = header.toString('latin1', 0, 2)
  if (mark !== 'II' && mark !== 'MM') throw new Unreadable('no TIFF')
  const order = orderOf(mark)
  if (order.read16(header, 2) !== 42) return fail('unsupported-type') // 43 is BigTIFF

  const read = (at: number, length: number) => window.bytes(at, length)
  const first = await directoryAt(read, order, order.read32(header, 4))
  const old = await valueOf(
    window,
    order,
    first.entries.find(({ tag }) => tag === tags.resources),
  )
  // IIM has a tag of its own here; a second copy among the resources would only be asked which is right.
  const resources = blocks.iim ? resourcesWith(old, blocks, { withXmp: false, withIim: false }) : null
  const { drop, put } = changesFor(blocks)
  const padding = source.size % 2 // a directory begins on an even offset
  const at = source.size + padding
  const directory = newDirectory(order, first, at, {
    drop: [...drop, ...(blocks.iim ? [tags.iim, tags.resources] : [])],
    put: [
      ...put,
      { tag: tags.xmp, type: byteType, bytes: blocks.xmp },
      ...(blocks.iim ? [{ tag: tags.iim, type: longType, bytes: inFours(iimBlock(blocks.iim)) }] : []),
      ...(resources?.length ? [{ tag: tags.resources, type: byteType, bytes: resources }] : []),
    ],
  })
  if (at + directory.length > 0xffffffff) return fail('file-too-large')
  const patches = blocks.keepsPrivate ? [] : await privatePatches(read, order, first)

  const cutHead = Buffer.from(header)
  order.write32(header, at, 4)
  return ok({
    head: header,
    cutHead,
    from: 8,
    to: source.size,
    tail: Buffer.concat([Buffer.alloc(padding), directory]),
    cutTail: Buffer.alloc(0),
    patches,
  })
}
