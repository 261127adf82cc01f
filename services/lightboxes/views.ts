import { isPerson } from '../kernel/actor.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { inStore, tilesById, type Tile } from '../catalog/tiles.ts'
import { openAt, openBox, ownerKey, visibleTo, type Asking } from './policy.ts'
import { mostLinks, type BoxRight, type ShareRight } from './rules/rights.ts'

/** What a button beside a picture needs: where a click goes, and what lies there already. */
export interface BoxesAtHand {
  /** The boxes that the asker may put something into, the one that a click fills first. */
  boxes: { id: string; name: string; isDefault: boolean }[]
  /** The latest pictures of the one that a click fills. */
  held: string[]
}

export const noBoxes: BoxesAtHand = { boxes: [], held: [] }
/** A button on a page says of this many pictures whether they are in; the box itself shows all. */
const latest = 100
const offered = 12

/** Boxes for the buttons of a page: one small query for whoever has none. */
export async function boxesAtHand(ctx: Ctx<'db' | 'actor'>, token: string | null): Promise<BoxesAtHand> {
  const key = ownerKey(ctx, token)
  if (!key) return noBoxes
  const { actor } = ctx
  const boxes = await ctx.db.lightbox.findMany({
    where: {
      houseId: actor.houseId,
      archivedAt: null,
      OR: [
        key,
        ...(isPerson(actor) ? [{ ownerOrgId: actor.orgId, members: { some: { userId: actor.userId, right: 'EDIT' as const } } }] : []),
      ],
    },
    orderBy: [{ isDefault: 'desc' }, { changedAt: 'desc' }],
    take: offered,
    select: { id: true, name: true, isDefault: true, ownerUserId: true },
  })
  const own = boxes.map(({ ownerUserId, ...box }) => ({
    ...box,
    isDefault: box.isDefault && (!isPerson(actor) || ownerUserId === actor.userId),
  }))
  const main = own.find(({ isDefault }) => isDefault)
  const items = main
    ? await ctx.db.lightboxItem.findMany({
        where: { lightboxId: main.id, removedAt: null },
        orderBy: { addedAt: 'desc' },
        take: latest,
        select: { assetId: true },
      })
    : []
  return { boxes: own.sort((a, b) => Number(b.isDefault) - Number(a.isDefault)), held: items.map(({ assetId }) => assetId) }
}

export interface BoxCard {
  id: string
  name: string
  isDefault: boolean
  archived: boolean
  changedAt: Date
  /** Whose it is, where it is somebody else's. */
  owner: string | null
  right: BoxRight
  pictures: number
  covers: Tile[]
  /** Said by others since the reader last looked. */
  news: number
  shared: boolean
}

const covers = 4

/** All boxes of the asker and those shown to them: at most two hundred and a few, each with its first pictures. */
export async function boxList(ctx: Asking, token: string | null, { archived = false }: { archived?: boolean } = {}) {
  const where = visibleTo(ctx, token)
  const { actor, db } = ctx
  const me = isPerson(actor) ? actor.userId : ''
  const rows = where
    ? await db.lightbox.findMany({
        where: { AND: [where, { archivedAt: archived ? { not: null } : null }] },
        orderBy: [{ isDefault: 'desc' }, { changedAt: 'desc' }, { id: 'desc' }],
        take: 500,
        select: {
          id: true,
          name: true,
          isDefault: true,
          archivedAt: true,
          changedAt: true,
          ownerUserId: true,
          owner: { select: { name: true } },
          members: { select: { userId: true, right: true } },
          links: { where: openAt(ctx.clock.now()), select: { id: true }, take: 1 },
          _count: { select: { items: { where: { removedAt: null } } } },
        },
      })
    : []
  const ids = rows.map(({ id }) => id)
  const [first, news] = await Promise.all([
    ids.length === 0
      ? []
      : db.$queryRaw<{ boxId: string; assetId: string }[]>`
          SELECT b.id AS "boxId", i.asset_id AS "assetId" FROM unnest(${ids}::text[]) b (id), LATERAL (
            SELECT i.asset_id, i.position FROM lightbox_items i JOIN assets a ON a.id = i.asset_id AND a.state = 'PUBLISHED' AND a.audience = 'STORE'
            WHERE i.lightbox_id = b.id AND i.removed_at IS NULL ORDER BY i.position, i.asset_id LIMIT ${covers}) i ORDER BY b.id, i.position`,
    ids.length === 0 || !me
      ? []
      : db.$queryRaw<{ boxId: string; n: number }[]>`
          SELECT c.lightbox_id AS "boxId", count(*)::int AS n FROM lightbox_comments c LEFT JOIN lightbox_looks l ON l.lightbox_id = c.lightbox_id AND l.user_id = ${me}
          WHERE c.lightbox_id = ANY(${ids}::text[]) AND c.deleted_at IS NULL AND c.author_user_id IS DISTINCT FROM ${me} AND c.created_at > coalesce(l.seen_at, '-infinity') GROUP BY 1`,
  ])
  const tiles = new Map((await tilesById(ctx, [...new Set(first.map(({ assetId }) => assetId))])).map((tile) => [tile.id, tile]))
  const cards = rows.map(({ archivedAt, ownerUserId, owner, members, links, _count, ...box }): BoxCard => {
    const own = ownerUserId === null || ownerUserId === me
    return {
      ...box,
      isDefault: own && box.isDefault,
      archived: archivedAt !== null,
      owner: own ? null : (owner?.name ?? null),
      right: own ? 'OWN' : (members.find(({ userId }) => userId === me)?.right ?? 'VIEW'),
      pictures: _count.items,
      covers: first.filter(({ boxId }) => boxId === box.id).flatMap(({ assetId }) => tiles.get(assetId) ?? []),
      news: news.find(({ boxId }) => boxId === box.id)?.n ?? 0,
      shared: members.length > 0 || links.length > 0,
    }
  })
  return { own: cards.filter(({ owner }) => owner === null), shared: cards.filter(({ owner }) => owner !== null) }
}

export interface BoxItem {
  assetId: string
  note: string
  /** Its place among all pictures of the box, from one. */
  place: number
  /** Null: a tombstone. The picture is gone from the store, and nothing of it is told. */
  tile: Tile | null
  /** Whether any licence is sold of it at present. */
  sold: boolean
  threads: number
}

export const itemsOnPage = 120

/** One page of a box's pictures in their order. What is no longer in the store stays in its place as a tombstone. */
export async function boxItems(ctx: Ctx<'db' | 'actor'>, boxId: string, page: number, { notesOfGone }: { notesOfGone: boolean }) {
  const total = await ctx.db.lightboxItem.count({ where: { lightboxId: boxId, removedAt: null } })
  const pages = Math.max(1, Math.ceil(total / itemsOnPage))
  const at = Math.min(Math.max(1, page), pages)
  const rows = await ctx.db.lightboxItem.findMany({
    where: { lightboxId: boxId, removedAt: null },
    orderBy: [{ position: 'asc' }, { assetId: 'asc' }],
    skip: (at - 1) * itemsOnPage,
    take: itemsOnPage,
    select: { assetId: true, note: true },
  })
  const ids = rows.map(({ assetId }) => assetId)
  const [tiles, sold, said] = await Promise.all([
    tilesById(ctx, ids),
    ctx.db.asset.findMany({
      where: { id: { in: ids }, ...inStore(ctx), OR: [{ sellsRoyaltyFree: true }, { sellsRightsManaged: true }] },
      select: { id: true, sellsRoyaltyFree: true },
    }),
    ctx.db.lightboxComment.groupBy({
      by: ['assetId'],
      where: { lightboxId: boxId, assetId: { in: ids }, parentId: null, deletedAt: null },
      _count: { _all: true },
    }),
  ])
  const tileOf = new Map(tiles.map((tile) => [tile.id, tile]))
  const items = rows.map(({ assetId, note }, index): BoxItem => {
    const tile = tileOf.get(assetId) ?? null
    return {
      assetId,
      note: tile || notesOfGone ? note : '',
      place: (at - 1) * itemsOnPage + index + 1,
      tile,
      sold: sold.some(({ id }) => id === assetId),
      threads: said.find((each) => each.assetId === assetId)?._count._all ?? 0,
    }
  })
  return { items, total, page: at, pages }
}

export interface Said {
  id: string
  author: string
  /** Through a link, by somebody without an account: the name is what they gave. */
  guest: boolean
  own: boolean
  body: string
  at: Date
  edited: boolean
  deleted: boolean
  isNew: boolean
}
export interface Thread extends Said {
  assetId: string | null
  /** The picture it is about, where it may still be seen. */
  tile: Tile | null
  resolved: { at: Date; by: string } | null
  answers: Said[]
}

const threadsOnPage = 40
const answersShown = 200

/** What was said about a box, the newest thread first, each with its answers. */
export async function boxThreads(
  ctx: Ctx<'db' | 'actor'>,
  boxId: string,
  {
    after,
    about,
    me,
    since,
  }: { after?: string | null; about?: string | null; me: { userId: string } | { authorHash: string } | null; since: Date | null },
): Promise<Page<Thread>> {
  const cursor = decodeCursor(after)
  const said = {
    id: true,
    assetId: true,
    authorUserId: true,
    authorHash: true,
    authorName: true,
    body: true,
    createdAt: true,
    editedAt: true,
    deletedAt: true,
  } as const
  const rows = await ctx.db.lightboxComment.findMany({
    where: {
      lightboxId: boxId,
      parentId: null,
      ...(about ? { assetId: about } : {}),
      ...(cursor && { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: threadsOnPage + 1,
    select: {
      ...said,
      resolvedAt: true,
      resolvedByName: true,
      answers: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: answersShown, select: said },
    },
  })
  type Row = Pick<(typeof rows)[number], keyof typeof said>
  const saidOf = (row: Row): Said => {
    const own = me !== null && ('userId' in me ? row.authorUserId === me.userId : row.authorHash === me.authorHash)
    return {
      id: row.id,
      author: row.authorName,
      guest: row.authorUserId === null,
      own,
      body: row.body,
      at: row.createdAt,
      edited: row.editedAt !== null,
      deleted: row.deletedAt !== null,
      isNew: since !== null && !own && row.deletedAt === null && row.createdAt > since,
    }
  }
  const page = pageOf(rows, threadsOnPage, (row) => encodeCursor(row.createdAt, row.id))
  const tiles = new Map(
    (await tilesById(ctx, [...new Set(page.items.flatMap(({ assetId }) => assetId ?? []))])).map((tile) => [tile.id, tile]),
  )
  const items = page.items
    .map((row): Thread => ({
      ...saidOf(row),
      assetId: row.assetId,
      tile: row.assetId ? (tiles.get(row.assetId) ?? null) : null,
      resolved: row.resolvedAt ? { at: row.resolvedAt, by: row.resolvedByName ?? '' } : null,
      answers: row.answers.map(saidOf),
    }))
    // A thread whose every word was taken back says nothing any more.
    .filter(({ deleted, answers }) => !deleted || answers.some((answer) => !answer.deleted))
  return { items, next: page.next }
}

/** A box as its owner or a colleague sees it: its pictures, what was said, and, for its owner, to whom it is shown. */
export async function boxPage(
  ctx: Asking,
  token: string | null,
  boxId: string,
  asked: { page: number; after: string | null; about: string | null; undo: Date | null },
) {
  const opened = await openBox(ctx, token, boxId, 'VIEW')
  const { actor, db } = ctx
  const me = isPerson(actor) ? { userId: actor.userId } : null
  const look = me ? await db.lightboxLook.findUnique({ where: { lightboxId_userId: { lightboxId: boxId, userId: me.userId } } }) : null
  const [box, items, threads, removed] = await Promise.all([
    db.lightbox.findUniqueOrThrow({
      where: { id: boxId },
      select: { note: true, changedAt: true, owner: { select: { id: true, name: true } } },
    }),
    boxItems(ctx, boxId, asked.page, { notesOfGone: true }),
    boxThreads(ctx, boxId, { after: asked.after, about: asked.about, me, since: look?.seenAt ?? null }),
    asked.undo ? db.lightboxItem.count({ where: { lightboxId: boxId, removedAt: asked.undo } }) : 0,
  ])
  const members = await db.lightboxMember.findMany({
    where: { lightboxId: boxId },
    orderBy: { addedAt: 'asc' },
    select: { userId: true, right: true, user: { select: { name: true } } },
  })
  const sharing = opened.right === 'OWN' && me ? await sharingOf(ctx, opened, members) : null
  return {
    box: {
      id: opened.id,
      name: opened.name,
      note: box.note,
      isDefault: opened.isDefault && opened.right === 'OWN',
      archived: opened.archivedAt !== null,
      right: opened.right,
      owner: opened.right === 'OWN' ? null : (box.owner?.name ?? null),
      changedAt: box.changedAt,
    },
    ...items,
    threads,
    /** Who can be mentioned: everybody who sees the box but the reader. */
    people: [
      ...(box.owner ? [{ userId: box.owner.id, name: box.owner.name }] : []),
      ...members.map(({ userId, user }) => ({ userId, name: user.name })),
    ].filter(({ userId }) => userId !== me?.userId),
    removed,
    sharing,
  }
}

interface MemberRow {
  userId: string
  right: ShareRight
  user: { name: string }
}

/** To whom a box is shown, and who else of the organisation could be. */
async function sharingOf({ db, actor, clock }: Asking, box: { id: string; ownerOrgId: string | null }, members: readonly MemberRow[]) {
  const me = isPerson(actor) ? actor.userId : ''
  const here = { houseId: actor.houseId, orgId: box.ownerOrgId ?? '', endedAt: null, user: { closedAt: null } }
  const [seats, seated, links] = await Promise.all([
    db.member.findMany({
      where: here,
      orderBy: { createdAt: 'asc' },
      take: 500,
      select: { userId: true, user: { select: { name: true } } },
    }),
    db.member.findMany({ where: { ...here, userId: { in: members.map(({ userId }) => userId) } }, select: { userId: true } }),
    db.lightboxLink.findMany({
      where: { lightboxId: box.id, ...openAt(clock.now()) },
      orderBy: { createdAt: 'desc' },
      take: mostLinks,
      select: { id: true, right: true, label: true, passwordHash: true, endsAt: true, createdAt: true, openedAt: true },
    }),
  ])
  return {
    members: members.map(({ userId, right, user }) => ({
      userId,
      right,
      name: user.name,
      left: !seated.some((seat) => seat.userId === userId),
    })),
    colleagues: seats
      .filter(({ userId }) => userId !== me && !members.some((member) => member.userId === userId))
      .map(({ userId, user }) => ({ userId, name: user.name })),
    links: links.map(({ passwordHash, ...link }) => ({ ...link, password: passwordHash !== null })),
  }
}

/** Remember that the reader has looked: what is said from now on is new to them. */
export async function noteLook(ctx: Asking, boxId: string): Promise<void> {
  if (!isPerson(ctx.actor)) return
  const key = { lightboxId: boxId, userId: ctx.actor.userId }
  const seenAt = ctx.clock.now()
  await ctx.db.lightboxLook.upsert({ where: { lightboxId_userId: key }, create: { ...key, seenAt }, update: { seenAt } })
}

/** A box as a link shows it: watermarked previews of what a guest may see, and nothing of the rest but that it is there. */
export async function linkedBox(
  ctx: Ctx<'db' | 'actor'>,
  link: { boxId: string; right: 'VIEW' | 'COMMENT' },
  asked: { page: number; after: string | null; about: string | null; guestHash: string | null },
) {
  const guest = { ...ctx, actor: { kind: 'guest' as const, houseId: ctx.actor.houseId } }
  const box = await ctx.db.lightbox.findUniqueOrThrow({
    where: { id: link.boxId },
    select: { name: true, note: true, changedAt: true, owner: { select: { name: true } } },
  })
  // Through a link everybody speaks by their cookie, whoever they are elsewhere.
  const me = asked.guestHash ? { authorHash: asked.guestHash } : null
  return {
    box: { name: box.name, note: box.note, changedAt: box.changedAt, owner: box.owner?.name ?? '' },
    ...(await boxItems(guest, link.boxId, asked.page, { notesOfGone: false })),
    threads:
      link.right === 'COMMENT' ? await boxThreads(guest, link.boxId, { after: asked.after, about: asked.about, me, since: null }) : null,
  }
}

/** What can be put into the cart of some pictures: as they stand, or after a few questions. Others cannot be licensed now. */
export async function waysToLicense(ctx: Ctx<'db' | 'actor'>, boxId: string, assetIds: readonly string[]) {
  const rows = await ctx.db.lightboxItem.findMany({
    where: { lightboxId: boxId, assetId: { in: [...assetIds] }, removedAt: null },
    orderBy: [{ position: 'asc' }, { assetId: 'asc' }],
    select: {
      asset: { select: { id: true, houseId: true, state: true, audience: true, sellsRoyaltyFree: true, sellsRightsManaged: true } },
    },
  })
  const open = rows
    .map(({ asset }) => asset)
    .filter(({ houseId, state, audience }) => houseId === ctx.actor.houseId && state === 'PUBLISHED' && audience === 'STORE')
  return {
    asTheyStand: open.filter(({ sellsRoyaltyFree }) => sellsRoyaltyFree).map(({ id }) => id),
    withQuestions: open.filter((asset) => !asset.sellsRoyaltyFree && asset.sellsRightsManaged).map(({ id }) => id),
    none: rows.length - open.filter((asset) => asset.sellsRoyaltyFree || asset.sellsRightsManaged).length,
  }
}
