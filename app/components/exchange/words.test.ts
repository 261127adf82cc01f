import { expect, test } from 'vitest'
import { count, paperSaying, sizeInWords, upTo } from './words.ts'

test('an address brings a code, never a sentence of its own', () => {
  expect(paperSaying('too-large')).toContain('50 MB')
  expect(['Call this number', 'constructor', '', null].map(paperSaying)).toEqual([undefined, undefined, undefined, undefined])
})

test('figures are grouped, and sizes told in what people know', () => {
  expect([0, 999, 1_000, 1_234_567].map(count)).toEqual(['0', '999', '1,000', '1,234,567'])
  expect([upTo(2_000, true), upTo(3, false)]).toEqual(['2,000 or more', '3'])
  expect([12, 2_048, 5 * 1_048_576].map(sizeInWords)).toEqual(['12 bytes', '2 kB', '5.0 MB'])
})
