import { expect, test } from 'vitest'
import { facets, facetValues, noFilters, type Facet } from './facets.ts'
import { askFor, countsOf, keyOf, mistyped, type KnownWord } from './search-ask.ts'
import { parseQuery } from './search-query.ts'

const word = (typed: string, fields: Partial<KnownWord> = {}): KnownWord => ({
  typed,
  plain: typed,
  stems: [typed],
  stops: [],
  known: true,
  begins: true,
  synonyms: [],
  ...fields,
})
const house = new Map(
  [
    word('boats', { stems: ['boat', 'boats'] }),
    word('harbour', { synonyms: ['port'] }),
    word('harb', { known: false }),
    word('harbuor', { known: false, begins: false }),
    word('the', { stops: ['english'] }),
    word('man', { stops: ['german'] }),
    word('der', { stops: ['german'] }),
    word('in', { stems: null, stops: ['english', 'german'] }),
  ].map((known) => [known.typed, known]),
)
const ask = (text: string, corrections: Parameters<typeof askFor>[2] = []) =>
  askFor(parseQuery(text), house, corrections, noFilters(), 'relevance', { offset: 0, limit: 48 })

test('every word must be there in one of its forms, or one that means the same', () => {
  expect(ask('boats harbour ').must).toEqual([
    ['boat', 'boats'],
    ['harbour', 'port'],
  ])
})

test('a facet is counted by the range of its keys, which no other facet’s lie in', () => {
  const ranges = (counted?: Facet[]) =>
    askFor(parseQuery('boats '), house, [], noFilters(), 'relevance', { offset: 0, limit: 48 }, undefined, counted && { counted }).counted
  expect(ranges([])).toEqual([])
  expect(ranges(['people', 'creator'])).toEqual([
    ['f/people:', 'f/people;'],
    ['c/', 'c0'],
  ])
  expect(ranges()).toHaveLength(facets.length)
  for (const facet of facets)
    for (const value of ['', 'x', '~', '漢', ...Object.values(facetValues).flat()])
      expect([value, ranges().flatMap(([from, before], i) => (keyOf(facet, value) >= from && keyOf(facet, value) < before ? [facets[i]] : []))]).toEqual([
        value,
        [facet],
      ])
})

test('the last word may be unfinished, unless it is a whole word', () => {
  expect(ask('boats harb').must[1]).toEqual(['harb', 'p/harb'])
  expect(ask('boats harbour').must[1]).toEqual(['harbour', 'port'])
  expect(ask('harb ').must).toEqual([['harb']])
})

test('stop words are left out unless there is nothing else, or they mean something', () => {
  expect(ask('the boats in der harbour ').must).toHaveLength(2)
  expect(ask('man ').must).toEqual([['man']])
  expect(ask('the in ').must).toEqual([['the'], ['in']])
})

test('exclusions and phrases; in quotation marks a word has no other forms', () => {
  expect(ask('harbour -boats')).toMatchObject({ never: ['boat', 'boats'], must: [['harbour', 'port']] })
  expect(ask('"boats in harbour" -"the man"').phrases).toEqual([
    { words: "'boats' <-> 'in' <-> 'harbour'", never: false },
    { words: "'the' <-> 'man'", never: true },
  ])
  expect(ask('"boats"').must).toEqual([['w/boats']])
  expect(ask('-boats')).toMatchObject({ must: [['*']], never: ['boat', 'boats'] })
})

test('what nobody has is asked for as what it was corrected to', () => {
  expect(mistyped(parseQuery('harbuor boats'), house)).toEqual(['harbuor'])
  expect(mistyped(parseQuery('harb'), house)).toEqual([])
  const right = house.get('harbour') as KnownWord
  expect(ask('harbuor ', [{ wrong: 'harbuor', right: [right] }]).must).toEqual([['harbour', 'port']])
})

test('whole titles rank first, then words as typed, their forms in the title, then in keywords', () => {
  expect(ask('boats ').tiers).toEqual([[['t/boats']], [['x/boats']], [['a/boat', 'a/boats']], [['b/boat', 'b/boats']]])
  expect(ask('').tiers).toEqual([])
  expect(ask('').must).toEqual([['*']])
})

test('filters are keys; counts come back by facet and value, the open ones by number', () => {
  const filters = { ...noFilters(), colour: ['red', 'blue'], creator: ["O'Keeffe"], collection: ['col_1'] }
  expect(askFor(parseQuery(''), house, [], filters, 'newest', { offset: 0, limit: 1 }).facets).toEqual({
    colour: ['f/colour:red', 'f/colour:blue'],
    creator: ["c/O'Keeffe"],
    collection: ['k/col_1'],
  })
  const counts = countsOf({ 'f/kind:LOGO': 2, 'c/B': 1, 'c/A: B': 3, 'k/col_1': 4, 'q/2026-11-21': 9, 'f/nonsense:x': 1 }, noFilters())
  expect(counts).toMatchObject({ kind: { LOGO: 2 }, collection: { col_1: 4 } })
  expect(Object.entries(counts.creator)).toEqual([
    ['A: B', 3],
    ['B', 1],
  ])
})

test('of many names the most frequent are counted, and those that are chosen', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`c/Name ${n}`, 100 - n]))
  const counted = (creator: string[]) => countsOf(many, { ...noFilters(), creator }).creator
  expect(Object.keys(counted([]))).toHaveLength(12)
  expect(counted(['Name 39', 'Nobody'])).toMatchObject({ 'Name 0': 100, 'Name 39': 61 })
  expect(Object.keys(counted(['Name 39', 'Nobody']))).toHaveLength(13)
})
