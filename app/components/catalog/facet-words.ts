import { useLanguage } from '#app/words/use-language.ts'
import { useWords } from '#app/words/use-words.ts'
import { facetValues, type Facet } from '#services/catalog/rules/facets.ts'
import { bandLimits } from '#services/catalog/rules/price-bands.ts'
import type { SearchPage } from '#services/catalog/search.ts'
import { formatMoney, money, type Currency } from '#services/kernel/money.ts'

/** The facets in the order in which a buyer decides. */
export const facetOrder = [
  'licence',
  'kind',
  'people',
  'released',
  'orientation',
  'colour',
  'price',
  'date',
  'made',
  'collection',
  'creator',
] as const satisfies readonly Facet[]

/** Says a value of a facet as people read it: a collection by its title, a band of prices in the visitor's currency. */
export function useValueWord({ collections, currency }: { collections: SearchPage['collections']; currency: Currency | null }) {
  const t = useWords('search')
  const language = useLanguage()
  const limits = currency ? bandLimits(currency).map((minor) => formatMoney(money(minor, currency), language)) : []
  const band = (value: string): string => {
    const place = (facetValues.price as readonly string[]).indexOf(value)
    if (!currency || place < 0) return value
    const [from, to] = [limits[place - 1] ?? '', limits[place] ?? '']
    return place === 0 ? t('price-below', { to }) : to === '' ? t('price-above', { from }) : t('price-between', { from, to })
  }
  return (facet: Facet, value: string): string => {
    if (facet === 'creator') return value
    if (facet === 'collection') return collections.find(({ slug }) => slug === value)?.title ?? value
    return facet === 'price' ? band(value) : t(`value.${facet}.${value}` as 'value.people.with')
  }
}
