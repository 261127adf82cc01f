import { isPerson } from '../kernel/actor.ts'
import { isCurrency, type Currency } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { currentPriceBook } from './price-books.ts'
import { currenciesOf } from './rules/pricing.ts'

const offers = new WeakMap<object, Map<string, { currencies: Currency[]; until: number }>>()

/** The currencies that the house sells in, its own first; remembered for half a minute, since every page of the store asks. */
export async function offeredCurrencies(ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<Currency[]> {
  const known = offers.get(ctx.db) ?? new Map<string, { currencies: Currency[]; until: number }>()
  offers.set(ctx.db, known)
  const now = ctx.clock.now().getTime()
  const { houseId } = ctx.actor
  const hit = known.get(houseId)
  if (hit && hit.until > now && hit.until - now <= 30_000) return hit.currencies
  const current = await currentPriceBook(ctx)
  const currencies = current ? currenciesOf(current.book) : []
  if (known.size >= 500) known.clear()
  known.set(houseId, { currencies, until: now + 30_000 })
  return currencies
}

/** The currency to show prices in: the one that was chosen, else the one that the asker's company is billed in, else the house's. */
export async function currencyFor(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  chosen: Currency | null,
): Promise<{ currency: Currency; offered: Currency[] }> {
  const offered = await offeredCurrencies(ctx)
  if (chosen && offered.includes(chosen)) return { currency: chosen, offered }
  const { actor } = ctx
  if (isPerson(actor) && actor.orgKind !== 'OWNER') {
    const org = await ctx.db.organisation.findUnique({ where: { id: actor.orgId }, select: { currency: true } })
    if (org && isCurrency(org.currency) && offered.includes(org.currency)) return { currency: org.currency, offered }
  }
  return { currency: offered[0] ?? 'EUR', offered }
}
