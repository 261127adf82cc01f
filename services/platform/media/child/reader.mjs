// Bounded reading of a file by position: a length that lies never makes us hold more than we meant to.
import { open } from 'node:fs/promises'
import { Unfit } from './unfit.mjs'

/** `at(position, length)` gives what is there, perhaps less than was asked; `must` refuses a file that ends too early. */
export async function openReader(file) {
  const handle = await open(file, 'r')
  const { size } = await handle.stat()
  async function at(position, length) {
    if (!Number.isSafeInteger(position) || position < 0 || length <= 0 || position >= size) return Buffer.alloc(0)
    const bytes = Buffer.alloc(Math.min(length, size - position))
    let held = 0
    while (held < bytes.length) {
      const { bytesRead } = await handle.read(bytes, held, bytes.length - held, position + held)
      if (bytesRead === 0) break
      held += bytesRead
    }
    return bytes.subarray(0, held)
  }
  async function must(position, length) {
    const bytes = await at(position, length)
    if (bytes.length < length) throw new Unfit('unreadable', 'The file is damaged or incomplete: it ends too early.')
    return bytes
  }
  return { size, at, must, close: () => handle.close() }
}
