import fc from 'fast-check'
import { expect, test } from 'vitest'
import { taggerContract } from '#services/testing/contracts/tagger.ts'
import { localTagger, suggestLocally } from './local-tagger.ts'
import { neighbourVotes } from './neighbour-votes.ts'
import { plainWord } from './plain.ts'
import type { Neighbour } from './tagger.ts'
import { formsOf, wordMatches, wordsIn } from './word-matches.ts'

taggerContract('the local tagger', localTagger)

const term = fc.constantFrom('harbour', 'Harbour', 'boats', 'dawn', 'Möwe', 'mowe', 'crane', 'fog', 'rope')
const neighbour: fc.Arbitrary<Neighbour> = fc.record({
  from: fc.constantFrom('NEIGHBOURS' as const, 'SHOOT' as const),
  weight: fc.double({ min: 0, max: 1, noNaN: true }),
  terms: fc.array(term, { maxLength: 6 }),
})
const asMap = (found: { term: string; confidence: number }[]) => new Map(found.map((one) => [plainWord(one.term), one.confidence]))

test('what is suggested does not depend on the order in which neighbours come', () => {
  fc.assert(
    fc.property(fc.array(neighbour, { maxLength: 12 }), fc.array(term), (near, never) => {
      const ask = { words: [], known: [], near, never }
      const [one, other] = [suggestLocally(ask), suggestLocally({ ...ask, near: [...near].reverse() })]
      expect(other.map(({ term: name }) => name)).toEqual(one.map(({ term: name }) => name))
      for (const [at, { confidence }] of one.entries()) expect(other[at]?.confidence).toBeCloseTo(confidence, 9)
    }),
  )
})

test('never what is there already or was refused before, and always between nothing and all', () => {
  fc.assert(
    fc.property(fc.array(neighbour, { maxLength: 12 }), fc.array(term), (near, never) => {
      const barred = new Set(never.map(plainWord))
      const known = [{ term: 'fog', names: ['Nebel', 'fog'] }]
      for (const { term: name, confidence } of suggestLocally({ words: [{ from: 'SEEN', text: 'Nebel boats' }], known, near, never })) {
        expect(barred.has(plainWord(name))).toBe(false)
        expect(confidence).toBeGreaterThan(0)
        expect(confidence).toBeLessThanOrEqual(0.95)
      }
    }),
  )
})

test('one more voter for a term never makes it less sure', () => {
  fc.assert(
    fc.property(fc.array(neighbour, { maxLength: 10 }), term, fc.double({ min: 0.1, max: 1, noNaN: true }), (near, name, weight) => {
      const [before, after] = [asMap(neighbourVotes(near)), asMap(neighbourVotes([...near, { from: 'SHOOT', weight, terms: [name] }]))]
      const was = before.get(plainWord(name))
      if (was !== undefined) expect(after.get(plainWord(name)) ?? 0).toBeGreaterThanOrEqual(was - 1e-9)
    }),
  )
})

test('one far picture says nothing; one that is all but the same does; several agree', () => {
  const one = (weight: number) => neighbourVotes([{ from: 'NEIGHBOURS', weight, terms: ['harbour'] }])
  expect(one(0.5)).toEqual([])
  expect(one(0.95)).toMatchObject([{ term: 'harbour', voters: 1 }])
  const seven = Array.from({ length: 7 }, () => ({ from: 'NEIGHBOURS' as const, weight: 0.6, terms: ['harbour', 'boats'] }))
  expect(neighbourVotes([...seven, { from: 'SHOOT', weight: 0.6, terms: ['crane'] }]).map((found) => [found.term, found.voters])).toEqual([
    ['harbour', 7],
    ['boats', 7],
  ])
})

test('words are those of people: no counters, no names of cameras', () => {
  expect(wordsIn('IMG_2043.jpg')).toEqual(['jpg'])
  expect(wordsIn('DSC00012 harbourDawn_02-final')).toEqual(['harbour', 'dawn'])
  expect(wordsIn('Größe der Straße')).toEqual(['grosse', 'strasse'])
})

test('a word is found in its plural and singular, and short words only as they are', () => {
  expect(formsOf('boats')).toContain('boat')
  expect(formsOf('hafen')).not.toContain('haf')
  expect(formsOf('bus')).toEqual(['bus'])
})

test('names in either language and alternative labels bring the term itself; longer names are surer', () => {
  const known = [
    { term: 'harbour', names: ['harbour', 'Hafen', 'port'] },
    { term: 'fish market', names: ['fish market', 'Fischmarkt'] },
  ]
  const found = wordMatches({ words: [{ from: 'FILE_NAME', text: 'fish-market_hafen_07' }], known })
  expect(found).toMatchObject([
    { term: 'fish market', from: 'FILE_NAME', confidence: 0.85 },
    { term: 'harbour', from: 'FILE_NAME', confidence: 0.7 },
  ])
})
