import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SuggestionSource, SuggestionState } from '#services/platform/generated/prisma/enums.ts'
import { colourName } from './colour-names.ts'
import { isSuggestedField, suggestedFields } from './fields.ts'
import { afterAnswers, leastSure } from './learning.ts'
import { foldersOf, nameOf } from './paths.ts'
import { readable, worthReading } from './readable.ts'
import { sourceWords } from './sources.ts'
import { suggestionSources, suggestionStateNames, suggestionStates } from './suggestion-states.ts'
import { textSuggestions, withText } from './text-suggestions.ts'

const word = (text: string, confidence = 0.95) => ({ text, confidence, x: 0.1, y: 0.1, width: 0.2, height: 0.05 })

test('states and sources are those of the database, and every source is said in words', () => {
  expect([...suggestionStateNames]).toEqual(Object.values(SuggestionState))
  expect([...suggestionSources]).toEqual(Object.values(SuggestionSource))
  expect(suggestionStates.whence('undo')).toEqual(['ACCEPTED', 'REFUSED'])
  for (const source of suggestionSources) expect(sourceWords(source, 3)).not.toBe('')
})

test('nothing that says whose a picture is or what may be done with it can be suggested', () => {
  const rights = [
    'creator',
    'creditLine',
    'copyrightNotice',
    'source',
    'sourceUrl',
    'dateCreated',
    'showsPeople',
    'showsProperty',
    'editorialOnly',
    'sellsRoyaltyFree',
    'sellsRightsManaged',
    'usageTerms',
    'licensors',
    'iptc.instructions',
    'digitalSourceType',
    'priceFactorBp',
    'audience',
    'own.x',
    '',
  ]
  expect(rights.filter(isSuggestedField)).toEqual([])
  expect(suggestedFields.every(isSuggestedField)).toBe(true)
})

test('letters in leaves are no text; a sure word is, with what stands beside it', () => {
  // Read by the reader on photographs without any text.
  const leaves = [
    [word('Fi', 0.68)],
    [word('€', 0.94)],
    [word('Wa', 0.71), word('tnt', 0.48)],
    [word('7%', 0.78)],
    [word('{', 0.91), word('i', 0.27)],
    [word('\\', 0.73)],
  ]
  expect(readable(leaves)).toEqual({ lines: [], text: '' })
  expect(readable([...leaves, [word('Öffnung', 0.92), word('am', 0.93), word('|', 0.9), word('Hafen', 0.92)]]).text).toBe(
    'Öffnung am Hafen',
  )
})

test('what is kept of a reading is part of it, and bounded', () => {
  const line = fc.array(
    fc
      .record({ text: fc.string({ maxLength: 80 }), confidence: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ text, confidence }) => word(text, confidence)),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 200 }), (lines) => {
      const { lines: kept, text } = readable(lines)
      expect(kept.length).toBeLessThanOrEqual(120)
      expect(text.length).toBeLessThanOrEqual(20_000)
      expect((text === '') === (kept.length === 0)).toBe(true)
      const all = new Set(lines.flat())
      expect(kept.flat().every((one) => all.has(one as never))).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('sounds, fonts and thumbs are not read', () => {
  expect(worthReading({ preview: 'SOUND', rendition: { width: 2000, height: 1000 } })).toBe(false)
  expect(worthReading({ preview: 'PICTURE', rendition: { width: 200, height: 90 } })).toBe(false)
  expect(worthReading({ preview: 'PICTURE', rendition: null })).toBe(false)
  expect(worthReading({ preview: 'PAGES', rendition: { width: 640, height: 427 } })).toBe(true)
})

const record = { title: 'Harbour at dawn', description: '', altText: '', extendedDescription: '' }
const read = readable([
  [word('Summer'), word('Market')],
  [word('Öffnung'), word('täglich'), word('am'), word('Hafen')],
])

test('text fills what is empty and adds to a description; words of people are never replaced', () => {
  expect(textSuggestions(read, record).map(({ field }) => field)).toEqual(['altText', 'description'])
  expect(textSuggestions(read, { ...record, title: 'IMG_2043', altText: 'A market' }).map(({ field, value }) => [field, value])).toEqual([
    ['title', 'Summer Market'],
    ['description', 'Text in the picture: “Summer Market Öffnung täglich am Hafen”'],
  ])
  expect(textSuggestions(read, { ...record, altText: 'x', description: 'The sign says Summer Market Öffnung täglich am Hafen.' })).toEqual(
    [],
  )
  expect(textSuggestions(readable([[word('Exit')]]), record)).toEqual([])
  const long = readable(Array.from({ length: 12 }, () => [word('Once'), word('upon'), word('time'), word('there')]))
  expect(textSuggestions(long, record).map(({ field }) => field)).toContain('extendedDescription')
  expect(withText('description', 'Words of mine.\n', 'More')).toBe('Words of mine.\nMore')
  expect(withText('title', 'IMG_1', 'Market')).toBe('Market')
})

test('a word that the house refuses again and again is suggested no more; one that it takes keeps its sureness', () => {
  expect(afterAnswers(0.7, { accepted: 0, refused: 0 })).toBe(0.7)
  expect(afterAnswers(0.7, { accepted: 9, refused: 1 })).toBe(0.7)
  expect(afterAnswers(0.7, { accepted: 0, refused: 12 })).toBeLessThan(leastSure)
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(99), fc.nat(99), (sure, accepted, refused) => {
      const now = afterAnswers(sure, { accepted, refused })
      expect(now).toBeLessThanOrEqual(sure)
      expect(afterAnswers(sure, { accepted, refused: refused + 1 })).toBeLessThanOrEqual(now)
      expect(afterAnswers(sure, { accepted: accepted + 1, refused })).toBeGreaterThanOrEqual(now)
    }),
  )
})

test('colours are called as people call them', () => {
  expect(['#c8242b', '#1b2a4a', '#f8f8f6', '#d9c7a3', '#4a6b8a', '#000000'].map(colourName)).toEqual([
    'Red',
    'Navy',
    'White',
    'Beige',
    'Steel blue',
    'Black',
  ])
  expect(colourName('red')).toBe('')
})

test('folders are what a path has before its file', () => {
  expect(foldersOf('2026/Hafen Hamburg/IMG_1.jpg')).toBe('2026 / Hafen Hamburg')
  expect(foldersOf('IMG_1.jpg')).toBe('')
  expect(nameOf('harbour.dawn.JPEG')).toBe('harbour.dawn')
})
