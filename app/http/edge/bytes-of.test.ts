import { expect, test } from 'vitest'
import { bytesOf } from './bytes-of.server.ts'

test('pieces of a text are the bytes of the whole', () => {
  const pieces = ['<p>', '“Grüße” für €5', '', ' 🖼 ', '日本語', '</p>']
  expect(bytesOf(pieces).equals(Buffer.from(pieces.join('')))).toBe(true)
})

test('nothing is no bytes', () => {
  expect(bytesOf([])).toHaveLength(0)
})
