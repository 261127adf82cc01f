import { expect, test } from 'vitest'
import { slugOf } from './slug.ts'

test('a title becomes an address that people can read', () => {
  expect(slugOf('Gärten & Straßen, 1953')).toBe('garten-strassen-1953')
  expect(slugOf('  Café — Été ')).toBe('cafe-ete')
  expect(slugOf('x'.repeat(59) + ' y')).toBe('x'.repeat(59))
})

test('there is always an address', () => {
  expect(slugOf('日本')).toBe('untitled')
  expect(slugOf('---')).toBe('untitled')
})
