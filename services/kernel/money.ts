import { localeOf, type Language } from './language.ts'

/** Integer minor units of an ISO 4217 currency, never apart. Exponents are Stripe's, which differ from `Intl` for some. */
export interface Money {
  minor: bigint
  currency: Currency
}

export const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'JPY'] as const
export type Currency = (typeof currencies)[number]
const exponents: Record<Currency, number> = { EUR: 2, USD: 2, GBP: 2, CHF: 2, JPY: 0 }

export const isCurrency = (code: string): code is Currency => (currencies as readonly string[]).includes(code)
export const exponentOf = (currency: Currency): number => exponents[currency]
export const money = (minor: bigint | number, currency: Currency): Money => ({ minor: BigInt(minor), currency })

/** Sum of amounts in one currency; mixing currencies is a fault, not an outcome. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  let minor = 0n
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new Error(`cannot add ${amount.currency} to ${currency}`)
    minor += amount.minor
  }
  return { minor, currency }
}

/** `numerator / denominator` of an integer, half away from zero: the one rounding of the house. */
export function ratio(value: bigint, numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new Error('denominator must be above zero')
  const scaled = value * numerator
  const half = denominator / 2n
  const magnitude = ((scaled < 0n ? -scaled : scaled) + half) / denominator
  return scaled < 0n ? -magnitude : magnitude
}

/** A share of an amount in basis points (1/100 of a percent). */
export const atRate = (amount: Money, basisPoints: number): Money => ({
  minor: ratio(amount.minor, BigInt(basisPoints), 10_000n),
  currency: amount.currency,
})

/** Parts by weight that add up to the whole: largest remainder, ties to the earlier part. */
export function split(whole: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((a, b) => a + BigInt(b), 0n)
  if (total <= 0n || weights.some((w) => w < 0)) throw new Error('weights must be positive')
  const parts = weights.map((weight, index) => {
    const scaled = whole.minor * BigInt(weight)
    return { index, minor: scaled / total, rest: scaled % total }
  })
  let left = whole.minor - parts.reduce((a, part) => a + part.minor, 0n)
  const step = left < 0n ? -1n : 1n
  const byRest = [...parts].sort((a, b) => {
    const [x, y] = [a.rest * step, b.rest * step]
    return x === y ? a.index - b.index : x > y ? -1 : 1
  })
  for (const part of byRest) {
    if (left === 0n) break
    part.minor += step
    left -= step
  }
  return parts.map(({ minor }) => ({ minor, currency: whole.currency }))
}

const formatters = new Map<string, Intl.NumberFormat>()

/** Kept, since a page words a dozen amounts and making a formatter is what costs. */
function formatterOf(language: Language, currency: Currency): Intl.NumberFormat {
  const key = `${language} ${currency}`
  const known = formatters.get(key)
  if (known) return known
  const digits = exponentOf(currency)
  const made = new Intl.NumberFormat(localeOf[language], { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits })
  formatters.set(key, made)
  return made
}

/** For people: `€1,250.00`, or `1.250,00 €`. Our own exponent, because `Intl` and Stripe disagree for some currencies. */
export function formatMoney(amount: Money, language: Language = 'en'): string {
  const digits = exponentOf(amount.currency)
  const unit = 10n ** BigInt(digits)
  const whole = amount.minor / unit
  const magnitude = amount.minor < 0n ? -amount.minor : amount.minor
  const fraction = digits === 0 ? '' : (magnitude % unit).toString().padStart(digits, '0')
  const sign = amount.minor < 0n && whole === 0n
  return formatterOf(language, amount.currency)
    .formatToParts(sign ? -0 : whole)
    .map((part) => (part.type === 'fraction' ? fraction : part.value))
    .join('')
}
