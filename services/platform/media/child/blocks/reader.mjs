// A file's bytes here and there, by position: a film of gigabytes is never in memory.
import { open } from 'node:fs/promises'

/** Thrown where a file's structure leads nowhere: its metadata ends here, the file may be sound all the same. */
export class Astray extends Error {}
/** No block of metadata is larger than this. */
export const largestBlock = 16 * 1024 * 1024

export async function openReader(path) {
  const file = await open(path, 'r')
  const { size } = await file.stat()
  return { size, bytes: (at, length) => bytesAt(file, size, at, length), close: () => file.close() }
}

async function bytesAt(file, size, at, length) {
  if (!(at >= 0 && length >= 0 && at + length <= size) || length > largestBlock) throw new Astray('outside of the file')
  const bytes = Buffer.alloc(length)
  await file.read(bytes, 0, length, at)
  return bytes
}

/** A buffer as a file. */
export const readerOf = (buffer) => ({
  size: buffer.length,
  bytes: async (at, length) => {
    if (!(at >= 0 && length >= 0 && at + length <= buffer.length)) throw new Astray('outside of the block')
    return buffer.subarray(at, at + length)
  },
})

/** Where `needle` lies for the last time, or -1: a walk through the file in steps. */
export async function lastOf(reader, needle) {
  const step = 4 * 1024 * 1024
  for (let end = reader.size; end > 0; end -= step) {
    const start = Math.max(0, end - step)
    const found = (await reader.bytes(start, Math.min(reader.size, end + needle.length) - start)).lastIndexOf(needle)
    if (found >= 0) return start + found
  }
  return -1
}
