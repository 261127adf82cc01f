import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Currency, Money } from '../kernel/money.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { quoteUse, type Quote, type QuoteError, type QuoteUse, type Read } from './quotes.ts'

export interface QuoteUpgrade {
  licenceId: string
  model: QuoteUse['model']
  terms?: ScopeTerms
  currency?: Currency
}
export type UpgradeQuote = Quote & {
  /** What the held licence counts for. */
  credit: Money
  /** What is to be paid. */
  due: Money
  /** The number of the licence that is widened. */
  from: string
}

/** What it costs to widen a licence of the asker's company, and whether the wider right can be had. */
export async function quoteUpgrade(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { licenceId, model, terms, currency }: QuoteUpgrade,
  read?: Read,
): Promise<Result<UpgradeQuote, QuoteError>> {
  const { actor } = ctx
  const licence = isPerson(actor)
    ? await ctx.db.licence.findFirst({
        where: { id: licenceId, houseId: actor.houseId, holderOrgId: actor.orgId },
        select: { assetId: true, number: true },
      })
    : null
  if (!licence) throw new Refusal('not-found', `no licence ${licenceId}`)
  const quote = await quoteUse(
    ctx,
    { assetId: licence.assetId, model, upgradesLicenceId: licenceId, ...(terms && { terms }), ...(currency && { currency }) },
    read,
  )
  if (!quote.ok) return quote
  const { upgrade, total } = quote.value
  return ok({ ...quote.value, credit: upgrade?.credit ?? { ...total, minor: 0n }, due: total, from: licence.number })
}
