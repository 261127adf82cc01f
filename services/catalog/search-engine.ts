import type { Counts, Facet, Filters, Sort } from './rules/facets.ts'
import type { Correction } from './rules/search-ask.ts'
import type { SearchQuery } from './rules/search-query.ts'
import type { RightsCell } from './rules/rights-wish.ts'

/** What a search engine must answer; Postgres does, another may. It returns ids: what may be seen is read from the house's own rows. */
export interface Search {
  find(question: Question): Promise<Found>
}
export interface Question {
  houseId: string
  query: SearchQuery
  /** Collections are named by their ids here. */
  filters: Filters
  /** What may be used: the cell that filters, and those that are only counted. */
  rights: { filter: RightsCell | null; count: RightsCell[] }
  sort: Sort
  offset: number
  limit: number
  /** Facets whose counts are wanted; all of them unless said. Counting is half of what a question costs. */
  counted?: readonly Facet[]
  /** Classes of prices, the cheapest first: what the sorts by price go by. `filters.price` holds classes too, and counts of prices come by class. */
  prices?: string[]
  /** Cells of the lattice of colours, the closest ring first: only what has one of them, by the first ring that it is in. */
  colour?: string[][]
  /**
   * Pictures in an order of the asker's. `only`: nothing but them, in that order, unless another sort is asked for. Otherwise (learned from use)
   * they come after those whose title is what was typed or has the very words, if they are results at all. An engine may leave the latter out.
   */
  order?: { assetNos: readonly bigint[]; only: boolean }
}
export interface Found {
  ids: string[]
  total: number
  /** How many there would be of each value, were its own facet not filtered: a count keeps what it promises. Nothing of facets that nobody wants counted. */
  counts: Counts
  /** How many of the results each cell that was counted lets through, by its key; as if rights were not filtered. */
  usable: Record<string, number>
  /** Words that nobody has, and what they were read as. */
  corrections: Pick<Correction, 'wrong' | 'right'>[]
}
