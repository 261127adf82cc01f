import { join, splice, type Splice } from './splice.ts'

/** One file of an archive. Its CRC is known beforehand, so nothing is read to plan the archive. */
export interface ZipEntry {
  name: string
  file: Splice
  crc32: number
}

/** Where a member's bytes lie in the archive: `[start, end)`. */
export interface ZipMember {
  name: string
  start: number
  end: number
}

const max16 = 0xffff
const max32 = 0xffffffff
const utf8Names = 0x0800
const dosDate = 0x0021 // 1 January 1980: the same content is the same archive, whenever it is asked for

/** The ZIP64 extra field with those of the three numbers that do not fit into 32 bits. */
function zip64(numbers: readonly number[]): Buffer {
  if (numbers.length === 0) return Buffer.alloc(0)
  const field = Buffer.alloc(4 + 8 * numbers.length)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(8 * numbers.length, 2)
  numbers.forEach((number, i) => field.writeBigUInt64LE(BigInt(number), 4 + 8 * i))
  return field
}

function localHeader({ file, crc32 }: ZipEntry, name: Buffer): Buffer {
  const big = file.size >= max32
  const extra = zip64(big ? [file.size, file.size] : [])
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(big ? 45 : 20, 4)
  header.writeUInt16LE(utf8Names, 6)
  header.writeUInt16LE(dosDate, 12)
  header.writeUInt32LE(crc32, 14)
  header.writeUInt32LE(big ? max32 : file.size, 18)
  header.writeUInt32LE(big ? max32 : file.size, 22)
  header.writeUInt16LE(name.length, 26)
  header.writeUInt16LE(extra.length, 28)
  return Buffer.concat([header, name, extra])
}

function directoryRecord({ file, crc32 }: ZipEntry, name: Buffer, offset: number): Buffer {
  const big = file.size >= max32
  const far = offset >= max32
  const extra = zip64([...(big ? [file.size, file.size] : []), ...(far ? [offset] : [])])
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE((3 << 8) | 45, 4) // made on Unix, by ZIP 4.5
  record.writeUInt16LE(extra.length > 0 ? 45 : 20, 6)
  record.writeUInt16LE(utf8Names, 8)
  record.writeUInt16LE(dosDate, 14)
  record.writeUInt32LE(crc32, 16)
  record.writeUInt32LE(big ? max32 : file.size, 20)
  record.writeUInt32LE(big ? max32 : file.size, 24)
  record.writeUInt16LE(name.length, 28)
  record.writeUInt16LE(extra.length, 30)
  record.writeUInt32LE((0o100644 << 16) >>> 0, 38)
  record.writeUInt32LE(far ? max32 : offset, 42)
  return Buffer.concat([record, name, extra])
}

function endRecords(count: number, directoryStart: number, directorySize: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, max16), 8)
  end.writeUInt16LE(Math.min(count, max16), 10)
  end.writeUInt32LE(Math.min(directorySize, max32), 12)
  end.writeUInt32LE(Math.min(directoryStart, max32), 16)
  if (count < max16 && directoryStart < max32 && directorySize < max32) return end

  const end64 = Buffer.alloc(76)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE((3 << 8) | 45, 12)
  end64.writeUInt16LE(45, 14)
  end64.writeBigUInt64LE(BigInt(count), 24)
  end64.writeBigUInt64LE(BigInt(count), 32)
  end64.writeBigUInt64LE(BigInt(directorySize), 40)
  end64.writeBigUInt64LE(BigInt(directoryStart), 48)
  end64.writeUInt32LE(0x07064b50, 56)
  end64.writeBigUInt64LE(BigInt(directoryStart + directorySize), 64)
  end64.writeUInt32LE(1, 72)
  return Buffer.concat([end64, end])
}

/**
 * An archive as a splice, in store mode: pictures do not shrink, and a stored member keeps every offset known. So the
 * length is exact before the first byte, any range can be asked for again, and the same entries give the same bytes.
 */
export function planZip(entries: readonly ZipEntry[]): { file: Splice; members: ZipMember[] } {
  const pieces: Splice[] = []
  const directory: Buffer[] = []
  const members: ZipMember[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8')
    if (name.length > max16) throw new Error('a name in an archive has at most 65,535 bytes')
    const header = localHeader(entry, name)
    directory.push(directoryRecord(entry, name, at))
    pieces.push(splice({ bytes: header }), entry.file)
    members.push({ name: entry.name, start: at + header.length, end: at + header.length + entry.file.size })
    at += header.length + entry.file.size
  }
  const records = Buffer.concat(directory)
  pieces.push(splice({ bytes: Buffer.concat([records, endRecords(entries.length, at, records.length)]) }))
  return { file: join(pieces), members }
}
