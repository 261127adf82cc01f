import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestQuery, mostTerms, parseQuery, tsTerm } from './search-query.ts'

const said = (input: string) => parseQuery(input).terms.map((term) => `${term.exclude ? '!' : ''}${tsTerm(term)}`)

test('words, a phrase, an exclusion, and the last word as a beginning', () => {
  expect(said('boats "river at dawn" -night harb')).toEqual(["'boats'", "'river' <-> 'at' <-> 'dawn'", "!'night'", "'harb':*"])
})

test('a finished last word is no beginning: after a space, in quotes, excluded, or too short', () => {
  expect(said('boats ')).toEqual(["'boats'"])
  expect(said('"boats"')).toEqual(["'boats'"])
  expect(said('a -boats')).toEqual(["'a'", "!'boats'"])
  expect(said('b')).toEqual(["'b'"])
})

test('an unbalanced quote ends with the input', () => {
  expect(said('"river at ')).toEqual(["'river' <-> 'at'"])
  expect(said('" "" -"')).toEqual([])
})

test('a word with signs inside is words in a row', () => {
  expect(said("black-and-white l'été ")).toEqual(["'black' <-> 'and' <-> 'white'", "'l' <-> 'été'"])
})

test('SQL and HTML are only words', () => {
  expect(said("'; DROP TABLE assets; --")).toEqual(["'DROP'", "'TABLE'", "'assets'"])
  expect(said('<script>alert(1)</script> ')).toEqual(["'script' <-> 'alert' <-> '1' <-> 'script'"])
})

test('longer input is cut, and says so', () => {
  expect(parseQuery('x'.repeat(10_000))).toMatchObject({ cut: true, text: 'x'.repeat(longestQuery) })
  expect(parseQuery('ab '.repeat(100)).terms).toHaveLength(mostTerms)
  expect(parseQuery('ab '.repeat(100)).cut).toBe(true)
  expect(parseQuery('x'.repeat(longestQuery)).cut).toBe(false)
})

test('any input gives terms of letters and figures only', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 700, unit: 'binary' }), (input) => {
      for (const term of parseQuery(input).terms) expect(tsTerm(term)).toMatch(/^'[\p{L}\p{N}]+'(?: <-> '[\p{L}\p{N}]+')*(?::\*)?$/u)
    }),
  )
})
