// The directory of a ZIP archive, read and never unpacked: names, sizes, and single entries into memory up to a limit.
import { inflateRawSync } from 'node:zlib'
import { Unfit } from './unfit.mjs'

const damaged = () => new Unfit('unreadable', 'The archive is damaged or incomplete: its list of files cannot be read.')
/** A directory of so many bytes is read; it holds about a hundred thousand names. */
const directoryLimit = 16 * 1024 * 1024
const entryLimit = 200_000

const latin = new TextDecoder('latin1')
const utf8 = new TextDecoder('utf-8')
const strict = new TextDecoder('utf-8', { fatal: true })

function nameOf(bytes, isUtf8) {
  if (isUtf8) return utf8.decode(bytes)
  try {
    return strict.decode(bytes)
  } catch {
    return latin.decode(bytes)
  }
}

async function endOf(reader) {
  const from = Math.max(0, reader.size - 65_557)
  const tail = await reader.at(from, reader.size - from)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue
    const end = { count: tail.readUInt16LE(at + 10), size: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16), place: from + at }
    if (end.count !== 0xffff && end.size !== 0xffffffff && end.start !== 0xffffffff) return end
    return (await largeEnd(reader, tail, at)) ?? end
  }
  throw damaged()
}

/** ZIP64: a record before the end says what does not fit into the end. */
async function largeEnd(reader, tail, at) {
  if (at < 20 || tail.readUInt32LE(at - 20) !== 0x07064b50) return null
  const place = Number(tail.readBigUInt64LE(at - 12))
  const record = await reader.at(place, 56)
  if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) throw damaged()
  return {
    count: Number(record.readBigUInt64LE(32)),
    size: Number(record.readBigUInt64LE(40)),
    start: Number(record.readBigUInt64LE(48)),
    place,
  }
}

/** All entries that the directory names. */
export async function readDirectory(reader) {
  const end = await endOf(reader)
  if (end.size > directoryLimit || end.count > entryLimit)
    throw new Unfit('unsupported', 'The archive holds more files than can be listed.')
  if (end.start + end.size > end.place) throw damaged()
  const bytes = await reader.must(end.start, Math.max(1, end.size))
  const entries = []
  for (let at = 0; at + 46 <= bytes.length && bytes.readUInt32LE(at) === 0x02014b50;) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field))
    if (at + 46 + nameLength + extraLength > bytes.length) throw damaged()
    const flags = bytes.readUInt16LE(at + 8)
    const entry = {
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength), (flags & 0x800) !== 0),
      encrypted: (flags & 1) !== 0,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      start: bytes.readUInt32LE(at + 42),
    }
    widen(entry, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength))
    entries.push(entry)
    at += 46 + nameLength + extraLength + commentLength
  }
  if (entries.length !== end.count) throw damaged()
  return entries
}

/** The ZIP64 extra field carries, in this order, whichever of the three did not fit. */
function widen(entry, extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let field = at + 4
    for (const key of ['size', 'packed', 'start']) {
      if (entry[key] !== 0xffffffff || field + 8 > extra.length) continue
      entry[key] = Number(extra.readBigUInt64LE(field))
      field += 8
    }
    return
  }
}

/** One entry's bytes; null where it is larger than `most`, encrypted or packed in a way that we do not read. */
export async function readEntry(reader, entry, most) {
  if (entry.encrypted || entry.size > most || entry.packed > most + 1024) return null
  const head = await reader.must(entry.start, 30)
  if (head.readUInt32LE(0) !== 0x04034b50) throw damaged()
  const packed = await reader.at(entry.start + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), Math.max(1, entry.packed))
  if (entry.method === 0) return packed
  if (entry.method !== 8) return null
  try {
    return inflateRawSync(packed, { maxOutputLength: most })
  } catch {
    throw damaged()
  }
}
