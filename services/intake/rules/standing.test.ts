import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasRoom, standingOf } from './standing.ts'

const now = new Date('2026-11-21T09:00:00Z')
const limits = fc.record({
  mostFiles: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
  mostBytes: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
})

test('files let in one after another never pass a limit, and one is refused only where it would', () => {
  fc.assert(
    fc.property(limits, fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 40 }), (link, sizes) => {
      const used = { files: 0, bytes: 0 }
      for (const size of sizes) {
        const fits = used.files < (link.mostFiles ?? Infinity) && used.bytes + size <= (link.mostBytes ?? Infinity)
        expect(hasRoom(link, used, size)).toBe(fits)
        if (!fits) continue
        used.files++
        used.bytes += size
      }
      expect(used.files).toBeLessThanOrEqual(link.mostFiles ?? Infinity)
      expect(used.bytes).toBeLessThanOrEqual(link.mostBytes ?? Infinity)
    }),
  )
})

test('a link is revoked before it is ended, and ended before it is full', () => {
  const full = { files: 2, bytes: 0 }
  const link = { mostFiles: 2, mostBytes: null, revokedAt: null, endsAt: null }
  expect(standingOf(link, { files: 1, bytes: 9 }, now)).toBe('OPEN')
  expect(standingOf(link, full, now)).toBe('FULL')
  expect(standingOf({ ...link, endsAt: now }, full, now)).toBe('ENDED')
  expect(standingOf({ ...link, endsAt: new Date(now.getTime() + 1) }, { files: 0, bytes: 0 }, now)).toBe('OPEN')
  expect(standingOf({ ...link, endsAt: now, revokedAt: now }, full, now)).toBe('REVOKED')
})
