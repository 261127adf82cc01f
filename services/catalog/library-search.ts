import { zoneOfHouse } from '../accounts/houses.ts'
import { may, seesEmbargoed } from '../assets/policy.ts'
import { keepSelection, mostSelected, type KeptSelection } from '../assets/selections.ts'
import { assetStateNames } from '../assets/rules/asset-states.ts'
import { record } from '../compliance/record.ts'
import { isPerson, type Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import {
  understand,
  looseWords,
  librarySorts,
  slippedWords,
  type LibraryAsk,
  type LibraryWord,
  type Names,
  type Understood,
} from './rules/library-ask.ts'
import { libraryField } from './rules/library-fields.ts'
import { readPlace, type LibraryPlace } from './rules/library-place.ts'
import { parseLibraryQuery, type Clause } from './rules/library-query.ts'
import { namesStates, putAway, type LibraryWish } from './rules/library-wish.ts'
import { likeliest } from './rules/slips.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** So many changes are taken into the index by whoever looks next, within a part of a second; more are a great import, and the minute's job takes them. */
const atOnce = 150

export interface LibraryFound extends Pick<Understood, 'problems' | 'read'> {
  ids: string[]
  total: number
  /** By key of the index: `state:DRAFT`, `in:col_…`. */
  counts: Record<string, number>
  next: string | null
  /** Changes that the index does not know yet. */
  behind: number
}

/** Takes what was changed into the library's index: what somebody has just done is found at their next look. */
export async function catchUp(ctx: Ctx<'db' | 'clock'>, houseId: string, most = atOnce): Promise<number> {
  const now = ctx.clock.now()
  const [due] = await ctx.db.$queryRaw<{ due: boolean }[]>`
    SELECT EXISTS (SELECT FROM library_notes WHERE house_id = ${houseId}) OR EXISTS (SELECT FROM library_entries WHERE turns_at <= ${now}::timestamptz AND house_id = ${houseId}) AS due`
  if (!due?.due) return 0
  return inTransaction(ctx, async ({ db }) => {
    const [row] = await db.$queryRaw<{ taken: number }[]>`SELECT library_catch_up(${houseId}, ${most}::int, ${now}::timestamptz) AS taken`
    return row?.taken ?? 0
  })
}

/** All that is waiting, a batch at a time: after an import, and each minute. */
export async function foldLibrary(ctx: Ctx<'db' | 'clock'>, houseId: string): Promise<number> {
  let all = 0
  for (;;) {
    const taken = await catchUp(ctx, houseId, 1_000)
    all += taken
    if (taken < 1_000) return all
  }
}

/** By night: bitmaps for words that have become frequent, and none for those that have not. */
export async function rebuildLibrary(ctx: Ctx<'db' | 'clock'>, houseId: string): Promise<{ entries: number }> {
  await foldLibrary(ctx, houseId)
  return inTransaction(
    ctx,
    async ({ db }) => {
      const [row] = await db.$queryRaw<{ entries: number }[]>`SELECT library_rebuild(${houseId}) AS entries`
      return { entries: row?.entries ?? 0 }
    },
    { timeout: 600_000 },
  )
}

/** Where the index differs from the house. Nothing, where all is well. */
export async function libraryDrift(ctx: Ctx<'db' | 'clock'>, houseId: string): Promise<{ what: string; subject: string }[]> {
  const rows = await ctx.db.$queryRaw<{ no: bigint }[]>`
    SELECT no FROM assets WHERE house_id = ${houseId} UNION SELECT asset_no FROM library_entries WHERE house_id = ${houseId} ORDER BY 1`
  const drift: { what: string; subject: string }[] = []
  for (let from = 0; from < rows.length; from += 1_000) {
    const nos = rows.slice(from, from + 1_000).map(({ no }) => no)
    drift.push(
      ...(await ctx.db.$queryRaw<
        typeof drift
      >`SELECT what, subject FROM library_drift(${houseId}, ${nos}::bigint[], ${ctx.clock.now()}::timestamptz)`),
    )
  }
  return [...drift, ...(await ctx.db.$queryRaw<typeof drift>`SELECT what, subject FROM library_drift_of_bitmaps(${houseId})`)]
}

/**
 * By night: the index is compared with the house, what differs is mended, and bitmaps are made anew. The operator is told, in the log and
 * in the trail. What somebody changes meanwhile differs for a moment; only what still does after a fold is drift.
 */
export async function tendLibrary(ctx: Ctx<'db' | 'clock' | 'actor' | 'log'>, houseId: string): Promise<{ drifted: number }> {
  const differing = async () => {
    await foldLibrary(ctx, houseId)
    return libraryDrift(ctx, houseId)
  }
  const first = await differing()
  const known = new Set(first.map(({ what, subject }) => `${what} ${subject}`))
  const drift = first.length > 0 ? (await differing()).filter(({ what, subject }) => known.has(`${what} ${subject}`)) : []
  if (drift.length > 0) {
    const entries = drift.filter(({ what }) => what !== 'bitmap-differs').map(({ subject }) => subject)
    await ctx.db.$executeRaw`
      INSERT INTO library_notes (house_id, asset_no)
      SELECT ${houseId}, no FROM assets WHERE house_id = ${houseId} AND id = ANY(${entries}::text[])
      UNION SELECT ${houseId}, asset_no FROM library_entries WHERE house_id = ${houseId} AND asset_id = ANY(${entries}::text[])
      ON CONFLICT DO NOTHING`
    ctx.log.error('library.drifted', { houseId, drifted: drift.length, first: drift.slice(0, 5) })
    const fact = { type: 'library.drifted', subject: { kind: 'search', id: houseId }, data: { drifted: drift.length } }
    await inTransaction(ctx, (tx) => record(tx, fact))
  }
  await rebuildLibrary(ctx, houseId)
  return { drifted: drift.length }
}

/** What every question leaves out: what this person may not see. */
function unseen(actor: Actor): LibraryAsk['must'] {
  if (seesEmbargoed(actor)) return []
  return [[{ not: 'f/has:embargo' }, ...(isPerson(actor) ? [`e/${actor.userId}`] : [])]]
}

interface WordRow {
  typed_word: string
  plain: string
  stems: string[] | null
  stop: boolean
  known: boolean
  begins: boolean
  synonyms: string[]
}
async function knownWords(ctx: Asking, typed: readonly string[]): Promise<Map<string, LibraryWord>> {
  if (typed.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<WordRow[]>`SELECT * FROM library_known(${ctx.actor.houseId}, ${[...typed]}::text[])`
  return new Map(rows.map(({ typed_word, ...word }) => [typed_word, { typed: typed_word, ...word }]))
}

async function corrected(ctx: Asking, wrong: readonly string[]): Promise<Map<string, LibraryWord[]>> {
  const found = new Map<string, LibraryWord[]>()
  for (const typed of wrong.slice(0, 3)) {
    const alike = await ctx.db.$queryRaw<
      { word: string; times: number }[]
    >`SELECT word, times FROM library_alike(${ctx.actor.houseId}, search_plain(${typed}))`
    const right = likeliest(typed, alike)
    const known = await knownWords(ctx, right)
    found.set(
      typed,
      right.flatMap((word) => known.get(word) ?? []),
    )
  }
  return found
}

/** What the names in some clauses may stand for; nothing is read for fields that nobody asked. */
async function namesFor(ctx: Asking, clauses: readonly Clause[]): Promise<Names> {
  const { houseId } = ctx.actor
  const fields = clauses.flatMap(({ field }) => (field === null ? [] : [{ field, known: libraryField(field) }]))
  const asks = (of: string) => fields.some(({ known }) => known?.type === 'name' && known.of === of)
  const unknown = fields.some(({ known }) => !known)
  const own = unknown
    ? await ctx.db.ownField.findMany({
        where: { houseId, retiredAt: null },
        select: { id: true, code: true, label: true, vocabularyId: true },
        take: 500,
      })
    : []
  const [person, collection, kit, term] = await Promise.all([
    asks('person')
      ? ctx.db.$queryRaw<{ id: string; name: string; email: string }[]>`
          SELECT DISTINCT u.id, u.name, u.email FROM users u JOIN members m ON m.user_id = u.id WHERE m.house_id = ${houseId} AND m.org_id = ${houseId}`
      : [],
    asks('collection')
      ? ctx.db.collection.findMany({ where: { houseId, archivedAt: null }, select: { id: true, title: true, slug: true } })
      : [],
    asks('kit') ? ctx.db.brandKit.findMany({ where: { houseId, archivedAt: null }, select: { id: true, title: true, slug: true } }) : [],
    asks('term') || own.some(({ vocabularyId }) => vocabularyId)
      ? ctx.db.vocabularyTerm.findMany({
          where: { houseId },
          select: { id: true, label: true, labelDe: true, code: true, altLabels: true },
          take: 20_000,
        })
      : [],
  ])
  return {
    me: isPerson(ctx.actor) ? ctx.actor.userId : null,
    person: person.map(({ id, name, email }) => ({ id, names: [name, email] })),
    collection: collection.map(({ id, title, slug }) => ({ id, names: [title, slug] })),
    kit: kit.map(({ id, title, slug }) => ({ id, names: [title, slug] })),
    term: term.map(({ id, label, labelDe, code, altLabels }) => ({ id, names: [label, labelDe, code, ...altLabels].filter(Boolean) })),
    own: own.map(({ vocabularyId, ...field }) => ({ ...field, choice: vocabularyId !== null })),
  }
}

/** Wishes as questions to the index, with what was read of them. Words and names of all are looked up together. */
async function questions(ctx: Asking, wishes: readonly LibraryWish[]): Promise<Understood[]> {
  const parsed = wishes.map((wish) => ({ wish, clauses: parseLibraryQuery(wish.text) }))
  const all = parsed.flatMap(({ clauses }) => clauses)
  const days = all.some(({ field }) => field !== null && libraryField(field)?.type === 'days')
  const [words, names, zone] = await Promise.all([knownWords(ctx, looseWords(all)), namesFor(ctx, all), days ? zoneOfHouse(ctx) : 'UTC'])
  const unfinished = ({ text }: LibraryWish) => /[\p{L}\p{N}]$/u.test(text)
  const corrections = await corrected(ctx, [
    ...new Set(parsed.flatMap(({ wish, clauses }) => slippedWords(clauses, words, unfinished(wish)))),
  ])
  return parsed.map(({ wish, clauses }) => {
    const understood = understand(clauses, wish.facets, {
      words,
      corrections,
      names,
      now: ctx.clock.now().getTime(),
      zone,
      unfinished: unfinished(wish),
    })
    understood.ask.must.push(...unseen(ctx.actor))
    // A facet of its own, so that the tabs count what is put away too.
    if (!namesStates(wish))
      understood.ask.facets.state = assetStateNames
        .filter((state) => !(putAway as readonly string[]).includes(state))
        .map((state) => `f/state:${state}`)
    return understood
  })
}

const sortOf = (wish: LibraryWish, ask: LibraryAsk) => wish.sort ?? (ask.first.length > 0 ? 'relevance' : 'changed')

interface Row {
  ids: string[]
  total: number
  counts: Record<string, number>
  next: LibraryPlace | null
}
/** One page of the staff's library for a wish, with the number of all and the counts of the panel. A question that cannot be read finds nothing and says why. */
export async function searchLibrary(ctx: Asking, wish: LibraryWish, { limit = 48, count = true } = {}): Promise<LibraryFound> {
  const { actor } = ctx
  if (!may(actor, 'see')) throw new Refusal('forbidden', 'library')
  await catchUp(ctx, actor.houseId)
  const [understood] = (await questions(ctx, [wish])) as [Understood]
  const { ask, problems, read } = understood
  if (problems.length > 0) return { ids: [], total: 0, counts: {}, next: null, behind: 0, problems, read }
  const sort = sortOf(wish, ask)
  const { column, down } = librarySorts[sort]
  const full = {
    ...ask,
    first: sort === 'relevance' ? ask.first : [],
    sort: column,
    down,
    limit,
    count,
    after: readPlace(wish.after, sort),
  }
  const [row] = await ctx.db.$queryRaw<(Row & { behind: number })[]>`
    SELECT f.ids, f.total, f.counts, f.next, (SELECT count(*)::int FROM (SELECT FROM library_notes WHERE house_id = ${actor.houseId} LIMIT 10000) n) AS behind
    FROM library_find(${actor.houseId}, ${JSON.stringify(full)}::jsonb) f`
  const { ids, total, counts, next, behind } = row ?? { ids: [], total: 0, counts: {}, next: null, behind: 0 }
  return {
    ids,
    total,
    counts: Object.fromEntries(Object.entries(counts).map(([key, n]) => [key.slice(2), Number(n)])),
    next: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
    behind,
    problems,
    read,
  }
}

/** How many each of some wishes finds, in one statement. Null where a question cannot be read any more. */
export async function countLibrary(ctx: Asking, wishes: readonly LibraryWish[]): Promise<(number | null)[]> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  if (wishes.length === 0) return []
  const asked = await questions(ctx, wishes)
  const asks = asked.map(({ ask }) => ({ ...ask, first: [], sort: 'changed_at', down: true, limit: 0, count: false, after: null }))
  const rows = await ctx.db.$queryRaw<{ total: number }[]>`
    SELECT f.total FROM jsonb_array_elements(${JSON.stringify(asks)}::jsonb) WITH ORDINALITY AS a (ask, i), LATERAL library_find(${ctx.actor.houseId}, a.ask) f ORDER BY a.i`
  return asked.map(({ problems }, i) => (problems.length > 0 ? null : (rows[i]?.total ?? 0)))
}

/** Ids of all that a wish finds, in the order of its list. */
export async function allFound(
  ctx: Asking,
  wish: LibraryWish,
  most: number,
): Promise<Result<string[], 'not-understood' | 'too-many-selected'>> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  await catchUp(ctx, ctx.actor.houseId)
  const [{ ask, problems }] = (await questions(ctx, [wish])) as [Understood]
  if (problems.length > 0) return fail('not-understood')
  const { column, down } = librarySorts[sortOf(wish, ask)]
  const full = { must: [...ask.must, ...Object.values(ask.facets)], never: ask.never, sort: column, down }
  const [row] = await ctx.db.$queryRaw<
    { ids: string[] }[]
  >`SELECT library_all(${ctx.actor.houseId}, ${JSON.stringify(full)}::jsonb, ${most + 1}::int) AS ids`
  const ids = row?.ids ?? []
  return ids.length > most ? fail('too-many-selected', { most }) : { ok: true, value: ids }
}

/** All that a wish finds now, except some, kept as a selection. */
export async function selectFound(
  ctx: Asking,
  { wish, except, says }: { wish: LibraryWish; except: readonly string[]; says: string },
): Promise<Result<KeptSelection, 'nothing-selected' | 'too-many-selected' | 'not-understood'>> {
  const found = await allFound(ctx, wish, mostSelected)
  if (!found.ok) return found
  const without = new Set(except)
  return keepSelection(ctx, { ids: without.size > 0 ? found.value.filter((id) => !without.has(id)) : found.value, says })
}
