// ISO base media files: films (MP4, QuickTime) and pictures (HEIC, AVIF). Boxes are stepped over; what they hold is not read.
const xmpUuid = 'be7acfcb97a942e89c71999491e3afac'
const most = 16 * 1024 * 1024

/** The boxes between two places. */
export async function* boxes(reader, start, end) {
  for (let at = start, n = 0; at + 8 <= end && n < 10_000; n++) {
    const head = await reader.bytes(at, Math.min(16, end - at))
    const type = head.toString('latin1', 4, 8)
    let size = head.readUInt32BE(0)
    let body = at + 8
    if (size === 1) {
      size = Number(head.readBigUInt64BE(8))
      body = at + 16
    } else if (size === 0) size = end - at
    if (size < body - at || at + size > end) return
    yield { type, at, body, end: at + size }
    at += size
  }
}

export async function readBoxes(reader) {
  const found = { xmp: [], quicktime: {} }
  for await (const box of boxes(reader, 0, reader.size)) {
    if (box.type === 'uuid' && box.end - box.body > 16 && box.end - box.body < most) {
      const id = (await reader.bytes(box.body, 16)).toString('hex')
      if (id === xmpUuid) found.xmp.push((await reader.bytes(box.body + 16, box.end - box.body - 16)).toString('utf8'))
    }
    if (box.type === 'meta') await readItems(reader, box, found)
    if (box.type === 'moov') for await (const inner of boxes(reader, box.body, box.end)) await readMovie(reader, inner, found)
  }
  return found
}

async function readMovie(reader, box, found) {
  if (box.type === 'udta') for await (const inner of boxes(reader, box.body, box.end)) await readUserData(reader, inner, found)
  if (box.type === 'meta') await readKeys(reader, box, found)
}

const said = {
  '©nam': 'title',
  '©des': 'description',
  desc: 'description',
  '©cmt': 'description',
  '©inf': 'description',
  '©cpy': 'copyright',
  cprt: 'copyright',
  '©ART': 'author',
  '©aut': 'author',
  auth: 'author',
  '©day': 'creationDate',
  '©key': 'keywords',
  keyw: 'keywords',
  '©xyz': 'location',
  '©mak': 'make',
  '©mod': 'model',
  '©swr': 'software',
  '©too': 'software',
  titl: 'title',
  dscp: 'description',
}
const keep = (found, name, text) => {
  const words = text?.replaceAll('\0', '').trim()
  if (name && words) found.quicktime[name] ??= words
}

async function readUserData(reader, box, found) {
  const length = box.end - box.body
  if (length > most) return
  if (box.type === 'XMP_') found.xmp.push((await reader.bytes(box.body, length)).toString('utf8'))
  else if (box.type === 'meta') await readKeys(reader, box, found)
  else if (box.type.startsWith('©') && length > 4) {
    const bytes = await reader.bytes(box.body, length)
    keep(found, said[box.type], bytes.subarray(4, 4 + bytes.readUInt16BE(0)).toString('utf8'))
  } else if (said[box.type] && length > 6) {
    // 3GPP: version and flags, language, text in UTF-8 or, with its mark, in UTF-16.
    const text = (await reader.bytes(box.body, length)).subarray(6)
    keep(found, said[box.type], text.readUInt16BE(0) === 0xfeff ? text.subarray(2).swap16().toString('utf16le') : text.toString('utf8'))
  }
}

/** Metadata by keys (QuickTime) and by four letters (iTunes). */
async function readKeys(reader, meta, found) {
  const full = (await reader.bytes(meta.body + 4, 4)).toString('latin1') !== 'hdlr'
  const inner = []
  for await (const box of boxes(reader, meta.body + (full ? 4 : 0), meta.end)) inner.push(box)
  const keysBox = inner.find(({ type }) => type === 'keys')
  const names = keysBox ? await namesIn(reader, keysBox) : []
  const list = inner.find(({ type }) => type === 'ilst')
  if (!list) return
  for await (const item of boxes(reader, list.body, list.end)) {
    for await (const data of boxes(reader, item.body, item.end)) {
      if (data.type !== 'data' || data.end - data.body < 8 || data.end - data.body > most) continue
      const bytes = await reader.bytes(data.body, data.end - data.body)
      if (bytes.readUInt32BE(0) !== 1) continue
      const index = (await reader.bytes(item.at + 4, 4)).readUInt32BE(0)
      keep(found, names[index - 1] ?? said[item.type], bytes.subarray(8).toString('utf8'))
    }
  }
}

const keyNames = {
  title: 'title',
  displayname: 'title',
  description: 'description',
  comment: 'description',
  copyright: 'copyright',
  author: 'author',
  artist: 'author',
  creationdate: 'creationDate',
  keywords: 'keywords',
  make: 'make',
  model: 'model',
  software: 'software',
  'location.ISO6709': 'location',
}

async function namesIn(reader, { body, end }) {
  const bytes = await reader.bytes(body, Math.min(end - body, 65_536))
  const names = []
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (length < 8) break
    const key = bytes.toString('utf8', at + 8, at + length)
    names.push(keyNames[key.replace(/^com\.apple\.quicktime\./, '')])
    at += length
  }
  return names
}

/** HEIC and AVIF keep EXIF and XMP as items: named in `iinf`, placed by `iloc`. */
async function readItems(reader, meta, found) {
  let infos
  let places
  for await (const box of boxes(reader, meta.body + 4, meta.end)) {
    if (box.type === 'iinf') infos = await itemsIn(reader, box)
    if (box.type === 'iloc') places = placesIn(await reader.bytes(box.body, box.end - box.body))
  }
  for (const { id, type, content } of infos ?? []) {
    const extents = places?.get(id)
    if (!extents) continue
    const read = async () => Buffer.concat(await Promise.all(extents.map(({ at, length }) => reader.bytes(at, length))))
    if (type === 'mime' && content === 'application/rdf+xml') found.xmp.push((await read()).toString('utf8'))
    if (type === 'Exif') {
      const bytes = await read()
      found.exif ??= bytes.subarray(4 + bytes.readUInt32BE(0))
    }
  }
}

async function itemsIn(reader, { body, end }) {
  const version = (await reader.bytes(body, 1))[0]
  const items = []
  for await (const entry of boxes(reader, body + (version === 0 ? 6 : 8), end)) {
    if (entry.type !== 'infe') continue
    const bytes = await reader.bytes(entry.body, Math.min(entry.end - entry.body, 512))
    if (bytes[0] < 2) continue
    const wide = bytes[0] === 3
    const at = wide ? 10 : 8
    const text = bytes.toString('utf8', at + 4).split('\0')
    items.push({ id: wide ? bytes.readUInt32BE(4) : bytes.readUInt16BE(4), type: bytes.toString('latin1', at, at + 4), content: text[1] })
  }
  return items
}

/** Where each item lies; those that are built inside the box itself are left out, metadata never is. */
export function placesIn(bytes) {
  const version = bytes[0]
  const [offsetSize, lengthSize, baseSize, indexSize] = [bytes[4] >> 4, bytes[4] & 15, bytes[5] >> 4, version > 0 ? bytes[5] & 15 : 0]
  let at = 6
  const number = (size) => {
    const value = size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size)
    at += size
    return value
  }
  const count = number(version === 2 ? 4 : 2)
  const places = new Map()
  for (let i = 0; i < count; i++) {
    const id = number(version === 2 ? 4 : 2)
    const method = version > 0 ? number(2) & 15 : 0
    number(2)
    const base = number(baseSize)
    const extents = []
    for (let n = number(2); n > 0; n--) {
      number(indexSize)
      const offset = number(offsetSize)
      extents.push({ at: base + offset, length: number(lengthSize) })
    }
    if (method === 0) places.set(id, extents)
  }
  return places
}
