import { fieldsOf } from './price-form.ts'
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
  return Object.fromEntries([...fields, ...points, ...covers])
}
