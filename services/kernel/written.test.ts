import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onLines, onOneLine } from './written.ts'

test('a line is one line, and turns nothing beside it around', () => {
  expect(onOneLine(' Ada\r\n\u202eMeyer\u2028 Photo\u0000 ')).toBe('Ada Meyer Photo')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '\u202e', '\u2066', '\u2029', '\u0007', 'ü') }), (words) => {
      const line = onOneLine(words)
      expect(line).not.toMatch(/[\n\t\u202e\u2066\u2029\u0007]| {2}|^ | $/)
      expect(onOneLine(line)).toBe(line)
      expect(line.replace(/ /g, '')).toBe(words.replace(/[^aü]/g, ''))
    }),
  )
})

test('a text keeps its lines, of whatever system', () => {
  expect(onLines('  one\r\ntwo\rthree\n\tfour\u0007 ')).toBe('one\ntwo\nthree\n\tfour')
})
