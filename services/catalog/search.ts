import type { Ctx } from '../platform/context.ts'
import { facets, lastPage, pageSize, type Filters, type Sort } from './rules/facets.ts'
import { looksForSomething, parseQuery } from './rules/search-query.ts'
import type { Found, Question, Search } from './search-engine.ts'
import { postgresSearch } from './search-postgres.ts'
import { tilesById, type Tile } from './tiles.ts'

export interface Wish {
  text: string
  filters: Filters
  sort: Sort
  page: number
}
export interface SearchPage {
  text: string
  /** The input was longer than we read. */
  cut: boolean
  /** Nothing had these words; titles that look alike are shown instead. */
  alike: boolean
  total: number
  page: number
  pages: number
  tiles: Tile[]
  counts: Found['counts']
  filtered: boolean
}

/** One page of what the store has for these words and filters. Total for any input. */
export async function searchPage(ctx: Ctx<'db' | 'actor'>, wish: Wish, search: Search = postgresSearch(ctx)): Promise<SearchPage> {
  const query = parseQuery(wish.text)
  const ask = (how: Question['how'], page: number) =>
    search.find({
      houseId: ctx.actor.houseId,
      query,
      how,
      filters: wish.filters,
      sort: wish.sort,
      offset: (page - 1) * pageSize,
      limit: pageSize,
    })
  let found = await ask('words', wish.page)
  const nothing = Object.values(found.counts.kind).every((count) => count === 0)
  const alike = found.total === 0 && nothing && looksForSomething(query)
  if (alike) found = await ask('alike', wish.page)
  const pages = Math.min(lastPage, Math.max(1, Math.ceil(found.total / pageSize)))
  const page = Math.min(wish.page, pages)
  if (page !== wish.page) found = await ask(alike ? 'alike' : 'words', page)
  return {
    text: query.text,
    cut: query.cut,
    alike: alike && found.total > 0,
    total: found.total,
    page,
    pages,
    tiles: await tilesById(ctx, found.ids),
    counts: found.counts,
    filtered: facets.some((facet) => wish.filters[facet].length > 0),
  }
}
