import { expect, test } from 'vitest'
import { canonicalSearch, dueAfter, questionOf, readKept } from './saved-question.ts'
import { bandOf, cheapestFirst, countsByBand, type PriceList } from './price-bands.ts'

const word = (typed: string, stem: string) => ({ typed, plain: typed, stems: [stem], stops: [], known: true, begins: true, synonyms: [] })
const words = new Map([word('boats', 'boat'), word("o'hara", "o'hara"), word('sea', 'sea')].map((one) => [one.typed, one]))

test('what is kept of an address is what was understood of it, and reading it again changes nothing', () => {
  const kept = canonicalSearch(
    '?q=boats&page=9&sort=newest&like=ast_1&kind=PIRATE&kind=LOGO&colour=%23AABBCC&medium=billboard&utm_source=x',
  )
  expect(kept).toBe('q=boats&kind=LOGO&colour=%23aabbcc&medium=billboard')
  expect(canonicalSearch(kept)).toBe(kept)
  expect(canonicalSearch('x'.repeat(100_000))).toBe('')
})

test('a kept search is one question over the keys of an entry, and hangs on the words that say most', () => {
  const { query, anchors, phrases } = questionOf(readKept('q=sea+boats&people=with'), words, [])
  expect(query).toBe("('sea')&('boat')&('f/people:with')")
  expect([anchors, phrases]).toEqual([['boat'], []])
  expect(questionOf(readKept('people=with'), words, []).anchors).toEqual(['f/people:with'])
  expect(questionOf(readKept(''), words, [])).toMatchObject({ query: "('*')", anchors: ['*'] })
  expect(questionOf(readKept('collection=gone'), words, []).query).toBe("('*')&('k/none')")
  // Prices change with the book of the day: they are asked when somebody is told.
  expect(questionOf(readKept('price=under-50&q=sea'), words, []).query).toBe("('sea')")
  expect(questionOf(readKept('creator=O%27Neil'), words, []).query).toContain("'c/O''Neil'")
})

test('the next letter is due after the pace that was chosen', () => {
  const at = new Date('2026-11-21T09:00:00Z')
  expect(
    (['soon', 'daily', 'weekly'] as const).map((pace) => Math.round((dueAfter(pace, at).getTime() - at.getTime()) / 3_600_000)),
  ).toEqual([1, 24, 168])
})

test('bands of prices: a limit belongs to the band above; yen are counted in hundreds; classes add up', () => {
  expect([4_999, 5_000, 10_000, 49_999, 50_000].map((minor) => bandOf(minor, 'EUR'))).toEqual([
    'under-50',
    '50-100',
    '100-250',
    '250-500',
    'over-500',
  ])
  expect([4_999, 5_000].map((minor) => bandOf(minor, 'JPY'))).toEqual(['under-50', '50-100'])
  const prices: PriceList = { currency: 'EUR', minorOf: (one) => (one === 'none' ? null : Number(one.slice(3))) }
  expect(countsByBand({ 'rf:4900': 3, 'rm:9000': 1, 'rf:100': 2, none: 7 }, prices)).toEqual({ 'under-50': 5, '50-100': 1 })
  expect(cheapestFirst(['rm:9000', 'none', 'rf:100', 'rf:9000'], prices)).toEqual(['rf:100', 'rf:9000', 'rm:9000'])
})
