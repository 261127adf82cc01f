import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyTerms } from '#services/testing/any-terms.ts'
import { anyRights, when as anyTime } from '#services/testing/small-world.ts'
import { everything } from '../../rights/rules/box.ts'
import { decide } from '../../rights/rules/decide.ts'
import type { AssetRights } from '../../rights/rules/known.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import { defaultPriceBook as book } from '../defaults/price-book.ts'
import { coverageOf, useOf, wouldCover, widenedBy } from './coverage.ts'
import { priceOf } from './pricing.ts'
import { sized, sizeKindsOf } from './sizes.ts'
import { examplesNear, termsOfExample } from './use-examples.ts'

const at = new Date('2026-11-21T12:00:00Z')
const now = { at, knownAt: at }
const recorded = { recordedAt: new Date('2020-01-01'), supersededAt: null }
const free: AssetRights = {
  asset: { id: 'ast', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
  acquisitions: [{ ...recorded, id: 'acq', contract: 'C', licensor: 'L', box: everything, subLicensable: true, exclusive: true }],
  releases: [],
  restrictions: [],
  claims: [],
  licences: [],
}
const campaign: ScopeTerms = {
  media: ['social', 'billboard'],
  territory: { include: ['DE', 'AT'] },
  industry: 'ALL',
  from: '2026-12-01',
  until: '2027-11-30',
  zone: 'Europe/Berlin',
  exclusive: false,
}
const choice = (terms: ScopeTerms, rights = free) => ({
  rights,
  terms,
  book,
  assetFactorBp: 10_000,
  currency: 'EUR' as const,
  model: 'RIGHTS_MANAGED' as const,
  sold: ['RIGHTS_MANAGED'] as const,
})

describe('examples near the edge of a scope', () => {
  test('lie on both sides of it, one step over each edge', () => {
    const { covered, beyond } = examplesNear(free, campaign, now)
    expect(covered.length).toBeGreaterThanOrEqual(3)
    expect(covered[0]).toMatchObject({ until: '2027-11-30' })
    expect(beyond.map((one) => one.beyond)).toEqual(['territory', 'media', 'media', 'period', 'exclusivity'])
    expect(beyond[0]?.use).toMatchObject({ place: 'CH' })
    expect(beyond[1]?.use).toMatchObject({ medium: 'street-poster' })
  })
  test('a cap on copies is an edge as well', () => {
    const { covered, beyond } = examplesNear(free, { ...campaign, media: ['leaflet'], limits: { printRun: 10_000 } }, now)
    expect(covered.some(({ copies }) => copies === 10_000)).toBe(true)
    expect(beyond.find((one) => one.beyond === 'printRun')?.use.copies).toBe(20_000)
  })
  test('an endless licence for everything but products has its edge where products begin', () => {
    const standard = { ...campaign, ...book.royaltyFree.ROYALTY_FREE_STANDARD.scope, until: null }
    const { covered, beyond } = examplesNear(free, standard, now)
    expect(covered).toHaveLength(5)
    expect(beyond.map(({ use }) => use.medium)).toContain('clothing')
    expect(beyond.map((one) => one.beyond)).toEqual(['media', 'media', 'printRun', 'exclusivity'])
  })

  test('each is on the side that it is shown on, whatever the scope and whatever is known of the picture', () => {
    fc.assert(
      fc.property(anyTerms, fc.oneof(fc.constant(free), anyRights), anyTime, (drawn, rights, drawnTimes) => {
        const terms = sized(drawn)
        const times = rights === free ? now : drawnTimes
        const { covered, beyond } = examplesNear(rights, terms, times)
        const licence = {
          id: 'x',
          no: 0n,
          number: '',
          box: boxOf(terms),
          exclusive: terms.exclusive,
          limits: terms.limits ?? {},
          recordedAt: times.knownAt,
          supersededAt: null,
        }
        const asked = (use: (typeof covered)[number]) =>
          decide({ ...rights, licences: [licence] }, useOf(termsOfExample(use, terms)), times).verdict
        for (const use of covered) expect(asked(use)).toBe('allow')
        for (const { use } of beyond) expect(asked(use)).not.toBe('allow')
      }),
      { numRuns: 400 },
    )
  })
})

describe('a scope made wider by a use', () => {
  test('holds both, and never costs less', () => {
    fc.assert(
      fc.property(anyTerms, anyTerms, (a, b) => {
        const [terms, use] = [sized(a), sized({ ...b, zone: a.zone, industry: a.industry })]
        const wide = widenedBy(terms, use)
        const total = (of: ScopeTerms) => priceOf(book, { model: 'RIGHTS_MANAGED', terms: of, assetFactorBp: 10_000 }).total.minor
        const [outer, inner, asked] = [boxOf(wide), boxOf(terms), boxOf(use)]
        for (const axis of ['media', 'territory'] as const) {
          expect(outer[axis].covers(inner[axis])).toBe(true)
          expect(outer[axis].covers(asked[axis])).toBe(true)
        }
        expect(total(wide)).toBeGreaterThanOrEqual(total(terms))
      }),
      { numRuns: 400 },
    )
  })
  test('covers every example beyond the edge, and says what that costs', () => {
    for (const { use } of examplesNear(free, campaign, now).beyond) {
      const { by, way } = coverageOf(choice(campaign), termsOfExample(use, campaign), now)
      expect(by).toBeNull()
      expect(way?.extra.minor).toBeGreaterThan(0n)
      expect(wouldCover(free, way?.terms as ScopeTerms, termsOfExample(use, campaign), now)).toBe(true)
    }
  })
  test('cannot be had where the use cannot: then the reasons are given', () => {
    const box = boxOf({ ...campaign, media: ['ALL'], territory: { include: ['CH'] } })
    const taken: AssetRights = { ...free, claims: [{ ...recorded, id: '1', licenceNo: 9n, box, exclusive: true, state: 'ACTIVE' }] }
    const { way, reasons } = coverageOf(choice(campaign, taken), { ...campaign, territory: { include: ['CH'] } }, now)
    expect(way).toBeNull()
    expect(reasons.map(({ cause }) => cause)).toEqual(['taken'])
  })
  test('a licence that is held covers it as well', () => {
    const held = {
      ...recorded,
      id: 'lic',
      no: 5n,
      number: 'CM',
      box: boxOf({ ...campaign, territory: { include: ['CH'] } }),
      exclusive: false,
      limits: {},
    }
    expect(coverageOf(choice(campaign, { ...free, licences: [held] }), { ...campaign, territory: { include: ['CH'] } }, now).by).toBe(
      'licence',
    )
  })
  test('of a royalty-free licence the wider one is tried first, then a licence of its own', () => {
    const standard = { ...campaign, ...book.royaltyFree.ROYALTY_FREE_STANDARD.scope, until: null }
    const rf = {
      ...choice(standard),
      model: 'ROYALTY_FREE_STANDARD' as const,
      sold: ['ROYALTY_FREE_STANDARD', 'ROYALTY_FREE_EXTENDED', 'RIGHTS_MANAGED'] as const,
    }
    const mugs = coverageOf(rf, { ...campaign, media: ['household-goods'] }, now).way
    expect(mugs).toMatchObject({ kind: 'change', model: 'ROYALTY_FREE_EXTENDED', extra: { minor: 15_000n } })
    expect(coverageOf(rf, { ...campaign, exclusive: true }, now).way).toMatchObject({ kind: 'apart', model: 'RIGHTS_MANAGED' })
    expect(coverageOf(rf, { ...campaign, media: ['ai-training'], until: null }, now).way).toMatchObject({
      kind: 'year',
      terms: { until: '2027-11-30' },
    })
  })
})

test('sizes are asked where all of the media have them', () => {
  expect(sizeKindsOf(['leaflet'])).toEqual(['printRun'])
  expect(sizeKindsOf(['social', 'web-banner'])).toEqual(['pixels'])
  expect(sizeKindsOf(['leaflet', 'social'])).toEqual([])
  expect(sizeKindsOf([])).toEqual([])
})
