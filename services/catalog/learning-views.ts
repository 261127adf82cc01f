import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { noFilters } from './rules/facets.ts'
import { parseQuery } from './rules/search-query.ts'
import { rememberedDays } from './rules/use-weights.ts'
import { favouredFor, searchLearns } from './search-learning.ts'
import { postgresSearch } from './search-postgres.ts'
import { tilesById, type Tile } from './tiles.ts'

type Reading = Ctx<'db' | 'actor' | 'clock'>
const compared = 12

export interface LearnedQuery {
  query: string
  opened: number
  carted: number
  licensed: number
}
export interface LearningPage {
  learns: boolean
  queries: LearnedQuery[]
  comparison: { query: string; without: Tile[]; with: Tile[]; moved: string[] } | null
}

/** What searches have learned, and for one of them its first results without that and with it, whether it is switched on or not. */
export async function learningPage(ctx: Reading, chosen: string | null): Promise<LearningPage> {
  if (!hasStaffRole(ctx.actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'see what searches learn')
  const [learns, queries] = await Promise.all([
    searchLearns(ctx),
    ctx.db.$queryRaw<LearnedQuery[]>`
      SELECT query, sum(opened)::int AS opened, sum(carted)::int AS carted, sum(licensed)::int AS licensed FROM search_uses
      WHERE house_id = ${ctx.actor.houseId} AND day > ${ctx.clock.now()}::timestamptz::date - ${rememberedDays}::int
      GROUP BY query ORDER BY sum(opened + 4 * carted + 10 * licensed) DESC, query LIMIT 50`,
  ])
  const query = chosen ?? queries[0]?.query ?? null
  return { learns, queries, comparison: query === null ? null : await compare(ctx, query) }
}

async function compare(ctx: Reading, query: string) {
  const assetNos = await favouredFor(ctx, query)
  const question = {
    houseId: ctx.actor.houseId,
    query: parseQuery(`${query} `),
    filters: noFilters(),
    rights: { filter: null, count: [] },
    sort: 'relevance' as const,
    offset: 0,
    limit: compared,
  }
  const search = postgresSearch(ctx)
  const [before, after] = await Promise.all([search.find(question), search.find({ ...question, order: { assetNos, only: false } })])
  const [without, withIt] = await Promise.all([tilesById(ctx, before.ids), tilesById(ctx, after.ids)])
  return {
    query,
    without,
    with: withIt,
    moved: after.ids.filter((id, place) => before.ids[place] !== id && !(before.ids.indexOf(id) < place && before.ids.includes(id))),
  }
}
