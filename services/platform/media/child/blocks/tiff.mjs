// TIFF's directories: of a file, and of the EXIF block that other kinds of file carry. Values as text, by their names.
const types = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 }
const names = {
  0x010e: 'ImageDescription',
  0x010f: 'Make',
  0x0110: 'Model',
  0x0112: 'Orientation',
  0x0131: 'Software',
  0x0132: 'ModifyDate',
  0x013b: 'Artist',
  0x8298: 'Copyright',
  0x829a: 'ExposureTime',
  0x829d: 'FNumber',
  0x8822: 'ExposureProgram',
  0x8827: 'ISOSpeedRatings',
  0x9003: 'DateTimeOriginal',
  0x9004: 'CreateDate',
  0x9010: 'OffsetTime',
  0x9011: 'OffsetTimeOriginal',
  0x9204: 'ExposureCompensation',
  0x9207: 'MeteringMode',
  0x9209: 'Flash',
  0x920a: 'FocalLength',
  0x9286: 'UserComment',
  0x9291: 'SubSecTimeOriginal',
  0xa001: 'ColorSpace',
  0xa405: 'FocalLengthIn35mmFormat',
  0xa420: 'ImageUniqueID',
  0xa430: 'CameraOwnerName',
  0xa431: 'BodySerialNumber',
  0xa433: 'LensMake',
  0xa434: 'LensModel',
  0xa435: 'LensSerialNumber',
  0x9c9b: 'XPTitle',
  0x9c9c: 'XPComment',
  0x9c9d: 'XPAuthor',
  0x9c9e: 'XPKeywords',
  0x9c9f: 'XPSubject',
}
const gpsNames = {
  1: 'GPSLatitudeRef',
  2: 'GPSLatitude',
  3: 'GPSLongitudeRef',
  4: 'GPSLongitude',
  5: 'GPSAltitudeRef',
  6: 'GPSAltitude',
  7: 'GPSTimeStamp',
  17: 'GPSImgDirection',
  18: 'GPSMapDatum',
  27: 'GPSProcessingMethod',
  29: 'GPSDateStamp',
}
const longest = 64 * 1024

/** All entries of one directory: `{ tag, type, count, at, length }`, the place of its value in the file. */
async function directory(reader, at, order) {
  const count = order.u16(await reader.bytes(at, 2), 0)
  if (count > 2000) return []
  const raw = await reader.bytes(at + 2, count * 12)
  return Array.from({ length: count }, (_, i) => {
    const entry = i * 12
    const [tag, type, n] = [order.u16(raw, entry), order.u16(raw, entry + 2), order.u32(raw, entry + 4)]
    const length = (types[type] ?? 0) * n
    return { tag, type, count: n, length, at: length <= 4 ? at + 2 + entry + 8 : order.u32(raw, entry + 8) }
  })
}

const orderOf = (mark) => {
  const little = mark === 'II'
  if (!little && mark !== 'MM') return undefined
  return {
    u16: (b, at) => (little ? b.readUInt16LE(at) : b.readUInt16BE(at)),
    u32: (b, at) => (little ? b.readUInt32LE(at) : b.readUInt32BE(at)),
    s32: (b, at) => (little ? b.readInt32LE(at) : b.readInt32BE(at)),
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const words = (bytes) => {
  try {
    return utf8.decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

function numbers(bytes, type, count, order) {
  const each = types[type]
  return Array.from({ length: Math.min(count, 16) }, (_, i) => {
    const at = i * each
    if (type === 1 || type === 7) return bytes[at]
    if (type === 3) return order.u16(bytes, at)
    if (type === 4) return order.u32(bytes, at)
    if (type === 9) return order.s32(bytes, at)
    if (type === 5) return order.u32(bytes, at + 4) === 0 ? 0 : order.u32(bytes, at) / order.u32(bytes, at + 4)
    if (type === 10) return order.s32(bytes, at + 4) === 0 ? 0 : order.s32(bytes, at) / order.s32(bytes, at + 4)
    return 0
  })
}

async function valueOf(reader, entry, order, name) {
  if (entry.length === 0 || entry.length > longest) return undefined
  const bytes = await reader.bytes(entry.at, entry.length)
  if (entry.type === 2)
    return words(bytes)
      .replace(/\0[\s\S]*$/, '')
      .trim()
  if (name.startsWith('XP'))
    return bytes
      .toString('utf16le')
      .replace(/\0[\s\S]*$/, '')
      .trim()
  if (name === 'UserComment') return words(bytes.subarray(8)).replaceAll('\0', '').trim()
  if (entry.type === 7) return undefined
  if (name === 'ExposureTime') {
    const [seconds] = numbers(bytes, entry.type, 1, order)
    return seconds > 0 && seconds < 1 ? `1/${Math.round(1 / seconds)}` : String(seconds)
  }
  return numbers(bytes, entry.type, entry.count, order)
    .map((n) => String(Math.round(n * 1e6) / 1e6))
    .join(' ')
}

async function into(found, reader, entries, order, named) {
  for (const entry of entries) {
    const name = named[entry.tag]
    if (!name) continue
    const value = await valueOf(reader, entry, order, name)
    if (value) found[name] ??= value
  }
}

/** The position as decimal degrees, the altitude in metres: one line that maps and people read. */
function position({ GPSLatitude, GPSLatitudeRef, GPSLongitude, GPSLongitudeRef, GPSAltitude, GPSAltitudeRef }) {
  const degrees = (text, ref) => {
    const [d = 0, m = 0, s = 0] = text.split(' ').map(Number)
    const value = d + m / 60 + s / 3600
    return (/^[SW]/i.test(ref ?? '') ? -value : value).toFixed(6)
  }
  if (!GPSLatitude || !GPSLongitude) return undefined
  const altitude = GPSAltitude ? ` ${GPSAltitudeRef === '1' ? '-' : ''}${Math.round(Number(GPSAltitude))} m` : ''
  return `${degrees(GPSLatitude, GPSLatitudeRef)}, ${degrees(GPSLongitude, GPSLongitudeRef)}${altitude}`
}

/** A TIFF structure: what EXIF says, and the blocks that only a TIFF file has in its directory. */
export async function readTiff(reader) {
  const head = await reader.bytes(0, 8)
  const order = orderOf(head.toString('latin1', 0, 2))
  const found = { xmp: [], tags: {} }
  if (!order || order.u16(head, 2) !== 42) return found
  const first = await directory(reader, order.u32(head, 4), order)
  await into(found.tags, reader, first, order, names)
  for (const { tag, at, length } of first) {
    if (length > 16 * 1024 * 1024) continue
    if (tag === 700) found.xmp.push((await reader.bytes(at, length)).toString('utf8'))
    if (tag === 33723) found.iim = await reader.bytes(at, length)
    if (tag === 34377) found.resources = await reader.bytes(at, length)
  }
  const follow = async (tag, named) => {
    const pointer = first.find((entry) => entry.tag === tag)
    if (pointer)
      await into(found.tags, reader, await directory(reader, order.u32(await reader.bytes(pointer.at, 4), 0), order), order, named)
  }
  await follow(0x8769, names).catch(() => undefined)
  await follow(0x8825, gpsNames).catch(() => undefined)
  const { tags } = found
  const where = position(tags)
  if (where) tags.GPSPosition = where
  if (tags.DateTimeOriginal && tags.OffsetTimeOriginal) tags.DateTimeOriginal += tags.OffsetTimeOriginal
  return found
}
