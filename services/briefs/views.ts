import { hasStaffRole, isStaff, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { money, type Currency } from '../kernel/money.ts'
import { decodeCursor, encodeCursor, pageOf } from '../kernel/page.ts'
import { dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { briefFor } from './briefs.ts'
import { mayAnswerBrief, mayAskForAsset, mayMakeBrief, mayRunBriefs, mustRunBriefs } from './policy.ts'
import { isSeenByAskers, withheldFromAskers } from './previews.ts'
import { briefStateNames, briefStates, underWay, type BriefState, type BriefVerb } from './rules/brief-states.ts'

type Reading = Ctx<'db' | 'clock'> & { actor: Person }
const pageSize = 24

const lineColumns = {
  id: true,
  title: true,
  state: true,
  dueOn: true,
  orgId: true,
  askedById: true,
  assigneeId: true,
  assignedLink: { select: { id: true, name: true } },
  createdAt: true,
  changedAt: true,
  _count: { select: { assets: { where: { role: 'DELIVERY' } }, notes: { where: { desk: false } } } },
} as const satisfies Prisma.BriefSelect

async function named(ctx: Reading, rows: Prisma.BriefGetPayload<{ select: typeof lineColumns }>[]) {
  const [people, orgs, house] = await Promise.all([
    ctx.db.user.findMany({
      where: { id: { in: rows.flatMap(({ askedById, assigneeId }) => [askedById, assigneeId ?? '']) } },
      select: { id: true, name: true },
    }),
    ctx.db.organisation.findMany({
      where: { houseId: ctx.actor.houseId, id: { in: rows.map(({ orgId }) => orgId) } },
      select: { id: true, name: true },
    }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } }),
  ])
  const today = dayOf(ctx.clock.now(), house.timeZone)
  const nameOf = new Map([...people, ...orgs].map(({ id, name }) => [id, name]))
  return rows.map(({ _count, assignedLink, ...row }) => ({
    ...row,
    askedBy: nameOf.get(row.askedById) ?? '',
    org: nameOf.get(row.orgId) ?? '',
    maker: row.assigneeId ? (nameOf.get(row.assigneeId) ?? '') : (assignedLink?.name ?? null),
    delivered: _count.assets,
    notes: _count.notes,
    late: row.dueOn !== null && row.dueOn < today && underWay.includes(row.state),
  }))
}
export type BriefLine = Awaited<ReturnType<typeof named>>[number]

/** What one asked for oneself, or one's partner organisation did; and what one is to make. */
export async function myBriefs(ctx: Reading, after: string | null) {
  const { actor } = ctx
  if (!mayAskForAsset(actor)) throw new Refusal('forbidden', 'see briefs')
  const from = decodeCursor(after)
  const ofHouse: boolean = isStaff(actor)
  const mine: Prisma.BriefWhereInput = ofHouse
    ? { OR: [{ askedById: actor.userId, orgId: actor.orgId }, { assigneeId: actor.userId }] }
    : { orgId: actor.orgId }
  const rows = await ctx.db.brief.findMany({
    where: {
      houseId: actor.houseId,
      AND: [mine, from ? { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] } : {}],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: lineColumns,
  })
  return pageOf(await named(ctx, rows), pageSize, (row) => encodeCursor(row.createdAt, row.id))
}

/** The columns of the desk's board: what is to be judged, to be given to somebody, being made, to be looked at, and to be closed. */
export const boardColumns = [
  { key: 'asked', label: 'Asked for', states: ['ASKED'] },
  { key: 'accepted', label: 'To assign', states: ['ACCEPTED'] },
  { key: 'making', label: 'Being made', states: ['ASSIGNED', 'IN_PROGRESS', 'CHANGES_ASKED'] },
  { key: 'delivered', label: 'With the asker', states: ['DELIVERED'] },
  { key: 'approved', label: 'To close', states: ['APPROVED'] },
] as const satisfies readonly { key: string; label: string; states: readonly BriefState[] }[]
const mostShown = 20

/** The desk's board: of each column the newest, and how many there are. */
export async function briefBoard(ctx: Reading) {
  mustRunBriefs(ctx.actor)
  const { houseId } = ctx.actor
  const [counts, ...columns] = await Promise.all([
    ctx.db.brief.groupBy({ by: ['state'], where: { houseId }, _count: true }),
    ...boardColumns.map(({ states }) =>
      ctx.db.brief.findMany({
        where: { houseId, state: { in: [...states] } },
        orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
        take: mostShown,
        select: lineColumns,
      }),
    ),
  ])
  const lines = await named(ctx, columns.flat())
  const countOf = (states: readonly BriefState[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, each) => sum + each._count, 0)
  return {
    columns: boardColumns.map(({ key, label, states }) => ({
      key,
      label,
      total: countOf(states),
      briefs: lines.filter(({ state }) => (states as readonly BriefState[]).includes(state)),
    })),
    ended: countOf(briefStateNames.filter((state) => state === 'DECLINED' || state === 'CLOSED' || state === 'CANCELLED')),
  }
}

/** The desk's list of one state or of what has ended, newest first. */
export async function briefDeskList(ctx: Reading, { states, after }: { states: readonly BriefState[]; after: string | null }) {
  mustRunBriefs(ctx.actor)
  const from = decodeCursor(after)
  const rows = await ctx.db.brief.findMany({
    where: {
      houseId: ctx.actor.houseId,
      state: { in: [...states] },
      ...(from && { OR: [{ changedAt: { lt: from.at } }, { changedAt: from.at, id: { lt: from.id } }] }),
    },
    orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: lineColumns,
  })
  return pageOf(await named(ctx, rows), pageSize, (row) => encodeCursor(row.changedAt, row.id))
}

/** One brief: what was asked, how it stands, what was made for it, what was said; and what this reader may do now. */
export async function briefPage(ctx: Reading, briefId: string) {
  const { actor } = ctx
  const brief = await briefFor(ctx, briefId)
  const staff = isStaff(actor)
  const [assets, notes, papers, steps, people, org, link, house] = await Promise.all([
    ctx.db.briefAsset.findMany({
      where: { briefId },
      orderBy: [{ addedAt: 'asc' }, { assetId: 'asc' }],
      take: 500,
      select: {
        role: true,
        addedAt: true,
        asset: {
          select: {
            id: true,
            title: true,
            altText: true,
            state: true,
            audience: true,
            quarantinedAt: true,
            embargoEndsAt: true,
            currentVersion: { select: { id: true, processing: true, width: true, height: true, dominantColour: true, mediaType: true } },
          },
        },
      },
    }),
    ctx.db.briefNote.findMany({
      where: { briefId, ...(staff ? {} : { desk: false }) },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: 300,
    }),
    ctx.db.briefPaper.findMany({ where: { briefId }, orderBy: { addedAt: 'asc' }, select: { id: true, fileName: true, sizeBytes: true } }),
    ctx.db.briefStep.findMany({ where: { briefId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 300 }),
    ctx.db.user.findMany({ where: { id: { in: [brief.askedById, brief.assigneeId ?? ''] } }, select: { id: true, name: true } }),
    ctx.db.organisation.findFirst({ where: { id: brief.orgId, houseId: actor.houseId }, select: { name: true } }),
    brief.assignedLinkId
      ? ctx.db.guestLink.findFirst({ where: { id: brief.assignedLinkId, houseId: actor.houseId }, select: { id: true, name: true } })
      : null,
    ctx.db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } }),
  ])
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null
  const shown = assets.map(({ role, addedAt, asset: { quarantinedAt, embargoEndsAt, currentVersion, ...asset } }) => {
    const sealed = embargoEndsAt !== null
    // What is put away, held or under an embargo is, to an asker, a file that cannot be shown: not its name, not its colour.
    const withheld = !staff && (sealed || withheldFromAskers.includes(asset.state))
    return {
      ...asset,
      ...(withheld && { title: '', altText: '' }),
      role,
      addedAt,
      version: withheld ? null : currentVersion && { ...currentVersion, colour: currentVersion.dominantColour },
      waitsOutside: quarantinedAt !== null,
      withheld,
      /** Whether an asker has a preview of it. */
      seen: !sealed && (role === 'REFERENCE' ? asset.state === 'PUBLISHED' && asset.audience !== 'INTERNAL' : isSeenByAskers(asset.state)),
    }
  })
  const { budgetMinor, currency, houseId: _house, assigneeId, assignedLinkId, ...rest } = brief
  const desk = mayRunBriefs(actor)
  return {
    ...rest,
    assigneeId: desk ? assigneeId : null,
    assignedLinkId: desk ? assignedLinkId : null,
    budget: budgetMinor === null ? null : money(budgetMinor, currency as Currency),
    late: brief.dueOn !== null && brief.dueOn < dayOf(ctx.clock.now(), house.timeZone) && underWay.includes(brief.state),
    zone: house.timeZone,
    org: org?.name ?? '',
    askedBy: nameOf(brief.askedById) ?? '',
    maker: brief.assigneeId ? nameOf(brief.assigneeId) : (link?.name ?? null),
    // The link's own page is the desk's.
    link: desk ? link : null,
    references: shown.filter(({ role, seen }) => role === 'REFERENCE' && (staff || seen)),
    deliveries: shown.filter(({ role }) => role === 'DELIVERY'),
    notes: notes.map(({ id, authorId, authorName, body, desk, createdAt }) => ({
      id,
      authorName,
      body,
      desk,
      createdAt,
      mine: authorId === actor.userId,
    })),
    papers: papers.map(({ sizeBytes, ...paper }) => ({ ...paper, size: Number(sizeBytes) })),
    // Words that go with a task are between the desk and whoever makes it, as in the letters.
    steps: steps.map((step) => (step.verb === 'assign' && !staff ? { ...step, words: '' } : step)),
    staff,
    verbs: verbsFor(actor, brief),
    mayUpload: mayMakeBrief(actor, brief) && hasStaffRole(actor, 'LIBRARIAN', 'CONTRIBUTOR'),
    mayNote: brief.endedAt === null,
  }
}

/** The verbs that are both possible now and this reader's to say. */
function verbsFor(actor: Person, brief: Awaited<ReturnType<typeof briefFor>>): BriefVerb[] {
  const desk = mayRunBriefs(actor)
  const asker = mayAnswerBrief(actor, brief)
  const maker = mayMakeBrief(actor, brief)
  const mine: Record<BriefVerb, boolean> = {
    accept: desk,
    decline: desk,
    assign: desk,
    close: desk,
    start: maker,
    deliver: maker,
    approve: asker,
    askChanges: asker,
    cancel: asker || desk,
  }
  return briefStates.verbs(brief.state).filter((verb) => mine[verb])
}

/** Who may be given a brief: people of the house who upload, and links that are still open. */
export async function briefMakers(ctx: Reading) {
  mustRunBriefs(ctx.actor)
  const { houseId } = ctx.actor
  const now = ctx.clock.now()
  const [seats, links] = await Promise.all([
    ctx.db.member.findMany({
      where: {
        houseId,
        orgId: houseId,
        endedAt: null,
        user: { closedAt: null },
        roles: { hasSome: ['ADMINISTRATOR', 'LIBRARIAN', 'CONTRIBUTOR'] },
      },
      distinct: ['userId'],
      orderBy: { createdAt: 'asc' },
      take: 200,
      select: { user: { select: { id: true, name: true } } },
    }),
    ctx.db.guestLink.findMany({
      where: { houseId, revokedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      orderBy: { createdAt: 'desc' },
      take: 100,
      select: { id: true, name: true, briefId: true },
    }),
  ])
  return { people: seats.map(({ user }) => user), links }
}

/** The brief that an upload page is for, where the actor may upload for it. */
export async function briefForUpload(ctx: Reading, briefId: string) {
  const brief = await briefFor(ctx, briefId)
  if (!mayMakeBrief(ctx.actor, brief)) throw new Refusal('forbidden', 'upload for this brief')
  return { id: brief.id, title: brief.title, outcome: brief.outcome, dueOn: brief.dueOn, state: brief.state }
}
