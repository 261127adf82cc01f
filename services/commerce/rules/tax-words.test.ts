import { expect, test } from 'vitest'
import { taxRule, type TaxRule } from './tax.ts'
import { taxInWords } from './tax-words.ts'

const berlin = { country: 'DE', vatId: null }
const cases: [string, TaxRule | null][] = [
  ['at home', taxRule(berlin, berlin)],
  ['elsewhere in the union', taxRule(berlin, { country: 'FI', vatId: null })],
  ['to a company of the union', taxRule(berlin, { country: 'FR', vatId: 'FR12345678901' })],
  ['outside', taxRule(berlin, { country: 'US', vatId: null })],
  ['by a seller from elsewhere', taxRule({ country: 'US', vatId: null }, berlin)],
  ['of nothing', null],
]

test.each(cases)('%s: both languages say a rate and a note where the law has one', (_, rule) => {
  const [english, german] = [taxInWords(rule), taxInWords(rule, 'de')]
  expect(english.note).toBe(rule?.note ?? null)
  expect(german.note === null).toBe(english.note === null)
  expect(german.label === null).toBe(english.label === null)
})

test('a rate is written as its language writes numbers', () => {
  expect(taxInWords(cases[1]?.[1] ?? null)).toMatchObject({ label: 'VAT 25.5 %' })
  expect(taxInWords(cases[1]?.[1] ?? null, 'de')).toMatchObject({ label: '25,5 % MwSt.' })
})
