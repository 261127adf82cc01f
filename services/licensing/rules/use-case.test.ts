import { describe, expect, test } from 'vitest'
import { scopeChoices } from '../../rights/rules/vocabulary/choices.ts'
import { termsOfCase, understand } from './use-case.ts'

const { media, areas, regions, countries } = scopeChoices()
const words = { media: media.flatMap((group) => [group, ...group.options]), places: [...areas, ...regions, ...countries] }
const read = (text: string) => understand(text, words, '2026-11-21')
const nothing = { media: [], territory: [], until: null, exclusive: false, copies: null, unknown: [] }

describe('a sentence read as a use', () => {
  test.each([
    ['may I also print it on mugs in Poland?', { media: ['household-goods'], territory: ['PL'] }],
    ['Darf ich es auch auf Tassen in Polen drucken?', { media: ['household-goods'], territory: ['PL'] }],
    ['a billboard in Austria until May', { media: ['billboard'], territory: ['AT'], until: '2027-05-31' }],
    ['5,000 flyers in Germany and Switzerland', { media: ['leaflet'], territory: ['DE', 'CH'], copies: 5000 }],
    ['Plakate in Deutschland für zwei Jahre', { media: ['billboard'], territory: ['DE'], until: '2028-11-20' }],
    ['on our website, worldwide', { media: ['promotional-website'], territory: ['WORLD'] }],
    ['social media in the EU, exclusive', { media: ['social'], territory: ['EU27'], exclusive: true }],
    ['book cover in the United Kingdom and the USA', { media: ['book-cover'], territory: ['GB', 'US'] }],
    ['T-shirts in DE, bis März 2028', { media: ['clothing'], territory: ['DE'], until: '2028-03-31' }],
  ])('%s', (text, expected) => expect(read(text)).toEqual({ ...nothing, ...expected }))

  test('ordinary words are no countries', () => {
    expect(read('may we use it in a magazine, so it is in print').territory).toEqual([])
    expect(read('no, it is for us')).toEqual(nothing)
  })
  test('what nobody knows is told back', () => {
    expect(read('on a zeppelin over Poland')).toEqual({ ...nothing, territory: ['PL'], unknown: ['zeppelin', 'over'] })
  })
  test('copies count against a cap whatever they are printed on', () => {
    const licence = {
      media: ['ALL'],
      territory: { include: ['WORLD'] },
      industry: 'ALL' as const,
      from: '2026-11-21',
      until: null,
      zone: 'UTC',
      exclusive: false,
      limits: { printRun: 500_000 },
    }
    for (const text of ['1,000,000 copies', '1,000,000 copies of flyers and a website'])
      expect(termsOfCase(read(text), licence)?.limits).toEqual({ printRun: 1_000_000 })
  })
  test('a day that no calendar has is no day', () => {
    for (const text of ['until 2028-02-31', 'until 9999-12-31']) expect(read(text).until).toBeNull()
  })
  test('not exclusive is not exclusive', () => expect(read('billboard in Spain, non-exclusive').exclusive).toBe(false))
  test('any text is read without harm', () => {
    for (const text of ['', '🎈'.repeat(400), '((((', '<script>alert(1)</script>', "'; DROP TABLE", '9'.repeat(400)])
      expect(() => read(text)).not.toThrow()
  })
})
