import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { formatMoney, isCurrency, money, type Currency } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { readPriceBook } from './price-books.ts'
import { readPriceDraft } from './price-drafts.ts'
import type { LicenceModel } from './rules/models.ts'
import { priceOf, type PriceAxis, type PriceBook } from './rules/pricing.ts'

export interface SimulatedPrice {
  name: string
  total: string
  parts: { axis: PriceAxis; factor: string | null; amount: string }[]
}

/** The books that a use can be priced by: every version, and a draft where one is named. */
export async function booksToSimulate(
  ctx: Ctx<'db' | 'actor'>,
  draftId: string | undefined,
): Promise<{ name: string; version: number | null; book: PriceBook }[]> {
  if (!hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR')) throw new Refusal('forbidden', 'simulate prices')
  const rows = await ctx.db.priceBook.findMany({
    where: { houseId: ctx.actor.houseId },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, book: true },
    take: 50,
  })
  const draft = draftId === undefined ? [] : [await readPriceDraft(ctx, draftId)]
  return [
    ...draft.map(({ book }) => ({ name: 'Draft', version: null, book })),
    ...rows.map((row) => ({ name: `Version ${row.version}`, version: row.version, book: readPriceBook(row) })),
  ]
}

/** One use under one book, step by step; null where the book knows no such currency. */
export function simulate(
  { name, book }: { name: string; book: PriceBook },
  use: { model: LicenceModel; terms: ScopeTerms; assetFactorBp: number; currency: string },
): SimulatedPrice | null {
  const currency: Currency = isCurrency(use.currency) ? use.currency : book.currency
  if (currency !== book.currency && !book.rates[currency]) return null
  const { total, parts } = priceOf(book, { ...use, currency })
  return {
    name,
    total: formatMoney(total),
    parts: parts.map(({ axis, bp, minor }) => ({
      axis,
      factor: bp === null ? null : `× ${bp / 10_000}`,
      amount: formatMoney(money(minor, currency)),
    })),
  }
}
