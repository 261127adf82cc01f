import type { Ctx } from '../platform/context.ts'
import { labOf, nearestIn } from './rules/colours.ts'

/** So many are put in order at once: ten pages, so that a page has the same pictures whoever turns to it. */
export const tintWindow = 480

/** Pictures by how close the nearest colour of their palettes is to one; those equally close stay as they came. */
export async function byTint(ctx: Ctx<'db' | 'actor'>, ids: readonly string[], tint: string): Promise<string[]> {
  const lab = labOf(tint)
  if (!lab || ids.length < 2) return [...ids]
  const rows = await ctx.db.$queryRaw<{ id: string; colours: string[] }[]>`
    SELECT a.id, v.palette || v.dominant_colour AS colours FROM assets a JOIN asset_versions v ON v.id = a.published_version_id
    WHERE a.house_id = ${ctx.actor.houseId} AND a.id = ANY(${[...ids]}::text[])`
  const far = new Map(rows.map(({ id, colours }) => [id, nearestIn(colours, lab)]))
  return ids
    .map((id, place) => ({ id, place, far: far.get(id) ?? Infinity }))
    .sort((a, b) => (a.far === b.far ? a.place - b.place : a.far - b.far))
    .map(({ id }) => id)
}
