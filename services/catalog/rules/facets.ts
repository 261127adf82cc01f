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
  price: ['budget', 'standard', 'premium'],
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

export const sorts = ['relevance', 'newest'] as const
export type Sort = (typeof sorts)[number]

export const pageSize = 48
/** Nobody reads further. */
export const lastPage = 50
/** So many contributors or collections at once are a list, not a choice. */
const mostOpen = 5

/** What an address asks for. Unknown values are left out, a page that is none is the first. */
export function readWish(search: URLSearchParams): { text: string; filters: Filters; sort: Sort; page: number } {
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
  return {
    text: search.get('q') ?? '',
    filters,
    sort: search.get('sort') === 'newest' ? 'newest' : 'relevance',
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, lastPage) : 1,
  }
}
