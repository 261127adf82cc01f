import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'

type Reading = Ctx<'db' | 'actor'>

/** Numbers of assets in one sitemap: well below the 50,000 addresses and 50 MB that one may hold. */
const partSize = 10_000

export interface SitemapPart {
  no: number
  changedAt: Date
}

/** Which sitemaps there are: the store's assets in blocks of their numbers, so that a new one touches only the last. */
export const sitemapParts = ({ db, actor }: Reading): Promise<SitemapPart[]> =>
  db.$queryRaw<SitemapPart[]>`
    SELECT (no / ${partSize}::bigint)::int AS no, max(changed_at) AS "changedAt" FROM assets
    WHERE house_id = ${actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE' GROUP BY 1 ORDER BY 1 LIMIT 50000`

export interface ListedAsset {
  id: string
  changedAt: Date
  versionId: string | null
}

/** The published assets of one block. */
export const sitemapAssets = ({ db, actor }: Reading, part: number): Promise<ListedAsset[]> =>
  db.$queryRaw<ListedAsset[]>`
    SELECT id, changed_at AS "changedAt", published_version_id AS "versionId" FROM assets
    WHERE house_id = ${actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE'
      AND no >= ${BigInt(part) * BigInt(partSize)} AND no < ${BigInt(part + 1) * BigInt(partSize)} ORDER BY no`

/** Collections that the world may see. */
export const listedCollections = ({ db, actor }: Reading) =>
  db.collection.findMany({
    where: { houseId: actor.houseId, archivedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: 40_000,
    select: { slug: true, title: true },
  })

/** Who offers: the name that stands in policies for machines. */
export const assignerOf = ({ db, actor }: Reading) =>
  db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { name: true } })

export interface FeedEntry {
  id: string
  title: string
  description: string
  creator: string
  publishedAt: Date
  changedAt: Date
  versionId: string | null
}
export interface Feed {
  house: string
  title: string
  description: string
  entries: FeedEntry[]
}

/** The newest pictures of the store, or of one collection, for a feed: fifty at most. */
export async function feedOf({ db, actor }: Reading, slug: string | null): Promise<Feed> {
  const { houseId } = actor
  const [house, collection] = await Promise.all([
    db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { name: true } }),
    slug === null
      ? null
      : db.collection.findFirst({ where: { houseId, slug, archivedAt: null }, select: { id: true, title: true, description: true } }),
  ])
  if (slug !== null && !collection) throw new Refusal('not-found', `no collection ${slug}`)
  const within = collection
    ? Prisma.sql`AND id IN (SELECT asset_id FROM collection_items WHERE collection_id = ${collection.id})`
    : Prisma.empty
  const entries = await entriesOf({ db, actor }, within)
  return { house: house.name, title: collection?.title ?? 'New pictures', description: collection?.description ?? '', entries }
}

/** The newest pictures of one contributor, for a feed. */
export async function contributorFeed({ db, actor }: Reading, slug: string): Promise<Feed> {
  const { houseId } = actor
  const [house, contributor] = await Promise.all([
    db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { name: true } }),
    db.contributor.findUnique({ where: { houseId_slug: { houseId, slug } }, select: { name: true } }),
  ])
  if (!contributor) throw new Refusal('not-found', `no contributor ${slug}`)
  const entries = await entriesOf({ db, actor }, Prisma.sql`AND creator = ${contributor.name}`)
  return { house: house.name, title: contributor.name, description: '', entries }
}

const entriesOf = ({ db, actor }: Reading, within: Prisma.Sql): Promise<FeedEntry[]> =>
  db.$queryRaw<FeedEntry[]>`
    SELECT id, title, description, creator, published_at AS "publishedAt", changed_at AS "changedAt", published_version_id AS "versionId" FROM assets
    WHERE house_id = ${actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE' ${within} ORDER BY published_at DESC, id LIMIT 50`
