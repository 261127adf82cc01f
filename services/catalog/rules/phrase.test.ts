import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phraseOf } from './phrase.ts'
import { parseQuery } from './search-query.ts'

const signs = fc.stringMatching(/^[-"“”„«»:,*\\()' a-z0-9éß]{1,20}$/)

test('a value stands in quotation marks, without the signs that it has itself', () => {
  const values = ['-draft', 'a:b', '"x"', 'say “cheese” now', '5" reel', '½ pint', 'example.com in Rome', '-4']
  expect(values.map(phraseOf)).toEqual([
    '"draft"',
    '"a" "b"',
    '"x"',
    '"say cheese now"',
    '"5 reel"',
    '"1" "2" "pint"',
    '"example" "com" "in Rome"',
    '"4"',
  ])
  expect(['★', '--', '', '"'].map(phraseOf)).toEqual([null, null, null, null])
})

test('it is read as phrases that want the words of the value, and leaves nothing out', () => {
  fc.assert(
    fc.property(fc.oneof(signs, fc.string({ unit: 'grapheme', maxLength: 60 })), (value) => {
      const phrase = phraseOf(value)
      const { terms } = parseQuery(phrase ?? '')
      if (phrase === null) {
        expect(terms).toEqual([])
        return
      }
      for (const term of terms) expect(term).toMatchObject({ exclude: false, exact: true, prefix: false })
      const words = value.normalize('NFKC')
      expect(terms.flatMap((term) => term.words)).toEqual(words.match(/[\p{L}\p{N}]+/gu))
    }),
  )
})
