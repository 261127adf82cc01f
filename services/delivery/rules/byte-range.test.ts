import { expect, test } from 'vitest'
import { alreadyThere, byteRange, rangeStillHolds } from './byte-range.ts'

test.each([
  [null, 'whole'],
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=90-900', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['BYTES = 5-6 ', { start: 5, end: 6 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-3', 'unsatisfiable'],
  ['bytes=-', 'unsatisfiable'],
  ['bytes=a-b', 'unsatisfiable'],
  ['bytes=1.5-2', 'unsatisfiable'],
  ['bytes=0-1,5-6', 'whole'],
  ['lines=1-2', 'whole'],
] as const)('%s of 100 bytes', (header, answer) => expect(byteRange(header, 100)).toEqual(answer))

test('nothing can be cut from an empty file', () => {
  expect(byteRange('bytes=0-0', 0)).toBe('unsatisfiable')
  expect(byteRange('bytes=-5', 0)).toBe('unsatisfiable')
})

test('If-Range holds for the same strong tag only', () => {
  expect(rangeStillHolds(null, '"a"')).toBe(true)
  expect(rangeStillHolds('"a"', '"a"')).toBe(true)
  for (const other of ['"b"', 'W/"a"', 'Sat, 21 Nov 2026 09:00:00 GMT']) expect(rangeStillHolds(other, '"a"')).toBe(false)
})

test('If-None-Match compares weakly, and a star is any file', () => {
  for (const same of ['"a"', 'W/"a"', '"x", "a"', '*']) expect(alreadyThere(same, '"a"')).toBe(true)
  for (const other of [null, '"b"', 'a', '']) expect(alreadyThere(other, '"a"')).toBe(false)
})
