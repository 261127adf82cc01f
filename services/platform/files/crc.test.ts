import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crcAfter, crcBefore, joinCrc } from './crc.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

test('the sum of a joined file is the join of the sums, and can be cut again at either end', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const whole = crc32(Buffer.concat([a, b]))
      expect(joinCrc(crc32(a), crc32(b), b.length)).toBe(whole)
      expect(crcAfter(whole, crc32(a), b.length)).toBe(crc32(b))
      expect(crcBefore(whole, crc32(b), b.length)).toBe(crc32(a))
    }),
  )
})

test('lengths beyond 32 bits of bits: 600 MB of zeros after one byte', () => {
  const block = Buffer.alloc(1 << 20)
  let whole = crc32(Buffer.from('x'))
  let zeros = 0
  for (let i = 0; i < 600; i++) [whole, zeros] = [crc32(block, whole), crc32(block, zeros)]
  expect(joinCrc(crc32(Buffer.from('x')), zeros, 600 << 20)).toBe(whole)
})
