import type { Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { may } from './policy.ts'
import { assetStateNames, putAway, type AssetState } from './rules/asset-states.ts'
import type { AssetKind, Audience } from './rules/asset-words.ts'
import type { LibraryFilters } from './schema.ts'
import { toldSql } from './sealing.ts'

type ViewCtx = Ctx<'db' | 'actor'>

export interface LibraryCard {
  id: string
  title: string
  altText: string
  state: AssetState
  kind: AssetKind
  audience: Audience
  changedAt: Date
  creator: string
  version: {
    id: string
    number: number
    processing: 'WAITING' | 'READY' | 'REJECTED'
    rejectedReason: string | null
    mediaType: string
    byteSize: number
    width: number | null
    height: number | null
    colour: string | null
    durationMs: number | null
  } | null
  /** The newest version is not the one that the world sees. */
  hasNewer: boolean
}
export interface LibraryList extends Page<LibraryCard> {
  counts: Record<AssetState | 'ALL', number>
  mayUpload: boolean
}

const pageSize = 48

/** The library's list: what was touched last comes first. Counts stand beside the tabs and obey the other filters. */
export async function libraryList(ctx: ViewCtx, filters: LibraryFilters): Promise<LibraryList> {
  const { actor } = ctx
  if (!may(actor, 'see')) throw new Refusal('forbidden', 'library')
  const matching = whereSql(actor, filters)
  const from = decodeCursor(filters.after)
  const ids = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM assets WHERE ${matching}
      ${filters.state ? Prisma.sql`AND state = ${filters.state}::asset_state` : Prisma.sql`AND state NOT IN ('ARCHIVED', 'DELETED')`}
      ${from ? Prisma.sql`AND (changed_at, id) < (${from.at}, ${from.id})` : Prisma.empty}
    ORDER BY changed_at DESC, id DESC LIMIT ${pageSize + 1}`
  const rows = await ctx.db.asset.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    select: cardSelect,
    orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.changedAt, row.id))
  return { items: page.items.map(cardOf), next: page.next, counts: await countStates(ctx, matching), mayUpload: may(actor, 'upload') }
}

/** Words are looked for in the search index and, for the half-typed, in titles and file names. */
function whereSql(actor: Actor, { kind, text }: LibraryFilters): Prisma.Sql {
  const { houseId } = actor
  const conditions = [Prisma.sql`house_id = ${houseId}`]
  conditions.push(toldSql(actor, 'assets'))
  if (kind) conditions.push(Prisma.sql`kind = ${kind}::asset_kind`)
  if (text) {
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    // Three ways, each with an index of its own. A part of a file's name may be on all files ("IMG_"): two thousand will do.
    conditions.push(Prisma.sql`(search @@ websearch_to_tsquery('english', ${text}) OR title ILIKE ${like}
      OR id = ANY(ARRAY(SELECT asset_id FROM asset_versions WHERE house_id = ${houseId} AND file_name ILIKE ${like} LIMIT 2000)))`)
  }
  return Prisma.join(conditions, ' AND ')
}

async function countStates(ctx: ViewCtx, matching: Prisma.Sql): Promise<LibraryList['counts']> {
  const rows = await ctx.db.$queryRaw<
    { state: AssetState; count: bigint }[]
  >`SELECT state, count(*) AS count FROM assets WHERE ${matching} GROUP BY state`
  const of = (state: AssetState): number => Number(rows.find((row) => row.state === state)?.count ?? 0)
  const counts = Object.fromEntries(assetStateNames.map((state) => [state, of(state)])) as Record<AssetState, number>
  const ALL = assetStateNames.filter((state) => !putAway.includes(state)).reduce((sum, state) => sum + counts[state], 0)
  return { ...counts, ALL }
}

const cardSelect = {
  id: true,
  title: true,
  altText: true,
  state: true,
  kind: true,
  audience: true,
  changedAt: true,
  creator: true,
  publishedVersionId: true,
  currentVersion: {
    select: {
      id: true,
      number: true,
      processing: true,
      rejectedReason: true,
      mediaType: true,
      byteSize: true,
      width: true,
      height: true,
      durationMs: true,
      dominantColour: true,
    },
  },
} satisfies Prisma.AssetSelect

function cardOf({ currentVersion, publishedVersionId, ...asset }: Prisma.AssetGetPayload<{ select: typeof cardSelect }>): LibraryCard {
  const hasNewer = publishedVersionId !== null && publishedVersionId !== currentVersion?.id
  if (!currentVersion) return { ...asset, version: null, hasNewer }
  const { dominantColour, byteSize, ...version } = currentVersion
  return { ...asset, version: { ...version, byteSize: Number(byteSize), colour: dominantColour }, hasNewer }
}

/** Names of people by their ids, in one query. */
export async function namesOf(ctx: Ctx<'db'>, userIds: (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(userIds.filter((id): id is string => id !== null))]
  const users = ids.length ? await ctx.db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }) : []
  return new Map(users.map(({ id, name }) => [id, name]))
}
