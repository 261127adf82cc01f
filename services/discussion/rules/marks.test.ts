import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ThreadState } from '#services/platform/generated/prisma/enums.ts'
import { fits, markOf, readTime, sayMark, sayTime } from './marks.ts'
import { reopens, threadStateNames, threadStates } from './threads.ts'

test('a time that is said is read as the same tenth of a second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 360_000_000 }), (ms) => void expect(readTime(sayTime(ms))).toBe(Math.floor(ms / 100) * 100)),
  )
  expect([readTime('65'), readTime('1:05'), readTime('1:02:05,5'), readTime('x'), readTime('-1'), readTime('1:2:3:4')]).toEqual([
    65_000,
    65_000,
    3_725_500,
    null,
    null,
    null,
  ])
})

test('what was kept is read, and what cannot be read is no mark', () => {
  const rectangle = { region: { shape: 'rectangle', x: 0.1, y: 0.2, width: 0.3, height: 0.4 }, page: 2 }
  expect(markOf(rectangle)).toEqual(rectangle)
  const bad = [
    null,
    {},
    { region: { shape: 'rectangle', x: 0.9, y: 0, width: 0.5, height: 0.5 } },
    {
      region: {
        shape: 'polygon',
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    },
    { page: 0 },
    { time: { from: 5, to: 5 } },
    { region: { shape: 'point', x: 2, y: 0 } },
  ]
  expect(bad.map(markOf)).toEqual(bad.map(() => null))
})

test('a mark fits a file that has its page and its moment', () => {
  const film = { width: 1920, height: 1080, pages: null, durationMs: 10_000 }
  const letter = { width: 595, height: 842, pages: 3, durationMs: null }
  expect(fits({ time: { from: 9_000, to: 10_000 } }, film)).toBe(true)
  expect(fits({ time: { from: 9_000, to: 11_000 } }, film)).toBe(false)
  expect(fits({ time: { from: 0 } }, letter)).toBe(false)
  expect([1, 3, 4].map((page) => fits({ page }, letter))).toEqual([true, true, false])
})

test('a mark is said in words', () => {
  const region = { shape: 'ellipse', x: 0.25, y: 0.5, width: 0.1, height: 0.2 } as const
  expect(sayMark({ page: 3, region })).toBe('Page 3 · Ellipse, 25 % from the left, 50 % from the top, 10 % wide, 20 % high')
  expect(sayMark({ time: { from: 65_000, to: 70_500 } })).toBe('1:05 to 1:10.5')
})

test('the states are the database’s, and each can be reached and left', () => {
  expect([...threadStateNames].sort()).toEqual(Object.values(ThreadState).sort())
  expect(threadStates.after('OPEN', 'resolve')).toBe('RESOLVED')
  expect(threadStates.after('RESOLVED', 'reopen')).toBe('OPEN')
  expect(threadStates.after('OPEN', 'reopen')).toBeUndefined()
})

test('an answer opens its thread again where it was asked to, or where it was resolved unseen', () => {
  expect(reopens('RESOLVED', 'OPEN', false)).toBe(true)
  expect(reopens('RESOLVED', 'RESOLVED', false)).toBe(false)
  expect(reopens('RESOLVED', 'RESOLVED', true)).toBe(true)
  expect(reopens('RESOLVED', undefined, false)).toBe(false)
  expect(reopens('OPEN', 'OPEN', true)).toBe(false)
})
