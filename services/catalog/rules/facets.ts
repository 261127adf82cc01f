import { assetKinds } from '../../assets/rules/asset-words.ts'

/** What results can be narrowed by. The values are data in addresses: they outlive the words on the page. */
export const facetValues = {
  kind: assetKinds,
  orientation: ['LANDSCAPE', 'PORTRAIT', 'SQUARE'],
  colour: ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown', 'black', 'grey', 'white', 'monochrome'],
  licence: ['royalty-free', 'rights-managed', 'editorial'],
} as const
export type Facet = keyof typeof facetValues
export const facets = Object.keys(facetValues) as Facet[]

export type Filters = Record<Facet, string[]>
export const sorts = ['relevance', 'newest'] as const
export type Sort = (typeof sorts)[number]

export const pageSize = 48
/** Nobody reads further, and a deep offset reads everything before it. */
export const lastPage = 50

/** What an address asks for. Unknown values are left out, a page that is none is the first. */
export function readWish(search: URLSearchParams): { text: string; filters: Filters; sort: Sort; page: number } {
  const filters = Object.fromEntries(
    facets.map((facet) => {
      const asked = new Set(search.getAll(facet))
      return [facet, facetValues[facet].filter((value) => asked.has(value))]
    }),
  ) as Filters
  const page = Number(search.get('page'))
  return {
    text: search.get('q') ?? '',
    filters,
    sort: search.get('sort') === 'newest' ? 'newest' : 'relevance',
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, lastPage) : 1,
  }
}
