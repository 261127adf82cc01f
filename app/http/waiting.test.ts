import { expect, test } from 'vitest'
import { tooManySaying, waitWords } from './waiting.server.ts'

test.each([
  [1, 'a few seconds'],
  [12, '20 seconds'],
  [89, '90 seconds'],
  [90, '2 minutes'],
  [601, '11 minutes'],
  [3600, 'an hour'],
  [3601, '2 hours'],
])('%i seconds are %s', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words)
})

test('a door that was used too often says when it opens', () => {
  expect(tooManySaying({ retryAfterSeconds: 180 })).toBe('That was tried too often from here. Try again in 3 minutes.')
})
