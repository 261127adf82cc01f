import { isStaff } from '../kernel/actor.ts'
import { seesEmbargoed } from '../assets/policy.ts'
import type { AssetState } from '../assets/rules/asset-states.ts'
import type { Audience } from '../assets/rules/asset-words.ts'
import { sightOf } from '../catalog/rules/visibility.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'

export interface FoundAsset {
  id: string
  no: bigint
  title: string
  state: AssetState
  audience: Audience
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  priceFactorBp: number
  /** The version whose preview may be shown. */
  versionId: string | null
}
interface Row extends FoundAsset {
  name: string
  rank: number
  houseId: string
  publishedAt: Date | null
  granted: boolean
}

/** What an asker of this organisation may know of: see `sightOf`, which has the last word on each row. */
const mayKnow = (ctx: Ctx<'actor'>, orgId: string): Prisma.Sql =>
  isStaff(ctx.actor)
    ? seesEmbargoed(ctx.actor)
      ? Prisma.sql`true`
      : Prisma.sql`(a.embargo_ends_at IS NULL OR ${ctx.actor.userId} = ANY(a.embargo_for))`
    : Prisma.sql`(a.published_at IS NOT NULL AND (a.audience = 'STORE' AND a.state = 'PUBLISHED' OR a.audience <> 'INTERNAL' AND ${granted(orgId)}))`
const granted = (orgId: string): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM licences l WHERE l.holder_org_id = ${orgId} AND l.asset_id = a.id AND l.state = 'ACTIVE' AND l.model <> 'COMP')`
const orgOf = ({ actor }: Ctx<'actor'>): string => (actor.kind === 'person' ? actor.orgId : '')

const facts = (ctx: Ctx<'actor'>): Prisma.Sql => Prisma.sql`
  a.id, a.no, a.title, a.state::text AS state, a.audience::text AS audience, a.sells_royalty_free AS "sellsRoyaltyFree", a.sells_rights_managed AS "sellsRightsManaged",
  a.price_factor_bp AS "priceFactorBp", ${isStaff(ctx.actor) ? Prisma.sql`a.current_version_id` : Prisma.sql`a.published_version_id`} AS "versionId",
  a.house_id AS "houseId", a.published_at AS "publishedAt", ${isStaff(ctx.actor) ? Prisma.sql`false` : granted(orgOf(ctx))} AS granted`

/** A picture that was sold and then withdrawn stays askable for those who hold a licence of it. */
function maySee(ctx: Ctx<'actor'>, row: Row): boolean {
  if (isStaff(ctx.actor)) return true
  const sight = sightOf(ctx.actor, row, row.granted)
  return sight === 'open' || (sight === 'gone' && row.granted)
}

/**
 * Pictures by what people call them: id, number, name of the file or title, the first that fits. One statement for a whole
 * list; two of a kind are enough to know that a name is not unique. What the actor may not see is not there.
 */
export async function assetsCalled(ctx: Ctx<'db' | 'actor'>, names: readonly string[]): Promise<Map<string, FoundAsset[]>> {
  const wanted = [...new Set(names)]
  if (wanted.length === 0) return new Map()
  const { houseId } = ctx.actor
  const seen = mayKnow(ctx, orgOf(ctx))
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH wanted AS MATERIALIZED (SELECT w AS name, CASE WHEN w ~ '^[0-9]{1,18}$' THEN w::bigint END AS no, md5(lower(w)) AS hash FROM unnest(${wanted}::text[]) w),
      plain AS MATERIALIZED (
        SELECT w.name, 1 AS rank, a.id FROM wanted w JOIN assets a ON a.id = w.name WHERE a.house_id = ${houseId} AND ${seen}
        UNION ALL SELECT w.name, 2, a.id FROM wanted w JOIN assets a ON a.no = w.no WHERE a.house_id = ${houseId} AND ${seen}),
      called AS (
        SELECT * FROM plain
        UNION ALL SELECT w.name, 3, f.id FROM wanted w CROSS JOIN LATERAL (
          SELECT a.id FROM asset_versions v JOIN assets a ON a.id = v.asset_id AND v.id IN (a.current_version_id, a.published_version_id)
          WHERE v.house_id = ${houseId} AND md5(lower(v.file_name)) = w.hash AND ${seen} GROUP BY a.id LIMIT 2) f
          WHERE NOT EXISTS (SELECT 1 FROM plain p WHERE p.name = w.name)
        UNION ALL SELECT w.name, 4, t.id FROM wanted w CROSS JOIN LATERAL (
          SELECT a.id FROM assets a WHERE a.house_id = ${houseId} AND md5(lower(a.title)) = w.hash AND ${seen} LIMIT 2) t
          WHERE NOT EXISTS (SELECT 1 FROM plain p WHERE p.name = w.name))
    SELECT c.name, c.rank, ${facts(ctx)} FROM called c JOIN assets a ON a.id = c.id ORDER BY c.name, c.rank, a.id`
  const found = new Map<string, FoundAsset[]>()
  const ranks = new Map<string, number>()
  for (const { name, rank, houseId: _h, publishedAt: _p, granted: _g, ...asset } of rows.filter((row) => maySee(ctx, row))) {
    // A file's name wins over a title that reads like one.
    if ((ranks.get(name) ?? rank) !== rank) continue
    ranks.set(name, rank)
    found.set(name, [...(found.get(name) ?? []), asset])
  }
  return found
}

/** Pictures whose title or file name looks like what was typed, for the page: a dozen, what fits best first. */
export async function assetsLike(ctx: Ctx<'db' | 'actor'>, text: string): Promise<FoundAsset[]> {
  const asked = text.trim().slice(0, 100)
  if (asked === '') return []
  const exact = (await assetsCalled(ctx, [asked])).get(asked) ?? []
  const pattern = `%${asked.replace(/[\\%_]/g, '\\$&')}%`
  const { houseId } = ctx.actor
  const seen = mayKnow(ctx, orgOf(ctx))
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH like_it AS (
      (SELECT a.id FROM assets a WHERE a.house_id = ${houseId} AND a.title ILIKE ${pattern} AND ${seen} LIMIT 60)
      UNION (SELECT a.id FROM asset_versions v JOIN assets a ON a.current_version_id = v.id WHERE v.house_id = ${houseId} AND v.file_name ILIKE ${pattern} AND ${seen} LIMIT 60))
    SELECT '' AS name, 0 AS rank, ${facts(ctx)} FROM like_it JOIN assets a USING (id) ORDER BY length(a.title), a.title, a.id LIMIT 12`
  const found = rows
    .filter((row) => maySee(ctx, row))
    .map(({ name: _n, rank: _r, houseId: _h, publishedAt: _p, granted: _g, ...asset }) => asset)
  return [...exact, ...found.filter(({ id }) => !exact.some((one) => one.id === id))].slice(0, 12)
}
