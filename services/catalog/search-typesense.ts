import type { Ctx } from '../platform/context.ts'
import { SearchAway, type SearchServer, type ServerAnswer, type ServerSearch } from '../platform/search/search-server.ts'
import { facets, type Facet } from './rules/facets.ts'
import type { RightsCell } from './rules/rights-wish.ts'
import { countsOf } from './rules/search-ask.ts'
import {
  countedBy,
  fieldsOf,
  filterOf,
  fitsFilter,
  isOf,
  keysCounted,
  orderOf,
  passingFilter,
  sayingOf,
  type FormedWord,
  type Passing,
} from './rules/server-search.ts'
import { likeliest } from './rules/slips.ts'
import { ensureCells } from './search-cells.ts'
import type { Found, Question, Search } from './search-engine.ts'
import { aliasOf } from './search-mirror.ts'

type Searching = Ctx<'db' | 'actor' | 'clock'>

/** Whether the second engine can be asked: colours, prices and an order of the asker's need what only the house's own index knows. What was learned from use is left out. */
export const isForServer = (question: Question): boolean =>
  question.colour === undefined && !question.order?.only && ['relevance', 'newest', 'oldest'].includes(question.sort)

/** Searches by a server beside the database: what words mean, and who may see what, is asked of the house; matching, ranking and counting is the server's. */
export const serverSearch = (ctx: Searching, server: SearchServer): Search => ({
  async find(question) {
    const { houseId, query, rights } = question
    const typed = [...new Set(query.terms.flatMap(({ words }) => words))]
    const cells = [...new Map([...rights.count, ...(rights.filter ? [rights.filter] : [])].map((cell) => [cell.key, cell])).values()]
    const [words, standing, passing] = await Promise.all([
      formsOf(ctx, houseId, typed),
      standingOf(ctx, houseId),
      passingOf(ctx, houseId, cells),
    ])
    const saying = sayingOf(query, words)
    const { searches, read } = searchesFor(aliasOf(server, houseId), question, saying, standing.gone, passing)
    const answers = await server.search(searches)
    await assertWhole(ctx, server, houseId, answers[0]?.outOf ?? 0)
    return read(answers)
  },
})

/** The searches that a question takes, all sent at once, and how their answers are read. Pure: what the adapter itself costs is here. */
export function searchesFor(
  collection: string,
  { houseId, filters, rights, sort, offset, limit, counted = facets }: Question,
  saying: ReturnType<typeof sayingOf>,
  gone: readonly number[],
  passing: ReadonlyMap<string, Passing>,
): { searches: ServerSearch[]; read(answers: readonly ServerAnswer[]): Found } {
  const order = orderOf(sort, saying)
  if (order === null) throw new SearchAway('refused-question', `no server sorts by ${sort}`)
  const through = (cell: RightsCell | null): string[] => {
    const pass = cell && passing.get(cell.key)
    if (!pass) return []
    if (!fitsFilter(pass))
      throw new SearchAway('refused-question', 'more kinds of contracts or more sales are in question than a filter may name')
    return passingFilter(pass)
  }
  const allowed = through(rights.filter)
  const base = { collection, text: saying.text, fields: fieldsOf(saying), sort: order, prefix: saying.prefix, slips: saying.slips }
  const counting = (filter: string, fields: readonly string[]): ServerSearch => ({
    ...base,
    filter,
    facets: fields,
    offset: 0,
    limit: 0,
    wanted: ['asset'],
  })
  const narrowed = counted.filter((facet) => filters[facet].length > 0)
  const cells = rights.count.filter((cell) => cell.key !== rights.filter?.key)
  const searches: ServerSearch[] = [
    {
      ...base,
      filter: filterOf(houseId, filters, allowed, gone),
      facets: [...new Set(counted.map(countedBy))],
      offset: Math.min(offset, 1_000_000),
      limit,
      wanted: saying.wrong.length > 0 ? ['asset', 'all_words'] : ['asset'],
    },
    ...narrowed.map((facet) => counting(filterOf(houseId, filters, allowed, gone, facet), [countedBy(facet)])),
    ...cells.map((cell) => counting(filterOf(houseId, filters, through(cell), gone), [])),
  ]
  return {
    searches,
    read(answers) {
      const [main, ...others] = answers
      if (!main || others.length !== narrowed.length + cells.length) throw new SearchAway('failing', 'fewer answers than searches')
      return {
        ids: main.documents.map(({ asset }) => String(asset)),
        total: main.found,
        counts: countsOf(mergedCounts(main, counted, narrowed, others), filters),
        usable: Object.fromEntries(
          rights.count.map((cell) => [
            cell.key,
            cell.key === rights.filter?.key ? main.found : (others[narrowed.length + cells.indexOf(cell)]?.found ?? 0),
          ]),
        ),
        corrections: correctionsIn(main, saying.wrong),
      }
    },
  }
}

/** Counts of the main search, but those of a facet that narrows from the search that leaves it out, and of one field only what is wanted. */
function mergedCounts(
  main: ServerAnswer,
  counted: readonly Facet[],
  narrowed: readonly Facet[],
  others: readonly ServerAnswer[],
): Record<string, number> {
  const counts = keysCounted(main.counts)
  const elsewhere = facets.filter((facet) => narrowed.includes(facet) || !counted.includes(facet))
  if (elsewhere.length === 0) return counts
  for (const key of Object.keys(counts)) if (elsewhere.some((facet) => isOf(facet, key))) delete counts[key]
  for (const [i, facet] of narrowed.entries())
    for (const [key, n] of Object.entries(keysCounted(others[i]?.counts ?? {}))) if (isOf(facet, key)) counts[key] = n
  return counts
}

/** What mistyped words were read as: the words of the best results that are closest to them. */
function correctionsIn({ documents }: ServerAnswer, wrong: readonly string[]): Found['corrections'] {
  const times = new Map<string, number>()
  for (const { all_words: words } of documents.slice(0, 12))
    for (const word of Array.isArray(words) ? (words as string[]) : []) times.set(word, (times.get(word) ?? 0) + 1)
  const known = [...times].map(([word, n]) => ({ word, times: n }))
  return wrong.flatMap((typed) => {
    const right = likeliest(typed.toLowerCase(), known).slice(0, 1)
    return right.length === 0
      ? []
      : [
          {
            wrong: typed,
            right: right.map((word) => ({ typed: word, plain: word, stems: [word], stops: [], known: true, begins: true, synonyms: [] })),
          },
        ]
  })
}

/** What the house knows of these words, each with its one form. */
async function formsOf(ctx: Searching, houseId: string, typed: readonly string[]): Promise<Map<string, FormedWord>> {
  if (typed.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<FormedWord[]>`
    SELECT typed_word AS typed, plain, stems, stops, known, begins, synonyms, search_one_form(lower(normalize(typed_word, NFKC)), search_languages(${houseId})) AS form
    FROM search_known(${houseId}, ${[...typed]}::text[])`
  return new Map(rows.map((row) => [row.typed, row]))
}

/** Whether the house has a copy on the server, and what has left the index and the server may not have heard of yet: it is gone from this very answer. */
async function standingOf(ctx: Searching, houseId: string): Promise<{ gone: number[] }> {
  const [row] = await ctx.db.$queryRaw<{ gone: number[] }[]>`
    SELECT ARRAY(SELECT DISTINCT o.n FROM search_outbox o WHERE o.house_id = m.house_id AND NOT o.sent AND o.n IS NOT NULL
      AND NOT EXISTS (SELECT FROM search_entries e WHERE e.house_id = o.house_id AND e.n = o.n) LIMIT 1000) AS gone
    FROM search_mirrors m WHERE m.house_id = ${houseId} AND m.collection IS NOT NULL`
  if (!row) throw new SearchAway('behind', 'no copy of the index has been made yet')
  return row
}

/** How many documents a server must have at least, by house: counted now and then, not for each question. */
const least = new WeakMap<SearchServer, Map<string, { documents: number; at: number }>>()
const countedFor = 15_000

/** A server that restarts answers before it has read all its documents; who is behind is not believed. */
async function assertWhole(ctx: Searching, server: SearchServer, houseId: string, outOf: number): Promise<void> {
  const houses = least.get(server) ?? new Map<string, { documents: number; at: number }>()
  least.set(server, houses)
  const now = ctx.clock.now().getTime()
  const known = houses.get(houseId)
  if (known && now - known.at < countedFor && outOf >= known.documents) return
  const [row] = await ctx.db.$queryRaw<{ documents: number }[]>`
    SELECT ((SELECT count(*) FROM search_entries WHERE house_id = ${houseId})
      - (SELECT count(DISTINCT n) FROM search_outbox WHERE house_id = ${houseId} AND NOT sent))::int AS documents`
  const documents = row?.documents ?? 0
  houses.set(houseId, { documents, at: now })
  if (outOf < documents) throw new SearchAway('behind', `the server has ${outOf} documents of at least ${documents}`)
}

interface CellRow {
  key: string
  exclusive: boolean
  allowed: string[]
  refused: string[]
  blocked: number[]
  unknown: boolean
}

/** What the rights engine said to each cell, by profile, with the pictures that live claims take out. */
async function passingOf(ctx: Searching, houseId: string, cells: readonly RightsCell[]): Promise<Map<string, Passing>> {
  if (cells.length === 0) return new Map()
  await ensureCells(ctx, cells)
  const read = () => ctx.db.$queryRaw<CellRow[]>`
    SELECT c.key, c.exclusive, c.allowed::text[] AS allowed, c.refused::text[] AS refused,
      ARRAY(SELECT DISTINCT e.n FROM claims k JOIN search_entries e ON e.house_id = ${houseId} AND e.subject_no = k.subject_no
        WHERE k.house_id = ${houseId} AND k.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED') AND (k.exclusive OR c.exclusive)
          AND k.media_set && c.media_set AND k.territory_set && c.territory_set AND k.period && c.period LIMIT 1001) AS blocked,
      EXISTS (SELECT FROM search_changes s JOIN search_entries e ON e.house_id = ${houseId} AND e.n = s.n WHERE s.house_id = ${houseId} AND e.profile <> ALL(c.allowed || c.refused)) AS unknown
    FROM search_cells c WHERE c.house_id = ${houseId} AND c.key = ANY(${cells.map(({ key }) => key)}::text[])`
  let rows = await read()
  if (rows.some(({ unknown }) => unknown)) {
    await ensureCells(ctx, cells, true)
    rows = await read()
  }
  return new Map(rows.map(({ key, ...row }) => [key, row]))
}
