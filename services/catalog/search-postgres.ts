import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { countGroups, maskOf, type Group } from './rules/facet-bits.ts'
import { facets, type Filters } from './rules/facets.ts'
import { tsTerm, type SearchQuery, type Term } from './rules/search-query.ts'
import type { Question, Search } from './search-engine.ts'

interface Row {
  ids: string[]
  groups: Group[] | null
}

/** Search by Postgres itself: the weighted `assets.search` vector, and trigrams where a word was mistyped. */
export const postgresSearch = (ctx: Ctx<'db'>): Search => ({
  async find(question) {
    const [row] = await ctx.db.$queryRaw<Row[]>(statement(question))
    return { ids: row?.ids ?? [], ...countGroups(row?.groups ?? [], question.filters) }
  },
})

/** In both dictionaries, since titles are stored in both; a stop word (empty in English) asks for nothing. */
const oneTerm = (term: Term) => {
  const text = tsTerm(term)
  const both = Prisma.sql`(CASE WHEN numnode(to_tsquery('english', ${text})) = 0 THEN ''::tsquery ELSE to_tsquery('english', ${text}) || to_tsquery('simple', ${text}) END)`
  return term.exclude ? Prisma.sql`(!! ${both})` : both
}
const wholeQuery = ({ terms }: SearchQuery) => Prisma.sql`(${Prisma.join(terms.map(oneTerm), ' && ')})`
const wantedWords = ({ terms }: SearchQuery) =>
  terms
    .filter(({ exclude }) => !exclude)
    .flatMap(({ words }) => words)
    .join(' ')

/** How a row matches and how well, as SQL; null without words, where everything matches equally. */
function matching({ query, how }: Question) {
  if (how === 'alike') {
    const words = wantedWords(query)
    // The operator is what the index knows; how much alike it asks for is a setting of the connection.
    return { where: Prisma.sql`${words} <% a.title`, rank: Prisma.sql`word_similarity(${words}, a.title)` }
  }
  if (query.terms.length === 0) return null
  // Only stop words ("the"): nothing is asked for, so nothing is found, and titles that look alike are tried.
  const words = wholeQuery(query)
  return { where: Prisma.sql`a.search @@ ${words}`, rank: Prisma.sql`ts_rank_cd('{0.1, 0.3, 0.6, 1}', a.search, ${words})` }
}

const everyFacet = (filters: Filters) =>
  Prisma.join(
    facets.map((facet) => {
      const mask = maskOf(filters[facet])
      return mask === null ? Prisma.sql`true` : Prisma.sql`facets & ${mask}::int <> 0`
    }),
    ' AND ',
  )

/**
 * Everything a results page needs in one statement. With words, over one reading of the matches; without, the groups and
 * the page are read from the store's own index, and the page ends where it is full.
 */
function statement(question: Question): Prisma.Sql {
  const { houseId, filters, sort, offset, limit } = question
  const match = matching(question)
  const order = sort === 'newest' || !match ? Prisma.sql`published_at DESC, id` : Prisma.sql`rank DESC, published_at DESC, id`
  return Prisma.sql`
    WITH matched AS ${match ? Prisma.sql`MATERIALIZED` : Prisma.sql`NOT MATERIALIZED`} (
      SELECT a.id, a.facets, a.published_at, ${match ? match.rank : Prisma.sql`0::real`} AS rank
      FROM assets a WHERE a.house_id = ${houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE' AND ${match ? match.where : Prisma.sql`true`}
    )
    SELECT ARRAY(SELECT id FROM matched WHERE ${everyFacet(filters)} ORDER BY ${order} LIMIT ${limit}::int OFFSET ${offset}::int) AS ids,
      (SELECT json_agg(json_build_array(facets, n)) FROM (SELECT facets, count(*)::int AS n FROM matched GROUP BY facets) g) AS groups`
}
