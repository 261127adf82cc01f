import type { AssetKind } from '../assets/rules/asset-words.ts'
import type { Ctx } from '../platform/context.ts'

/** A picture in a grid: what is seen, said and linked. */
export interface Tile {
  id: string
  title: string
  altText: string
  creator: string
  kind: AssetKind
  /** Null where no preview could be made. */
  versionId: string | null
  width: number | null
  height: number | null
  tint: string | null
}

export const tileSelect = {
  id: true, title: true, altText: true, creator: true, kind: true,
  publishedVersion: {
    select: { id: true, dominantColour: true, renditions: { where: { preset: 'grid' }, select: { width: true, height: true } } },
  },
} as const

interface TileRow {
  id: string
  title: string
  altText: string
  creator: string
  kind: AssetKind
  publishedVersion: { id: string; dominantColour: string | null; renditions: { width: number; height: number }[] } | null
}

/** A row as a tile. */
export function tileOf({ publishedVersion: version, ...row }: TileRow): Tile {
  const grid = version?.renditions[0]
  return {
    id: row.id, title: row.title, altText: row.altText || row.title, creator: row.creator, kind: row.kind,
    versionId: grid && version ? version.id : null, width: grid?.width ?? null, height: grid?.height ?? null, tint: version?.dominantColour ?? null,
  }
}

/** What everybody may see in the store of the actor's house. */
export const inStore = (ctx: Ctx<'actor'>) => ({ houseId: ctx.actor.houseId, state: 'PUBLISHED', audience: 'STORE' }) as const

/** Tiles by id, in the order of the ids; what is not (or no longer) in the store is left out. */
export async function tilesById(ctx: Ctx<'db' | 'actor'>, ids: readonly string[]): Promise<Tile[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db.asset.findMany({ where: { ...inStore(ctx), id: { in: [...ids] } }, select: tileSelect })
  const byId = new Map(rows.map((row) => [row.id, tileOf(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
