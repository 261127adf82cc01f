import { canonical, type Json } from '../kernel/canonical.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { formatMoney, isCurrency, money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { readPriceBook } from '../licensing/price-books.ts'
import { priceOf, priceRecord } from '../licensing/rules/pricing.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { assetFactorOf } from './price-effects.ts'

export interface ReplayedLine {
  title: string
  scope: string
  version: number
  asked: string
  again: string
  same: boolean
}

/** The lines of a past order, each priced again from the version that it was priced by; null where there is no such order. */
export async function replayOrder(ctx: Ctx<'db' | 'actor'>, number: string): Promise<ReplayedLine[] | null> {
  if (!hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR', 'FINANCE')) throw new Refusal('forbidden', 'see sales')
  const { houseId } = ctx.actor
  const order = await ctx.db.order.findFirst({
    where: { houseId, number },
    select: { currency: true, lines: { orderBy: { position: 'asc' }, take: 200 } },
  })
  if (!order) return null
  const { currency } = order
  if (!isCurrency(currency)) throw new Error(`a price in ${currency}`)
  const books = await ctx.db.priceBook.findMany({ where: { houseId, id: { in: order.lines.map(({ priceBookId }) => priceBookId) } } })
  return order.lines.flatMap(({ title, terms, model, price, priceBookId, netMinor }) => {
    const row = books.find(({ id }) => id === priceBookId)
    if (!row) return []
    const scope = terms as unknown as ScopeTerms
    const again = priceOf(readPriceBook(row), { model, terms: scope, assetFactorBp: assetFactorOf(price), currency })
    const { quote } = price as unknown as { quote: Json }
    return {
      title,
      scope: summariseScope(scope),
      version: row.version,
      asked: formatMoney(money(netMinor, currency)),
      again: formatMoney(again.total),
      same: canonical(priceRecord(again)) === canonical(quote),
    }
  })
}
