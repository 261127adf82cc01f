import { fail, ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Patch, type SourceFile, type Stamper } from './edit.ts'
import { directoryAt, orderOf, privatePatches } from './exif.ts'

/** ISO base media files: films (MP4, QuickTime) and pictures (HEIC, AVIF). */

interface Box {
  type: string
  at: number
  body: number
  end: number
  /** Its length field says nought: it reaches to the end of the file. */
  open: boolean
}
const xmpUuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex')
const mostBoxes = 8000
const largestOld = 4 * 1024 * 1024

/** The boxes between two places. Only their heads are read: a film may have thousands, gigabytes apart. */
async function boxesIn({ read }: SourceFile, start: number, end: number): Promise<Box[]> {
  const found: Box[] = []
  for (let at = start; at + 8 <= end;) {
    const head = await read(at, Math.min(at + 16, end))
    const type = head.toString('latin1', 4, 8)
    const short = head.readUInt32BE(0)
    const body = at + (short === 1 ? 16 : 8)
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short
    if (size < body - at || at + size > end) throw new Unreadable('box')
    found.push({ type, at, body, end: at + size, open: short === 0 })
    if (found.length > mostBoxes) throw new Unreadable('too many boxes')
    at += size
  }
  return found
}

export const boxOf = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** A box that is to say nothing more: free space, and empty. */
async function freed(source: SourceFile, { at, body, end }: Box): Promise<Patch> {
  if (end - at > largestOld) throw new Unreadable('box too large')
  const before = await source.read(at, end)
  const after = Buffer.alloc(before.length)
  before.copy(after, 0, 0, body - at)
  after.write('free', 4, 'latin1')
  return { at, before, after }
}

const place = /^(\xa9xyz|loci)$/

/** What is said in the film's head: an older packet, and where it was taken. */
async function inMovie(source: SourceFile, moov: Box, keepsPrivate: boolean): Promise<Patch[]> {
  const patches: Patch[] = []
  for (const box of await boxesIn(source, moov.body, moov.end)) {
    if (box.type === 'meta' && !keepsPrivate) patches.push(...(await placeInKeys(source, box)))
    if (box.type !== 'udta') continue
    // User data may end with four bytes of nought that are no box.
    const end = (await source.read(box.end - 4, box.end)).readUInt32BE(0) === 0 && box.end - box.body >= 4 ? box.end - 4 : box.end
    const inner = await boxesIn(source, box.body, end).catch(() => boxesIn(source, box.body, box.end))
    for (const one of inner) {
      if (one.type === 'XMP_' || (!keepsPrivate && place.test(one.type))) patches.push(await freed(source, one))
      if (one.type === 'meta' && !keepsPrivate) patches.push(...(await placeInKeys(source, one)))
    }
  }
  return patches
}

/** QuickTime's list of keys and values: the value under a key that names a place is emptied. */
async function placeInKeys(source: SourceFile, meta: Box): Promise<Patch[]> {
  if (meta.end - meta.body < 12) return []
  const full = (await source.read(meta.body + 4, meta.body + 8)).toString('latin1') !== 'hdlr'
  const inner = await boxesIn(source, meta.body + (full ? 4 : 0), meta.end)
  const keys = inner.find(({ type }) => type === 'keys')
  const list = inner.find(({ type }) => type === 'ilst')
  if (!keys || !list || keys.end - keys.body > largestOld) return []
  const bytes = await source.read(keys.body, keys.end)
  const wanted = new Set<number>()
  for (let at = 8, index = 1; at + 8 <= bytes.length; index++) {
    const length = bytes.readUInt32BE(at)
    if (length < 8) break
    if (/location/i.test(bytes.toString('latin1', at + 8, at + length))) wanted.add(index)
    at += length
  }
  const patches: Patch[] = []
  for (const item of await boxesIn(source, list.body, list.end)) {
    if (wanted.has(Buffer.from(item.type, 'latin1').readUInt32BE(0))) patches.push(await freed(source, item))
  }
  return patches
}

/** Films: the packet as a box of its own at the end, older ones become free space. Not a sample moves. */
export const stampFilm: Stamper = async (source, { xmp, keepsPrivate }) => {
  const all = await boxesIn(source, 0, source.size)
  if (!all.some(({ type }) => type === 'ftyp' || type === 'moov' || type === 'mdat')) throw new Unreadable('no film')
  const patches: Patch[] = []
  for (const box of all) {
    if (box.type === 'moov') patches.push(...(await inMovie(source, box, keepsPrivate)))
    if (box.type === 'uuid' && box.end - box.body >= 16 && (await source.read(box.body, box.body + 16)).equals(xmpUuid))
      patches.push(await freed(source, box))
  }
  const last = all.at(-1) as Box
  if (last.open) {
    if (last.end - last.at > 0xffffffff) return fail('file-too-large')
    const before = await source.read(last.at, last.at + 4)
    const after = Buffer.alloc(4)
    after.writeUInt32BE(last.end - last.at)
    patches.push({ at: last.at, before, after })
  }
  // The index of fragments is looked for at the very end: it stays last.
  const index = last.type === 'mfra' && last.end - last.at < largestOld ? await source.read(last.at, last.end) : Buffer.alloc(0)
  const to = source.size - index.length
  return ok({
    head: Buffer.alloc(0),
    cutHead: Buffer.alloc(0),
    from: 0,
    to,
    tail: Buffer.concat([boxOf('uuid', xmpUuid, xmp), index]),
    cutTail: index,
    patches: patches.filter(({ at, before }) => at + before.length <= to).sort((a, b) => a.at - b.at),
  })
}

interface Items {
  /** Entries of `iinf` as they stand. */
  entries: Buffer[]
  wide: boolean
  infoVersion: number
  xmpIds: number[]
  exifIds: number[]
  largestId: number
}

async function itemsOf(source: SourceFile, box: Box): Promise<Items> {
  const version = (await source.read(box.body, box.body + 1))[0] as number
  const items: Items = { entries: [], wide: version > 0, infoVersion: version, xmpIds: [], exifIds: [], largestId: 0 }
  for (const entry of await boxesIn(source, box.body + (version === 0 ? 6 : 8), box.end)) {
    const raw = await source.read(entry.at, entry.end)
    const bytes = raw.subarray(entry.body - entry.at)
    if (entry.type !== 'infe' || (bytes[0] as number) < 2) throw new Unreadable('item')
    const wide = bytes[0] === 3
    const id = wide ? bytes.readUInt32BE(4) : bytes.readUInt16BE(4)
    const at = wide ? 10 : 8
    const type = bytes.toString('latin1', at, at + 4)
    const isXmp = type === 'mime' && bytes.toString('latin1', at + 4).split('\0')[1] === 'application/rdf+xml'
    if (isXmp) items.xmpIds.push(id)
    if (type === 'Exif') items.exifIds.push(id)
    items.largestId = Math.max(items.largestId, id)
    items.entries.push(isXmp ? Buffer.alloc(0) : raw)
  }
  return items
}

interface Location {
  id: number
  method: number
  reference: number
  extents: { index: number; at: number; length: number }[]
}

function locationsOf(bytes: Buffer): Location[] {
  const version = bytes[0] as number
  const [sizes, more] = [bytes[4] as number, bytes[5] as number]
  let at = 6
  const number = (size: number): number => {
    const value = size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size)
    at += size
    return value
  }
  return Array.from({ length: number(version === 2 ? 4 : 2) }, () => {
    const id = number(version === 2 ? 4 : 2)
    const method = version > 0 ? number(2) & 15 : 0
    const reference = number(2)
    const base = number(more >> 4)
    const extents = Array.from({ length: number(2) }, () => ({
      index: number(version > 0 ? more & 15 : 0),
      at: number(sizes >> 4) + base,
      length: number(sizes & 15),
    }))
    return { id, method, reference, extents }
  })
}

/** Written anew in one wide form, so that no number can be too large for its field. */
function locationBox(locations: readonly Location[], moved: (at: number) => number): Buffer {
  const head = Buffer.from([2, 0, 0, 0, 0x88, 0x08, 0, 0, 0, 0])
  head.writeUInt32BE(locations.length, 6)
  const rows = locations.map(({ id, method, reference, extents }) => {
    const row = Buffer.alloc(10 + extents.length * 24)
    row.writeUInt32BE(id, 0)
    row.writeUInt16BE(method, 4)
    row.writeUInt16BE(reference, 6)
    row.writeUInt16BE(extents.length, 8)
    extents.forEach((extent, i) => {
      row.writeBigUInt64BE(BigInt(extent.index), 10 + i * 24)
      row.writeBigUInt64BE(BigInt(method === 0 ? moved(extent.at) : extent.at), 18 + i * 24)
      row.writeBigUInt64BE(BigInt(extent.length), 26 + i * 24)
    })
    return row
  })
  return boxOf('iloc', head, ...rows)
}

/** The packet as an item: a file of XML inside the picture's file. */
function infoBox(items: Items, id: number): Buffer {
  const entry = Buffer.alloc(12)
  entry[0] = 3
  entry.writeUInt32BE(id, 4)
  const added = boxOf(
    'infe',
    entry.subarray(0, 8),
    Buffer.from([0, 0]),
    Buffer.from('mime', 'latin1'),
    Buffer.from('\0application/rdf+xml\0', 'latin1'),
  )
  const entries = items.entries.filter(({ length }) => length > 0)
  const head = Buffer.alloc(8)
  head[0] = 1
  head.writeUInt32BE(entries.length + 1, 4)
  return boxOf('iinf', head, ...entries, added)
}

/** That the new item describes the picture; references of an older packet go. */
function referenceBox(old: Buffer | null, id: number, picture: number, gone: readonly number[]): Buffer {
  const wide = old ? old[8] === 1 : picture > 0xffff || id > 0xffff
  const width = wide ? 4 : 2
  const kept: Buffer[] = []
  for (let at = 12; old && at + 8 + width <= old.length;) {
    const end = at + old.readUInt32BE(at)
    if (end <= at || end > old.length) throw new Unreadable('reference')
    if (!gone.includes(old.readUIntBE(at + 8, width))) kept.push(old.subarray(at, end))
    at = end
  }
  const body = Buffer.alloc(width * 2 + 2)
  body.writeUIntBE(id, 0, width)
  body.writeUInt16BE(1, width)
  body.writeUIntBE(picture, width + 2, width)
  return boxOf('iref', Buffer.from([wide ? 1 : 0, 0, 0, 0]), ...kept, boxOf('cdsc', body))
}

/** HEIC and AVIF: the box that names what is in the file grows by an item, all that lies behind it moves, the packet comes last. */
export const stampItems: Stamper = async (source, { xmp, keepsPrivate }) => {
  const all = await boxesIn(source, 0, source.size)
  const meta = all.find(({ type }) => type === 'meta')
  // Sequences have a film's tables of offsets beside: those would have to move with it.
  if (!meta || all.some(({ type }) => type === 'moov' || type === 'moof')) return fail('unsupported-type')
  if (all.at(-1)?.open) return fail('unsupported-type')
  const inner = await boxesIn(source, meta.body + 4, meta.end)
  const [infos, places, primary] = ['iinf', 'iloc', 'pitm'].map((type) => inner.find((box) => box.type === type))
  if (!infos || !places || !primary) throw new Unreadable('no items')
  const items = await itemsOf(source, infos)
  const id = items.largestId + 1
  const first = await source.read(primary.body, primary.end)
  const picture = first[0] === 0 ? first.readUInt16BE(4) : first.readUInt32BE(4)
  const old = inner.find(({ type }) => type === 'iref')
  const located = locationsOf(await source.read(places.body, places.end))
  const kept = located.filter((location) => !items.xmpIds.includes(location.id))
  const references = referenceBox(old ? await source.read(old.at, old.end) : null, id, picture, items.xmpIds)

  const build = async (moved: (at: number) => number, packetAt: number): Promise<Buffer> => {
    const own: Location = { id, method: 0, reference: 0, extents: [{ index: 0, at: packetAt, length: xmp.length }] }
    const parts: Buffer[] = [await source.read(meta.body, meta.body + 4)]
    for (const box of inner) {
      if (box === infos) parts.push(infoBox(items, id))
      else if (box === places) parts.push(locationBox([...kept, own], (at) => (at === packetAt ? at : moved(at))))
      else if (box !== old) parts.push(await source.read(box.at, box.end))
    }
    return boxOf('meta', ...parts, references)
  }
  const size = (await build((at) => at, 0)).length
  const growth = size - (meta.end - meta.at)
  const packetAt = source.size + growth + 8
  const moved = (at: number) => (at >= meta.end ? at + growth : at)
  const patches: Patch[] = []
  for (const location of located) {
    if (items.xmpIds.includes(location.id))
      for (const { at, length } of location.method === 0 ? location.extents : []) patches.push(await blank(source, at, length))
    if (items.exifIds.includes(location.id) && !keepsPrivate && location.method === 0 && location.extents.length === 1)
      patches.push(...(await exifPatches(source, location.extents[0] as { at: number; length: number })))
  }
  return ok({
    head: Buffer.concat([await source.read(0, meta.at), await build(moved, packetAt)]),
    cutHead: await source.read(0, meta.end),
    from: meta.end,
    to: source.size,
    tail: boxOf('mdat', xmp),
    cutTail: Buffer.alloc(0),
    patches: patches.filter(({ at }) => at >= meta.end).sort((a, b) => a.at - b.at),
  })
}

async function blank(source: SourceFile, at: number, length: number): Promise<Patch> {
  if (length > largestOld) throw new Unreadable('packet')
  return { at, before: await source.read(at, at + length), after: Buffer.alloc(length, ' ') }
}

/** Coordinates and telling entries of an EXIF item, in place; the way to the coordinates is cut. */
async function exifPatches(source: SourceFile, { at, length }: { at: number; length: number }): Promise<Patch[]> {
  const start = at + 4 + (await source.read(at, at + 4)).readUInt32BE(0)
  const end = at + length
  const window = new Window(source)
  const read = (from: number, size: number) => {
    if (from < 0 || start + from + size > end) throw new Unreadable('outside of the block')
    return window.bytes(start + from, size)
  }
  const head = await read(0, 8)
  const order = orderOf(head.toString('latin1', 0, 2))
  const first = await directoryAt(read, order, order.read32(head, 4))
  const gps = first.entries.findIndex(({ tag }) => tag === 0x8825)
  const patches = await privatePatches(read, order, first)
  if (gps >= 0) {
    const size = 2 + first.entries.length * 12 + 4
    const before = Buffer.from(await read(first.at, size))
    const rest = first.entries.filter((_, i) => i !== gps)
    const after = Buffer.concat([before.subarray(0, 2), ...rest.map(({ raw }) => raw), first.next, Buffer.alloc(12)])
    order.write16(after, rest.length, 0)
    patches.push({ at: first.at, before, after })
  }
  return patches.map((patch) => ({ ...patch, at: start + patch.at }))
}
