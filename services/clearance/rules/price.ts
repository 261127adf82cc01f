import type { Money } from '../../kernel/money.ts'
import { royaltyFreeModels, type LicenceModel } from '../../licensing/rules/models.ts'
import { priceOf, type PriceBook } from '../../licensing/rules/pricing.ts'
import { covers } from '../../rights/rules/box.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import type { Day } from '../../kernel/period.ts'

export interface Sold {
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  priceFactorBp: number
}
export interface Priced {
  model: LicenceModel
  total: Money
}

/**
 * The cheapest licence of the store that covers a use, from today on; null where none is sold that does. What a royalty-free
 * licence covers is worked out once for a whole list, and so is the price of pictures sold alike for the same use.
 */
export function pricesOf(book: PriceBook, today: Day, zone: string): (asset: Sold, terms: ScopeTerms) => Priced | null {
  const standing = royaltyFreeModels.map((model) => {
    const scope: ScopeTerms = { ...book.royaltyFree[model].scope, from: today, until: null, zone, exclusive: false }
    return { model, scope, box: boxOf(scope) }
  })
  const priced = new Map<string, Priced | null>()
  const cheapest = (asset: Sold, terms: ScopeTerms): Priced | null => {
    const found: Priced[] = []
    const price = (model: LicenceModel, scope: ScopeTerms) =>
      found.push({ model, total: priceOf(book, { model, terms: scope, assetFactorBp: asset.priceFactorBp }).total })
    if (asset.sellsRightsManaged) price('RIGHTS_MANAGED', terms)
    if (asset.sellsRoyaltyFree && !terms.exclusive) {
      const asked = boxOf(terms)
      for (const { model, scope, box } of standing) if (covers(box, asked)) price(model, scope)
    }
    return found.reduce<Priced | null>((best, one) => (best && best.total.minor <= one.total.minor ? best : one), null)
  }
  return (asset, terms) => {
    const { sellsRoyaltyFree, sellsRightsManaged, priceFactorBp } = asset
    const key = JSON.stringify([sellsRoyaltyFree, sellsRightsManaged, priceFactorBp, terms])
    const known = priced.get(key)
    if (known !== undefined) return known
    const price = cheapest(asset, terms)
    priced.set(key, price)
    return price
  }
}
