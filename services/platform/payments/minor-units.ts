import { isCurrency, type Currency, type Money } from '../../kernel/money.ts'

/** The least that Stripe charges, in minor units of the currency (its "minimum charge amounts"); the most is the same in all. */
const leastCharged: Record<Currency, bigint> = { EUR: 50n, USD: 50n, GBP: 30n, CHF: 50n, JPY: 50n }
const mostCharged = 99_999_999n

/** Whether one payment can bring an amount: nothing at all needs none; null where it can. */
export function outsideOf({ minor, currency }: Money): 'too-little-to-pay' | 'too-much-to-pay' | null {
  if (minor > mostCharged) return 'too-much-to-pay'
  return minor > 0n && minor < leastCharged[currency] ? 'too-little-to-pay' : null
}

/** Stripe counts in the same minor units as we do (kernel/money.ts holds its exponents), but as a JSON number and in lower-case codes. */
export function toStripeAmount(amount: Money): number {
  if (amount.minor < 0n || amount.minor > mostCharged) throw new Error(`Stripe takes 0 to 99,999,999 minor units, not ${amount.minor}`)
  return Number(amount.minor)
}

export const toStripeCurrency = (currency: Currency): string => currency.toLowerCase()

/** A missing amount is a fault: an answer without its amount must never be taken for nothing. */
export function fromStripeAmount(amount: number | null | undefined): bigint {
  if (amount === null || amount === undefined || !Number.isSafeInteger(amount))
    throw new Error(`not an amount of minor units: ${String(amount)}`)
  return BigInt(amount)
}

export function fromStripeCurrency(code: string | null | undefined): Currency {
  const capitals = (code ?? '').toUpperCase()
  if (!isCurrency(capitals)) throw new Error(`a currency that we do not take: ${String(code)}`)
  return capitals
}
