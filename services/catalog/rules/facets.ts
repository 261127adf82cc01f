import { assetKinds } from '../../assets/rules/asset-words.ts'

/** What results can be narrowed by, with the values that are known beforehand. They are part of addresses: they outlive the words on the page. */
export const facetValues = {
  kind: assetKinds,
  orientation: ['LANDSCAPE', 'PORTRAIT', 'SQUARE'],
  colour: ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown', 'black', 'grey', 'white', 'monochrome'],
  licence: ['royalty-free', 'rights-managed', 'editorial'],
  people: ['with', 'without'],
  released: ['yes'],
  made: ['human', 'ai'],
  date: ['2020-on', '2000-2019', '1950-1999', '1900-1949', 'before-1900'],
  price: ['under-50', '50-100', '100-250', '250-500', 'over-500'],
} as const
export type FixedFacet = keyof typeof facetValues
export const fixedFacets = Object.keys(facetValues) as FixedFacet[]
/** A contributor is asked for by name, a collection by its address. */
export const openFacets = ['creator', 'collection'] as const
export type Facet = FixedFacet | (typeof openFacets)[number]
export const facets: readonly Facet[] = [...fixedFacets, ...openFacets]

export type Filters = Record<Facet, string[]>
export type Counts = Record<Facet, Record<string, number>>
export const noFilters = (): Filters => Object.fromEntries(facets.map((facet) => [facet, []])) as unknown as Filters
export const noCounts = (): Counts => Object.fromEntries(facets.map((facet) => [facet, {}])) as unknown as Counts

export const sorts = ['relevance', 'newest', 'oldest', 'price-up', 'price-down'] as const
export type Sort = (typeof sorts)[number]

export const pageSize = 48
/** Nobody reads further. */
export const lastPage = 50
/** So many contributors or collections at once are a list, not a choice. */
const mostOpen = 5

export interface AskedFor {
  text: string
  filters: Filters
  sort: Sort
  page: number
  /** Any colour, as `#aabbcc`; what has one close to it, the closest first. Empty: not asked. */
  tint: string
  /** The picture that others should be like. Empty: not asked. */
  like: string
}

/** What an address asks for. Unknown values are left out, a page that is none is the first. `colour` is a family's name or any colour. */
export function readWish(search: URLSearchParams): AskedFor {
  const filters = noFilters()
  for (const facet of fixedFacets) {
    const asked = new Set(search.getAll(facet))
    filters[facet] = facetValues[facet].filter((value) => asked.has(value))
  }
  const open = (facet: (typeof openFacets)[number], fits: (value: string) => boolean) =>
    [...new Set(search.getAll(facet))].filter(fits).slice(0, mostOpen)
  filters.creator = open(
    'creator',
    (value) => value.trim() === value && value !== '' && value.length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(value),
  )
  filters.collection = open('collection', (value) => /^[a-z0-9-]{1,80}$/.test(value))
  const page = Number(search.get('page'))
  const sort = search.get('sort')
  const tint = search.getAll('colour').find((value) => /^#[0-9a-f]{6}$/i.test(value))
  const like = search.get('like') ?? ''
  return {
    text: search.get('q') ?? '',
    filters,
    sort: sorts.find((known) => known === sort) ?? 'relevance',
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, lastPage) : 1,
    tint: tint?.toLowerCase() ?? '',
    like: /^ast_[0-9A-Za-z]{1,40}$/.test(like) ? like : '',
  }
}
