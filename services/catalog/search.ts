import { dayOf, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { loadRights } from '../rights/loading.ts'
import { facets, lastPage, pageSize, type Counts, type Filters, type Sort } from './rules/facets.ts'
import { asksForRights, cellOf, noRights, rightsWords, type RightsCell, type RightsWish } from './rules/rights-wish.ts'
import { looksForSomething, parseQuery } from './rules/search-query.ts'
import { lets } from './search-cells.ts'
import type { Search } from './search-engine.ts'
import { postgresSearch } from './search-postgres.ts'
import { noteMiss } from './misses.ts'
import { tilesById, type Tile } from './tiles.ts'
import { houseZone } from './views.ts'

export interface Wish {
  text: string
  filters: Filters
  sort: Sort
  page: number
  rights?: RightsWish
}
/** What may be used, as it was asked, with how many results can be had so, and how many of them exclusively. */
export interface RightsAnswer extends RightsWish {
  words: { medium: string; territory: string; until: Day; untilInWords: string }
  usable: number
  alone: number
}
export interface SearchPage {
  text: string
  /** The input was longer than we read. */
  cut: boolean
  /** Words that nothing has, and what was looked for instead. */
  corrections: { wrong: string; right: string[] }[]
  total: number
  page: number
  pages: number
  tiles: Tile[]
  counts: Counts
  /** Collections that can be chosen, by their addresses. */
  collections: { slug: string; title: string; count: number }[]
  rights: RightsAnswer | null
  /** Pictures of this page that the engine no longer allows: taken between the index and now. */
  withheld: number
  filtered: boolean
}

type Searching = Ctx<'db' | 'actor' | 'clock'>

/** One page of what the store has for these words, filters and rights. Total for any input. */
export async function searchPage(ctx: Searching, wish: Wish, search: Search = postgresSearch(ctx)): Promise<SearchPage> {
  const query = parseQuery(wish.text)
  const rightsWish = wish.rights ?? noRights
  const [collections, rights] = await Promise.all([collectionsOf(ctx), rightsQuestion(ctx, rightsWish)])
  const filters = {
    ...wish.filters,
    collection: collections.filter(({ slug }) => wish.filters.collection.includes(slug)).map(({ id }) => id),
  }
  const ask = (page: number) =>
    search.find({
      houseId: ctx.actor.houseId,
      query,
      filters,
      rights: { filter: rights?.filter ?? null, count: rights ? [rights.shared, rights.alone] : [] },
      sort: wish.sort,
      offset: (page - 1) * pageSize,
      limit: pageSize,
    })
  let found = await ask(wish.page)
  const pages = Math.min(lastPage, Math.max(1, Math.ceil(found.total / pageSize)))
  const page = Math.min(wish.page, pages)
  if (page !== wish.page) found = await ask(page)
  const filtered = facets.some((facet) => filters[facet].length > 0) || rights !== null
  const missed = found.total === 0 && !filtered && looksForSomething(query)
  const [allowed] = await Promise.all([
    rights ? stillAllowed(ctx, rights.filter, found.ids) : found.ids,
    missed ? noteMiss(ctx, query.text) : undefined,
  ])
  return {
    text: query.text,
    cut: query.cut,
    corrections: found.corrections.map(({ wrong, right }) => ({ wrong, right: right.map(({ typed }) => typed) })),
    total: found.total,
    page,
    pages,
    tiles: await tilesById(ctx, allowed),
    counts: found.counts,
    collections: collections.flatMap(({ id, slug, title }) => {
      const count = found.counts.collection[id] ?? 0
      return count > 0 || filters.collection.includes(id) ? [{ slug, title, count }] : []
    }),
    rights: rights && {
      ...rightsWish,
      words: rights.words,
      usable: found.usable[rights.shared.key] ?? 0,
      alone: found.usable[rights.alone.key] ?? 0,
    },
    withheld: found.ids.length - allowed.length,
    filtered,
  }
}

const collectionsOf = (ctx: Searching) =>
  ctx.db.collection.findMany({
    where: { houseId: ctx.actor.houseId, archivedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, slug: true, title: true },
  })

async function rightsQuestion(ctx: Searching, wish: RightsWish) {
  if (!asksForRights(wish)) return null
  const zone = await houseZone(ctx)
  const today = dayOf(ctx.clock.now(), zone)
  const [shared, alone] = [cellOf(wish, false, today, zone), cellOf(wish, true, today, zone)]
  return { shared, alone, filter: wish.exclusive ? alone : shared, words: rightsWords(wish, today) }
}

/** The index gives a hint, the engine decides: what is shown is asked again, all of a page at once. */
async function stillAllowed(ctx: Searching, cell: RightsCell, ids: readonly string[]): Promise<string[]> {
  const rights = await loadRights(ctx, { assetIds: ids, claims: cell.exclusive ? 'live' : 'exclusive' })
  const now = ctx.clock.now()
  return ids.filter((id) => {
    const known = rights.get(id)
    return known !== undefined && lets(cell, known, now)
  })
}
