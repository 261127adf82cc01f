import type { AssetKind } from '../assets/rules/asset-words.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma, prepared, statement } from '../platform/db.ts'

/** A picture in a grid: what is seen, said and linked. */
export interface Tile {
  id: string
  title: string
  altText: string
  creator: string
  kind: AssetKind
  /** What multiplies its royalty-free price, in basis points; null where it is not sold royalty-free. */
  factorBp: number | null
  /** Null where no preview could be made. */
  versionId: string | null
  width: number | null
  height: number | null
  tint: string | null
  /** How long a film, a recording or an animation runs. */
  durationMs: number | null
}

export const tileSelect = {
  id: true,
  title: true,
  altText: true,
  creator: true,
  kind: true,
  sellsRoyaltyFree: true,
  editorialOnly: true,
  priceFactorBp: true,
  publishedVersion: {
    select: {
      id: true,
      dominantColour: true,
      durationMs: true,
      renditions: { where: { preset: 'grid' }, select: { width: true, height: true } },
    },
  },
} as const

interface TileRow {
  id: string
  title: string
  altText: string
  creator: string
  kind: AssetKind
  sellsRoyaltyFree: boolean
  editorialOnly: boolean
  priceFactorBp: number
  publishedVersion: {
    id: string
    dominantColour: string | null
    durationMs: number | null
    renditions: { width: number; height: number }[]
  } | null
}

/** A row as a tile. */
export function tileOf({ publishedVersion: version, ...row }: TileRow): Tile {
  const grid = version?.renditions[0]
  return {
    id: row.id,
    title: row.title,
    altText: row.altText || row.title,
    creator: row.creator,
    kind: row.kind,
    factorBp: row.sellsRoyaltyFree && !row.editorialOnly ? row.priceFactorBp : null,
    versionId: grid && version ? version.id : null,
    width: grid?.width ?? null,
    height: grid?.height ?? null,
    tint: version?.dominantColour ?? null,
    durationMs: version?.durationMs ?? null,
  }
}

/** What everybody may see in the store of the actor's house. */
export const inStore = (ctx: Ctx<'actor'>) => ({ houseId: ctx.actor.houseId, state: 'PUBLISHED', audience: 'STORE' }) as const

/**
 * Tiles of what a query finds (one column of ids), in its order. One statement with joins: a grid is on every page of the
 * store, and the client's own way is a statement for each relation.
 */
const tilesQuery = (houseId: string, found: Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT a.id, a.title, coalesce(nullif(a.alt_text, ''), a.title) AS "altText", a.creator, a.kind::text AS kind,
      CASE WHEN a.sells_royalty_free AND NOT a.editorial_only THEN a.price_factor_bp END AS "factorBp",
      CASE WHEN r.id IS NOT NULL THEN v.id END AS "versionId", v.dominant_colour AS tint, v.duration_ms AS "durationMs", r.width, r.height
    FROM unnest(ARRAY(${found})) WITH ORDINALITY AS wanted (id, n) JOIN assets a ON a.id = wanted.id
      LEFT JOIN asset_versions v ON v.id = a.published_version_id LEFT JOIN renditions r ON r.version_id = v.id AND r.preset = 'grid'
    WHERE a.house_id = ${houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE' ORDER BY wanted.n`
const byId = statement(tilesQuery('', Prisma.sql`SELECT unnest(${[]}::text[])`))

/** Tiles by id, in the order of the ids; what is not (or no longer) in the store is left out. */
export async function tilesById({ db, actor }: Ctx<'db' | 'actor'>, ids: readonly string[]): Promise<Tile[]> {
  return ids.length === 0 ? [] : prepared<Tile>(db, byId, [ids, actor.houseId])
}

/** Tiles of what a query finds (one column of ids), in its order. */
export const tilesOf = ({ db, actor }: Ctx<'db' | 'actor'>, found: Prisma.Sql): Promise<Tile[]> =>
  db.$queryRaw<Tile[]>(tilesQuery(actor.houseId, found))
