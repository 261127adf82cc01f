import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../../kernel/money.ts'
import * as enums from '../../platform/generated/prisma/enums.ts'
import { invoiceNumber, seriesYear } from './invoice-number.ts'
import { attemptStateNames, orderLineStateNames, orderStateNames, orderStates, refundOrigins, refundStateNames } from './order-states.ts'
import { disputeClosedPostings, disputeOpenedPostings, refundPostings, repaymentPostings, reversed, salePostings } from './postings.ts'
import { netAndTax, planRefund } from './refundable.ts'
import { outcomeOf } from './session-outcome.ts'
import { isVatIdOf, standardRates, taxLabel, taxRule } from './tax.ts'
import { totalsOf } from './totals.ts'

const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })
const maybe = fc.bigInt({ min: 0n, max: 10n ** 12n })

describe('states', () => {
  test('are those of the database', () => {
    const mirrors: [readonly string[], object][] = [
      [orderStateNames, enums.OrderState],
      [orderLineStateNames, enums.OrderLineState],
      [attemptStateNames, enums.AttemptState],
      [refundStateNames, enums.RefundState],
      [refundOrigins, enums.RefundOrigin],
    ]
    for (const [mirror, original] of mirrors) expect([...mirror].sort()).toEqual(Object.values(original).sort())
  })

  test('of an order are as the README draws them', () => {
    const drawn = [...readFileSync('services/commerce/README.md', 'utf8').matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(
      ([, from, to, verb]) => `${from} ${verb} ${to}`,
    )
    const table = orderStates.states.flatMap((state) =>
      Object.entries(orderStates.table[state]).map(([verb, to]) => `${state} ${verb} ${to}`),
    )
    expect(drawn.sort()).toEqual(table.sort())
  })

  test('a paid order is never cancelled, and late money may pay a cancelled one', () => {
    expect(orderStates.whence('cancel')).toEqual(['OPEN', 'AWAITING_PAYMENT', 'AWAITING_FUNDS'])
    expect(orderStates.whence('pay')).toContain('CANCELLED')
    expect(orderStates.whence('pay')).not.toContain('REFUNDED')
  })
})

describe('totals', () => {
  test('tax is rounded line by line, and the whole is its parts', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 25 }), fc.integer({ min: 0, max: 2700 }), (nets, rate) => {
        const totals = totalsOf(
          nets.map((net) => ({ net: money(net, 'EUR') })),
          'EUR',
          rate,
        )
        expect(totals.tax.minor).toBe(totals.lines.reduce((sum, line) => sum + line.tax.minor, 0n))
        expect(totals.total.minor).toBe(totals.net.minor + totals.tax.minor)
      }),
    )
  })
  test('19 % of 1,250.00 is 237.50', () => {
    expect(totalsOf([{ net: money(125_000, 'EUR') }], 'EUR', 1900).tax.minor).toBe(23_750n)
  })
})

describe('tax of a German seller', () => {
  const seller = { country: 'DE', vatId: 'DE123456789' }
  test.each([
    ['at home, with a VAT id too', { country: 'DE', vatId: 'DE999999999' }, 'domestic', 1900],
    ['a company in France with its VAT id', { country: 'FR', vatId: 'FR40303265045' }, 'reverse-charge', 0],
    ['a buyer in France without one', { country: 'FR', vatId: null }, 'destination', 2000],
    ['a buyer in France with a German id', { country: 'FR', vatId: 'DE123456789' }, 'destination', 2000],
    ['a Greek company, which writes EL', { country: 'GR', vatId: 'EL094259216' }, 'reverse-charge', 0],
    ['a buyer in Switzerland', { country: 'CH', vatId: 'CHE-116.281.710' }, 'outside', 0],
    ['a buyer of no known country, taxed as at home', { country: null, vatId: null }, 'domestic', 1900],
  ] as const)('%s', (_, buyer, treatment, rate) => {
    const rule = taxRule(seller, buyer)
    expect([rule.treatment, rule.basisPoints]).toEqual([treatment, rate])
    expect(rule.country === null).toBe(rate === 0)
    expect(rule.note === null).toBe(rate !== 0)
  })
  test('a seller outside the Union charges none and says so', () => {
    expect(taxRule({ country: 'US', vatId: null }, { country: 'DE', vatId: null })).toMatchObject({
      treatment: 'seller-not-registered',
      basisPoints: 0,
    })
  })
  test('VAT ids are read through the dots and blanks that people write', () => {
    expect(isVatIdOf('de 123.456.789', 'DE')).toBe(true)
    expect(isVatIdOf('DE12', 'DE')).toBe(false)
    expect(Object.keys(standardRates)).toHaveLength(27)
    expect(taxLabel(2550)).toBe('VAT 25.5 %')
  })
})

describe('the ledger', () => {
  test('every posting sums to zero', () => {
    fc.assert(
      fc.property(amount, maybe, maybe, fc.boolean(), (netMinor, taxMinor, owed, won) => {
        const taxed = { netMinor, taxMinor, taxCountry: 'DE' }
        for (const postings of [
          salePostings(taxed, owed),
          refundPostings(taxed),
          repaymentPostings(owed),
          disputeOpenedPostings(netMinor),
          disputeClosedPostings(netMinor, won ? 'won' : { owedMinor: taxMinor }),
          reversed(salePostings(taxed, owed)),
        ]) {
          expect(postings.reduce((sum, posting) => sum + posting.amountMinor, 0n)).toBe(0n)
          expect(postings.every((posting) => posting.amountMinor !== 0n)).toBe(true)
        }
      }),
    )
  })
  test('tax without a country is a fault', () => {
    expect(() => salePostings({ netMinor: 100n, taxMinor: 19n, taxCountry: null }, 0n)).toThrow('tax without a country')
  })
  test('price and tax of a part add up to it', () => {
    fc.assert(
      fc.property(amount, amount, maybe, (part, netMinor, taxMinor) => {
        const parts = netAndTax(part, { netMinor, taxMinor })
        expect(parts.netMinor + parts.taxMinor).toBe(part)
      }),
    )
  })
})

describe('a refund', () => {
  const payment = { id: 'p', amountMinor: 300n }
  const lines = [
    { id: 'a', netMinor: 100n, taxMinor: 0n },
    { id: 'b', netMinor: 200n, taxMinor: 0n },
  ]
  test('gives a line back once', () => {
    expect(planRefund({ lineId: 'a' }, payment, lines, [])).toEqual({ ok: true, amountMinor: 100n, lineIds: ['a'] })
    // What was given cost nothing: there is no refund of nothing.
    expect(planRefund({ lineId: 'f' }, payment, [...lines, { id: 'f', netMinor: 0n, taxMinor: 0n }], [])).toEqual({
      ok: false,
      error: 'nothing-left',
    })
    const given = [{ orderLineId: 'a', paymentId: 'p', amountMinor: 100n, state: 'PENDING' as const }]
    expect(planRefund({ lineId: 'a' }, payment, lines, given)).toEqual({ ok: false, error: 'already-refunded' })
    expect(planRefund({ lineId: null }, payment, lines, given)).toEqual({ ok: true, amountMinor: 200n, lineIds: ['b'] })
  })
  test('that failed gave nothing back', () => {
    const failed = [{ orderLineId: null, paymentId: 'p', amountMinor: 300n, state: 'FAILED' as const }]
    expect(planRefund({ lineId: null }, payment, lines, failed)).toMatchObject({ ok: true, amountMinor: 300n })
  })
  test('gives back a part of a line, never nothing and never more than the line', () => {
    const part = (amountMinor: bigint) => planRefund({ lineId: 'a', amountMinor }, payment, lines, [])
    expect(part(40n)).toMatchObject({ ok: true, amountMinor: 40n })
    expect(part(4_000n)).toMatchObject({ ok: true, amountMinor: 100n })
    expect([part(0n), part(-5n)]).toEqual([1, 2].map(() => ({ ok: false, error: 'nothing-left' })))
  })
  test('never gives back more than is left', () => {
    const most = { orderLineId: null, paymentId: 'p', amountMinor: 250n, state: 'SUCCEEDED' as const }
    const given = [most]
    expect(planRefund({ lineId: 'b' }, payment, lines, given)).toMatchObject({ ok: true, amountMinor: 50n })
    expect(planRefund({ lineId: null }, payment, lines, [...given, { ...most, amountMinor: 50n }])).toEqual({
      ok: false,
      error: 'nothing-left',
    })
  })
})

describe('what a session means', () => {
  const frozen = { orderId: 'o', attemptIds: ['t'], currency: 'EUR', netMinor: 100n, taxMinor: 19n, totalMinor: 119n }
  const session = {
    orderId: 'o',
    attemptId: 't',
    status: 'complete',
    paid: true,
    currency: 'eur',
    subtotalMinor: 100n,
    taxMinor: 19n,
    totalMinor: 119n,
  } as const
  test.each([
    ['paid', {}],
    ['paid-otherwise', { totalMinor: 118n }],
    ['paid-otherwise', { taxMinor: 18n, subtotalMinor: 101n }],
    ['paid-otherwise', { currency: 'USD' }],
    ['paid-otherwise', { attemptId: 'x' }],
    ['paid-otherwise', { attemptId: null }],
    ['awaiting-funds', { paid: false }],
    ['payable', { paid: false, status: 'open' }],
    ['expired', { paid: false, status: 'expired' }],
  ] as const)('%s', (outcome, change) => {
    expect(outcomeOf({ ...session, ...change }, frozen)).toBe(outcome)
  })
})

test('invoice numbers are a year and six digits', () => {
  expect(invoiceNumber(2026, 7)).toBe('2026-000007')
  expect(seriesYear('2026-12-31')).toBe(2026)
})
