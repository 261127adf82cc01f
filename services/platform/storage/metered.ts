import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { TooLarge, type Stored } from './storage.ts'

/** Passes bytes through while counting and hashing them; fails with `TooLarge` at the first byte over `limit`. */
export function metered(limit = Number.POSITIVE_INFINITY): { stream: Transform; result(): Stored } {
  const hash = createHash('sha256')
  let size = 0
  let crc = 0
  const stream = new Transform({
    highWaterMark: 1 << 18,
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) return done(new TooLarge(limit))
      hash.update(chunk)
      crc = zlib.crc32(chunk, crc)
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ size, sha256: hash.digest('hex'), crc32: crc >>> 0 }) }
}
