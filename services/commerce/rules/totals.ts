import { atRate, sum, type Currency, type Money } from '../../kernel/money.ts'

export interface PricedLine {
  net: Money
}
export interface Totals {
  lines: { net: Money; tax: Money }[]
  net: Money
  tax: Money
  total: Money
}

/** Tax is taken line by line, rounded once each, then summed: a refunded line gives back exactly what it bore. */
export function totalsOf(lines: readonly PricedLine[], currency: Currency, basisPoints: number): Totals {
  const taxed = lines.map(({ net }) => ({ net, tax: atRate(net, basisPoints) }))
  const net = sum(
    taxed.map((line) => line.net),
    currency,
  )
  const tax = sum(
    taxed.map((line) => line.tax),
    currency,
  )
  return { lines: taxed, net, tax, total: sum([net, tax], currency) }
}
