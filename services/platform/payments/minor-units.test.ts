import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies, money, type Currency } from '#services/kernel/money.ts'
import { fromStripeAmount, fromStripeCurrency, outsideOf, toStripeAmount, toStripeCurrency } from './minor-units.ts'

test('an amount goes to Stripe and back unchanged', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 99_999_999n }), fc.constantFrom(...currencies), (minor, currency) => {
      expect(fromStripeAmount(toStripeAmount(money(minor, currency)))).toBe(minor)
      expect(fromStripeCurrency(toStripeCurrency(currency))).toBe(currency)
    }),
  )
})

test('one payment brings so much and so little, by the currency; nothing needs none', () => {
  const said = (minor: number, currency: Currency) => outsideOf(money(minor, currency))
  expect([said(0, 'EUR'), said(49, 'EUR'), said(50, 'EUR'), said(30, 'GBP'), said(29, 'GBP')]).toEqual([
    null,
    'too-little-to-pay',
    null,
    null,
    'too-little-to-pay',
  ])
  expect([said(49, 'JPY'), said(99_999_999, 'JPY'), said(100_000_000, 'JPY')]).toEqual(['too-little-to-pay', null, 'too-much-to-pay'])
})

test('a missing, broken or too large amount is a fault, never nothing', () => {
  for (const wrong of [null, undefined, 1.5, Number.NaN]) expect(() => fromStripeAmount(wrong)).toThrow('not an amount')
  expect(() => toStripeAmount(money(-1, 'EUR'))).toThrow()
  expect(() => toStripeAmount(money(100_000_000, 'EUR'))).toThrow()
  expect(() => fromStripeCurrency('xau')).toThrow('do not take')
})
