import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { playerOf, playerSelect } from '../assets/player-view.ts'
import { may as mayInLibrary, mayOpenBytes } from '../assets/policy.ts'
import { sealedTitle } from '../assets/rules/sealing.ts'
import { namesOf } from '../assets/views.ts'
import { nameable } from './people.ts'
import { may } from './policy.ts'
import { markOf, type Mark } from './rules/marks.ts'
import { mentionedIn, partsOf, typedAgain, type Nameable, type Part } from './rules/mentions.ts'
import { isEditable, type ThreadState } from './rules/threads.ts'
import type { AskedDiscussion, Shown } from './schema.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>

export interface CommentSeen {
  id: string
  author: string
  own: boolean
  at: Date
  /** The version on whose page it was said, where it is another than the one that is looked at. */
  onVersion: number | null
  parts: Part[]
  /** As typed, for the one who may change it. */
  typed: string | null
  changedAt: Date
  edited: boolean
  /** What it said before, the oldest first. */
  before: { parts: Part[]; until: Date }[]
  deleted: boolean
  mayDelete: boolean
  isNew: boolean
}
export interface ThreadSeen {
  id: string
  /** On this version; null where it stands on an older one only. */
  number: number | null
  mark: Mark | null
  state: ThreadState
  resolved: { by: string; at: Date } | null
  /** Each time that it was settled or opened again. */
  turns: { state: ThreadState; by: string; at: Date }[]
  comments: CommentSeen[]
  /** So many older ones are not shown. */
  hidden: number
  lastId: string
  muted: boolean
  isNew: boolean
  /** The versions on which it stands, the oldest first. */
  versions: number[]
}
export type Discussion = Awaited<ReturnType<typeof discussionOf>>

const threadsOnPage = 60
const commentsShown = 40
const olderShown = 60

const commentSelect = {
  id: true,
  authorId: true,
  body: true,
  createdAt: true,
  editedAt: true,
  deletedAt: true,
  version: { select: { number: true } },
  edits: { orderBy: { replacedAt: 'asc' }, take: 50, select: { body: true, replacedAt: true } },
} satisfies Prisma.DiscussionCommentSelect

const threadSelect = (comments: number) =>
  ({
    id: true,
    state: true,
    resolvedAt: true,
    resolvedById: true,
    placements: {
      orderBy: { placedAt: 'asc' },
      select: { versionId: true, number: true, mark: true, version: { select: { number: true } } },
    },
    turns: { orderBy: { at: 'asc' }, take: 100, select: { state: true, byId: true, at: true } },
    mutes: { select: { userId: true } },
    comments: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: comments, select: commentSelect },
    _count: { select: { comments: true } },
  }) satisfies Prisma.DiscussionThreadSelect
type ThreadRow = Prisma.DiscussionThreadGetPayload<{ select: ReturnType<typeof threadSelect> }>

const showing = (show: Shown, me: string): Prisma.DiscussionThreadWhereInput =>
  show === 'all'
    ? {}
    : show === 'mine'
      ? { comments: { some: { deletedAt: null, OR: [{ authorId: me }, { mentions: { some: { userId: me } } }] } } }
      : { state: show === 'open' ? 'OPEN' : 'RESOLVED' }

/** What is said about one version of an asset: threads with their marks, those of older versions, and who can be named. */
export async function discussionOf(
  ctx: Reading,
  { assetId, versionId, show, version: number, thread, from }: { assetId: string; versionId?: string } & AskedDiscussion,
) {
  const { actor, db } = ctx
  if (!may(actor, 'see')) throw new Refusal('forbidden', 'discussion')
  const { houseId } = actor
  const me = isPerson(actor) ? actor.userId : ''
  const found = await db.asset.findFirst({
    where: { id: assetId, houseId },
    select: { id: true, title: true, altText: true, kind: true, currentVersionId: true, embargoEndsAt: true, embargoFor: true },
  })
  if (!found) throw new Refusal('not-found', `no asset ${assetId}`)
  const { embargoEndsAt, embargoFor, ...asset } = found
  const versions = await versionsOf(ctx, assetId)
  const version =
    versions.find(({ id }) => id === versionId) ??
    (versionId
      ? undefined
      : (versions.find((each) => each.number === number) ?? versions.find(({ id }) => id === asset.currentVersionId) ?? versions[0]))
  if (!version) throw new Refusal('not-found', `no version of asset ${assetId}`)

  const open = mayOpenBytes(actor, { embargoEndsAt, embargoFor })
  // Comments describe the picture: an embargo keeps them as well.
  const said: Prisma.DiscussionThreadWhereInput = { houseId, assetId, ...(!open && { id: { in: [] } }) }
  const here = { ...said, placements: { some: { versionId: version.id, number: { gte: from ?? 1 } } } }
  const [rows, older, counts, look, people, shown] = await Promise.all([
    db.discussionThread.findMany({
      // The one that an address names is shown whatever is chosen.
      where: thread
        ? {
            OR: [
              { ...here, ...showing(show, me) },
              { ...(open ? { ...said, id: thread } : said), placements: here.placements },
            ],
          }
        : { ...here, ...showing(show, me) },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      take: threadsOnPage + 1,
      select: threadSelect(commentsShown),
    }),
    db.discussionThread.findMany({
      where: {
        ...said,
        placements: { none: { versionId: version.id }, some: { version: { number: { lt: version.number } } } },
        ...(thread ? { OR: [showing(show, me), { id: thread }] } : showing(show, me)),
      },
      orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      take: olderShown,
      select: threadSelect(commentsShown),
    }),
    countsOf(ctx, version.id, me),
    me ? db.discussionLook.findUnique({ where: { assetId_userId: { assetId, userId: me } }, select: { seenAt: true } }) : null,
    nameable(ctx, { embargoEndsAt, embargoFor }),
    open ? shownOf(ctx, assetId, version.id) : null,
  ])
  const names = await namesIn(ctx, [...rows, ...older], people)
  const seen = (row: ThreadRow) =>
    threadOf(row, { me, names, people, version, now: ctx.clock.now(), since: look?.seenAt ?? null, tidy: may(actor, 'tidy') })
  const threads = rows.slice(0, threadsOnPage).map(seen)
  const next = rows.length > threadsOnPage ? seen(rows[threadsOnPage] as ThreadRow).number : null
  return {
    asset: open ? asset : { ...asset, title: sealedTitle, altText: '' },
    version,
    versions: versions.map(({ id, number: each, open }) => ({ id, number: each, open })),
    threads: threads.sort((a, b) => (a.number ?? 0) - (b.number ?? 0)),
    /** The number from which the next page begins. */
    next,
    /** Said about earlier versions and not carried to this one. */
    older: older.map(seen),
    counts,
    open: counts.open,
    unread: [...threads, ...older.map(seen)].filter(({ isNew }) => isNew).length,
    show,
    asked: thread ?? null,
    people: people.filter(({ userId }) => userId !== me),
    mayComment: open && may(actor, 'comment'),
    shown,
    /** Under an embargo that does not name the reader: neither words nor picture. */
    sealed: !open,
  }
}

/** The versions of an asset with what a canvas needs of them, the newest first, each with its open threads. */
async function versionsOf(ctx: Reading, assetId: string) {
  const rows = await ctx.db.assetVersion.findMany({
    where: { assetId, houseId: ctx.actor.houseId },
    orderBy: { number: 'desc' },
    take: 500,
    select: {
      id: true,
      number: true,
      processing: true,
      pages: true,
      durationMs: true,
      dominantColour: true,
    },
  })
  const open = await openThreads(
    ctx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...row, open: open.get(row.id) ?? 0 }))
}

/** What can be shown of a version: its pages with their sizes, clean for those who may open files; a film or a recording as it plays. */
async function shownOf(ctx: Reading, assetId: string, versionId: string) {
  const row = await ctx.db.assetVersion.findFirst({
    where: { id: versionId, houseId: ctx.actor.houseId, processing: 'READY' },
    select: playerSelect,
  })
  if (!row) return null
  const player = playerOf(assetId, row, false)
  const sheets = player.sheets.flatMap((preset) => row.renditions.find((made) => made.preset === preset) ?? [])
  const clean = mayInLibrary(ctx.actor, 'open-files') && row.renditions.some(({ preset }) => preset === 'web')
  return {
    player,
    /** Small, for the parts that marks lie on. */
    thumb: sheets.length > 0 ? `/previews/${assetId}/clean-grid?version=${versionId}` : null,
    plays: player.played !== null && (player.form === 'FILM' || player.form === 'SOUND'),
    sheets: sheets.map(({ preset, width, height }, index) => ({
      // A mark across the picture would hide what is judged.
      src: clean && index === 0 ? `/library/files/${versionId}/web` : `/previews/${assetId}/${preset}?version=${versionId}`,
      width,
      height,
    })),
  }
}

/** How many open threads stand on each of these versions. */
export async function openThreads(ctx: Ctx<'db' | 'actor'>, versionIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await ctx.db.discussionPlacement.groupBy({
    by: ['versionId'],
    where: { versionId: { in: [...versionIds] }, thread: { state: 'OPEN', houseId: ctx.actor.houseId } },
    _count: { _all: true },
  })
  return new Map(rows.map(({ versionId, _count }) => [versionId, _count._all]))
}

async function countsOf(ctx: Reading, versionId: string, me: string): Promise<Record<Shown, number>> {
  const [row] = await ctx.db.$queryRaw<{ open: number; resolved: number; mine: number; all: number }[]>`
    SELECT count(*) FILTER (WHERE t.state = 'OPEN')::int AS open, count(*) FILTER (WHERE t.state = 'RESOLVED')::int AS resolved, count(*)::int AS "all",
      count(*) FILTER (WHERE EXISTS (SELECT FROM discussion_comments c WHERE c.thread_id = t.id AND c.deleted_at IS NULL
        AND (c.author_id = ${me} OR EXISTS (SELECT FROM discussion_mentions m WHERE m.comment_id = c.id AND m.user_id = ${me}))))::int AS mine
    FROM discussion_placements p JOIN discussion_threads t ON t.id = p.thread_id AND t.house_id = ${ctx.actor.houseId} WHERE p.version_id = ${versionId}`
  return row ?? { open: 0, resolved: 0, mine: 0, all: 0 }
}

/** Everybody who speaks or is named, by their present names: also who has left, since what they said stays. */
async function namesIn(ctx: Reading, rows: readonly ThreadRow[], people: readonly Nameable[]): Promise<Map<string, string>> {
  const names = new Map(people.map(({ userId, name }) => [userId, name]))
  const ids = rows.flatMap((row) => [
    row.resolvedById,
    ...row.turns.map(({ byId }) => byId),
    ...row.comments.flatMap(({ authorId, body, edits }) => [
      authorId,
      ...mentionedIn(body),
      ...edits.flatMap((edit) => mentionedIn(edit.body)),
    ]),
  ])
  // Ids in a text were people of this house when it was written (readMentions); what somebody types by hand is not looked up.
  const unknown = ids.filter((id): id is string => id !== null && !names.has(id))
  const ofHouse = await ctx.db.member.findMany({
    where: { userId: { in: [...new Set(unknown)] }, orgId: ctx.actor.houseId },
    select: { userId: true },
  })
  const rest = await namesOf(
    ctx,
    ofHouse.map(({ userId }) => userId),
  )
  return new Map([...names, ...rest])
}

interface Looking {
  me: string
  names: ReadonlyMap<string, string>
  people: readonly Nameable[]
  version: { id: string; number: number }
  now: Date
  since: Date | null
  tidy: boolean
}

function threadOf(row: ThreadRow, looking: Looking): ThreadSeen {
  const { me, names, version } = looking
  const place = row.placements.find(({ versionId }) => versionId === version.id)
  const nameOf = (id: string) => names.get(id) ?? 'Somebody'
  const comments = [...row.comments].reverse().map((comment) => commentOf(comment, looking))
  return {
    id: row.id,
    number: place?.number ?? null,
    mark: markOf((place ?? row.placements.at(-1))?.mark),
    state: row.state,
    resolved: row.resolvedAt ? { by: nameOf(row.resolvedById ?? ''), at: row.resolvedAt } : null,
    turns: row.turns.map(({ state, byId, at }) => ({ state, by: nameOf(byId), at })),
    comments,
    hidden: row._count.comments - comments.length,
    lastId: row.comments[0]?.id ?? '',
    muted: row.mutes.some(({ userId }) => userId === me),
    isNew: comments.some((comment) => comment.isNew),
    versions: row.placements.map((placement) => placement.version.number).sort((a, b) => a - b),
  }
}

function commentOf(row: ThreadRow['comments'][number], { me, names, people, version, now, since, tidy }: Looking): CommentSeen {
  const nameOf = (id: string) => names.get(id)
  const own = row.authorId === me
  const deleted = row.deletedAt !== null
  return {
    id: row.id,
    author: nameOf(row.authorId) ?? 'Somebody',
    own,
    at: row.createdAt,
    onVersion: row.version.number === version.number ? null : row.version.number,
    parts: partsOf(row.body, nameOf),
    typed: own && !deleted && isEditable(row.createdAt, now) ? typedAgain(row.body, people) : null,
    changedAt: row.editedAt ?? row.createdAt,
    edited: row.editedAt !== null && !deleted,
    before: row.edits.map(({ body, replacedAt }) => ({ parts: partsOf(body, nameOf), until: replacedAt })),
    deleted,
    mayDelete: !deleted && (own || tidy),
    isNew: since !== null && !own && !deleted && row.createdAt > since,
  }
}

/** Where one comment stands: its asset, its thread, and the newest version on which that stands. */
export async function placeOfComment(ctx: Reading, commentId: string): Promise<{ assetId: string; threadId: string; version: number }> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'discussion')
  const comment = await ctx.db.discussionComment.findFirst({
    where: { id: commentId, houseId: ctx.actor.houseId },
    select: { thread: { select: { id: true, assetId: true, placements: { select: { version: { select: { number: true } } } } } } },
  })
  if (!comment) throw new Refusal('not-found', `no comment ${commentId}`)
  const { id, assetId, placements } = comment.thread
  return { assetId, threadId: id, version: Math.max(...placements.map(({ version }) => version.number)) }
}
