import fc from 'fast-check'
import { expect, test } from 'vitest'
import { likeliest, slips } from './slips.ts'

test('a slip is a letter too many, missing, wrong, or two in the wrong order', () => {
  expect(['harbor', 'harrbour', 'harbuor', 'hatbour', 'harbour', ''].map((word) => slips(word, 'harbour'))).toEqual([1, 1, 1, 1, 0, 7])
})

test('slips are the same both ways, and none between equals', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ä'), maxLength: 9 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(slips(a, b)).toBe(slips(b, a))
      expect(slips(a, b) === 0).toBe(a === b)
      expect(slips(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
  )
})

test('the fewest slips win, then the same beginning, then what is frequent', () => {
  const words = [
    { word: 'portrait', times: 900 },
    { word: 'portraits', times: 20 },
    { word: 'distrait', times: 5_000 },
  ]
  expect(likeliest('portriat', words)).toEqual(['portrait'])
  expect(
    likeliest('boot', [
      { word: 'boat', times: 3 },
      { word: 'book', times: 9 },
      { word: 'root', times: 99 },
    ]),
  ).toEqual(['book', 'boat'])
  expect(likeliest('zzzz', words)).toEqual([])
})
