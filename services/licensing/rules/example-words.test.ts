import { expect, test } from 'vitest'
import { languages } from '../../kernel/language.ts'
import { mediumName } from '../../rights/rules/scope-words.ts'
import en from '../words/en/uses.json' with { type: 'json' }
import { useInWords } from './example-words.ts'
import { everydayMedia, everydayPlaces } from './use-examples.ts'

const use = { medium: 'billboard', place: 'AT', from: '2026-11-21', until: '2027-05-31', exclusive: false, copies: null, pixels: null }

test('an everyday use is said as people would say it', () => {
  expect(useInWords(use)).toBe('A printed billboard in Austria, until 31 May 2027')
  expect(useInWords(use, 'de')).toBe('Ein gedrucktes Großplakat in Österreich, bis 31. Mai 2027')
  expect(useInWords({ ...use, copies: 10_000, medium: 'leaflet' }, 'de')).toBe(
    'Ein Flyer oder Prospekt in Österreich, bis 31. Mai 2027, 10.000 Exemplare',
  )
  expect(useInWords({ ...use, until: null })).toBe('A printed billboard in Austria')
  expect(useInWords({ ...use, medium: 'toy', place: 'AD', exclusive: true })).toBe(
    `${mediumName('toy')} (Andorra), until 31 May 2027, and nobody else may do the same`,
  )
})
test('everything of every day has its phrase', () => {
  expect(Object.keys(en.use).sort()).toEqual([...everydayMedia].sort())
  expect(Object.keys(en.in).sort()).toEqual([...everydayPlaces].sort())
  for (const language of languages)
    for (const medium of everydayMedia) expect(useInWords({ ...use, medium }, language)).not.toContain('use.')
})
