import { groupNameFor } from '../assets/policy.ts'
import { sealedAmong } from '../assets/sealing.ts'
import { libraryList } from '../assets/views.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { may, mustMay } from './policy.ts'
import type { TwinState } from './rules/twin-states.ts'

export interface TwinShown {
  memberId: string
  assetId: string
  title: string
  state: TwinState
  why: string
  addedAt: Date
  version: { id: string; width: number | null; height: number | null; tint: string | null } | null
}
export interface TwinGroup {
  id: string
  name: string
  createdAt: Date
  members: TwinShown[]
}
export interface TwinsDesk extends Page<TwinGroup> {
  suspected: number
  mayDecide: boolean
}

const size = 20
/** A shoot of hundreds of frames is one group: the page shows the first of them, and how many there are. */
const memberSelect = {
  id: true,
  assetId: true,
  state: true,
  why: true,
  addedAt: true,
  groupId: true,
} as const

/** Groups of twins that live, newest first; those that wait for an answer when `only` says so. */
export async function twinsDesk(
  ctx: Ctx<'db' | 'actor'>,
  { only, after }: { only: 'suspected' | 'all'; after: string | null },
): Promise<TwinsDesk> {
  mustMay(ctx.actor, 'see-rights')
  const { db } = ctx
  const { houseId } = ctx.actor
  const cursor = decodeCursor(after)
  const lives = { leftAt: null, ...(only === 'suspected' ? { state: 'SUSPECTED' as const } : {}) }
  const [groups, suspected] = await Promise.all([
    db.exclusivityGroup.findMany({
      where: {
        houseId,
        members: { some: lives },
        ...(cursor ? { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] } : {}),
      },
      select: {
        id: true,
        name: true,
        createdAt: true,
        members: { where: { leftAt: null }, orderBy: [{ addedAt: 'asc' }, { assetNo: 'asc' }], take: 60, select: memberSelect },
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: size + 1,
    }),
    db.exclusivityMember.count({ where: { houseId, state: 'SUSPECTED', leftAt: null } }),
  ])
  const page = pageOf(groups, size, ({ createdAt, id }) => encodeCursor(createdAt, id))
  const ids = page.items.flatMap(({ members }) => members.map(({ assetId }) => assetId))
  const [shown, sealed] = await Promise.all([picturesOf(ctx, ids), sealedAmong(ctx, ids)])
  return {
    items: page.items.map(({ members, ...group }) => ({
      ...group,
      ...(members.some(({ assetId: each }) => sealed.has(each)) && { name: groupNameFor(ctx.actor, group.name) }),
      members: members.map(({ id, groupId: _, ...member }) => ({ memberId: id, ...member, ...(shown.get(member.assetId) ?? nobody) })),
    })),
    next: page.next,
    suspected,
    mayDecide: may(ctx.actor, 'record-rights'),
  }
}

const nobody = { title: 'A picture', version: null }

async function picturesOf(ctx: Ctx<'db' | 'actor'>, ids: readonly string[]) {
  const assets = await ctx.db.asset.findMany({
    where: { houseId: ctx.actor.houseId, id: { in: [...new Set(ids)] } },
    select: {
      id: true,
      title: true,
      currentVersion: { select: { id: true, width: true, height: true, dominantColour: true, processing: true } },
    },
  })
  return new Map(
    assets.map(({ id, title, currentVersion: version }) => [
      id,
      {
        title,
        version:
          version?.processing === 'READY'
            ? { id: version.id, width: version.width, height: version.height, tint: version.dominantColour }
            : null,
      },
    ]),
  )
}

export interface Pickable {
  id: string
  title: string
  picked: boolean
  version: TwinShown['version']
}

/** Pictures to make a group of: those picked already, then what a search of the library finds, or what was touched last. */
export async function pickable(
  ctx: Ctx<'db' | 'actor'>,
  { text, picked }: { text: string; picked: readonly string[] },
): Promise<Pickable[]> {
  mustMay(ctx.actor, 'record-rights')
  const found = await libraryList(ctx, { text: text || undefined })
  const ids = [...new Set([...picked, ...found.items.slice(0, 24).map(({ id }) => id)])]
  const shown = await picturesOf(ctx, ids)
  return ids.flatMap((id) => {
    const picture = shown.get(id)
    return picture ? [{ id, picked: picked.includes(id), ...picture }] : []
  })
}

export interface TwinsOfAsset {
  groupId: string
  name: string
  state: TwinState
  others: { assetId: string; title: string }[]
}

/** The group that an asset is in, for its rights page; null where it stands alone. */
export async function twinsOfAsset(ctx: Ctx<'db' | 'actor'>, assetId: string): Promise<TwinsOfAsset | null> {
  mustMay(ctx.actor, 'see-rights')
  const member = await ctx.db.exclusivityMember.findFirst({
    where: { houseId: ctx.actor.houseId, assetId, leftAt: null },
    select: {
      state: true,
      group: {
        select: {
          id: true,
          name: true,
          members: { where: { leftAt: null }, orderBy: { addedAt: 'asc' }, take: 12, select: { assetId: true, state: true } },
        },
      },
    },
  })
  if (!member) return null
  const others = member.group.members.filter((one) => one.assetId !== assetId)
  const shown = await picturesOf(
    ctx,
    others.map((one) => one.assetId),
  )
  return {
    groupId: member.group.id,
    name: groupNameFor(ctx.actor, member.group.name),
    state: member.state === 'SUSPECTED' || others.every((one) => one.state === 'SUSPECTED') ? 'SUSPECTED' : member.state,
    others: others.map((one) => ({ assetId: one.assetId, title: shown.get(one.assetId)?.title ?? 'A picture' })),
  }
}
