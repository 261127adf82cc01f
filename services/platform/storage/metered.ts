import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { TooLarge, type Stored } from './storage.ts'

/** Size, hash and sum of bytes as they come; can be asked at any time and then go on. */
export class Tally {
  size = 0
  readonly #hash = createHash('sha256')
  #crc = 0
  take(chunk: Uint8Array): void {
    this.size += chunk.length
    this.#hash.update(chunk)
    this.#crc = zlib.crc32(chunk, this.#crc)
  }
  result(): Stored {
    return { size: this.size, sha256: this.#hash.copy().digest('hex'), crc32: this.#crc >>> 0 }
  }
}

/** Passes bytes through while counting and hashing them; fails with `TooLarge` at the first byte over `limit`. */
export function metered(limit = Number.POSITIVE_INFINITY, tally = new Tally()): { stream: Transform; result(): Stored } {
  const stream = new Transform({
    highWaterMark: 1 << 18,
    transform(chunk: Buffer, _encoding, done) {
      if (tally.size + chunk.length > limit) return done(new TooLarge(limit))
      tally.take(chunk)
      done(null, chunk)
    },
  })
  return { stream, result: () => tally.result() }
}
