import { randomBytes } from 'node:crypto'
import { record } from '../compliance/record.ts'
import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { ChangeSavedSearch, SaveSearch } from './schema.ts'
import { canonicalSearch, dueAfter, keptQuery, questionOf, readKept, type Pace } from './rules/saved-question.ts'
import type { KnownWord } from './rules/search-ask.ts'

type Keeping = Ctx<'db' | 'clock' | 'actor'>
/** More is a feed, and there are feeds. */
export const mostSaved = 100
/** As the database holds it: an address of letters that are none of ours grows nine times as long. */
const longestSearch = 4_000

const keeperOf = ({ actor }: Keeping): string => {
  if (!isPerson(actor)) throw new Refusal('forbidden', 'keep searches')
  return actor.userId
}

interface Compiled {
  id: string
  query: string
  phrases: string
  anchors: string[]
}

/** Some kept searches as questions, with what the house knows of their words: two statements, however many they are. */
async function compile(ctx: Ctx<'db' | 'actor'>, searches: readonly { id: string; search: string }[]): Promise<Compiled[]> {
  const { houseId } = ctx.actor
  const kept = searches.map(({ id, search }) => ({ id, wish: readKept(search) }))
  const typed = [...new Set(kept.flatMap(({ wish }) => keptQuery(wish.text).terms.flatMap(({ words }) => words)))]
  const slugs = [...new Set(kept.flatMap(({ wish }) => wish.filters.collection))]
  const [words, collections] = await Promise.all([
    ctx.db.$queryRaw<KnownWord[]>`
      SELECT typed_word AS typed, plain, stems, stops, known, begins, synonyms FROM search_known(${houseId}, ${typed}::text[])`,
    ctx.db.collection.findMany({ where: { houseId, slug: { in: slugs } }, select: { id: true, slug: true } }),
  ])
  const known = new Map(words.map((word) => [word.typed, word]))
  return kept.map(({ id, wish }) => {
    const ids = collections.filter(({ slug }) => wish.filters.collection.includes(slug)).map((collection) => collection.id)
    const { query, phrases, anchors } = questionOf(wish, known, ids)
    return { id, query, phrases: JSON.stringify(phrases), anchors }
  })
}

/** Keep a search, and say how often one wants to hear of what is new in it. */
export async function saveSearch(
  ctx: Keeping,
  { name, search, pace, currency }: SaveSearch,
): Promise<Result<{ id: string }, 'too-many-saved' | 'too-long-to-save'>> {
  const userId = keeperOf(ctx)
  const { houseId } = ctx.actor
  const kept = canonicalSearch(search)
  if (kept.length > longestSearch) return fail('too-long-to-save')
  return inTransaction(ctx, async (tx) => {
    // Counted and added under one hand: the person's row is the queue.
    await tx.db.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR UPDATE`
    if ((await tx.db.savedSearch.count({ where: { houseId, userId } })) >= mostSaved) return fail('too-many-saved')
    const at = tx.clock.now()
    const id = newId('svs', at)
    const [compiled] = await compile(tx, [{ id, search: kept }])
    const { query, phrases, anchors } = compiled as Compiled
    await tx.db.$executeRaw`
      INSERT INTO saved_searches (id, house_id, user_id, name, search, currency, pace, stop_key, query, phrases, anchors, due_at, created_at, changed_at)
      VALUES (${id}, ${houseId}, ${userId}, ${name}, ${kept}, ${currency}, ${pace}, ${randomBytes(24).toString('base64url')}, ${query}::tsquery, search_wording(${phrases}::jsonb),
        ${anchors}::text[], ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz)`
    await record(tx, { type: 'search.saved', subject: { kind: 'saved-search', id }, data: { pace } })
    return ok({ id })
  })
}

/** Another name, another pace. What was found and not told while nobody was told is not told afterwards. */
export async function changeSavedSearch(ctx: Keeping, { id, name, pace }: ChangeSavedSearch): Promise<void> {
  const userId = keeperOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const [before] = await tx.db.$queryRaw<{ pace: Pace; toldAt: Date | null }[]>`
      SELECT pace, told_at AS "toldAt" FROM saved_searches WHERE id = ${id} AND user_id = ${userId} AND house_id = ${tx.actor.houseId} FOR UPDATE`
    if (!before) throw new Refusal('not-found', `no saved search ${id}`)
    const dueAt = before.toldAt ? dueAfter(pace, before.toldAt) : at
    await tx.db.savedSearch.update({ where: { id }, data: { name, pace, dueAt, changedAt: at, ...(pace === 'none' && { waiting: 0 }) } })
    if (pace === 'none') await tx.db.savedSearchFind.updateMany({ where: { searchId: id, toldAt: null }, data: { toldAt: at } })
    if (pace !== before.pace)
      await record(tx, { type: 'saved-search.paced', subject: { kind: 'saved-search', id }, data: { from: before.pace, to: pace } })
  })
}

/** Not kept any more. Twice is once. */
export async function dropSavedSearch(ctx: Keeping, { id }: { id: string }): Promise<void> {
  const userId = keeperOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.savedSearch.deleteMany({ where: { id, userId, houseId: tx.actor.houseId } })
    if (count > 0) await record(tx, { type: 'saved-search.dropped', subject: { kind: 'saved-search', id } })
  })
}

/** Whoever holds the key of a letter stops the letters of its search, signed in or not. Twice is once; a key that is none stops nothing. */
export async function stopAlert(ctx: Ctx<'db' | 'clock'>, stopKey: string): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ id: string; houseId: string; pace: Pace }[]>`
      SELECT id, house_id AS "houseId", pace FROM saved_searches WHERE stop_key = ${stopKey} FOR UPDATE`
    if (!row) return false
    if (row.pace === 'none') return true
    const at = tx.clock.now()
    await tx.db.savedSearch.update({ where: { id: row.id }, data: { pace: 'none', waiting: 0, changedAt: at } })
    await tx.db.savedSearchFind.updateMany({ where: { searchId: row.id, toldAt: null }, data: { toldAt: at } })
    const actor = { kind: 'system', houseId: row.houseId, name: 'link in a letter' } as const
    await record(
      { ...tx, actor },
      { type: 'saved-search.paced', subject: { kind: 'saved-search', id: row.id }, data: { from: row.pace, to: 'none' } },
    )
    return true
  })
}

/** The house's words have changed (synonyms, collections): what searches mean is worked out again. By night, a thousand at a time. */
export async function recompileSaved(ctx: Ctx<'db' | 'actor'>, batch = 1_000): Promise<void> {
  let after = ''
  for (;;) {
    const searches = await ctx.db.savedSearch.findMany({
      where: { houseId: ctx.actor.houseId, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: batch,
      select: { id: true, search: true },
    })
    const compiled = await compile(ctx, searches)
    await ctx.db.$executeRaw`
      UPDATE saved_searches s SET query = c.query::tsquery, phrases = search_wording(c.phrases::jsonb), anchors = ARRAY(SELECT jsonb_array_elements_text(c.anchors))
      FROM jsonb_to_recordset(${JSON.stringify(compiled)}::jsonb) AS c (id text, query text, phrases text, anchors jsonb)
      WHERE s.id = c.id AND (s.query::text, s.anchors) IS DISTINCT FROM (c.query::tsquery::text, ARRAY(SELECT jsonb_array_elements_text(c.anchors)))`
    if (searches.length < batch) return
    after = searches.at(-1)?.id ?? ''
  }
}

/** Hold what has come into the store against all saved searches. Each step is one transaction. */
export async function matchNews(ctx: Ctx<'db' | 'clock' | 'actor'>, batch = 300): Promise<number> {
  let all = 0
  for (;;) {
    const [row] = await ctx.db.$queryRaw<{ taken: number }[]>`
      SELECT search_match_news(${ctx.actor.houseId}, ${batch}::int, ${ctx.clock.now()}::timestamptz) AS taken`
    all += row?.taken ?? 0
    if (!row || row.taken === 0) return all
  }
}
