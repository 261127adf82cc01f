import { facets, facetValues, type Facet, type Filters } from './facets.ts'

/** Each value has one bit, in the order of `facetValues`; `facet_bit` in the database counts the same way. */
const bits = new Map<string, number>(
  Object.values(facetValues)
    .flat()
    .map((value, index) => [value, 1 << index]),
)
export const facetBit = (value: string): number => bits.get(value) ?? 0

/** The bits of which an asset must have one; null where a facet is not filtered. */
export const maskOf = (values: readonly string[]): number | null =>
  values.length === 0 ? null : values.reduce((mask, value) => mask | facetBit(value), 0)

/** How many assets have this very combination of bits. */
export type Group = readonly [bits: number, count: number]

/** The total under all filters, and for each value how many there would be, were its own facet not filtered. */
export function countGroups(groups: readonly Group[], filters: Filters): { total: number; counts: Record<Facet, Record<string, number>> } {
  const masks = facets.map((facet) => [facet, maskOf(filters[facet])] as const)
  const fits = (found: number, but?: Facet) => masks.every(([facet, mask]) => facet === but || mask === null || (found & mask) !== 0)
  const countsOf = (facet: Facet): Record<string, number> => {
    const counts: Record<string, number> = {}
    const open = groups.filter(([found]) => fits(found, facet))
    for (const value of facetValues[facet]) {
      const bit = facetBit(value)
      const n = open.reduce((sum, [found, count]) => ((found & bit) === 0 ? sum : sum + count), 0)
      if (n > 0) counts[value] = n
    }
    return counts
  }
  return {
    total: groups.reduce((sum, [found, count]) => (fits(found) ? sum + count : sum), 0),
    counts: Object.fromEntries(facets.map((facet) => [facet, countsOf(facet)])) as Record<Facet, Record<string, number>>,
  }
}
