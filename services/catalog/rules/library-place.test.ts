import { expect, test } from 'vitest'
import { readPlace } from './library-place.ts'

const placed = (value: unknown, n: unknown = 7) => Buffer.from(JSON.stringify({ tier: 1, value, n })).toString('base64url')

test('a place in one order is read in that order, and in no other', () => {
  expect(readPlace(placed('low tide'), 'title')).toEqual({ tier: 1, value: 'low tide', n: 7 })
  expect(readPlace(placed('low tide'), 'size')).toBeNull()
  expect(readPlace(placed('low tide'), 'changed')).toBeNull()
  expect(readPlace(placed('20400'), 'size')).toMatchObject({ value: '20400' })
  expect(readPlace(placed('2026-11-21 09:00:00.25+00'), 'changed')).toMatchObject({ n: 7 })
  expect(readPlace(placed('2026-11-21 10:00:00+01'), 'created')).toMatchObject({ n: 7 })
  expect(readPlace(placed('infinity'), 'expiry')).toMatchObject({ value: 'infinity' })
})

test.each([
  ['a number that no index has', placed('a', 1e300), 'title'],
  ['half a number', placed('a', 1.5), 'title'],
  ['a day that no month has', placed('2026-02-31 09:00:00+00'), 'changed'],
  ['a size beyond all', placed('9'.repeat(19)), 'size'],
  ['a NUL', placed('a\0'), 'title'],
  ['no text', placed({ a: 1 }), 'title'],
  ['nothing', Buffer.from('null').toString('base64url'), 'title'],
  ['no JSON', 'x', 'title'],
] as const)('%s starts the list at its beginning', (_, after, sort) => {
  expect(readPlace(after, sort)).toBeNull()
})
