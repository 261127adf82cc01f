import type { Ctx } from '../platform/context.ts'
import { Prisma, prepared, statement } from '../platform/db.ts'
import { askFor, countsOf, mistyped, type Ask, type Correction, type KnownWord } from './rules/search-ask.ts'
import { likeliest } from './rules/slips.ts'
import { ensureCells } from './search-cells.ts'
import type { Search } from './search-engine.ts'

type Searching = Ctx<'db' | 'actor' | 'clock'>

/** Search by Postgres itself: bitmaps of words, facets and rights, kept by triggers; see docs/decisions/072-search-index.md. */
export const postgresSearch = (ctx: Searching): Search => ({
  async find({ houseId, query, filters, rights, sort, offset, limit, ...extras }) {
    const typed = [...new Set(query.terms.flatMap(({ words }) => words))]
    const cells = [...new Map([...rights.count, ...(rights.filter ? [rights.filter] : [])].map((cell) => [cell.key, cell])).values()]
    const [words] = await Promise.all([knownWords(ctx, houseId, typed), ensureCells(ctx, cells)])
    const corrections = await correct(ctx, houseId, mistyped(query, words))
    const keys = { filter: rights.filter ? [rights.filter.key] : [], count: cells.map(({ key }) => key) }
    const ask = askFor(query, words, corrections, filters, sort, { offset, limit }, keys, extras)
    let row = await store(ctx, houseId, ask)
    if (row.unknown) {
      // Contracts that the cells were not asked about yet have come up since.
      await ensureCells(ctx, cells, true)
      row = await store(ctx, houseId, ask)
    }
    const usable = Object.fromEntries(cells.map(({ key }) => [key, Number(row.counts[key] ?? 0)]))
    return { ids: row.ids, total: row.total, counts: countsOf(row.counts, filters), usable, corrections }
  },
})

interface Row {
  ids: string[]
  total: number
  counts: Record<string, number>
  unknown: bigint[] | null
}
const stored = statement(Prisma.sql`SELECT ids, total, counts, unknown FROM search_store(${''}, ${''}::jsonb)`)
async function store(ctx: Searching, houseId: string, ask: Ask): Promise<Row> {
  const [row] = await prepared<Row>(ctx.db, stored, [houseId, JSON.stringify(ask)])
  return row ?? { ids: [], total: 0, counts: {}, unknown: null }
}

const heard = statement(
  Prisma.sql`SELECT typed_word AS typed, plain, stems, stops, known, begins, synonyms FROM search_known(${''}, ${[]}::text[])`,
)
/** What the house knows of these words, by the word as typed. */
async function knownWords(ctx: Searching, houseId: string, typed: readonly string[]): Promise<Map<string, KnownWord>> {
  if (typed.length === 0) return new Map()
  const rows = await prepared<KnownWord>(ctx.db, heard, [houseId, [...typed]])
  return new Map(rows.map((row) => [row.typed, row]))
}

const likened = statement(Prisma.sql`SELECT word, times FROM search_alike(${''}, search_plain(${''}))`)
async function correct(ctx: Searching, houseId: string, wrong: readonly string[]): Promise<Correction[]> {
  const corrections = await Promise.all(
    wrong.map(async (typed) => {
      const alike = await prepared<{ word: string; times: number }>(ctx.db, likened, [houseId, typed])
      const right = likeliest(typed.toLowerCase(), alike)
      const known = await knownWords(ctx, houseId, right)
      return { wrong: typed, right: right.flatMap((word) => known.get(word) ?? []) }
    }),
  )
  return corrections.filter(({ right }) => right.length > 0)
}
