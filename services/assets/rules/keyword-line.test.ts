import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keywordPlaces, readKeywords, writeKeywords } from './keyword-line.ts'

const word = fc
  .string({ unit: fc.constantFrom('a', 'b', ' ', ',', ';', '|', '"', 'é'), minLength: 1, maxLength: 8 })
  .map((text) => text.replace(/\s+/g, ' ').trim())
  .filter(Boolean)

test('whatever a keyword holds, a line of keywords reads back as it was written', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 6 }), (words) => {
      expect(readKeywords(writeKeywords(words))).toEqual(words)
      expect(readKeywords(writeKeywords(words, '; '), ';,|\n')).toEqual(words)
    }),
  )
})

test('quotes are for words that hold a separator, and elsewhere signs of the word', () => {
  expect(writeKeywords(['sea', 'Lyon; Rhône', '12" vinyl', '"Rock" bar'])).toBe('sea, "Lyon; Rhône", 12" vinyl, """Rock"" bar"')
  expect(readKeywords('sea; dawn\nfog,, sea , "a, b"')).toEqual(['sea', 'dawn', 'fog', 'a, b'])
  expect(readKeywords('12" vinyl, 7" single')).toEqual(['12" vinyl', '7" single'])
  expect(readKeywords('"open, to the end')).toEqual(['"open', 'to the end'])
  expect(readKeywords('"Rock" bar, sea')).toEqual(['"Rock" bar', 'sea'])
  expect(readKeywords('"", " ", ')).toEqual([])
})

test('quotes that nobody closed end with their place, in however long a text', () => {
  expect(readKeywords(`"${',""'.repeat(40_000)}`)).toEqual(['"'])
})

test('the place where somebody types is found, within quotes too', () => {
  expect(keywordPlaces('sea, "a, b", ')).toEqual([
    { word: 'sea', from: 0, to: 3 },
    { word: 'a, b', from: 4, to: 11 },
    { word: '', from: 12, to: 13 },
  ])
})
