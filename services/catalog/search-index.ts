import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { recompileSaved } from './saved-searches.ts'
import { pruneUses } from './search-learning.ts'
import { inSnapshot, inTransaction } from '../platform/db.ts'

type Keeping = Ctx<'db' | 'clock'>
const batch = 2_000

/** Take what changed since the last time into the bitmaps. Searches see changes before that too; afterwards they see them faster. */
export async function foldSearch(ctx: Keeping, houseId: string): Promise<number> {
  const [noted] = await ctx.db.$queryRaw<
    { there: boolean }[]
  >`SELECT EXISTS (SELECT FROM search_changes WHERE house_id = ${houseId}) AS there`
  if (!noted?.there) return 0
  return inSnapshot(ctx, ['search_indexes', 'search_cells'], async ({ db }) => {
    const [row] = await db.$queryRaw<{ folded: number }[]>`SELECT search_fold(${houseId}) AS folded`
    return row?.folded ?? 0
  })
}

/** Assets that are or ought to be in the index, some at a time, the first published first: their positions follow. */
async function* inStoreByBatches(ctx: Keeping, houseId: string): AsyncGenerator<bigint[]> {
  const rows = await ctx.db.$queryRaw<{ no: bigint }[]>`
    SELECT no FROM assets WHERE house_id = ${houseId} AND state = 'PUBLISHED' AND audience = 'STORE' ORDER BY published_at, id`
  const left = await ctx.db.$queryRaw<{ no: bigint }[]>`
    SELECT asset_no AS no FROM search_entries e WHERE house_id = ${houseId}
      AND NOT EXISTS (SELECT FROM assets a WHERE a.no = e.asset_no AND a.state = 'PUBLISHED' AND a.audience = 'STORE')`
  const nos = [...rows, ...left].map(({ no }) => no)
  for (let from = 0; from < nos.length; from += batch) yield nos.slice(from, from + batch)
}

/** The whole index of a house anew, beside people who search and publish. Also makes bitmaps for words that have become frequent. */
export async function rebuildSearch(ctx: Keeping, houseId: string): Promise<{ entries: number }> {
  for await (const nos of inStoreByBatches(ctx, houseId)) await ctx.db.$executeRaw`SELECT search_reindex(${nos}::bigint[])`
  return inSnapshot(ctx, ['search_indexes'], async ({ db, clock }) => {
    const [row] = await db.$queryRaw<{ entries: number }[]>`SELECT search_rebuild(${houseId}, ${clock.now()}::timestamptz) AS entries`
    return { entries: row?.entries ?? 0 }
  })
}

export interface Drift {
  what: 'entry-missing' | 'entry-left-over' | 'entry-differs' | 'bitmap-differs'
  /** The asset's id, or the key of the bitmap. */
  subject: string
}

/** Where the index differs from the house: entries against assets and rights, bitmaps and cells against entries. Nothing, where all is well. */
export async function findDrift(ctx: Keeping, houseId: string): Promise<Drift[]> {
  const drift: Drift[] = []
  for await (const nos of inStoreByBatches(ctx, houseId))
    drift.push(...(await ctx.db.$queryRaw<Drift[]>`SELECT what, subject FROM search_drift_of_entries(${nos}::bigint[])`))
  const segments = await ctx.db.$queryRaw<{ segment: number }[]>`
    SELECT DISTINCT n / 60000 AS segment FROM search_entries WHERE house_id = ${houseId} UNION SELECT DISTINCT seg FROM search_bitmaps WHERE house_id = ${houseId}`
  for (const { segment } of segments)
    drift.push(...(await ctx.db.$queryRaw<Drift[]>`SELECT what, subject FROM search_drift_of_bitmaps(${houseId}, ${segment}::int)`))
  return drift
}

/** More than this is not put right picture by picture. */
const smallDrift = 500

/**
 * By night: the index is compared with the house, and what differs is mended: entries one by one, bitmaps or a great many entries by
 * making the index anew. The operator is told: on the page of searches, in the log, and in the trail.
 */
export async function checkSearch(ctx: Keeping & Ctx<'actor' | 'log'>, houseId: string): Promise<{ drifted: number; left: number }> {
  const drift = await findDrift(ctx, houseId)
  let left = 0
  if (drift.length > 0) {
    const entries = drift.filter(({ what }) => what !== 'bitmap-differs').map(({ subject }) => subject)
    if (drift.length > entries.length || entries.length > smallDrift) await rebuildSearch(ctx, houseId)
    else {
      await ctx.db.$executeRaw`
        SELECT search_reindex(ARRAY(SELECT no FROM assets WHERE id = ANY(${entries}::text[]) UNION SELECT asset_no FROM search_entries WHERE asset_id = ANY(${entries}::text[]) ORDER BY 1))`
      await foldSearch(ctx, houseId)
    }
    left = (await findDrift(ctx, houseId)).length
    ctx.log.error('search.drifted', { houseId, drifted: drift.length, left, first: drift.slice(0, 5) })
  }
  const at = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    await tx.db.$executeRaw`
      INSERT INTO search_indexes (house_id, rebuilt_at, checked_at, drifted) VALUES (${houseId}, ${at}::timestamptz, ${at}::timestamptz, ${drift.length}::int)
      ON CONFLICT (house_id) DO UPDATE SET checked_at = ${at}::timestamptz, drifted = ${drift.length}::int`
    if (drift.length > 0)
      await record(tx, { type: 'search.drifted', subject: { kind: 'search', id: houseId }, data: { drifted: drift.length, left } })
  })
  return { drifted: drift.length, left }
}

/** By night: a house that has grown by half since its bitmaps were made gets new ones; cells of days gone by are dropped; kept searches learn the house's new words. */
export async function tendSearch(ctx: Keeping & Ctx<'actor'>, houseId: string): Promise<void> {
  const [state] = await ctx.db.$queryRaw<{ due: boolean }[]>`
    SELECT coalesce((SELECT entries FROM search_indexes WHERE house_id = ${houseId}), 0) * 1.5 < (SELECT count(*) FROM search_entries WHERE house_id = ${houseId}) AS due`
  if (state?.due) await rebuildSearch(ctx, houseId)
  await pruneUses(ctx)
  await recompileSaved(ctx)
  const yesterday = new Date(ctx.clock.now().getTime() - 36 * 3_600_000)
  await ctx.db.$executeRaw`
    WITH old AS (DELETE FROM search_cells WHERE house_id = ${houseId} AND made_at < ${yesterday}::timestamptz RETURNING key)
    DELETE FROM search_bitmaps WHERE house_id = ${houseId} AND key IN (SELECT key FROM old)`
  await ctx.db.$executeRaw`
    DELETE FROM search_misses WHERE house_id = ${houseId} AND text IN (SELECT text FROM search_misses WHERE house_id = ${houseId} ORDER BY last_at DESC OFFSET 5000)`
}
