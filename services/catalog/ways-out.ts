import type { Ctx } from '../platform/context.ts'
import { facets, noFilters, type Facet } from './rules/facets.ts'
import { phraseOf } from './rules/phrase.ts'
import { asksForRights, noRights } from './rules/rights-wish.ts'
import { parseQuery } from './rules/search-query.ts'
import { searchPage, type Wish } from './search.ts'

/** One thing to let go of, and how many pictures there are then. */
export interface WayOut {
  drop: { facet: Facet; value: string } | 'rights' | 'tint' | 'like'
  total: number
}
export interface WaysOut {
  without: WayOut[]
  /** The words without what they leave out; null where that brings nothing either. */
  included: { text: string; total: number } | null
  /** How many there are without any filter. */
  unfiltered: number
  /** Words of the question, each by itself. */
  words: { text: string; total: number }[]
  /** What pictures that one of the words finds are also about. */
  related: string[]
}

const mostAsked = 6
type Searching = Ctx<'db' | 'actor' | 'clock'>

/** How to go on where nothing was found: each filter taken away, what was left out let in, each word alone, and what lies near. Asked only then. */
export async function waysOut(ctx: Searching, wish: Wish): Promise<WaysOut> {
  const first = { ...wish, page: 1, aside: true }
  const drops: { drop: WayOut['drop']; wish: Wish }[] = [
    ...facets.flatMap((facet) =>
      wish.filters[facet].map((value) => ({
        drop: { facet, value },
        wish: { ...first, filters: { ...wish.filters, [facet]: wish.filters[facet].filter((other) => other !== value) } },
      })),
    ),
    ...(wish.rights && asksForRights(wish.rights) ? [{ drop: 'rights' as const, wish: { ...first, rights: noRights } }] : []),
    ...(wish.tint ? [{ drop: 'tint' as const, wish: { ...first, tint: '' } }] : []),
    ...(wish.like ? [{ drop: 'like' as const, wish: { ...first, like: '' } }] : []),
  ].slice(0, mostAsked)
  const { terms } = parseQuery(wish.text)
  const sought = terms.filter(({ exclude }) => !exclude)
  const included = sought.map(({ words, exact }) => (exact ? `"${words.join(' ')}"` : words.join('-'))).join(' ')
  const typed = [...new Set(sought.flatMap(({ words }) => words.map((word) => word.toLowerCase())))]
    .filter((word) => word.length >= 3)
    .slice(0, mostAsked)
  const bare = { ...first, filters: noFilters(), rights: noRights, tint: '', like: '' }
  const totalOf = async (other: Wish) => (await searchPage(ctx, other)).total
  const alone = (text: string): Wish => ({ text, filters: noFilters(), sort: 'relevance', page: 1, aside: true })
  const [without, kept, unfiltered, words] = await Promise.all([
    Promise.all(drops.map(async ({ drop, wish: other }) => ({ drop, total: await totalOf(other) }))),
    sought.length > 0 && sought.length < terms.length ? totalOf({ ...first, text: included }) : 0,
    drops.length > 1 ? totalOf(bare) : null,
    // One word by itself is the question that has just been asked.
    Promise.all((typed.length > 1 ? typed : []).map(async (text) => ({ text, found: await searchPage(ctx, alone(text)) }))),
  ])
  const near = words.flatMap(({ found }) => found.tiles.slice(0, 24).map(({ id }) => id))
  return {
    without: without.filter(({ total }) => total > 0).sort((a, b) => b.total - a.total),
    included: kept > 0 ? { text: included, total: kept } : null,
    unfiltered: unfiltered ?? without[0]?.total ?? 0,
    words: words.flatMap(({ text, found }) => (found.total > 0 ? [{ text, total: found.total }] : [])),
    related: (await keywordsOf(ctx, near, typed)).filter((keyword) => phraseOf(keyword) !== null),
  }
}

/** What some pictures are most often said to be about. */
async function keywordsOf({ db, actor }: Searching, ids: readonly string[], typed: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.$queryRaw<{ keyword: string }[]>`
    SELECT lower(keyword) AS keyword FROM assets, unnest(keywords) keyword
    WHERE id = ANY(${[...ids]}::text[]) AND house_id = ${actor.houseId} AND lower(keyword) <> ALL(${[...typed]}::text[])
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 8`
  return rows.map(({ keyword }) => keyword)
}
