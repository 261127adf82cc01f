import { Refusal } from '../kernel/errors.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import { changesInWords, examplesOf, type PriceChangeWords, type PriceDraftPage } from '../licensing/price-draft-views.ts'
import { readPriceBook } from '../licensing/price-books.ts'
import { readPriceDraft } from '../licensing/price-drafts.ts'
import type { PriceBook } from '../licensing/rules/pricing.ts'
import { priceEffect, type PriceEffect } from './price-effects.ts'

export interface PriceComparePage {
  from: { version: number }
  to: { version: number } | { draftId: string }
  versions: number[]
  changes: PriceChangeWords[]
  examples: PriceDraftPage['examples']
  effect: PriceEffect
}

/** Two versions, or a version and a draft, side by side: figures, typical uses, and last year's sales. Null for a house without prices. */
export async function priceComparePage(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { from, to, draftId }: { from: number | undefined; to: number | undefined; draftId: string | undefined },
): Promise<PriceComparePage | null> {
  if (!hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR')) throw new Refusal('forbidden', 'compare prices')
  const rows = await ctx.db.priceBook.findMany({
    where: { houseId: ctx.actor.houseId },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, book: true },
    take: 50,
  })
  if (rows.length === 0 && draftId === undefined) return null
  const bookOf = (version: number | undefined): { version: number; book: PriceBook } => {
    const row = version === undefined ? undefined : rows.find((one) => one.version === version)
    if (!row) throw new Refusal('not-found', `no price book ${version ?? ''}`)
    return { version: row.version, book: readPriceBook(row) }
  }
  const draft = draftId === undefined ? undefined : await readPriceDraft(ctx, draftId)
  const newest = rows[0]?.version
  const after = draft ?? bookOf(to ?? newest)
  const before = bookOf(from ?? (draft ? draft.baseVersion : Math.max(1, (newest ?? 1) - 1)))
  return {
    from: { version: before.version },
    to: draft ? { draftId: draft.id } : { version: (after as { version: number }).version },
    versions: rows.map(({ version }) => version),
    changes: await changesInWords(ctx, before.book, after.book),
    examples: examplesOf(before.book, after.book),
    effect: await priceEffect(ctx, before.book, after.book),
  }
}
