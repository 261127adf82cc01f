import { randomBytes, randomFillSync } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford's base 32: no i, l, o, u

const encode = (bytes: Uint8Array): string => {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text
}

// Asking the system for ten bytes costs as much as asking for a thousand. Secrets are drawn by themselves.
const pool = Buffer.alloc(1_000)
let drawn = pool.length

/**
 * A prefixed id that sorts by the time it was made: `lic_` + 48 bits of milliseconds + 80 random bits (the layout of a
 * ULID). `at` is the operation's clock, so that a test's ids are in its own time.
 */
export function newId(prefix: string, at: Date): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  if (drawn + 10 > pool.length) {
    randomFillSync(pool)
    drawn = 0
  }
  pool.copy(bytes, 6, drawn, drawn + 10)
  drawn += 10
  return `${prefix}_${encode(bytes)}`
}

/** A secret for a link or a session: 160 random bits, safe in a URL and in a mail. */
export const newSecret = (): string => encode(randomBytes(20))

/** A short number that people read to each other on the telephone, e.g. `CM-2026-7K3QX9MB` (40 random bits). */
export const newNumber = (prefix: string, at: Date): string => `${prefix}-${at.getUTCFullYear()}-${encode(randomBytes(5)).toUpperCase()}`
