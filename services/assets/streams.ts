import { Readable } from 'node:stream'
import { headSize, tailSize } from './rules/file-types.ts'

/** The start of a stream, and then all of it again; `broken` says whether the sender, not the reader, ended it. */
export async function peek(source: Readable): Promise<{ head: Buffer; rest(): AsyncGenerator<Buffer>; broken(): boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  let broken = false
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array | string>
  const next = async (): Promise<Buffer | null> => {
    try {
      const step = await iterator.next()
      return step.done ? null : Buffer.from(step.value as Uint8Array)
    } catch {
      broken = true
      return null
    }
  }
  while (size < headSize) {
    const chunk = await next()
    if (!chunk) break
    chunks.push(chunk)
    size += chunk.length
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield* chunks.splice(0)
    for (let chunk = await next(); chunk; chunk = await next()) yield chunk
    // The store must see an error, not an end: half a file is no file.
    if (broken) throw new Error('the sender went away')
  }
  return { head: Buffer.concat(chunks).subarray(0, headSize), rest, broken: () => broken }
}

/** Passes a stream through and keeps its last bytes. */
export function withTail(source: AsyncIterable<Buffer>): { readable(): Readable; last(): Buffer } {
  const kept: Buffer[] = []
  let size = 0
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      kept.push(chunk)
      size += chunk.length
      while (kept[0] && size - kept[0].length >= tailSize) size -= kept.shift()?.length ?? 0
      yield chunk
    }
  }
  return { readable: () => Readable.from(bytes(), { objectMode: false }), last: () => Buffer.concat(kept.splice(0)).subarray(-tailSize) }
}
