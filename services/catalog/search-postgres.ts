import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { facets, type Facet, type Filters } from './rules/facets.ts'
import { tsTerm, type SearchQuery, type Term } from './rules/search-query.ts'
import type { Found, Question, Search } from './search-engine.ts'

interface Row {
  ids: string[] | null
  total: number
  counts: { facet: Facet; value: string; n: number }[] | null
}

/** Search by Postgres itself: the weighted `assets.search` vector, and trigrams where a word was mistyped. */
export const postgresSearch = (ctx: Ctx<'db'>): Search => ({
  async find(question) {
    const [row] = await ctx.db.$queryRaw<Row[]>(statement(question))
    const counts: Found['counts'] = { kind: {}, orientation: {}, colour: {}, licence: {} }
    for (const { facet, value, n } of row?.counts ?? []) counts[facet][value] = n
    return { ids: row?.ids ?? [], total: row?.total ?? 0, counts }
  },
})

/** In both dictionaries, since titles are stored in both; a stop word (empty in English) asks for nothing. */
const oneTerm = (term: Term) => {
  const text = tsTerm(term)
  const both = Prisma.sql`(CASE WHEN numnode(to_tsquery('english', ${text})) = 0 THEN ''::tsquery ELSE to_tsquery('english', ${text}) || to_tsquery('simple', ${text}) END)`
  return term.exclude ? Prisma.sql`(!! ${both})` : both
}
const wholeQuery = ({ terms }: SearchQuery) => (terms.length === 0 ? Prisma.sql`''::tsquery` : Prisma.join(terms.map(oneTerm), ' && '))
const wantedWords = ({ terms }: SearchQuery) =>
  terms
    .filter(({ exclude }) => !exclude)
    .flatMap(({ words }) => words)
    .join(' ')

/** How a row matches and how well, as SQL. Without words everything matches equally. */
function matching({ query, how }: Question) {
  if (how === 'alike') {
    const likeness = Prisma.sql`word_similarity(${wantedWords(query)}, a.title)`
    return { where: Prisma.sql`${likeness} > 0.35`, rank: likeness }
  }
  if (query.terms.length === 0) return { where: Prisma.sql`true`, rank: Prisma.sql`0::real` }
  // Only stop words ("the"): nothing is asked for, so nothing is found, and titles that look alike are tried.
  return { where: Prisma.sql`a.search @@ w.query`, rank: Prisma.sql`ts_rank_cd('{0.1, 0.3, 0.6, 1}', a.search, w.query)` }
}

const has = (facet: Facet, values: string[]) =>
  values.length === 0
    ? Prisma.sql`true`
    : {
        kind: Prisma.sql`kind::text = ANY(${values})`,
        orientation: Prisma.sql`orientation::text = ANY(${values})`,
        colour: Prisma.sql`colours && ${values}::text[]`,
        licence: Prisma.sql`licences && ${values}::text[]`,
      }[facet]
const everyFacetBut = (filters: Filters, but?: Facet) =>
  Prisma.join(
    facets.filter((facet) => facet !== but).map((facet) => has(facet, filters[facet])),
    ' AND ',
  )

const valuesOf: Record<Facet, Prisma.Sql> = {
  kind: Prisma.sql`ARRAY[kind::text]`,
  orientation: Prisma.sql`ARRAY[orientation::text]`,
  colour: Prisma.sql`colours`,
  licence: Prisma.sql`licences`,
}
const countsOf = (filters: Filters, facet: Facet) => Prisma.sql`
  SELECT ${facet}::text AS facet, value, count(*)::int AS n FROM matched, unnest(${valuesOf[facet]}) AS value
  WHERE value IS NOT NULL AND ${everyFacetBut(filters, facet)} GROUP BY value`

/** Everything a results page needs in one statement over one reading of the matches. */
function statement(question: Question): Prisma.Sql {
  const { houseId, query, filters, sort, offset, limit } = question
  const { where, rank } = matching(question)
  const order = sort === 'newest' ? Prisma.sql`published_at DESC, id` : Prisma.sql`rank DESC, published_at DESC, id`
  return Prisma.sql`
    WITH wish AS (SELECT ${wholeQuery(query)} AS query),
    matched AS MATERIALIZED (
      SELECT a.id, a.kind, a.published_at, v.orientation, v.colour_families AS colours, ${rank} AS rank,
        array_remove(ARRAY[CASE WHEN a.sells_royalty_free THEN 'royalty-free' END, CASE WHEN a.sells_rights_managed THEN 'rights-managed' END,
          CASE WHEN a.editorial_only THEN 'editorial' END], NULL) AS licences
      FROM wish w, assets a JOIN asset_versions v ON v.id = a.published_version_id
      WHERE a.house_id = ${houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE' AND ${where}
    ),
    kept AS (SELECT id, rank, published_at FROM matched WHERE ${everyFacetBut(filters)})
    SELECT (SELECT count(*)::int FROM kept) AS total,
      (SELECT array_agg(id ORDER BY n) FROM (SELECT id, row_number() OVER (ORDER BY ${order}) AS n FROM kept ORDER BY n LIMIT ${limit}::int OFFSET ${offset}::int) page) AS ids,
      (SELECT json_agg(c) FROM (${Prisma.join(
        facets.map((facet) => countsOf(filters, facet)),
        ' UNION ALL ',
      )}) c) AS counts`
}
