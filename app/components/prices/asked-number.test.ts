import { expect, test } from 'vitest'
import { askedNumber } from './asked-number.ts'

test.each([
  ['10000', 10_000],
  [' 10 000 ', 10_000],
  ['10,000', 10_000],
  ['1.000.000', 1_000_000],
  ['1', 1],
])('%s is read as a number', (text, value) => {
  expect(askedNumber(text, 1_000_000)).toMatchObject({ value, errors: undefined })
})

test.each(['-5', '0', '1.5', 'many', '1e3', '0x10', '1000001', '9'.repeat(10_000)])(
  '%s is said to be none, and stays in its field',
  (text) => {
    const { value, errors, typed } = askedNumber(text, 1_000_000)
    expect([value, errors]).toEqual([undefined, ['Write a whole number from 1 to 1,000,000.']])
    expect(text.startsWith(typed)).toBe(true)
  },
)

test.each([null, '', '  '])('nothing asks for nothing: %j', (text) => {
  expect(askedNumber(text, 100)).toEqual({ typed: '', value: undefined, errors: undefined })
})
