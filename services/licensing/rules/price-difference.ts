import type { Currency } from '../../kernel/money.ts'
import { dayInWords } from '../../rights/rules/scope-words.ts'
import { amountText, fieldsOf } from './price-form.ts'
import type { PriceBook } from './pricing.ts'

/** One figure that two books say differently; null where one of them does not name it. */
export interface PriceChange {
  /** The path of the figure in the book, e.g. `media.whole.advertising`. */
  field: string
  before: string | null
  after: string | null
}

/** What changed from one price book to another, figure by figure, in the words of the form. */
export function priceDifference(before: PriceBook, after: PriceBook): PriceChange[] {
  const [a, b] = [said(before), said(after)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => a[field] !== b[field])
    .map((field) => ({ field, before: a[field] ?? null, after: b[field] ?? null }))
}

/** Curves by quantity instead of by line: a point that was put in between changes no other. */
function said(book: PriceBook): Record<string, string> {
  const fields = Object.entries(fieldsOf(book)).filter(([name, value]) => value !== '' && !name.includes('.points.'))
  const points = (['duration', 'printRun', 'pixels'] as const).flatMap((axis) =>
    book[axis].points.map(([at, bp]) => [`${axis}.${at}`, String(bp / 10_000)] as const),
  )
  const covers = Object.entries(book.royaltyFree).map(
    ([model, { scope }]) => [`royaltyFree.${model}.scope`, JSON.stringify([scope.media, scope.territory, scope.industry])] as const,
  )
  return Object.fromEntries([...fields, ...points, ...covers, ...ofCurrencies(book), ...ofDiscounts(book)])
}

const ofCurrencies = ({ inCurrency = {} }: PriceBook): [string, string][] =>
  Object.entries(inCurrency).flatMap(([currency, { roundToMinor, minimumMinor, baseMinor = {} }]) =>
    Object.entries({ roundToMinor, minimumMinor, ...baseMinor }).flatMap(([name, minor]): [string, string][] =>
      minor === undefined ? [] : [[`inCurrency.${currency}.${name}`, amountText(minor, currency as Currency)]],
    ),
  )

/** Codes, agreed rates and tiers, each by what it is known by. */
function ofDiscounts({ discounts }: PriceBook): [string, string][] {
  if (!discounts) return []
  const { codes, agreed, volume, limits } = discounts
  const amounts = (minors: Partial<Record<Currency, number>>) =>
    Object.entries(minors).map(([currency, minor]) => `${amountText(minor, currency as Currency)} ${currency}`)
  return [
    ...codes.map((one): [string, string] => [
      `discounts.codes.${one.code}`,
      [
        one.bp === null ? amounts(one.offMinor).join(', ') : shareText(one.bp),
        `${dayInWords(one.from)} to ${one.until ? dayInWords(one.until) : 'further notice'}`,
        ...(one.uses === null ? [] : [`${one.uses} times`]),
        ...(one.usesEach === null ? [] : [`${one.usesEach} a company`]),
        ...amounts(one.leastMinor).map((text) => `from ${text}`),
      ].join('; '),
    ]),
    ...agreed.map(({ orgId, bp, note }): [string, string] => [`discounts.agreed.${orgId}`, `${shareText(bp)}${note ? `; ${note}` : ''}`]),
    ...volume.map(({ lines, bp }): [string, string] => [`discounts.volume.${lines}`, shareText(bp)]),
    ...Object.entries(limits).map(([role, bp]): [string, string] => [`discounts.limits.${role}`, shareText(bp)]),
  ]
}

const shareText = (bp: number): string => `${bp / 100} %`
