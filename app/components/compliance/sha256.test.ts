import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashFile, Sha256 } from './sha256.ts'

const right = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('agrees with another implementation at every length around a block, and however it is cut', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = randomBytes(length)
    const cut = Math.floor(length / 3)
    expect(new Sha256().update(bytes.subarray(0, cut)).update(bytes.subarray(cut)).digest()).toBe(right(bytes))
  }
  const long = randomBytes(3_000_001)
  expect(new Sha256().update(long).digest()).toBe(right(long))
})

test('a file that is too large for one piece is streamed, with progress', async () => {
  const bytes = randomBytes(33 * 1024 * 1024)
  const shares: number[] = []
  expect(await hashFile(new Blob([new Uint8Array(bytes)]), (share) => shares.push(share))).toBe(right(bytes))
  expect(shares.at(-1)).toBe(1)
  expect(await hashFile(new Blob(['small']), () => undefined)).toBe(right(Buffer.from('small')))
})
