import type { Ctx } from '../platform/context.ts'
import { judged } from '../assets/likeness.ts'
import { alikeInStore, printOfVersion, type Alike, type Sought } from '../assets/lookups.ts'
import { readPrint } from '../assets/prints.ts'
import { unpackMarks } from '../assets/rules/marks.ts'
import { Prisma } from '../platform/db.ts'
import type { Print } from '../platform/media/media.ts'
import { tilesById, tilesOf, type Tile } from './tiles.ts'

type Reading = Ctx<'db' | 'actor'>

/** Looks farther apart than this have nothing in common that a person would see: half of all pairs of photographs are. */
const farthest = 400
/** Copies are looked for among the very nearest only: a copy is nearer than what is merely alike. */
const judgedAtMost = 24

/** Pictures of the store that look like this one, nearest first; by collection and words where it has no print yet. */
export async function similarAssets(ctx: Reading, assetId: string, limit: number): Promise<string[]> {
  const versionId = await versionShown(ctx, assetId)
  if (!versionId) return []
  const print = await printOfVersion(ctx, versionId)
  if (!print) return (await alikeInWords(ctx, assetId, limit)).map(({ id }) => id)
  const { alike } = await sorted(ctx, print, limit + judgedAtMost)
  return alike.slice(0, limit).map((one) => one.assetId)
}

/** The numbers of pictures of the store that look like this one, nearest first: what a results page narrows and pages. */
export async function similarIds(ctx: Reading, assetId: string, { limit }: { limit: number }): Promise<bigint[]> {
  const versionId = await versionShown(ctx, assetId)
  if (!versionId) return []
  const print = await printOfVersion(ctx, versionId)
  if (!print) return numbersOf(ctx, await alikeInWords(ctx, assetId, Math.min(limit, 60)))
  return (await sorted(ctx, print, limit)).alike.map(({ no }) => no)
}

/** What an own picture is, and what looks like it: copies of it in the store, and the nearest others. */
export async function lookAlikes(ctx: Reading, print: Print, { limit }: { limit: number }): Promise<{ same: Tile[]; alike: Tile[] }> {
  const { same, alike } = await sorted(ctx, readPrint(print), limit + judgedAtMost)
  const wanted = alike.slice(0, limit)
  const tiles = await tilesById(
    ctx,
    [...same, ...wanted].map(({ assetId }) => assetId),
  )
  const of = (list: readonly Alike[]) => list.flatMap(({ assetId }) => tiles.find(({ id }) => id === assetId) ?? [])
  return { same: of(same), alike: of(wanted) }
}

/** What the store shows of an asset; of a draft nothing is told to anybody here. */
async function versionShown(ctx: Reading, assetId: string): Promise<string | null> {
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId, state: 'PUBLISHED', audience: 'STORE' },
    select: { publishedVersionId: true },
  })
  return asset?.publishedVersionId ?? null
}

/** Near pictures, apart from those that are the same picture in another guise. */
async function sorted(ctx: Reading, sought: Sought & { assetId?: string }, most: number): Promise<{ same: Alike[]; alike: Alike[] }> {
  const near = (await alikeInStore(ctx, sought, most)).filter(({ assetId }) => assetId !== sought.assetId)
  const mine = unpackMarks(sought.marks)
  const same: Alike[] = []
  const alike: Alike[] = []
  for (const [rank, { print, ...one }] of near.entries()) {
    if (rank < judgedAtMost && judged(sought, mine, print, [1, 1])) same.push(one)
    else if (one.apart <= farthest) alike.push(one)
  }
  return { same, alike }
}

async function numbersOf(ctx: Reading, tiles: readonly Tile[]): Promise<bigint[]> {
  const rows = await ctx.db.asset.findMany({
    where: { houseId: ctx.actor.houseId, id: { in: tiles.map(({ id }) => id) } },
    select: { id: true, no: true },
  })
  return tiles.flatMap(({ id }) => rows.find((row) => row.id === id)?.no ?? [])
}

/**
 * Pictures of the same collections first, then those that share words. A word may be on half of all pictures: of those
 * that share one, some hundreds are looked at.
 */
const alikeInWords = (ctx: Reading, assetId: string, limit: number): Promise<Tile[]> =>
  tilesOf(
    ctx,
    Prisma.sql`
    WITH self AS (SELECT id, keywords FROM assets WHERE id = ${assetId} AND house_id = ${ctx.actor.houseId}),
      together AS (
        SELECT o.asset_id AS id, count(*) AS times FROM collection_items m JOIN collections c ON c.id = m.collection_id AND c.archived_at IS NULL
          JOIN collection_items o ON o.collection_id = m.collection_id
        WHERE m.asset_id = ${assetId} AND c.house_id = ${ctx.actor.houseId} GROUP BY 1 LIMIT 300),
      akin AS (
        SELECT id FROM together
        UNION (SELECT id FROM assets WHERE house_id = ${ctx.actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE'
          AND keywords && (SELECT keywords FROM self) LIMIT 300))
    SELECT a.id FROM self, akin JOIN assets a USING (id) LEFT JOIN together t USING (id)
    WHERE a.house_id = ${ctx.actor.houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE' AND a.id <> ${assetId}
    ORDER BY coalesce(t.times, 0) DESC, cardinality(ARRAY(SELECT unnest(a.keywords) INTERSECT SELECT unnest(self.keywords))) DESC, a.published_at DESC, a.id
    LIMIT ${limit}::int`,
  )
