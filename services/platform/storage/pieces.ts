import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Writable } from 'node:stream'
import { Tally } from './metered.ts'
import type { Stored } from './storage.ts'

/**
 * An object that comes in pieces, over several requests, days and processes. Its caller sees to it that one writes at a
 * time, and keeps the token that `begin` gave.
 */
export interface Pieces {
  begin(key: string): Promise<string>
  /** How many bytes are there: where to go on. */
  held(key: string, token: string): Promise<number>
  /**
   * Adds bytes at `at`, which must be what is held, and answers with what is held now. A source that breaks is no error:
   * what came of it stays. `total` is the size that the whole will have; more than that fails with `too-large`.
   */
  append(key: string, token: string, at: number, source: Readable, whole: { total: number; signal?: AbortSignal }): Promise<number>
  /** Makes an ordinary object of what is held. Asked again, it answers the same. */
  seal(key: string, token: string): Promise<Stored>
  /** Gives up: nothing stays. No harm if there is nothing. */
  abandon(key: string, token: string): Promise<void>
}

/**
 * Hashes of what is still coming, kept by the process that reads it, so that a file of gigabytes is not read again to be
 * hashed. Another process, or this one after a restart, knows nothing and reads once more: slower, never wrong.
 */
export class Tallies {
  readonly #kept = new Map<string, Tally>()
  constructor(private readonly most = 500) {}

  /** The tally of the first `at` bytes, taken out: whoever adds to it gives it back. */
  take(key: string, at: number): Tally | undefined {
    const kept = at === 0 ? new Tally() : this.#kept.get(key)
    this.#kept.delete(key)
    return kept?.size === at ? kept : undefined
  }

  /** Kept only if it has seen exactly what is held. */
  keep(key: string, tally: Tally | undefined, held: number): void {
    if (tally?.size !== held) return
    const oldest = this.#kept.keys().next()
    if (this.#kept.size >= this.most && !oldest.done) this.#kept.delete(oldest.value)
    this.#kept.set(key, tally)
  }
}

/** Counts and hashes what is stored already. */
export async function tallyOf(source: Readable): Promise<Stored> {
  const tally = new Tally()
  const sink = new Writable({
    highWaterMark: 1 << 20,
    write(chunk: Buffer, _encoding, done) {
      tally.take(chunk)
      done()
    },
  })
  await pipeline(source, sink)
  return tally.result()
}

/** Bytes of a source until its end, its sender's leaving or `signal`; `broken` says which. Its own faults are not thrown. */
export function untilBroken(source: Readable, signal: AbortSignal | undefined): { bytes(): AsyncGenerator<Buffer>; broken(): boolean } {
  let broken = false
  async function* bytes() {
    const stop = () => source.destroy()
    signal?.addEventListener('abort', stop, { once: true })
    const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
    try {
      for (;;) {
        const step = await iterator.next().catch(() => {
          broken = true
          return { done: true as const, value: undefined }
        })
        if (step.done) return
        yield Buffer.from(step.value.buffer, step.value.byteOffset, step.value.byteLength)
      }
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }
  return { bytes, broken: () => broken }
}
