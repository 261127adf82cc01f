import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { lastPage, pageSize } from './rules/facets.ts'
import { tilesOf, type Tile } from './tiles.ts'

type Reading = Ctx<'db' | 'actor'>

/** Somebody whose pictures are in the store. */
export interface Contributor {
  slug: string
  name: string
  count: number
}

/** So many names are read at a glance. */
const listed = 120

/** Pictures of `c`, a row of `contributors`. */
const worksOf = Prisma.sql`assets a WHERE a.house_id = c.house_id AND a.creator = c.name AND a.state = 'PUBLISHED' AND a.audience = 'STORE'`

/** Everybody who has a picture in the store, by the alphabet of their addresses, from a letter or after an address on. */
export async function contributorsPage(ctx: Reading, { after = '', from = '' }: { after?: string; from?: string }) {
  const { houseId } = ctx.actor
  const [rows, letters] = await Promise.all([
    ctx.db.$queryRaw<Contributor[]>`
      SELECT slug, name, (SELECT count(*)::int FROM ${worksOf}) AS count FROM (
        SELECT * FROM contributors c WHERE c.house_id = ${houseId} AND c.slug > ${after} AND c.slug >= ${from} AND EXISTS (SELECT FROM ${worksOf}) ORDER BY c.slug LIMIT ${listed + 1}::int) c
      ORDER BY slug`,
    ctx.db.$queryRaw<{ letter: string }[]>`
      SELECT letter FROM unnest(string_to_array('0123456789abcdefghijklmnopqrstuvwxyz', NULL)) letter
      WHERE EXISTS (SELECT FROM contributors c WHERE c.house_id = ${houseId} AND c.slug >= letter AND c.slug < letter || '~' AND left(c.slug, 1) = letter AND EXISTS (SELECT FROM ${worksOf}))`,
  ])
  const contributors = rows.slice(0, listed)
  return {
    contributors,
    letters: letters.map(({ letter }) => letter),
    next: rows.length > listed ? (contributors.at(-1)?.slug ?? null) : null,
  }
}

/** Those with the most pictures, for the front page. */
export const leadingContributors = (ctx: Reading, limit: number) =>
  ctx.db.$queryRaw<Contributor[]>`
    SELECT c.slug, c.name, w.count FROM (
      SELECT creator, count(*)::int AS count FROM assets WHERE house_id = ${ctx.actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE' AND creator <> ''
      GROUP BY creator ORDER BY count(*) DESC, creator LIMIT ${limit}::int) w
      JOIN contributors c ON c.house_id = ${ctx.actor.houseId} AND c.name = w.creator
    ORDER BY w.count DESC, c.slug`

export type ContributorPage = Contributor & {
  page: number
  pages: number
  tiles: Tile[]
  collections: { slug: string; title: string }[]
}

/** One contributor and a page of their pictures, the newest first; or where a name that was changed everywhere has gone. */
export async function contributorPage(ctx: Reading, slug: string, wanted: number): Promise<ContributorPage | { movedTo: string }> {
  const { houseId } = ctx.actor
  const [row] = await ctx.db.$queryRaw<(Contributor & { movedTo: string | null })[]>`
    SELECT c.slug, c.name, c.moved_to AS "movedTo", (SELECT count(*)::int FROM ${worksOf}) AS count FROM contributors c WHERE c.house_id = ${houseId} AND c.slug = ${slug}`
  if (row?.count === 0 && row.movedTo) return { movedTo: row.movedTo }
  if (!row || row.count === 0) throw new Refusal('not-found', `no contributor ${slug}`)
  const pages = Math.min(lastPage, Math.ceil(row.count / pageSize))
  const page = Math.min(wanted, pages)
  const [tiles, collections] = await Promise.all([
    tilesOf(
      ctx,
      Prisma.sql`SELECT id FROM assets WHERE house_id = ${houseId} AND creator = ${row.name} AND state = 'PUBLISHED' AND audience = 'STORE'
        ORDER BY published_at DESC, id LIMIT ${pageSize}::int OFFSET ${(page - 1) * pageSize}::int`,
    ),
    ctx.db.collection.findMany({
      where: {
        houseId,
        archivedAt: null,
        items: { some: { asset: { houseId, creator: row.name, state: 'PUBLISHED', audience: 'STORE' } } },
      },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      take: 6,
      select: { slug: true, title: true },
    }),
  ])
  return { slug: row.slug, name: row.name, count: row.count, page, pages, tiles, collections }
}

/** Whose page a credit leads to; null for a name without one. */
export const contributorNamed = ({ db, actor }: Reading, name: string): Promise<{ slug: string; name: string } | null> =>
  db.contributor.findUnique({ where: { houseId_name: { houseId: actor.houseId, name } }, select: { slug: true, name: true } })

/** The contributors that search engines are told of. */
export const listedContributors = ({ db, actor }: Reading) =>
  db.$queryRaw<{ slug: string }[]>`
    SELECT c.slug FROM contributors c WHERE c.house_id = ${actor.houseId} AND EXISTS (SELECT FROM ${worksOf}) ORDER BY c.slug LIMIT 20000`
