import type { Language } from '../kernel/language.ts'
import type { Currency } from '../kernel/money.ts'
import { dayOf, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma, prepared, statement } from '../platform/db.ts'
import { loadRights } from '../rights/loading.ts'
import { facets, lastPage, pageSize, type Counts, type Filters, type Sort } from './rules/facets.ts'
import { cellsNear } from './rules/colours.ts'
import { countsByBand, type PriceList } from './rules/price-bands.ts'
import { asksForRights, cellOf, noRights, rightsWords, type RightsCell, type RightsWish } from './rules/rights-wish.ts'
import { looksForSomething, parseQuery } from './rules/search-query.ts'
import { lets } from './search-cells.ts'
import { byTint, tintWindow } from './search-colours.ts'
import type { Search } from './search-engine.ts'
import { searchOf } from './search-engines.ts'
import { favouredFor, searchLearns } from './search-learning.ts'
import { priceQuestion } from './search-prices.ts'
import { similarIds } from './similar.ts'
import { noteMiss } from './misses.ts'
import { inStore, tilesById, type Tile } from './tiles.ts'
import { houseZone } from './views.ts'

export interface Wish {
  text: string
  filters: Filters
  sort: Sort
  page: number
  rights?: RightsWish
  /** Any colour, `#aabbcc`: the closest first. */
  tint?: string
  /** The picture that others should look like: the most alike first. */
  like?: string
  /** What pictures cost to whoever asks; without it nobody is asked for prices. */
  prices?: PriceList | null
  language?: Language
  /** The house asks for itself, to show a way on: what it does not find nobody has missed, and nobody sees its counts. */
  aside?: boolean
  /** A page that follows another: its facets are there already. */
  uncounted?: boolean
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
  /** Whether what is opened may be counted: the house lets its searches learn. */
  learns: boolean
  /** In which the bands of prices are meant; null where nothing has a price. */
  currency: Currency | null
  tint: string
  /** What the results are like; null where that was not asked, or the picture is not in the store. */
  like: { id: string; title: string } | null
}

type Searching = Ctx<'db' | 'actor' | 'clock'> & Partial<Ctx<'search'>>

/** One page of what the store has for these words, filters and rights. Total for any input. */
export async function searchPage(ctx: Searching, wish: Wish, search: Search = searchOf(ctx)): Promise<SearchPage> {
  const query = parseQuery(wish.text)
  const rightsWish = wish.rights ?? noRights
  const prices = wish.prices ?? null
  const [collections, rights, priced, like, favoured] = await Promise.all([
    collectionsOf(ctx, wish.filters.collection),
    rightsQuestion(ctx, rightsWish, wish.language),
    priceQuestion(ctx, wish.filters.price, wish.sort, prices),
    wish.like ? likeness(ctx, wish.like) : null,
    favouredBy(ctx, wish),
  ])
  const filters = {
    ...wish.filters,
    price: priced.filter,
    collection: collections.filter(({ slug }) => wish.filters.collection.includes(slug)).map(({ id }) => id),
  }
  const colour = wish.tint ? cellsNear(wish.tint) : []
  // The closest colours first: an engine knows them by cells, what is inside a window is put in its exact order here.
  const byColour = colour.length > 0 && wish.sort === 'relevance' && !like
  const ask = async (page: number) => {
    const offset = (page - 1) * pageSize
    const from = byColour ? Math.floor(offset / tintWindow) * tintWindow : offset
    const found = await search.find({
      houseId: ctx.actor.houseId,
      query,
      filters,
      rights: { filter: rights?.filter ?? null, count: rights ? [rights.shared, rights.alone] : [] },
      sort: wish.sort,
      offset: from,
      limit: byColour ? tintWindow : pageSize,
      ...((wish.aside || wish.uncounted) && { counted: [] }),
      ...(priced.classes.length > 0 && { prices: priced.classes }),
      ...(colour.length > 0 && { colour }),
      ...(like
        ? { order: { assetNos: like.assetNos, only: true } }
        : favoured.length > 0 && { order: { assetNos: favoured, only: false } }),
    })
    if (!byColour) return found
    const ids = await byTint(ctx, found.ids, wish.tint ?? '')
    return { ...found, ids: ids.slice(offset - from, offset - from + pageSize) }
  }
  let found = await ask(wish.page)
  const pages = Math.min(lastPage, Math.max(1, Math.ceil(found.total / pageSize)))
  const page = Math.min(wish.page, pages)
  if (page !== wish.page) found = await ask(page)
  const filtered = facets.some((facet) => filters[facet].length > 0) || rights !== null || colour.length > 0 || like !== null
  const missed = found.total === 0 && !filtered && !wish.aside && looksForSomething(query)
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
    counts: { ...found.counts, price: prices ? countsByBand(found.counts.price, prices) : {} },
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
    learns: query.text !== '' && (await searchLearns(ctx)),
    currency: prices?.currency ?? null,
    tint: colour.length > 0 ? (wish.tint ?? '') : '',
    like: like && { id: like.id, title: like.title },
  }
}

/** What has proved itself for these words, where the house lets its searches learn. */
const favouredBy = async (ctx: Searching, { text, sort, tint }: Wish): Promise<bigint[]> =>
  sort === 'relevance' && !tint && text.trim() !== '' && (await searchLearns(ctx)) ? favouredFor(ctx, text) : []

const mostToChoose = 200
const choosable = statement(
  Prisma.sql`SELECT id, slug, title FROM collections WHERE house_id = ${''} AND archived_at IS NULL ORDER BY position, id LIMIT ${0}::int`,
)

/** The collections that can be chosen, and those that are asked for, however many stand before them. */
async function collectionsOf({ db, actor }: Searching, asked: readonly string[]) {
  const first = await prepared<{ id: string; slug: string; title: string }>(db, choosable, [actor.houseId, mostToChoose])
  const beyond = asked.filter((slug) => !first.some((one) => one.slug === slug))
  if (beyond.length === 0 || first.length < mostToChoose) return first
  const here = { houseId: actor.houseId, archivedAt: null, slug: { in: beyond } }
  return [...first, ...(await db.collection.findMany({ where: here, select: { id: true, slug: true, title: true } }))]
}

/** How many look like one: a page or ten, not the house turned round. */
const mostAlike = 480

/** Pictures that look like one of the store, the most alike first. */
async function likeness(ctx: Searching, assetId: string) {
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, ...inStore(ctx) }, select: { id: true, title: true } })
  if (!asset) return null
  return { ...asset, assetNos: await similarIds(ctx, assetId, { limit: mostAlike }) }
}

async function rightsQuestion(ctx: Searching, wish: RightsWish, language?: Language) {
  if (!asksForRights(wish)) return null
  const zone = await houseZone(ctx)
  const today = dayOf(ctx.clock.now(), zone)
  const [shared, alone] = [cellOf(wish, false, today, zone), cellOf(wish, true, today, zone)]
  return { shared, alone, filter: wish.exclusive ? alone : shared, words: rightsWords(wish, today, language) }
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
