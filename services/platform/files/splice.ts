import { Readable } from 'node:stream'
import type { Storage } from '../storage/storage.ts'

/** A piece of a file to be sent: bytes in hand, or the half-open range `[start, end)` of a stored object. */
export type Part = { readonly bytes: Uint8Array } | { readonly key: string; readonly start: number; readonly end: number }

/** A file that is never made: its parts in order, its size known before a byte is read. */
export interface Splice {
  readonly size: number
  readonly parts: readonly Part[]
}

const sizeOf = (part: Part): number => ('bytes' in part ? part.bytes.length : part.end - part.start)

/** A splice of these parts; empty ones are left out. */
export function splice(...parts: Part[]): Splice {
  const kept = parts.filter((part) => sizeOf(part) > 0)
  return { size: kept.reduce((sum, part) => sum + sizeOf(part), 0), parts: kept }
}

/** A stored object as it is. */
export const storedObject = (key: string, size: number): Splice => splice({ key, start: 0, end: size })

export const join = (splices: readonly Splice[]): Splice => splice(...splices.flatMap(({ parts }) => parts))

/** The bytes `[start, end)` of a splice, which is again a splice. */
export function slice(whole: Splice, start: number, end: number): Splice {
  const parts: Part[] = []
  let at = 0
  for (const part of whole.parts) {
    const size = sizeOf(part)
    const from = Math.max(start - at, 0)
    const to = Math.min(end - at, size)
    if (from < to)
      parts.push(
        'bytes' in part ? { bytes: part.bytes.subarray(from, to) } : { key: part.key, start: part.start + from, end: part.start + to },
      )
    at += size
  }
  return splice(...parts)
}

/**
 * Read a splice as a stream. At most one source is open at a time; when the reader goes away (`signal`, `destroy`), the
 * source is closed at once, not after its next chunk. An object shorter than promised is a fault, never a silent short file.
 */
export function open({ parts }: Splice, storage: Pick<Storage, 'open'>, signal?: AbortSignal): Readable {
  let source: Readable | undefined
  let left = false

  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      if ('bytes' in part) {
        yield part.bytes
        continue
      }
      source = await storage.open(part.key, { start: part.start, end: part.end - 1 })
      if (left) return void source.destroy()
      let missing = part.end - part.start
      for await (const chunk of source as AsyncIterable<Buffer>) {
        missing -= chunk.length
        yield chunk
      }
      if (missing !== 0) throw new Error(`${part.key} is ${missing} bytes shorter than promised`)
    }
  }

  const iterator = chunks()
  const stream = new Readable({
    highWaterMark: 256 * 1024,
    ...(signal && { signal }),
    read() {
      iterator.next().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: unknown) => void (left || this.destroy(error as Error)),
      )
    },
    destroy(error, done) {
      left = true
      source?.destroy()
      done(error)
    },
  })
  // A client that left before anybody reads: Node reports the abort at once, and an error that nobody hears ends the process.
  stream.on('error', () => undefined)
  return stream
}
