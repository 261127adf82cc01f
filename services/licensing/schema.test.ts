import { expect, test } from 'vitest'
import { asGrantWish, fourQuestions } from './schema.ts'

const answers = {
  assetId: 'ast_1',
  purpose: 'Spring leaflet',
  media: ['leaflet'],
  places: ['DACH'],
  country: 'FR',
  from: '2026-12-01',
  until: '2027-02-28',
  zone: 'Europe/Berlin',
}

test('four answers are the terms of a wish', () => {
  expect(asGrantWish(fourQuestions.parse(answers))).toMatchObject({
    assetId: 'ast_1',
    purpose: 'Spring leaflet',
    terms: {
      media: ['leaflet'],
      territory: { include: ['DACH', 'FR'] },
      industry: 'ALL',
      from: '2026-12-01',
      until: '2027-02-28',
      exclusive: false,
    },
  })
})

test.each([
  ['purpose', { purpose: ' ' }],
  ['media', { media: [] }],
  ['media', { media: ['moon-projection'] }],
  ['places', { places: [], country: undefined }],
  ['country', { country: 'XX' }],
  ['until', { until: '2026-11-30' }],
  ['from', { from: 'tomorrow' }],
  [undefined, { zone: 'Moon/Tranquility' }],
])('%s must be answered so that it can be decided', (field, wrong) => {
  const parsed = fourQuestions.safeParse({ ...answers, ...wrong })
  expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field)
})
