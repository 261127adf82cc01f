import { z } from 'zod'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import {
  SearchAway,
  type SearchDocument,
  type SearchServer,
  type SearchShape,
  type SynonymGroup,
} from '../platform/search/search-server.ts'
import { enqueue } from '../platform/queue.ts'
import { digestOf } from './rules/server-search.ts'

type Keeping = Ctx<'db' | 'clock' | 'log'>
export const sendSearchJob = 'catalog.send-search'
export const sendSearchPayload = z.object({ houseId: z.string().min(1) })
const batch = 1_000
const leaseFor = 60_000
const builderIsGoneAfter = 180_000

/** By which name a house's documents are searched: it points to the newest copy. */
export const aliasOf = (server: SearchServer, houseId: string): string => `${server.prefix}_${houseId.toLowerCase()}`

/** The shape of a document: words in all their forms, texts for phrases, digests of all that is filtered, and values that are counted. */
const shapeOf = (name: string): SearchShape => ({
  name,
  sort: 'n',
  fields: [
    { name: 'house', type: 'string' },
    { name: 'asset', type: 'string', index: false, optional: true },
    { name: 'n', type: 'int32' },
    ...['title_words', 'near_words', 'all_words', 'keys'].map((field) => ({ name: field, type: 'string[]' as const })),
    ...['title', 'near', 'body'].map((field) => ({ name: field, type: 'string' as const })),
    ...['facets', 'creator', 'collections'].map((field) => ({ name: field, type: 'string[]' as const, facet: true })),
  ],
})

interface DocumentRow {
  n: number
  asset_id: string
  title_words: string[]
  near_words: string[]
  all_words: string[]
  title: string
  near: string
  body: string
  keys: string[]
}
const after = (keys: readonly string[], start: string): string[] =>
  keys.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length))

/** Entries as documents. A document is made of what is committed, so whoever sends it twice, or late, sends what is true. */
export async function documentsOf(ctx: Ctx<'db'>, houseId: string, positions: readonly number[]): Promise<SearchDocument[]> {
  const rows = await ctx.db.$queryRaw<DocumentRow[]>`SELECT * FROM search_documents(${houseId}, ${[...positions]}::int[])`
  return rows.map(({ n, asset_id: asset, keys, ...texts }) => ({
    id: String(n),
    house: digestOf(houseId),
    asset,
    n,
    ...texts,
    keys: keys.map(digestOf),
    facets: after(keys, 'f/'),
    creator: after(keys, 'c/'),
    collections: after(keys, 'k/'),
  }))
}

async function synonymsOf(ctx: Ctx<'db'>, houseId: string): Promise<SynonymGroup[]> {
  const rows = await ctx.db.$queryRaw<SynonymGroup[]>`
    SELECT id, ARRAY(SELECT DISTINCT search_one_form(lower(normalize(w, NFKC)), search_languages(${houseId})) AS form FROM unnest(words) w ORDER BY form) AS words
    FROM search_synonyms WHERE house_id = ${houseId} ORDER BY id`
  return rows.filter(({ words }) => words.length > 1)
}

/** One sender a house at a time, so that an older state never overtakes a newer one. The lease ends by itself where its holder died. */
async function withLease<T>(
  ctx: Keeping,
  houseId: string,
  work: (renew: () => Promise<void>) => Promise<T>,
): Promise<T | 'held-by-another'> {
  const me = newId('req', ctx.clock.now())
  const take = async (): Promise<boolean> => {
    const now = ctx.clock.now()
    const until = new Date(now.getTime() + leaseFor)
    return (
      (await ctx.db.$executeRaw`
        UPDATE search_mirrors SET held_by = ${me}, held_until = ${until}::timestamptz
        WHERE house_id = ${houseId} AND (held_by IS NULL OR held_by = ${me} OR held_until < ${now}::timestamptz)`) > 0
    )
  }
  if (!(await take())) return 'held-by-another'
  try {
    return await work(async () => {
      if (!(await take())) throw new SearchAway('failing', 'the lease went to another')
    })
  } finally {
    await ctx.db.$executeRaw`UPDATE search_mirrors SET held_by = NULL, held_until = NULL WHERE house_id = ${houseId} AND held_by = ${me}`
  }
}

interface Noted {
  id: bigint
  n: number | null
}

/** Put what was noted into a collection as it is now. What the server refuses of it is logged and left to the comparer: it must not hold up the rest. */
async function bring(ctx: Keeping, server: SearchServer, houseId: string, collection: string, noted: readonly Noted[]): Promise<number> {
  const positions = [...new Set(noted.flatMap(({ n }) => (n === null ? [] : [n])))]
  let refused = 0
  for (let from = 0; from < positions.length; from += batch) {
    const part = positions.slice(from, from + batch)
    const documents = await documentsOf(ctx, houseId, part)
    const there = new Set(documents.map(({ id }) => id))
    for (const { id, why } of await server.put(collection, documents)) {
      refused++
      ctx.log.error('search.document-refused', { house: houseId, collection, position: id, why })
    }
    await server.remove(
      collection,
      part.map(String).filter((id) => !there.has(id)),
    )
  }
  if (noted.some(({ n }) => n === null)) await server.keepSynonyms(collection, await synonymsOf(ctx, houseId))
  return refused
}

/**
 * Send on what has changed since the last time. At least once and in order: what was sent is crossed out afterwards, and kept past that
 * while a new copy is being made, which has to hear of it too.
 */
export async function sendSearch(ctx: Keeping & Ctx<'search'>, { houseId }: { houseId: string }): Promise<{ sent: number }> {
  const { server } = ctx.search ?? {}
  if (!server) {
    // A server was configured once and is no more: nobody has to be told anything.
    await ctx.db.$executeRaw`DELETE FROM search_mirrors WHERE house_id = ${houseId}`
    return { sent: 0 }
  }
  const [mirror] = await ctx.db.$queryRaw<
    { there: boolean }[]
  >`SELECT collection IS NOT NULL AS there FROM search_mirrors WHERE house_id = ${houseId}`
  if (!mirror?.there) return { sent: 0 }
  const soon = (seconds: number) =>
    enqueue(
      ctx,
      sendSearchJob,
      { houseId },
      { key: `search-again:${houseId}`, runAt: new Date(ctx.clock.now().getTime() + seconds * 1_000), maxAttempts: 3 },
    )
  try {
    const outcome = await withLease(ctx, houseId, async (renew) => {
      let sent = 0
      for (;;) {
        const noted = await ctx.db.$queryRaw<
          Noted[]
        >`SELECT id, n FROM search_outbox WHERE house_id = ${houseId} AND NOT sent ORDER BY id LIMIT ${batch}`
        if (noted.length === 0) return sent
        await renew()
        const refused = await bring(ctx, server, houseId, aliasOf(server, houseId), noted)
        await crossOut(ctx, houseId, noted, refused)
        sent += noted.length
      }
    })
    if (outcome === 'held-by-another') {
      await soon(1)
      return { sent: 0 }
    }
    return { sent: outcome }
  } catch (error) {
    if (!(error instanceof SearchAway)) throw error
    await ctx.db
      .$executeRaw`UPDATE search_mirrors SET trouble = ${`${error.reason}: ${error.message}`.slice(0, 500)} WHERE house_id = ${houseId}`
    ctx.log.warn('search.not-sent', { house: houseId, reason: error.reason, why: error.message })
    await soon(5)
    return { sent: 0 }
  }
}

async function crossOut(ctx: Keeping, houseId: string, noted: readonly Noted[], refused: number): Promise<void> {
  const ids = noted.map(({ id }) => id)
  const trouble = refused > 0 ? `${refused} documents were refused; the log says which` : null
  await ctx.db.$executeRaw`
    WITH mirror AS (UPDATE search_mirrors SET sent_at = ${ctx.clock.now()}::timestamptz, trouble = ${trouble} WHERE house_id = ${houseId} RETURNING building),
      kept AS (UPDATE search_outbox SET sent = true WHERE id = ANY(${ids}::bigint[]) AND EXISTS (SELECT FROM mirror WHERE building IS NOT NULL))
    DELETE FROM search_outbox WHERE id = ANY(${ids}::bigint[]) AND NOT EXISTS (SELECT FROM mirror WHERE building IS NOT NULL)`
}

/** Positions of a house, some at a time. */
export async function* positionsOf(ctx: Ctx<'db'>, houseId: string): AsyncGenerator<number[]> {
  for (let last = -1; ;) {
    const rows = await ctx.db.$queryRaw<
      { n: number }[]
    >`SELECT n FROM search_entries WHERE house_id = ${houseId} AND n > ${last} ORDER BY n LIMIT ${batch}`
    if (rows.length === 0) return
    last = rows.at(-1)?.n ?? last
    yield rows.map(({ n }) => n)
  }
}

/** Changes that were under way when a house's first copy was begun did not see that there is one, and noted nothing for it: they are waited for. */
async function untilHeard(ctx: Keeping, houseId: string, xact: string): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const [row] = await ctx.db.$queryRaw<{ ended: boolean }[]>`SELECT pg_snapshot_xmin(pg_current_snapshot()) > ${xact}::xid8 AS ended`
    if (row?.ended) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  ctx.log.warn('search.rebuild-beside-long-change', { house: houseId })
}

/**
 * The whole copy anew, beside people who search and publish: a new collection is filled, hears what changed meanwhile, is counted, and takes
 * the old one's place in one step. Until then, and where anything fails, searches are answered from the old one.
 */
export async function rebuildMirror(
  ctx: Keeping,
  server: SearchServer,
  houseId: string,
): Promise<Result<{ documents: number; collection: string }, 'already-building' | 'counts-differ'>> {
  const started = ctx.clock.now()
  const alias = aliasOf(server, houseId)
  const building = `${alias}_${started.toISOString().replace(/\D/g, '').slice(0, 14)}${newId('req', started).slice(-6).toLowerCase()}`
  const goneSince = new Date(started.getTime() - builderIsGoneAfter)
  const [mine] = await ctx.db.$queryRaw<{ first: boolean; xact: string }[]>`
    INSERT INTO search_mirrors (house_id, building, building_at) VALUES (${houseId}, ${building}, ${started}::timestamptz)
    ON CONFLICT (house_id) DO UPDATE SET building = EXCLUDED.building, building_at = EXCLUDED.building_at
      WHERE search_mirrors.building IS NULL OR search_mirrors.building_at < ${goneSince}::timestamptz
    RETURNING xmax = 0 AS first, pg_current_xact_id()::text AS xact`
  if (!mine) return fail('already-building')
  if (mine.first) await untilHeard(ctx, houseId, mine.xact)
  try {
    const live = await server.behind(alias)
    await server.make(shapeOf(building))
    for await (const positions of positionsOf(ctx, houseId)) {
      await bring(
        ctx,
        server,
        houseId,
        building,
        positions.map((n) => ({ id: 0n, n })),
      )
      await ctx.db
        .$executeRaw`UPDATE search_mirrors SET building_at = ${ctx.clock.now()}::timestamptz WHERE house_id = ${houseId} AND building = ${building}`
    }
    await server.keepSynonyms(building, await synonymsOf(ctx, houseId))
    for (let attempt = 0; ; attempt++) {
      const outcome = await withLease(ctx, houseId, (renew) => takePlace(ctx, server, houseId, { alias, building, live }, renew))
      if (outcome === 'counts-differ') return fail('counts-differ')
      if (outcome !== 'held-by-another') return ok({ documents: outcome, collection: building })
      if (attempt >= 600) return fail('counts-differ')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } finally {
    const [row] = await ctx.db.$queryRaw<{ collection: string | null }[]>`SELECT collection FROM search_mirrors WHERE house_id = ${houseId}`
    if (row?.collection !== building) {
      await ctx.db
        .$executeRaw`UPDATE search_mirrors SET building = NULL, building_at = NULL WHERE house_id = ${houseId} AND building = ${building}`
      await server.drop(building).catch(() => undefined)
    }
  }
}

interface Places {
  alias: string
  building: string
  live: string | null
}
/** While nobody else sends: the last changes, the count, the swap. What commits from here on is sent to the new copy by its name. */
async function takePlace(
  ctx: Keeping,
  server: SearchServer,
  houseId: string,
  { alias, building, live }: Places,
  renew: () => Promise<void>,
): Promise<number | 'counts-differ'> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const noted = await ctx.db.$queryRaw<Noted[]>`SELECT id, n FROM search_outbox WHERE house_id = ${houseId} ORDER BY id`
    await renew()
    await bring(ctx, server, houseId, building, noted)
    const [row] = await ctx.db.$queryRaw<{ entries: number; more: number }[]>`
      SELECT (SELECT count(*) FROM search_entries WHERE house_id = ${houseId})::int AS entries,
        (SELECT count(DISTINCT n) FROM search_outbox WHERE house_id = ${houseId} AND id <> ALL(${noted.map(({ id }) => id)}::bigint[]))::int AS more`
    const documents = await server.countOf(building)
    if (!row || documents === null) return 'counts-differ'
    // Equal, or as far apart as what came meanwhile may have put them.
    if (Math.abs(documents - row.entries) > row.more) {
      if (row.more > 0) continue
      ctx.log.error('search.rebuild-counts-differ', { house: houseId, documents, entries: row.entries })
      return 'counts-differ'
    }
    await server.point(alias, building)
    await ctx.db.$executeRaw`
      WITH swapped AS (UPDATE search_mirrors SET collection = ${building}, building = NULL, building_at = NULL, built_at = ${ctx.clock.now()}::timestamptz, sent_at = ${ctx.clock.now()}::timestamptz, trouble = NULL
        WHERE house_id = ${houseId} RETURNING house_id)
      DELETE FROM search_outbox WHERE id = ANY(${noted.map(({ id }) => id)}::bigint[]) AND house_id IN (SELECT house_id FROM swapped)`
    // The former one, and what earlier builders left behind.
    for (const name of await server.collectionsFrom(`${alias}_`)) if (name !== building) await server.drop(name)
    ctx.log.info('search.rebuilt', { house: houseId, collection: building, instead: live, documents })
    return documents
  }
  return 'counts-differ'
}

export interface MirrorDrift {
  what: 'document-missing' | 'document-left-over' | 'document-differs' | 'synonyms-differ'
  /** The asset's id, or the position of what should not be there. */
  subject: string
}

const sorted = (document: Record<string, unknown>): string =>
  JSON.stringify(
    Object.entries(document)
      .map(([field, value]) => [field, Array.isArray(value) ? [...(value as string[])].sort() : value])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  )

/** Where the server's copy differs from the index, document by document. What is on its way is not counted. */
export async function findMirrorDrift(ctx: Ctx<'db'>, server: SearchServer, houseId: string): Promise<MirrorDrift[]> {
  const drift: MirrorDrift[] = []
  const alias = aliasOf(server, houseId)
  let from = -2_147_483_648
  const compare = async (positions: readonly number[], to: number) => {
    const wanted = await documentsOf(ctx, houseId, positions)
    const there = new Map((await server.everything(alias, `n:[${from}..${to}]`)).map((document) => [String(document.id), document]))
    const onTheirWay = new Set(
      (
        await ctx.db.$queryRaw<
          { n: number }[]
        >`SELECT DISTINCT n FROM search_outbox WHERE house_id = ${houseId} AND NOT sent AND n BETWEEN ${from} AND ${to}`
      ).map(({ n }) => String(n)),
    )
    for (const document of wanted) {
      const found = there.get(document.id)
      there.delete(document.id)
      if (onTheirWay.has(document.id)) continue
      if (!found) drift.push({ what: 'document-missing', subject: String(document.asset) })
      else if (sorted(found) !== sorted(document)) drift.push({ what: 'document-differs', subject: String(document.asset) })
    }
    for (const [id, document] of there)
      if (!onTheirWay.has(id)) drift.push({ what: 'document-left-over', subject: String(document.asset ?? id) })
    from = to + 1
  }
  for await (const positions of positionsOf(ctx, houseId)) await compare(positions, positions.at(-1) ?? from)
  await compare([], 2_147_483_647)
  const plain = (groups: readonly SynonymGroup[]) => JSON.stringify(groups.map(({ id, words }) => [id, [...words].sort()]).sort())
  if (plain(await server.synonymsOf((await server.behind(alias)) ?? alias)) !== plain(await synonymsOf(ctx, houseId)))
    drift.push({ what: 'synonyms-differ', subject: houseId })
  return drift
}
