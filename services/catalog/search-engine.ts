import type { Facet, Filters, Sort } from './rules/facets.ts'
import type { SearchQuery } from './rules/search-query.ts'

/** What a search engine must answer; Postgres does, another may. It returns ids: what may be seen is read from the house's own rows. */
export interface Search {
  find(question: Question): Promise<Found>
}
export interface Question {
  houseId: string
  query: SearchQuery
  /** `words`: every word is there. `alike`: no word need be, titles that look alike are found. */
  how: 'words' | 'alike'
  filters: Filters
  sort: Sort
  offset: number
  limit: number
}
export interface Found {
  ids: string[]
  total: number
  /** How many there would be of each value, were its own facet not filtered: a count keeps what it promises. */
  counts: Record<Facet, Record<string, number>>
}
