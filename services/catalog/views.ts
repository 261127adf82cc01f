import { Refusal } from '../kernel/errors.ts'
import type { AssetKind } from '../assets/rules/asset-words.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { sightOf } from './rules/visibility.ts'
import { inStore, tilesById, tilesOf, type Tile } from './tiles.ts'

type Reading = Ctx<'db' | 'actor'>

export interface CollectionCard {
  slug: string
  title: string
  description: string
  count: number
  covers: Tile[]
}

interface CardRow {
  slug: string
  title: string
  description: string
  count: number
  covers: string[]
}

/** Collections that show something, with the ids of their first pictures. */
const cardRows = (ctx: Reading, featured: boolean) => ctx.db.$queryRaw<CardRow[]>`
  SELECT c.slug, c.title, c.description, count(*)::int AS count, (array_agg(a.id ORDER BY i.position, a.id))[1:4] AS covers
  FROM collections c JOIN collection_items i ON i.collection_id = c.id JOIN assets a ON a.id = i.asset_id AND a.state = 'PUBLISHED' AND a.audience = 'STORE'
  WHERE c.house_id = ${ctx.actor.houseId} AND c.archived_at IS NULL ${featured ? Prisma.sql`AND c.featured` : Prisma.empty}
  GROUP BY c.id ORDER BY c.position, c.id LIMIT ${featured ? 4 : 100}::int`

const cardsOf = (rows: readonly CardRow[], tiles: readonly Tile[]): CollectionCard[] =>
  rows.map(({ covers, ...row }) => ({ ...row, covers: covers.flatMap((id) => tiles.find((tile) => tile.id === id) ?? []) }))

/** The front page: whose house it is, the picture it opens with, its collections, what is new. */
export async function homePage(ctx: Reading) {
  const [house, cards, rows, [counted]] = await Promise.all([
    ctx.db.organisation.findFirst({ where: { id: ctx.actor.houseId }, select: { name: true } }),
    cardRows(ctx, true),
    ctx.db.asset.findMany({ where: inStore(ctx), orderBy: [{ publishedAt: 'desc' }, { id: 'asc' }], take: 13, select: { id: true } }),
    // In words that the store's own index knows: the client casts its values, and an index of a part wants them plain.
    ctx.db.$queryRaw<{ total: bigint }[]>`
      SELECT count(*) AS total FROM assets WHERE house_id = ${ctx.actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE'`,
  ])
  const tiles = await tilesById(ctx, [...rows.map(({ id }) => id), ...cards.flatMap(({ covers }) => covers)])
  const collections = cardsOf(cards, tiles)
  const newest = tiles.slice(0, rows.length)
  const covers = collections.flatMap((collection) => collection.covers)
  // A wide photograph opens the page; the first collection's first one, since a person put it there.
  const wide = [...covers, ...newest].filter((tile) => tile.versionId && (tile.width ?? 0) > (tile.height ?? 0))
  const hero = wide.find(({ kind }) => kind === 'PHOTOGRAPH') ?? wide[0] ?? newest.find((tile) => tile.versionId) ?? null
  return {
    houseName: house?.name ?? 'Clearmark',
    hero,
    collections,
    newest: newest.filter((tile) => tile.id !== hero?.id).slice(0, 12),
    total: Number(counted?.total ?? 0n),
  }
}

/** Every collection that shows something. */
export async function collectionsPage(ctx: Reading) {
  const rows = await cardRows(ctx, false)
  return {
    collections: cardsOf(
      rows,
      await tilesById(
        ctx,
        rows.flatMap(({ covers }) => covers),
      ),
    ),
  }
}

/** One collection, in the order its curator gave it. */
export async function collectionPage(ctx: Reading, slug: string) {
  const row = await ctx.db.collection.findFirst({
    where: { houseId: ctx.actor.houseId, slug, archivedAt: null },
    select: {
      slug: true,
      title: true,
      description: true,
      items: { orderBy: [{ position: 'asc' }, { assetId: 'asc' }], select: { assetId: true } },
    },
  })
  if (!row) throw new Refusal('not-found', `no collection ${slug}`)
  const { items, ...collection } = row
  return {
    ...collection,
    tiles: await tilesById(
      ctx,
      items.map(({ assetId }) => assetId),
    ),
  }
}

const previewPresets: string[] = ['grid', 'page']

const assetSelect = {
  id: true,
  houseId: true,
  state: true,
  audience: true,
  publishedAt: true,
  kind: true,
  title: true,
  description: true,
  altText: true,
  keywords: true,
  creator: true,
  creditLine: true,
  copyrightNotice: true,
  source: true,
  sourceUrl: true,
  dateCreated: true,
  digitalSourceType: true,
  editorialOnly: true,
  sellsRoyaltyFree: true,
  sellsRightsManaged: true,
  priceFactorBp: true,
  publishedVersion: {
    select: {
      id: true,
      number: true,
      mediaType: true,
      byteSize: true,
      width: true,
      height: true,
      pages: true,
      dominantColour: true,
      palette: true,
      renditions: { where: { preset: { in: previewPresets } }, select: { preset: true, width: true, height: true } },
    },
  },
} as const

/** The page of one picture of the store: 410 for one that was withdrawn, 404 for what the reader may not know of. */
export async function assetPage(ctx: Reading, assetId: string) {
  const { houseId } = ctx.actor
  const [row, house, collections] = await Promise.all([
    ctx.db.asset.findFirst({ where: { id: assetId, houseId, audience: 'STORE' }, select: assetSelect }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { name: true, timeZone: true } }),
    ctx.db.collection.findMany({
      where: { houseId, archivedAt: null, items: { some: { assetId } } },
      orderBy: { position: 'asc' },
      take: 3,
      select: { id: true, slug: true, title: true },
    }),
  ])
  const sight = row ? sightOf(ctx.actor, row, false) : 'hidden'
  if (!row || sight === 'hidden') throw new Refusal('not-found', `no asset ${assetId}`)
  const { publishedVersion: version, houseId: _house, state: _state, audience: _audience, ...asset } = row
  if (sight === 'gone' || !version) throw new Refusal('gone', `asset ${assetId} is no longer offered`)
  const { renditions, ...facts } = version
  const rendition = (preset: string) => renditions.find((made) => made.preset === preset) ?? null
  return {
    house,
    asset: { ...asset, altText: asset.altText || asset.title },
    version: { ...facts, byteSize: Number(facts.byteSize) },
    preview: { grid: rendition('grid'), page: rendition('page') },
    collections: collections.map(({ slug, title }) => ({ slug, title })),
    more: await moreLike(ctx, { id: asset.id, kind: asset.kind, keywords: asset.keywords, collectionIds: collections.map(({ id }) => id) }),
  }
}

/** The zone in which this house's days begin and end. */
export async function houseZone(ctx: Reading): Promise<string> {
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } })
  return house.timeZone
}

/**
 * Pictures of the same collections first, then those that share words; eight at most. A word may be on half of all
 * pictures: of those that share one, some hundreds are looked at.
 */
async function moreLike(
  ctx: Reading,
  asset: { id: string; kind: AssetKind; keywords: string[]; collectionIds: string[] },
): Promise<Tile[]> {
  return tilesOf(
    ctx,
    Prisma.sql`
    WITH together AS (SELECT asset_id AS id, count(*) AS times FROM collection_items WHERE collection_id = ANY(${asset.collectionIds}::text[]) GROUP BY 1),
      akin AS (
        SELECT id FROM together
        UNION (SELECT id FROM assets WHERE house_id = ${ctx.actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE'
          AND keywords && ${asset.keywords}::text[] LIMIT 300))
    SELECT a.id FROM akin JOIN assets a USING (id) LEFT JOIN together t USING (id)
    WHERE a.house_id = ${ctx.actor.houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE' AND a.id <> ${asset.id}
    ORDER BY coalesce(t.times, 0) DESC, cardinality(ARRAY(SELECT unnest(a.keywords) INTERSECT SELECT unnest(${asset.keywords}::text[]))) DESC, a.published_at DESC, a.id
    LIMIT 8`,
  )
}
