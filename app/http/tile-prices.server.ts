import type { PriceList } from '#services/catalog/rules/price-bands.ts'
import type { Tile } from '#services/catalog/tiles.ts'
import type { Language } from '#services/kernel/language.ts'
import { formatMoney, money } from '#services/kernel/money.ts'
import type { Context } from '#services/platform/context.ts'
import { pricesFrom } from '#services/licensing/prices-from.ts'
import { currencyOf } from './currency.server.ts'

/** "Price from" in words and the visitor's currency, by the factor of a tile: a page of pictures shares a few of them. */
export async function tilePrices(request: Request, ctx: Context, tiles: readonly Tile[]): Promise<Record<number, string>> {
  if (tiles.length === 0) return {}
  const prices = await pricesFrom(
    ctx,
    tiles.map(({ factorBp }) => factorBp),
    await currencyOf(request, ctx),
  )
  return Object.fromEntries([...prices].map(([factor, price]) => [factor, formatMoney(price, ctx.language)]))
}

/** The same from a list that a page has already read. */
export function listedPrices(list: PriceList | null, tiles: readonly Tile[], language: Language): Record<number, string> {
  const prices: Record<number, string> = {}
  for (const { factorBp } of tiles) {
    if (!list || factorBp === null || prices[factorBp] !== undefined) continue
    const minor = list.minorOf(`rf:${factorBp}`)
    if (minor !== null) prices[factorBp] = formatMoney(money(minor, list.currency), language)
  }
  return prices
}
