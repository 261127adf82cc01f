import { expect, test } from 'vitest'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { fitsGiven } from './given-fit.ts'

const given: ScopeTerms = {
  media: ['billboard', 'web-banner'],
  territory: { include: ['DE', 'AT'] },
  industry: 'ALL',
  from: '2026-11-21',
  until: '2027-11-20',
  zone: 'Europe/Berlin',
  exclusive: false,
}

test.each<[string, Partial<ScopeTerms>, boolean]>([
  ['the very same', {}, true],
  ['named in another order', { media: ['web-banner', 'billboard'], territory: { include: ['AT', 'DE'] } }, true],
  ['a year that begins on a later day', { from: '2026-12-05', until: '2027-12-04' }, true],
  ['a year with a leap day in it', { from: '2027-03-01', until: '2028-02-29' }, true],
  ['later, until the same day', { from: '2027-06-01' }, true],
  ['two years', { until: '2028-11-20' }, false],
  ['two years, later', { from: '2026-12-05', until: '2028-12-04' }, false],
  ['for ever', { until: null }, false],
  ['from an earlier day', { from: '2026-11-01' }, false],
  ['in one place more', { territory: { include: ['DE', 'AT', 'CH'] } }, false],
  ['with another use', { media: ['billboard', 'leaflet'] }, false],
  ['alone', { exclusive: true }, false],
  ['in one industry', { industry: ['FOOD'] }, false],
  ['with a cap', { limits: { printRun: 5_000 } }, false],
])('%s', (_, fields, fits) => expect(fitsGiven(given, { ...given, ...fields })).toBe(fits))
