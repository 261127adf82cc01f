import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atRate, formatMoney, money, ratio, split, sum } from './money.ts'

const minor = fc.bigInt({ min: -2_000_000_000n, max: 2_000_000_000n })

describe('money', () => {
  test('the parts of a split add up to the whole, and none is further than one unit from its share', () => {
    fc.assert(
      fc.property(minor, fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 }).filter((weights) => weights.some((weight) => weight > 0)), (amount, weights) => {
        const parts = split(money(amount, 'EUR'), weights)
        expect(sum(parts, 'EUR').minor).toBe(amount)
        const total = weights.reduce((a, b) => a + b, 0)
        parts.forEach((part, at) => {
          const off = part.minor * BigInt(total) - amount * BigInt(weights[at] ?? 0)
          expect((off < 0n ? -off : off) < BigInt(total)).toBe(true)
        })
      }),
    )
  })

  test('a ratio rounds half away from zero, on both sides of it alike', () => {
    expect([ratio(5n, 1n, 2n), ratio(-5n, 1n, 2n), ratio(4n, 1n, 3n), ratio(1n, 1n, 3n)]).toEqual([3n, -3n, 1n, 0n])
    fc.assert(fc.property(minor, fc.bigInt({ min: 0n, max: 100_000n }), fc.bigInt({ min: 1n, max: 100_000n }), (value, up, down) => ratio(-value, up, down) === -ratio(value, up, down)))
  })

  test('a rate in basis points: 19 % of 99.99', () => {
    expect(atRate(money(9_999, 'EUR'), 1_900)).toEqual(money(1_900, 'EUR'))
  })

  test('currencies are never mixed', () => {
    expect(() => sum([money(1, 'EUR'), money(1, 'USD')], 'EUR')).toThrow('cannot add USD to EUR')
  })

  test('amounts are written with the digits that the payment provider counts in', () => {
    expect([formatMoney(money(125_000, 'EUR')), formatMoney(money(-5, 'EUR')), formatMoney(money(1_234, 'JPY')), formatMoney(money(7, 'GBP'))]).toEqual(['€1,250.00', '-€0.05', 'JP¥1,234', '£0.07'])
  })
})
