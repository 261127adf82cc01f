import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { formatMoney, isCurrency, money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { readPriceBook } from '../licensing/price-books.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { PriceSnapshot } from './rules/price-snapshot.ts'
import { replayedOrder } from './rules/replayed-order.ts'

export interface ReplayedLine {
  title: string
  scope: string
  version: number
  asked: string
  again: string
  same: boolean
}

/** The lines of a past order, each priced again from the versions that it was priced by, discounts and widenings included; null where there is no such order. */
export async function replayOrder(ctx: Ctx<'db' | 'actor'>, number: string): Promise<ReplayedLine[] | null> {
  if (!hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR', 'FINANCE')) throw new Refusal('forbidden', 'see sales')
  const { houseId } = ctx.actor
  const order = await ctx.db.order.findFirst({
    where: { houseId, number },
    select: { currency: true, code: true, orgId: true, lines: { orderBy: { position: 'asc' }, take: 200 } },
  })
  if (!order) return null
  const { currency } = order
  if (!isCurrency(currency)) throw new Error(`a price in ${currency}`)
  const ids = order.lines.flatMap(({ priceBookId, price }) => [
    priceBookId,
    (price as unknown as PriceSnapshot).discounts?.priceBookId ?? priceBookId,
  ])
  const rows = await ctx.db.priceBook.findMany({ where: { houseId, id: { in: [...new Set(ids)] } } })
  const books = new Map(rows.map((row) => [row.id, { version: row.version, book: readPriceBook(row) }]))
  const lines = order.lines.flatMap((line) => {
    const known = books.get(line.priceBookId)
    return known ? [{ ...line, ...known }] : []
  })
  const again = replayedOrder(lines, { ...order, currency }, (id) => books.get(id)?.book)
  return lines.map(({ title, terms, version, netMinor }, index) => ({
    title,
    scope: summariseScope(terms as unknown as ScopeTerms),
    version,
    asked: formatMoney(money(netMinor, currency)),
    again: formatMoney(money(again[index]?.netMinor ?? 0n, currency)),
    same: again[index]?.same ?? false,
  }))
}
