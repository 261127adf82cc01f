import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pricedTerms, wider } from '#services/testing/priced-terms.ts'
import { canonical } from '../../kernel/canonical.ts'
import { addDays } from '../../kernel/period.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { defaultPriceBook as book } from '../defaults/price-book.ts'
import { priceBook } from '../price-book-schema.ts'
import { licenceModels } from './models.ts'
import { currencyIn, priceOf, priceRecord } from './pricing.ts'

const cost = (terms: ScopeTerms, assetFactorBp = 10_000) => priceOf(book, { model: 'RIGHTS_MANAGED', terms, assetFactorBp }).total.minor
const holds = (property: (a: ScopeTerms, b: ScopeTerms) => void) =>
  fc.assert(
    fc.property(pricedTerms, pricedTerms, (a, b) => void property(a, b)),
    { numRuns: 400 },
  )
/** The stated tolerance: one rounding step a piece, and one basis point of a curve. */
const tolerance = (minor: bigint) => BigInt(book.roundToMinor) * 2n + minor / 5_000n

describe('the price of a scope', () => {
  test('a wider scope never costs less', () => holds((a, b) => expect(cost(wider(a, b))).toBeGreaterThanOrEqual(cost(a))))

  test('buying places, media or time in pieces never beats buying them whole', () =>
    holds((a, b) => {
      const places = { ...a, territory: { include: [...a.territory.include, ...b.territory.include] } }
      expect(cost(a) + cost({ ...a, territory: b.territory }) + tolerance(cost(places))).toBeGreaterThanOrEqual(cost(places))
      const kinds = { ...a, media: [...a.media, ...b.media] }
      expect(cost(a) + cost({ ...a, media: b.media }) + tolerance(cost(kinds))).toBeGreaterThanOrEqual(cost(kinds))
      if (a.until === null || b.until === null) return
      const daysOfB = (Date.parse(b.until) - Date.parse(b.from)) / 86_400_000 + 1
      const longer = { ...a, until: addDays(a.until, daysOfB) }
      expect(cost(a) + cost({ ...a, until: b.until }) + tolerance(cost(longer))).toBeGreaterThanOrEqual(cost(longer))
    }))

  test('replays to the same minor unit from a stored book', () =>
    holds((a) => {
      const stored = priceBook.parse(JSON.parse(canonical(book as never)))
      const replayed = priceOf(stored, {
        model: 'RIGHTS_MANAGED',
        terms: JSON.parse(JSON.stringify(a)) as ScopeTerms,
        assetFactorBp: 12_500,
      })
      expect(priceRecord(replayed)).toEqual(priceRecord(priceOf(book, { model: 'RIGHTS_MANAGED', terms: a, assetFactorBp: 12_500 })))
    }))

  test('the last part is the total, and every price is at least the minimum and in whole steps', () =>
    holds((a) => {
      const { total, parts } = priceOf(book, { model: 'RIGHTS_MANAGED', terms: a, assetFactorBp: 10_000 })
      expect(parts.at(-1)?.minor).toBe(total.minor)
      expect(total.minor).toBeGreaterThanOrEqual(BigInt(book.minimumMinor))
      expect(total.minor % BigInt(book.roundToMinor)).toBe(0n)
    }))
})

test('a currency that is no longer sold in gives way to the book’s own', () => {
  expect(currencyIn({ ...book, rates: { CHF: 9_500 } }, 'CHF')).toBe('CHF')
  expect(currencyIn({ ...book, rates: { CHF: 9_500 } }, 'JPY')).toBe(book.currency)
  expect(currencyIn(book, undefined)).toBe(book.currency)
})

describe('examples from the default book', () => {
  const year: ScopeTerms = {
    media: ['web-banner'],
    territory: { include: ['DE'] },
    industry: 'ALL',
    from: '2027-01-01',
    until: '2027-12-31',
    zone: 'Europe/Berlin',
    exclusive: false,
  }
  test('one web banner in Germany for a year is the base price', () => expect(cost({ ...year, until: '2028-01-01' })).toBe(9_000n))
  test('exclusive in all industries is five times as much, in one twice', () => {
    expect(cost({ ...year, until: '2028-01-01', exclusive: true })).toBe(45_000n)
    expect(cost({ ...year, until: '2028-01-01', exclusive: true, industry: ['banking'] })).toBe(18_000n)
  })
  test('all countries of a group one by one cost no more than the group', () =>
    expect(cost({ ...year, territory: { include: ['DE', 'AT', 'CH'] } })).toBe(cost({ ...year, territory: { include: ['DACH'] } })))
  test('royalty-free has one price, whatever the terms, times the factor of the asset', () => {
    expect(priceOf(book, { model: 'ROYALTY_FREE_STANDARD', terms: year, assetFactorBp: 10_000 }).total).toEqual({
      minor: 4_900n,
      currency: 'EUR',
    })
    expect(priceOf(book, { model: 'ROYALTY_FREE_EXTENDED', terms: year, assetFactorBp: 15_000 }).total.minor).toBe(29_900n)
  })
  test('a grant costs nothing', () => {
    for (const model of licenceModels.slice(3))
      expect(priceOf(book, { model, terms: year, assetFactorBp: 10_000 })).toEqual({ total: { minor: 0n, currency: 'EUR' }, parts: [] })
  })
  test('another currency is converted before the one rounding', () =>
    expect(priceOf(book, { model: 'ROYALTY_FREE_STANDARD', terms: year, assetFactorBp: 10_000, currency: 'USD' }).total).toEqual({
      minor: 5_300n,
      currency: 'USD',
    }))
  test('a currency without a rate is a fault', () =>
    expect(() => priceOf({ ...book, rates: {} }, { model: 'RIGHTS_MANAGED', terms: year, assetFactorBp: 10_000, currency: 'USD' })).toThrow(
      'knows no USD',
    ))
})

describe('the schema of a price book', () => {
  const messages = (change: object) => {
    const parsed = priceBook.safeParse({ ...book, ...change })
    return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message)
  }
  test('takes the default book as it stands', () => expect(priceBook.parse(book)).toEqual(book))
  test.each([
    [
      'a curve that gets steeper',
      {
        duration: {
          points: [
            [0, 100],
            [10, 200],
            [20, 900],
          ],
          open: 2_000,
        },
      },
      'Points must rise, and each line be no steeper than the one before.',
    ],
    [
      'a curve that falls',
      {
        pixels: {
          points: [
            [0, 100],
            [10, 50],
          ],
          open: 2_000,
        },
      },
      'Points must rise, and each line be no steeper than the one before.',
    ],
    [
      'no limit cheaper than a limit',
      {
        printRun: {
          points: [
            [0, 100],
            [10, 200],
          ],
          open: 150,
        },
      },
      'Without a limit it cannot cost less than with one.',
    ],
    ['an unknown place', { territory: { ...book.territory, leaves: { XX: 5 } } }, 'This is no territory code.'],
    ['no price for the whole world', { territory: { ...book.territory, whole: {} } }, 'Say what WORLD costs.'],
  ])('refuses %s', (_, change, message) => expect(messages(change)).toContain(message))
})
