import { loadRights } from '../rights/loading.ts'
import { decide } from '../rights/rules/decide.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma, prepared, statement } from '../platform/db.ts'
import type { RightsCell } from './rules/rights-wish.ts'

type Asking = Ctx<'db' | 'actor' | 'clock'>

/** Rights by profile. A profile is a digest of what it says, so what was loaded once stays true. */
const loaded = new Map<string, AssetRights>()
const mostLoaded = 4_000

/** One asset of each profile speaks for all: whatever the engine reads of rights, equal profiles have equal rows. Claims are asked of the database. */
async function rightsByProfile(ctx: Asking): Promise<Map<bigint, AssetRights>> {
  const { houseId } = ctx.actor
  const rows = await ctx.db.$queryRaw<{ profile: bigint; assetId: string }[]>`
    WITH RECURSIVE p AS (
      (SELECT profile FROM search_entries WHERE house_id = ${houseId} ORDER BY profile LIMIT 1)
      UNION ALL SELECT (SELECT e.profile FROM search_entries e WHERE e.house_id = ${houseId} AND e.profile > p.profile ORDER BY e.profile LIMIT 1) FROM p WHERE p.profile IS NOT NULL)
    SELECT profile, (SELECT e.asset_id FROM search_entries e WHERE e.house_id = ${houseId} AND e.profile = p.profile LIMIT 1) AS "assetId" FROM p WHERE profile IS NOT NULL`
  const missing = rows.filter(({ profile }) => !loaded.has(`${houseId}/${profile}`))
  if (loaded.size + missing.length > mostLoaded) loaded.clear()
  const fresh =
    missing.length > 0
      ? await loadRights(ctx, { assetIds: missing.map(({ assetId }) => assetId), claims: 'none' })
      : new Map<string, AssetRights>()
  const found = new Map<bigint, AssetRights>()
  for (const { profile, assetId } of rows) {
    const rights = fresh.get(assetId) ?? loaded.get(`${houseId}/${profile}`)
    if (!rights) continue
    found.set(profile, rights)
    loaded.set(`${houseId}/${profile}`, rights)
  }
  return found
}

const kept = statement(Prisma.sql`SELECT key FROM search_cells WHERE house_id = ${''} AND key = ANY(${[]}::text[])`)

/** What the engine says to a cell's question about one asset. */
export const lets = (cell: RightsCell, rights: AssetRights, now: Date): boolean =>
  decide(rights, { box: cell.box, exclusive: cell.exclusive, by: 'holder' }, { at: now, knownAt: now }).verdict !== 'deny'

/**
 * Have the index know these cells: the engine is asked for every profile of rights, the answer is kept as a bitmap until the
 * day ends. `anew`: also those that are there, since profiles have come up on which they were not heard.
 */
export async function ensureCells(ctx: Asking, cells: readonly RightsCell[], anew = false): Promise<void> {
  if (cells.length === 0) return
  const { houseId } = ctx.actor
  const known = anew
    ? new Set<string>()
    : new Set((await prepared<{ key: string }>(ctx.db, kept, [houseId, cells.map(({ key }) => key)])).map(({ key }) => key))
  const missing = cells.filter(({ key }) => !known.has(key))
  if (missing.length === 0) return
  const profiles = [...(await rightsByProfile(ctx))]
  const now = ctx.clock.now()
  for (const cell of missing) {
    const allowed = profiles.filter(([, rights]) => lets(cell, rights, now)).map(([profile]) => profile)
    const refused = profiles.map(([profile]) => profile).filter((profile) => !allowed.includes(profile))
    const { from, to } = cell.box.period
    await ctx.db.$executeRaw`
      SELECT search_make_cell(${houseId}, ${cell.key}, ${cell.box.media.toPostgres()}::int4multirange, ${cell.box.territory.toPostgres()}::int4multirange,
        tstzrange(${from}::timestamptz, ${to}::timestamptz), ${cell.exclusive}, ${allowed}::bigint[], ${refused}::bigint[], ${now}::timestamptz)`
  }
}
