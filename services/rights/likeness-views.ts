import { may as mayLibrary } from '../assets/policy.ts'
import type { AssetKind } from '../assets/rules/asset-words.ts'
import { putAway, type AssetState } from '../assets/rules/asset-states.ts'
import { likenessWords } from '../assets/rules/nearness.ts'
import { isPerson, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { loadRights } from './loading.ts'
import { may } from './policy.ts'
import { likenessStates, type LikenessDecision, type LikenessState } from './rules/likeness-states.ts'
import { twinDifference } from './rules/twin-difference.ts'

type Reading = Ctx<'db' | 'actor' | 'clock'>

export interface LikePicture {
  id: string
  title: string
  state: AssetState
  kind: AssetKind
  fileName: string
  versionId: string | null
  width: number | null
  height: number | null
  byteSize: number
  tint: string | null
}
export interface LikePair {
  id: string
  state: LikenessState
  words: string
  exact: boolean
  foundAt: Date
  decidedAt: Date | null
  /** The one that asks: the newer. */
  asset: LikePicture
  other: LikePicture
  /** Their rights apart, in sentences; none for whoever may not see rights. */
  rights: string[]
  /** What this reader may answer. */
  may: LikenessDecision[]
  mayReopen: boolean
}

const pictureSelect = {
  id: true,
  title: true,
  state: true,
  kind: true,
  createdById: true,
  publishedVersionId: true,
  currentVersion: {
    select: { id: true, fileName: true, width: true, height: true, byteSize: true, dominantColour: true, processing: true },
  },
} satisfies Prisma.AssetSelect
const pairSelect = {
  id: true,
  state: true,
  ways: true,
  places: true,
  bits: true,
  foundAt: true,
  decidedAt: true,
  asset: { select: pictureSelect },
  other: { select: pictureSelect },
} satisfies Prisma.LikenessSelect
type Row = Prisma.LikenessGetPayload<{ select: typeof pairSelect }>

const pictureOf = ({ currentVersion: version, id, title, state, kind }: Row['asset']): LikePicture => ({
  id,
  title,
  state,
  kind,
  fileName: version?.fileName ?? '',
  versionId: version?.processing === 'READY' ? version.id : null,
  width: version?.width ?? null,
  height: version?.height ?? null,
  byteSize: Number(version?.byteSize ?? 0),
  tint: version?.dominantColour ?? null,
})

/** Contributors are asked about what they brought in; those who keep the library and its rights about everything. */
function seenBy({ actor }: Reading): Prisma.LikenessWhereInput {
  if (!isStaff(actor)) throw new Refusal('not-found', 'duplicates')
  const all = mayLibrary(actor, 'edit') || may(actor, 'suspect-twins')
  return { houseId: actor.houseId, ...(all || !isPerson(actor) ? {} : { asset: { createdById: actor.userId } }) }
}

const size = 20

/** Pictures that are still about: what was put away or thrown away asks nothing any more. */
const lives = { state: { notIn: [...putAway] } } satisfies Prisma.AssetWhereInput

/** Pairs of which either picture is called so, by its title or its file's name. */
function called(name: string): Prisma.LikenessWhereInput {
  if (!name) return {}
  const holds = { contains: name.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const
  const picture: Prisma.AssetWhereInput = { OR: [{ title: holds }, { currentVersion: { fileName: holds } }] }
  return { OR: [{ asset: picture }, { other: picture }] }
}

/** Pairs of pictures that look alike: those that wait for an answer, or those that have one, newest first; `name` finds one among many. */
export async function duplicatesDesk(
  ctx: Reading,
  { show, name = '', after }: { show: 'open' | 'decided'; name?: string; after: string | null },
): Promise<Page<LikePair> & { open: number }> {
  const seen = seenBy(ctx)
  const open: Prisma.LikenessWhereInput = { AND: [seen, { state: 'OPEN', asset: lives, other: lives }] }
  const cursor = decodeCursor(after)
  const [rows, waiting] = await Promise.all([
    ctx.db.likeness.findMany({
      where: {
        AND: [
          show === 'open' ? open : { AND: [seen, { state: { not: 'OPEN' } }] },
          called(name),
          cursor ? { OR: [{ foundAt: { lt: cursor.at } }, { foundAt: cursor.at, id: { lt: cursor.id } }] } : {},
        ],
      },
      select: pairSelect,
      orderBy: [{ foundAt: 'desc' }, { id: 'desc' }],
      take: size + 1,
    }),
    ctx.db.likeness.count({ where: open }),
  ])
  const page = pageOf(rows, size, ({ foundAt, id }) => encodeCursor(foundAt, id))
  return { items: await pairsOf(ctx, page.items), next: page.next, open: waiting }
}

/** What one picture looks like, for its own page: questions that are still open, whichever of the two asks. */
export async function lookalikesOf(ctx: Reading, assetId: string): Promise<LikePair[]> {
  const rows = await ctx.db.likeness.findMany({
    where: { AND: [seenBy(ctx), { state: 'OPEN', OR: [{ assetId }, { otherId: assetId }], asset: lives, other: lives }] },
    select: pairSelect,
    orderBy: [{ places: 'desc' }, { id: 'asc' }],
    take: 6,
  })
  return pairsOf(ctx, rows)
}

/** Pictures that are the same as this one in another guise, decided so or not decided yet: for the house's own people. */
export async function otherVersionsOf(ctx: Reading, assetId: string): Promise<LikePicture[]> {
  if (!isStaff(ctx.actor)) return []
  const rows = await ctx.db.likeness.findMany({
    where: { AND: [seenBy(ctx), { state: { in: ['OPEN', 'TWINS'] }, OR: [{ assetId }, { otherId: assetId }] }] },
    select: pairSelect,
    orderBy: [{ places: 'desc' }, { id: 'asc' }],
    take: 6,
  })
  return rows.map(({ asset, other }) => pictureOf(asset.id === assetId ? other : asset)).filter(({ state }) => !putAway.includes(state))
}

async function pairsOf(ctx: Reading, rows: readonly Row[]): Promise<LikePair[]> {
  const sees = may(ctx.actor, 'see-rights')
  const ids = [...new Set(rows.flatMap(({ asset, other }) => [asset.id, other.id]))]
  const rights = sees && ids.length > 0 ? await loadRights(ctx, { assetIds: ids }) : new Map<string, never>()
  return rows.map(({ ways, places, bits, asset, other, ...row }) => {
    const [mine, theirs] = [rights.get(asset.id), rights.get(other.id)]
    return {
      ...row,
      words: likenessWords({ ways, places, bits }),
      exact: ways.includes('same-bytes'),
      asset: pictureOf(asset),
      other: pictureOf(other),
      rights: mine && theirs ? twinDifference({ title: asset.title, rights: mine }, { title: other.title, rights: theirs }) : [],
      may: row.state === 'OPEN' ? answersOf(ctx, asset, other) : [],
      mayReopen: likenessStates.whence('reopen').includes(row.state) && answersOf(ctx, { ...asset, state: 'DRAFT' }, other).length > 0,
    }
  })
}

function answersOf({ actor }: Reading, asset: Row['asset'], other: Row['other']): LikenessDecision[] {
  const edits = mayLibrary(actor, 'edit', asset)
  const tells = may(actor, 'suspect-twins')
  const draft = asset.state === 'DRAFT' && !asset.publishedVersionId
  return [
    ...(draft && edits && mayLibrary(actor, 'edit', other) ? (['newVersion'] as const) : []),
    ...(tells ? (['twins'] as const) : []),
    ...(edits || tells ? (['different'] as const) : []),
    ...(draft && edits ? (['discard'] as const) : []),
  ]
}
