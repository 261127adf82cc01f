import { crc32, inflateRawSync } from 'node:zlib'

/** The members of a ZIP by the directory at its end, read without the code that wrote it; each is checked against its sum. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    const [method, sum, size, name, extra, comment, local] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 16),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ]
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(start, start + size)
    const bytes = method === 0 ? packed : inflateRawSync(packed)
    const path = zip.toString('utf8', at + 46, at + 46 + name)
    if (crc32(bytes) !== sum) throw new Error(`${path}: wrong sum`)
    files.set(path, bytes)
    at += 46 + name + extra + comment
  }
  return files
}
