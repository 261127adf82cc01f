import { timingSafeEqual } from 'node:crypto'
import { sha256 } from '../kernel/canonical.ts'
import { newSecret } from '../kernel/ids.ts'

/** A link's or a cookie's secret and what the database keeps of it: a stolen table opens nothing. */
export function makeToken(): { token: string; hash: string } {
  const token = newSecret()
  return { token, hash: hashToken(token) }
}

/** Without salt and stretching on purpose: a token is 160 random bits, so there is nothing to guess, and it must be found by index. */
export const hashToken = (token: string): string => sha256(token)

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
  // Hashed first: timingSafeEqual wants equal lengths, and a length is a hint too.
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))
}
