import { houseShown } from '../accounts/houses.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { lastPage, pageSize } from './rules/facets.ts'
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

const onFrontPage = { where: Prisma.sql`AND c.featured`, limit: 4, offset: 0 }

/** Collections that show something, with the ids of their first pictures. */
const cardRows = (ctx: Reading, { where, limit, offset }: typeof onFrontPage) => ctx.db.$queryRaw<CardRow[]>`
  SELECT c.slug, c.title, c.description, count(*)::int AS count, (array_agg(a.id ORDER BY i.position, a.id))[1:4] AS covers
  FROM collections c JOIN collection_items i ON i.collection_id = c.id JOIN assets a ON a.id = i.asset_id AND a.state = 'PUBLISHED' AND a.audience = 'STORE'
  WHERE c.house_id = ${ctx.actor.houseId} AND c.archived_at IS NULL ${where}
  GROUP BY c.id ORDER BY c.position, c.id LIMIT ${limit}::int OFFSET ${offset}::int`

const cardsOf = (rows: readonly CardRow[], tiles: readonly Tile[]): CollectionCard[] =>
  rows.map(({ covers, ...row }) => ({ ...row, covers: covers.flatMap((id) => tiles.find((tile) => tile.id === id) ?? []) }))

/** How many pictures the store has. */
export async function storeTotal(ctx: Reading): Promise<number> {
  // In words that the store's own index knows: the client casts its values, and an index of a part wants them plain.
  const [counted] = await ctx.db.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total FROM assets WHERE house_id = ${ctx.actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE'`
  return Number(counted?.total ?? 0n)
}

/** The front page: whose house it is, the picture it opens with, its collections, what is new. */
export async function homePage(ctx: Reading & Ctx<'clock'>, read?: { total: Promise<number> }) {
  const [house, cards, rows, total] = await Promise.all([
    houseShown(ctx),
    cardRows(ctx, onFrontPage),
    ctx.db.asset.findMany({ where: inStore(ctx), orderBy: [{ publishedAt: 'desc' }, { id: 'asc' }], take: 13, select: { id: true } }),
    read?.total ?? storeTotal(ctx),
  ])
  const tiles = await tilesById(ctx, [...rows.map(({ id }) => id), ...cards.flatMap(({ covers }) => covers)])
  const collections = cardsOf(cards, tiles)
  const newest = tiles.slice(0, rows.length)
  const covers = collections.flatMap((collection) => collection.covers)
  // A wide photograph opens the page; the first collection's first one, since a person put it there.
  const wide = [...covers, ...newest].filter((tile) => tile.versionId && (tile.width ?? 0) > (tile.height ?? 0))
  const hero = wide.find(({ kind }) => kind === 'PHOTOGRAPH') ?? wide[0] ?? newest.find((tile) => tile.versionId) ?? null
  return {
    houseName: house.name,
    hero,
    collections,
    newest: newest.filter((tile) => tile.id !== hero?.id).slice(0, 12),
    total,
  }
}

/** So many collections are one page: each has four pictures. */
export const collectionsOnPage = 60

/** A page of the collections that show something, in the house's order. */
export async function collectionsPage(ctx: Reading, wanted = 1) {
  const [counted] = await ctx.db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM collections c WHERE c.house_id = ${ctx.actor.houseId} AND c.archived_at IS NULL AND EXISTS (
      SELECT FROM collection_items i JOIN assets a ON a.id = i.asset_id AND a.state = 'PUBLISHED' AND a.audience = 'STORE' WHERE i.collection_id = c.id)`
  const pages = Math.max(1, Math.ceil((counted?.total ?? 0) / collectionsOnPage))
  const page = Math.min(wanted, pages)
  const rows = await cardRows(ctx, { where: Prisma.empty, limit: collectionsOnPage, offset: (page - 1) * collectionsOnPage })
  return {
    collections: cardsOf(
      rows,
      await tilesById(
        ctx,
        rows.flatMap(({ covers }) => covers),
      ),
    ),
    page,
    pages,
  }
}

/** One collection, a page of it in the order its curator gave it. Only what is in the store counts. */
export async function collectionPage(ctx: Reading, slug: string, wanted = 1) {
  const { houseId } = ctx.actor
  const row = await ctx.db.collection.findFirst({
    where: { houseId, slug, archivedAt: null },
    select: { id: true, slug: true, title: true, description: true, _count: { select: { items: { where: { asset: inStore(ctx) } } } } },
  })
  if (!row) throw new Refusal('not-found', `no collection ${slug}`)
  const { id, _count: counted, ...collection } = row
  const pages = Math.min(lastPage, Math.max(1, Math.ceil(counted.items / pageSize)))
  const page = Math.min(wanted, pages)
  const tiles = await tilesOf(
    ctx,
    Prisma.sql`SELECT i.asset_id FROM collection_items i JOIN assets a ON a.id = i.asset_id AND a.house_id = ${houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE'
      WHERE i.collection_id = ${id} ORDER BY i.position, i.asset_id LIMIT ${pageSize}::int OFFSET ${(page - 1) * pageSize}::int`,
  )
  return { ...collection, count: counted.items, page, pages, tiles }
}

/** The zone in which this house's days begin and end. */
export async function houseZone(ctx: Reading): Promise<string> {
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } })
  return house.timeZone
}
