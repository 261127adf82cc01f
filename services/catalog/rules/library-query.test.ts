import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestWord, parseLibraryQuery, plainValue, printLibraryQuery, printValue, typingAt, type Clause } from './library-query.ts'

const word = fc.stringMatching(/^[a-zäöü0-9][a-zäöü0-9_.*-]{0,10}$/)
const value = fc.oneof(
  word.map((text) => ({ text, quoted: false })),
  fc
    .stringMatching(/^[a-zäöü0-9"\\,:-]([a-zäöü0-9 "\\,:-]{0,12}[a-z])?$/)
    .map((text) => ({ text: text.replace(/ +/g, ' '), quoted: true })),
)
const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ not: fc.boolean(), field: fc.constant(null), values: value.map((one) => [one]) }),
  fc.record({
    not: fc.boolean(),
    field: fc.constantFrom('creator', 'state', 'alt-text', 'size'),
    values: fc.array(value, { maxLength: 4 }),
  }),
)

test('what is printed is read as what was printed', () => {
  fc.assert(
    fc.property(
      fc.array(clause, { maxLength: 8 }),
      (clauses) => void expect(parseLibraryQuery(printLibraryQuery(clauses))).toEqual(clauses),
    ),
  )
})

test('any input is understood somehow, and its print means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const clauses = parseLibraryQuery(text)
      expect(parseLibraryQuery(printLibraryQuery(clauses))).toEqual(clauses)
    }),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[ab:,"\\ -]{0,30}$/), (text) => {
      const clauses = parseLibraryQuery(text)
      expect(parseLibraryQuery(printLibraryQuery(clauses))).toEqual(clauses)
    }),
  )
})

test('words, phrases, fields and what is left out', () => {
  expect(parseLibraryQuery('boats -fog "low tide" creator:"Ada Meyer",leo -state:draft uploaded:2026-11..')).toEqual([
    { not: false, field: null, values: [{ text: 'boats', quoted: false }] },
    { not: true, field: null, values: [{ text: 'fog', quoted: false }] },
    { not: false, field: null, values: [{ text: 'low tide', quoted: true }] },
    {
      not: false,
      field: 'creator',
      values: [
        { text: 'Ada Meyer', quoted: true },
        { text: 'leo', quoted: false },
      ],
    },
    { not: true, field: 'state', values: [{ text: 'draft', quoted: false }] },
    { not: false, field: 'uploaded', values: [{ text: '2026-11..', quoted: false }] },
  ])
  expect(parseLibraryQuery('https://x.test 10:30')).toHaveLength(2)
  expect(parseLibraryQuery('https://x.test 10:30').every(({ field }) => field === null)).toBe(true)
  expect(parseLibraryQuery('„Ebbe und Flut“')).toEqual([{ not: false, field: null, values: [{ text: 'Ebbe und Flut', quoted: true }] }])
  expect(parseLibraryQuery('creator:')).toEqual([{ not: false, field: 'creator', values: [] }])
})

test('what is being typed is known at the caret', () => {
  expect(typingAt('boats crea', 10)).toEqual({ from: 6, to: 10, field: null, typed: 'crea' })
  expect(typingAt('creator:Ad', 10)).toEqual({ from: 8, to: 10, field: 'creator', typed: 'Ad' })
  expect(typingAt('-state:draft,in', 15)).toEqual({ from: 13, to: 15, field: 'state', typed: 'in' })
  expect(typingAt('creator:"Ada M', 14)).toEqual({ from: 8, to: 14, field: 'creator', typed: 'Ada M' })
  expect(typingAt('"low ti', 7)).toBeNull()
})

test('a slip finds its word', () => {
  expect(nearestWord('creater', ['creator', 'copyright', 'title'])).toBe('creator')
  expect(nearestWord('key', ['kind', 'keyword'])).toBe('keyword')
  expect(nearestWord('zzzz', ['kind', 'keyword'])).toBeUndefined()
})

test('a value is quoted when it must be', () => {
  fc.assert(
    fc.property(
      fc
        .stringMatching(/^[a-z ,"\\]{1,12}$/)
        .map((text) => text.trim().replace(/ +/g, ' '))
        .filter(Boolean),
      (text) => {
        const clauses: Clause[] = [{ not: false, field: 'creator', values: [plainValue(text)] }]
        expect(parseLibraryQuery(printLibraryQuery(clauses))).toEqual(clauses)
      },
    ),
  )
})

test('a value that is offered is read as it stands, printers’ marks as plain ones', () => {
  for (const name of ['-draft', 'a:b', '"x"', '“Best” of 2026', '«rue»', 'one, two', 'back\\slash'])
    expect(parseLibraryQuery(`in:${printValue(plainValue(name))} boats`)).toMatchObject([
      { not: false, field: 'in', values: [{ text: name.replace(/[“”«»]/g, '"') }] },
      { field: null, values: [{ text: 'boats' }] },
    ])
})
