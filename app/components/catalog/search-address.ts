import { facets, type Filters, type Sort } from '#services/catalog/rules/facets.ts'

export interface RightsAsked {
  medium: string
  territory: string
  until: string
  exclusive: boolean
}
/** A search as its address says it. */
export interface Asked {
  text: string
  filters: Filters
  sort: Sort
  rights: RightsAsked | null
  /** Any colour, `#aabbcc`; empty where none is asked for. */
  tint: string
  /** The picture that others should be like; empty where none is. */
  like: string
}

/** The address of the same search, with changes; the page starts anew. */
export function searchTo({ text, filters, sort, rights, tint, like }: Asked, page = 1): string {
  const search = new URLSearchParams()
  if (text) search.set('q', text)
  for (const facet of facets) for (const value of filters[facet]) search.append(facet, value)
  if (tint) search.append('colour', tint)
  if (like) search.set('like', like)
  if (rights) {
    for (const name of ['medium', 'territory', 'until'] as const) if (rights[name]) search.set(name, rights[name])
    if (rights.exclusive) search.set('exclusive', 'yes')
  }
  if (sort !== 'relevance') search.set('sort', sort)
  if (page > 1) search.set('page', String(page))
  return `/search${search.size ? `?${search}` : ''}`
}
