import { useLanguage } from '#app/words/use-language.ts'
import { formatMoney, type Money } from '#services/kernel/money.ts'

/** An amount of money, in figures that stand below each other. */
export function Amount({ of }: { of: Money }) {
  return <span className="numeric nowrap">{formatMoney(of, useLanguage())}</span>
}
