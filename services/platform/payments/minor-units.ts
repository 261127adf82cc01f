import { isCurrency, type Currency, type Money } from '../../kernel/money.ts'

/** Stripe counts in the same minor units as we do (kernel/money.ts holds its exponents), but as a JSON number and in lower-case codes. */
export function toStripeAmount(amount: Money): number {
  if (amount.minor < 0n || amount.minor > 99_999_999n) throw new Error(`Stripe takes 0 to 99,999,999 minor units, not ${amount.minor}`)
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
