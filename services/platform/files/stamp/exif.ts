import { Unreadable, type Blocks, type Patch } from './edit.ts'

/** TIFF's directories, as far as metadata is rewritten in them: in TIFF files, and in the EXIF blocks of others. */

export interface Entry {
  tag: number
  /** The twelve bytes as they stand. */
  raw: Buffer
}
export interface Order {
  little: boolean
  read16(bytes: Buffer, at: number): number
  read32(bytes: Buffer, at: number): number
  write16(bytes: Buffer, value: number, at: number): void
  write32(bytes: Buffer, value: number, at: number): void
}
type Read = (at: number, length: number) => Promise<Buffer> | Buffer

export function orderOf(mark: string): Order {
  const little = mark === 'II'
  if (!little && mark !== 'MM') throw new Unreadable('no byte order')
  return {
    little,
    read16: (bytes, at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    read32: (bytes, at) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
    write16: (bytes, value, at) => void (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at)),
    write32: (bytes, value, at) => void (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at)),
  }
}

const widths: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 }
const exifPointer = 0x8769
const gpsPointer = 0x8825
/** Maker's notes (nobody knows all that is in them), the camera's owner and serial number, the lens's serial number. */
const telling = new Set([0x927c, 0xa430, 0xa431, 0xa435])
const words = { ImageDescription: 0x010e, Artist: 0x013b, Copyright: 0x8298 } as const

export interface Directory {
  at: number
  entries: Entry[]
  next: Buffer
}

export async function directoryAt(read: Read, order: Order, at: number): Promise<Directory> {
  const count = order.read16(await read(at, 2), 0)
  const bytes = await read(at + 2, count * 12 + 4)
  const entries = Array.from({ length: count }, (_, i) => {
    const raw = bytes.subarray(i * 12, i * 12 + 12)
    return { tag: order.read16(raw, 0), raw }
  })
  return { at, entries, next: bytes.subarray(count * 12) }
}

/** The bytes of a value that lies outside of its entry. */
function outside({ raw }: Entry, order: Order): { at: number; length: number } | undefined {
  const length = (widths[order.read16(raw, 2)] ?? 0) * order.read32(raw, 4)
  return length > 4 ? { at: order.read32(raw, 8), length } : undefined
}

async function wiped(read: Read, at: number, length: number): Promise<Patch> {
  const before = Buffer.from(await read(at, length))
  return { at, before, after: Buffer.alloc(length) }
}

const pointed = (entries: readonly Entry[], tag: number, order: Order): number | undefined => {
  const entry = entries.find((one) => one.tag === tag)
  return entry && order.read32(entry.raw, 8)
}

/** What has to change in place so that nothing private stays: the directory of coordinates is wiped, telling entries leave theirs. */
export async function privatePatches(read: Read, order: Order, first: Directory): Promise<Patch[]> {
  const patches: Patch[] = []
  const gps = pointed(first.entries, gpsPointer, order)
  if (gps !== undefined) {
    const directory = await directoryAt(read, order, gps)
    patches.push(await wiped(read, gps, 2 + directory.entries.length * 12 + 4))
    for (const entry of directory.entries) {
      const value = outside(entry, order)
      if (value) patches.push(await wiped(read, value.at, value.length))
    }
  }
  const exif = pointed(first.entries, exifPointer, order)
  if (exif !== undefined) {
    const directory = await directoryAt(read, order, exif)
    const gone = directory.entries.filter(({ tag }) => telling.has(tag))
    if (gone.length > 0) {
      const kept = directory.entries.filter(({ tag }) => !telling.has(tag))
      const length = 2 + directory.entries.length * 12 + 4
      const before = Buffer.from(await read(exif, length))
      const after = Buffer.concat([before.subarray(0, 2), ...kept.map(({ raw }) => raw), directory.next, Buffer.alloc(gone.length * 12)])
      order.write16(after, kept.length, 0)
      patches.push({ at: exif, before, after })
    }
    for (const entry of gone) {
      const value = outside(entry, order)
      if (value) patches.push(await wiped(read, value.at, value.length))
    }
  }
  return inOrder(patches)
}

/** Patches by place; what overlaps an earlier one (a damaged or malicious directory) is left out. */
function inOrder(patches: Patch[]): Patch[] {
  const sorted = patches.sort((a, b) => a.at - b.at)
  let end = 0
  return sorted.filter(({ at, before }) => {
    if (at < end) return false
    end = at + before.length
    return true
  })
}

/** Tags of the first directory that are taken out and put in. */
export interface FirstDirectory {
  drop: readonly number[]
  put: readonly { tag: number; type: number; bytes: Buffer }[]
}

/** What of the first directory changes with what is said: words in EXIF follow the record, the way to coordinates goes. */
export function changesFor({ exif, keepsPrivate }: Blocks): FirstDirectory {
  const put = exif
    ? Object.entries(words).flatMap(([name, tag]) => {
        const text = exif[name as keyof typeof words]
        return text ? [{ tag, type: 2, bytes: Buffer.from(`${text.replaceAll('\0', '')}\0`) }] : []
      })
    : []
  return { drop: [...(exif ? Object.values(words) : []), ...(keepsPrivate ? [] : [gpsPointer])], put }
}

/** A new first directory that will lie at `at`, with its values after it. */
export function newDirectory(order: Order, first: Directory, at: number, { drop, put }: FirstDirectory): Buffer {
  const kept = first.entries.filter(({ tag }) => !drop.includes(tag) && !put.some((one) => one.tag === tag))
  const count = kept.length + put.length
  let valueAt = at + 2 + count * 12 + 4
  const values: Buffer[] = []
  const added = put.map(({ tag, type, bytes }) => {
    const raw = Buffer.alloc(12)
    order.write16(raw, tag, 0)
    order.write16(raw, type, 2)
    order.write32(raw, bytes.length / (widths[type] ?? 1), 4)
    if (bytes.length <= 4) bytes.copy(raw, 8)
    else {
      order.write32(raw, valueAt, 8)
      const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)])
      values.push(padded)
      valueAt += padded.length
    }
    return { tag, raw }
  })
  const length = Buffer.alloc(2)
  order.write16(length, count, 0)
  const sorted = [...kept, ...added].sort((a, b) => a.tag - b.tag).map(({ raw }) => raw)
  return Buffer.concat([length, ...sorted, first.next, ...values])
}

/** An EXIF block as it goes out; as it is where it cannot be read, unless it may hold what is private: then it goes. */
export async function exifOut(block: Buffer, blocks: Blocks): Promise<Buffer | null> {
  if (!blocks.exif && blocks.keepsPrivate) return block
  try {
    const order = orderOf(block.toString('latin1', 0, 2))
    const read: Read = (at, length) => {
      if (at < 0 || at + length > block.length) throw new Unreadable('outside of the block')
      return block.subarray(at, at + length)
    }
    const first = await directoryAt(read, order, order.read32(block, 4))
    const out = Buffer.from(block)
    if (!blocks.keepsPrivate) for (const { at, after } of await privatePatches(read, order, first)) after.copy(out, at)
    const at = out.length + (out.length % 2)
    const grown = Buffer.concat([out, Buffer.alloc(out.length % 2), newDirectory(order, first, at, changesFor(blocks))])
    order.write32(grown, at, 4)
    return grown
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return blocks.keepsPrivate ? block : null
    throw error
  }
}
