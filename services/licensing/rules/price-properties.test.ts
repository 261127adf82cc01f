import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { jointly, pricedTerms, wider, widenings } from '#services/testing/priced-terms.ts'
import { canonical } from '../../kernel/canonical.ts'
import { currencies, type Currency } from '../../kernel/money.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { defaultPriceBook } from '../defaults/price-book.ts'
import { priceBook } from '../price-book-schema.ts'
import { discounted, type DiscountableLine, type PromotionCode } from './discounts.ts'
import { currenciesOf, minimumOf, priceOf, priceRecord, type PriceBook } from './pricing.ts'
import { isWider, pricedFrom, shortOf, upgradePrice, type PricedScope } from './upgrade.ts'
import { along, type Curve } from './weights.ts'

const asked = process.env['PRICE_CASES']
/** So many random cases; PRICE_CASES=100000 is the long run, for each property. */
const numRuns = asked ? Number(asked) : 300
// The long run takes half an hour.
if (asked) vi.setConfig({ testTimeout: 3_600_000 })

/** The house's prices with figures of their own for two currencies, one of which has no minor units. */
const book: PriceBook = {
  ...defaultPriceBook,
  inCurrency: {
    JPY: { roundToMinor: 100, minimumMinor: 2_500, baseMinor: { RIGHTS_MANAGED: 14_800, ROYALTY_FREE_STANDARD: 7_900 } },
    CHF: { roundToMinor: 50, minimumMinor: 1_450 },
  },
}
const currency = fc.constantFrom(...currencies)
const factor = fc.integer({ min: 0, max: 60_000 })
const scope = (of: ScopeTerms, assetFactorBp: number): PricedScope => ({ model: 'RIGHTS_MANAGED', terms: of, assetFactorBp })
const cost = (of: ScopeTerms, assetFactorBp: number, inCurrency: Currency) =>
  priceOf(book, { ...scope(of, assetFactorBp), currency: inCurrency }).total.minor

const line = fc.record({ listMinor: fc.bigInt(0n, 500_000n), floorMinor: fc.bigInt(0n, 3_000n) })
const code = fc
  .record({
    bp: fc.option(fc.integer({ min: 1, max: 10_000 })),
    off: fc.integer({ min: 1, max: 90_000 }),
    least: fc.integer({ min: 0, max: 400_000 }),
  })
  .map(({ bp, off, least }): PromotionCode => ({
    code: 'SPRING',
    name: 'Spring',
    bp,
    offMinor: bp === null ? { EUR: off } : {},
    from: '2026-01-01',
    until: null,
    uses: null,
    usesEach: null,
    leastMinor: { EUR: least },
  }))
const rates = fc.record({
  agreedBp: fc.integer({ min: 0, max: 6_000 }),
  volumeBp: fc.integer({ min: 0, max: 6_000 }),
  code: fc.option(code),
})
const paid = (lines: readonly DiscountableLine[], by: { agreedBp: number; volumeBp: number; code: PromotionCode | null }) =>
  discounted(lines, { ...by, currency: 'EUR' }).lines.reduce((sum, { netMinor }) => sum + netMinor, 0n)

describe('prices, in each currency', () => {
  for (const [axis, widen] of [...Object.entries(widenings), ['all axes', jointly] as const])
    test(`more ${axis} never costs less`, () => {
      fc.assert(
        fc.property(pricedTerms, pricedTerms, factor, currency, (a, b, bp, inCurrency) => {
          expect(cost({ ...a, ...widen(a, b) }, bp, inCurrency)).toBeGreaterThanOrEqual(cost(a, bp, inCurrency))
        }),
        { numRuns },
      )
    })

  test('price(A) + upgrade(A -> B) = price(B), and never below zero', () => {
    fc.assert(
      fc.property(pricedTerms, pricedTerms, factor, currency, (a, b, bp, inCurrency) => {
        const { price, credit, due } = upgradePrice(book, [scope(a, bp)], scope(wider(a, b), bp), inCurrency)
        expect(credit.minor).toBe(cost(a, bp, inCurrency))
        expect(due.minor).toBeGreaterThanOrEqual(0n)
        expect(credit.minor + due.minor).toBe(price.total.minor)
        expect(price.total.minor).toBe(cost(wider(a, b), bp, inCurrency))
      }),
      { numRuns },
    )
  })

  test('the order of upgrades does not matter, whatever the steps', () => {
    fc.assert(
      fc.property(
        pricedTerms,
        fc.array(pricedTerms, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 3 }),
        factor,
        currency,
        (a, steps, turn, bp, inCurrency) => {
          const along = (way: readonly ScopeTerms[]) => {
            const owned = [a]
            let sum = cost(a, bp, inCurrency)
            for (const step of way) {
              const next = wider(owned.at(-1) as ScopeTerms, step)
              sum += upgradePrice(
                book,
                owned.map((one) => scope(one, bp)),
                scope(next, bp),
                inCurrency,
              ).due.minor
              owned.push(next)
            }
            return sum
          }
          const other = [...steps.slice(turn), ...steps.slice(0, turn)].reverse()
          expect(along(steps)).toBe(along(other))
          expect(along(steps)).toBe(cost(steps.reduce(wider, a), bp, inCurrency))
        },
      ),
      { numRuns },
    )
  })

  test('a step to a licence that is cheaper by itself costs nothing, and is never paid for twice', () => {
    fc.assert(
      fc.property(fc.array(pricedTerms, { minLength: 1, maxLength: 4 }), factor, currency, (way, bp, inCurrency) => {
        const sum = way.reduce(
          (total, one, i) =>
            total +
            upgradePrice(
              book,
              way.slice(0, i).map((each) => scope(each, bp)),
              scope(one, bp),
              inCurrency,
            ).due.minor,
          0n,
        )
        expect(sum).toBe(way.map((one) => cost(one, bp, inCurrency)).reduce((a, b) => (a > b ? a : b)))
      }),
      { numRuns },
    )
  })

  test('replay to the minor unit from a stored book and stored terms', () => {
    fc.assert(
      fc.property(pricedTerms, factor, currency, (a, bp, inCurrency) => {
        const stored = priceBook.parse(JSON.parse(canonical(book as never)))
        const again = priceOf(stored, { ...scope(JSON.parse(JSON.stringify(a)) as ScopeTerms, bp), currency: inCurrency })
        expect(priceRecord(again)).toEqual(priceRecord(priceOf(book, { ...scope(a, bp), currency: inCurrency })))
      }),
      { numRuns: Math.min(numRuns, 20_000) },
    )
  })

  test('are whole steps of their currency, or its least price', () => {
    fc.assert(
      fc.property(pricedTerms, factor, currency, (a, bp, inCurrency) => {
        const minor = cost(a, bp, inCurrency)
        const step = BigInt((inCurrency === book.currency ? undefined : book.inCurrency?.[inCurrency]?.roundToMinor) ?? book.roundToMinor)
        expect(minor % step === 0n || minor === minimumOf(book, inCurrency)).toBe(true)
        expect(minor).toBeGreaterThanOrEqual(minimumOf(book, inCurrency))
      }),
      { numRuns },
    )
  })

  test('five of them, each with figures of its own or the book’s', () => {
    expect(currenciesOf(book)).toEqual(['EUR', 'USD', 'GBP', 'CHF', 'JPY'])
    const standard = (inCurrency: Currency) =>
      priceOf(book, {
        model: 'ROYALTY_FREE_STANDARD',
        terms: { from: '2026-01-01' } as ScopeTerms,
        assetFactorBp: 10_000,
        currency: inCurrency,
      }).total.minor
    expect(currencies.map(standard)).toEqual([4_900n, 5_300n, 4_200n, 4_650n, 7_900n])
    expect(minimumOf(book, 'JPY')).toBe(2_500n)
  })
})

describe('discounts', () => {
  test('keep that a wider licence never costs less, whatever else is in the cart', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), line, fc.bigInt(0n, 300_000n), rates, (others, one, more, by) => {
        const cap = (of: DiscountableLine) => ({ ...of, floorMinor: of.floorMinor < of.listMinor ? of.floorMinor : of.listMinor })
        const narrow = paid([...others, one].map(cap), by)
        const wide = paid([...others, { ...one, listMinor: one.listMinor + more }].map(cap), by)
        expect(wide).toBeGreaterThanOrEqual(narrow)
      }),
      { numRuns },
    )
  })

  test('never raise a line, never take it below its floor, and agree with what is reckoned line by line', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), rates, (lines, by) => {
        const { lines: nets } = discounted(lines, { ...by, currency: 'EUR' })
        const rate = BigInt(Math.max(by.agreedBp, by.volumeBp))
        // The oracle: shares rounded half up once a line, floors, then the code on the sum.
        const least = (a: bigint, b: bigint) => (a < b ? a : b)
        const most = (a: bigint, b: bigint) => (a > b ? a : b)
        const share = (minor: bigint, bp: bigint, floor: bigint) => most(minor - (minor * bp + 5_000n) / 10_000n, least(floor, minor))
        const first = lines.map(({ listMinor, floorMinor }) => share(listMinor, rate, floorMinor))
        const before = first.reduce((a, b) => a + b, 0n)
        const threshold = BigInt(by.code?.leastMinor.EUR ?? 0)
        const after = !by.code
          ? before
          : by.code.bp === null
            ? most(
                before - BigInt(by.code.offMinor.EUR ?? 0),
                lines.reduce((sum, { floorMinor }, i) => sum + least(floorMinor, first[i] as bigint), 0n),
              )
            : lines.reduce((sum, { floorMinor }, i) => sum + share(first[i] as bigint, BigInt(by.code?.bp ?? 0), floorMinor), 0n)
        const total = nets.reduce((sum, { netMinor }) => sum + netMinor, 0n)
        expect(total).toBe(by.code && before >= threshold ? most(after, threshold) : before)
        nets.forEach(({ netMinor, parts }, i) => {
          const { listMinor, floorMinor } = lines[i] as DiscountableLine
          expect(netMinor <= listMinor && netMinor >= least(floorMinor, listMinor)).toBe(true)
          expect(parts.at(-1)?.minor ?? listMinor).toBe(netMinor)
        })
      }),
      { numRuns },
    )
  })

  test('do not pile up: the better of two rates counts, the code once on top, and what was given stands alone', () => {
    const spring: PromotionCode = {
      code: 'SPRING',
      name: '',
      bp: 1_000,
      offMinor: {},
      from: '2026-01-01',
      until: null,
      uses: null,
      usesEach: null,
      leastMinor: {},
    }
    const one = { listMinor: 10_000n, floorMinor: 1_500n }
    const by = { agreedBp: 500, volumeBp: 1_500, code: spring, currency: 'EUR' as const }
    const { lines, code: effect } = discounted([one, { ...one, given: { id: 'dsc_1', bp: 4_000, netMinor: 6_000n } }], by)
    expect(lines).toEqual([
      {
        netMinor: 7_650n,
        parts: [
          { kind: 'volume', name: '', bp: 1_500, minor: 8_500n },
          { kind: 'code', name: 'SPRING', bp: 1_000, minor: 7_650n },
        ],
      },
      { netMinor: 6_000n, parts: [{ kind: 'given', name: 'dsc_1', bp: 4_000, minor: 6_000n }] },
    ])
    expect(effect).toBe('applied')
    expect(discounted([one], { ...by, code: { ...spring, bp: null, offMinor: { CHF: 500 } } }).code).toBe('not-in-this-currency')
    expect(discounted([one], { ...by, code: { ...spring, leastMinor: { EUR: 20_000 } } }).code).toBe('below-least')
    expect(discounted([{ listMinor: 1_500n, floorMinor: 1_500n }], by).code).toBe('changes-nothing')
  })
})

describe('a wider licence', () => {
  const held: ScopeTerms = {
    media: ['billboard'],
    territory: { include: ['DE'] },
    industry: 'ALL',
    from: '2026-01-01',
    until: '2026-12-31',
    zone: 'UTC',
    exclusive: true,
    limits: { printRun: 1_000 },
  }
  const now = new Date('2026-06-15T12:00:00Z')

  test('covers what remains, and says in what it falls short', () => {
    expect(shortOf({ ...held, from: '2026-06-15', media: ['out-of-home'], limits: {} }, held, now)).toEqual([])
    expect(
      shortOf(
        { ...held, from: '2026-06-16', media: ['intranet'], territory: { include: ['FR'] }, exclusive: false, limits: { printRun: 10 } },
        held,
        now,
      ),
    ).toEqual(['media', 'territory', 'period', 'exclusivity', 'limits'])
    expect(shortOf({ ...held, until: '2026-11-30' }, held, now)).toEqual(['period'])
    expect(shortOf({ ...held, industry: ['food'] }, held, now)).toEqual(['industry'])
  })

  test('is wider on some axis, in time only from now on', () => {
    expect(isWider({ ...held, from: '2025-01-01' }, held, now)).toBe(false)
    expect(isWider({ ...held, until: '2027-01-01' }, held, now)).toBe(true)
    expect(isWider({ ...held, limits: { printRun: 2_000 } }, held, now)).toBe(true)
    expect(isWider({ ...held, exclusive: true }, { ...held, exclusive: false }, now)).toBe(true)
  })

  test('is priced from the first day of the line', () => {
    expect(pricedFrom([held, { from: '2026-03-01' }], { from: '2026-06-15' })).toBe('2026-01-01')
  })
})

test('a curve agrees with a walk along its lines', () => {
  const curve: Curve = {
    points: [
      [0, 2_000],
      [7, 3_000],
      [31, 4_500],
      [366, 10_000],
    ],
    open: 60_000,
  }
  for (let days = 0; days <= 900; days++) {
    const i = Math.max(1, curve.points.findIndex(([at]) => at >= days) === -1 ? 3 : curve.points.findIndex(([at]) => at >= days))
    const [[x0, y0], [x1, y1]] = [curve.points[i - 1], curve.points[i]] as [[number, number], [number, number]]
    expect(along(curve, days)).toBe(Math.min(y0 + Math.floor(((y1 - y0) * (days - x0)) / (x1 - x0)), 60_000))
  }
})
