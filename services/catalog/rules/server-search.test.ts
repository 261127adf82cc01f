import fc from 'fast-check'
import { expect, test } from 'vitest'
import { facets, noFilters, type Filters } from './facets.ts'
import { parseQuery } from './search-query.ts'
import {
  digestOf,
  fieldsOf,
  filterOf,
  fitsFilter,
  keysCounted,
  orderOf,
  passingFilter,
  sayingOf,
  type FormedWord,
} from './server-search.ts'

const word = (typed: string, more: Partial<FormedWord> = {}): FormedWord => ({
  typed,
  plain: typed,
  stems: [typed],
  stops: [],
  known: true,
  begins: true,
  synonyms: [],
  form: typed,
  ...more,
})
const known = new Map(
  [
    word('the', { stops: ['english'], stems: null }),
    word('boats', { form: 'boat' }),
    word('river', { form: 'riv' }),
    word('riv', { known: false, form: 'riv' }),
    word('harbuor', { known: false, begins: false }),
  ].map((each) => [each.typed, each]),
)
const say = (text: string) => sayingOf(parseQuery(text), known)

test('words in one form, phrases in quotes, exclusions with a minus, the unfinished last', () => {
  expect(say('the boats ')).toMatchObject({ text: 'boat', prefix: false, slips: 0, whole: 'the boats', exact: ['boats'] })
  expect(say('boats riv')).toMatchObject({ text: 'boat riv', prefix: true })
  expect(say('riv boats ')).toMatchObject({ text: 'riv boat', prefix: false })
  expect(say('"the boats" river -riv ')).toMatchObject({ text: '"the boats" -riv riv', words: true, phrases: true })
  expect(say('harbuor ')).toMatchObject({ text: 'harbuor', slips: 2, wrong: ['harbuor'] })
  expect(say('the ')).toMatchObject({ text: 'the' })
  expect(say('')).toMatchObject({ text: '*', whole: '' })
})

test('phrases are looked for letter by letter, words in all their forms', () => {
  expect(fieldsOf(say('"the boats"')).map(({ name }) => name)).toEqual(['title', 'near', 'body'])
  expect(fieldsOf(say('boats ')).map(({ name }) => name)).toEqual(['title_words', 'near_words', 'all_words'])
  expect(fieldsOf(say('-boats')).map(({ name }) => name)).toEqual(['title_words', 'near_words', 'all_words'])
  expect(fieldsOf(say('"the boats" river '))).toHaveLength(6)
})

test('whatever anybody types or names: a filter is made of digests and figures, and a query has no sign but its own', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '` || n:>=0 || keys:=`',
      '] || house:!=[x',
      ') && (',
      '\\`',
      '<b>',
      "'; DROP TABLE assets; --",
      'a,b',
      '$(x)',
      '\u2028',
      '*',
    ),
    fc.string(),
  )
  const digests = /^(?:house|keys):!?=(?:[0-9a-f]{32}|\[[0-9a-f]{32}(?:,[0-9a-f]{32})*\])$/
  fc.assert(
    fc.property(
      fc.record(Object.fromEntries(facets.map((facet) => [facet, fc.array(hostile, { maxLength: 3 })]))),
      hostile,
      fc.array(hostile, { maxLength: 4 }),
      (asked, house, profiles) => {
        const rights = passingFilter({
          allowed: [...profiles, 'x'],
          refused: ['y', ...profiles, ...profiles],
          blocked: [1, 22],
          exclusive: true,
        })
        for (const part of filterOf(house, asked as Filters, rights, [7]).split(' && '))
          expect(part).toMatch(/^n:!=\[\d+(,\d+)*\]$/.test(part) ? /./ : digests)
      },
    ),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(hostile, (text) => {
      const saying = sayingOf(parseQuery(text), new Map())
      expect(saying.text).toMatch(/^(\*|(-?"[\p{L}\p{N} ]+"|-?[\p{L}\p{N}]+)( (-?"[\p{L}\p{N} ]+"|-?[\p{L}\p{N}]+))*)$/u)
      expect(orderOf('relevance', saying)).toMatch(
        /^(n:desc|_eval\(\[\(keys:=[0-9a-f]{32}\):2,\(keys:=[0-9a-f]{32}( && keys:=[0-9a-f]{32})*\):1\]\):desc,_text_match:desc,n:desc)$/,
      )
    }),
    { numRuns: 2_000 },
  )
})

test('the house is in every filter, also where nothing else is asked', () => {
  expect(filterOf('org_a', noFilters(), [], [])).toBe(`house:=${digestOf('org_a')}`)
  expect(filterOf('org_a', { ...noFilters(), kind: ['LOGO'] }, [], [], 'kind')).toBe(`house:=${digestOf('org_a')}`)
})

test('rights are asked by the shorter list; too long a one is not asked at all', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => String(i))
  expect(passingFilter({ allowed: [], refused: ['1'], blocked: [], exclusive: false })).toEqual(['n:<0'])
  expect(passingFilter({ allowed: ['1'], refused: [], blocked: [], exclusive: false })).toEqual([])
  expect(passingFilter({ allowed: ['1', '2'], refused: ['3'], blocked: [4], exclusive: false })).toEqual([
    `keys:!=[${digestOf('r/3')}]`,
    'n:!=[4]',
  ])
  expect(fitsFilter({ allowed: many(300), refused: many(250), blocked: [], exclusive: false })).toBe(true)
  expect(fitsFilter({ allowed: many(300), refused: many(251), blocked: [], exclusive: false })).toBe(false)
})

test("prices and orders of the asker's are not the server's; counts come back by key", () => {
  expect(orderOf('price-up', say('boats '))).toBeNull()
  expect(keysCounted({ facets: { 'kind:LOGO': 2 }, creator: { 'Ada Meyer': 1 }, collections: { col_1: 3 } })).toEqual({
    'f/kind:LOGO': 2,
    'c/Ada Meyer': 1,
    'k/col_1': 3,
  })
})
