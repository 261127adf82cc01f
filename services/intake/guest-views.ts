import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { mayReadDeclarations, mustKeepLinks } from './policy.ts'
import type { Declaration } from './rules/declarations.ts'
import { standingOf, type Used } from './rules/standing.ts'

type Reading = Ctx<'db' | 'actor' | 'clock'>
const pageSize = 30

const declaredColumns = { source: true, licence: true, licenceWords: true, people: true, property: true } as const

interface Tally extends Used {
  waiting: number
}
/** What came through several links and what is on its way, in one query. */
async function tallies(ctx: Reading, linkIds: string[]): Promise<Map<string, Tally>> {
  const rows = await ctx.db.$queryRaw<{ id: string; files: number; bytes: bigint; waiting: number }[]>`
    SELECT l.id, u.files, u.bytes, f.waiting FROM unnest(${linkIds}::text[]) l (id)
      CROSS JOIN LATERAL (SELECT count(*)::int AS files, COALESCE(sum(declared_size), 0)::bigint AS bytes FROM uploads WHERE link_id = l.id AND state IN ('RECEIVING', 'STORED')) u
      CROSS JOIN LATERAL (SELECT count(*)::int AS waiting FROM guest_files WHERE link_id = l.id AND state = 'WAITING') f`
  return new Map(rows.map(({ id, files, bytes, waiting }) => [id, { files, bytes: Number(bytes), waiting }]))
}

const nothing: Tally = { files: 0, bytes: 0, waiting: 0 }

/** The side doors of the library, newest first, each with what came through it. */
export async function guestLinkList(ctx: Reading, after: string | null) {
  mustKeepLinks(ctx.actor)
  const from = decodeCursor(after)
  const rows = await ctx.db.guestLink.findMany({
    where: {
      houseId: ctx.actor.houseId,
      ...(from && { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: {
      id: true,
      name: true,
      endsAt: true,
      mostFiles: true,
      mostBytes: true,
      revokedAt: true,
      createdAt: true,
      passwordHash: true,
      brief: { select: { id: true, title: true } },
    },
  })
  const found = await tallies(
    ctx,
    rows.map(({ id }) => id),
  )
  const now = ctx.clock.now()
  const links = rows.map(({ passwordHash, mostBytes, ...row }) => {
    const used = found.get(row.id) ?? nothing
    const limits = { mostFiles: row.mostFiles, mostBytes: mostBytes === null ? null : Number(mostBytes) }
    return { ...row, ...limits, used, locked: passwordHash !== null, standing: standingOf({ ...row, ...limits }, used, now) }
  })
  return pageOf(links, pageSize, (row) => encodeCursor(row.createdAt, row.id))
}

/** What the form of a new link offers: where files may go, and who may be told. */
export async function guestLinkChoices(ctx: Reading) {
  mustKeepLinks(ctx.actor)
  const { houseId } = ctx.actor
  const [collections, seats, briefs] = await Promise.all([
    ctx.db.collection.findMany({
      where: { houseId, archivedAt: null },
      orderBy: { title: 'asc' },
      take: 500,
      select: { id: true, title: true },
    }),
    ctx.db.member.findMany({
      where: { houseId, orgId: houseId, endedAt: null, user: { closedAt: null } },
      distinct: ['userId'],
      orderBy: { createdAt: 'asc' },
      take: 200,
      select: { user: { select: { id: true, name: true } } },
    }),
    ctx.db.brief.findMany({
      where: { houseId, endedAt: null, state: { notIn: ['ASKED', 'APPROVED'] } },
      orderBy: { changedAt: 'desc' },
      take: 200,
      select: { id: true, title: true },
    }),
  ])
  return { collections, briefs, people: seats.map(({ user }) => user), me: ctx.actor.userId }
}

/** One link with its visits: who came, what they declared, and what they brought. */
export async function guestLinkPage(ctx: Reading, linkId: string) {
  mustKeepLinks(ctx.actor)
  const { houseId } = ctx.actor
  const link = await ctx.db.guestLink.findFirst({
    where: { id: linkId, houseId },
    omit: { secretHash: true },
    include: { collection: { select: { id: true, title: true } }, brief: { select: { id: true, title: true } } },
  })
  if (!link) throw new Refusal('not-found', `no guest link ${linkId}`)
  const [found, people, sendings, house] = await Promise.all([
    tallies(ctx, [linkId]),
    ctx.db.user.findMany({ where: { id: { in: [...link.toldUserIds, link.createdById] } }, select: { id: true, name: true } }),
    ctx.db.guestSending.findMany({
      where: { linkId, houseId },
      orderBy: { startedAt: 'desc' },
      take: 100,
      select: {
        id: true,
        senderName: true,
        senderEmail: true,
        startedAt: true,
        closedAt: true,
        ...declaredColumns,
        papers: { orderBy: { addedAt: 'asc' }, select: { id: true, fileName: true, sizeBytes: true } },
        _count: { select: { files: true } },
      },
    }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const used = found.get(linkId) ?? nothing
  const { passwordHash, mostBytes, ...shown } = link
  const limits = { mostFiles: link.mostFiles, mostBytes: mostBytes === null ? null : Number(mostBytes) }
  return {
    ...shown,
    ...limits,
    used,
    zone: house.timeZone,
    locked: passwordHash !== null,
    standing: standingOf({ ...link, ...limits }, used, ctx.clock.now()),
    told: link.toldUserIds.map((id) => names.get(id) ?? 'Somebody who left'),
    madeBy: names.get(link.createdById) ?? '',
    sendings: sendings.map(({ _count, papers, ...sending }) => ({
      ...sending,
      files: _count.files,
      papers: papers.map(({ sizeBytes, ...paper }) => ({ ...paper, size: Number(sizeBytes) })),
    })),
  }
}

export type OutsideShow = 'WAITING' | 'TAKEN_IN' | 'TURNED_AWAY'

/** Files from outside, newest first: what waits, or what became of it. */
export async function outsideFiles(
  ctx: Reading,
  { show, linkId, after }: { show: OutsideShow; linkId: string | null; after: string | null },
) {
  mustKeepLinks(ctx.actor)
  const { houseId } = ctx.actor
  const from = decodeCursor(after)
  const [rows, waiting] = await Promise.all([
    ctx.db.guestFile.findMany({
      where: {
        houseId,
        state: show,
        ...(linkId && { linkId }),
        ...(from && { OR: [{ receivedAt: { lt: from.at } }, { receivedAt: from.at, uploadId: { lt: from.id } }] }),
      },
      orderBy: [{ receivedAt: 'desc' }, { uploadId: 'desc' }],
      take: pageSize + 1,
      select: {
        uploadId: true,
        assetId: true,
        versionId: true,
        fileName: true,
        byteSize: true,
        known: true,
        receivedAt: true,
        reason: true,
        link: { select: { id: true, name: true } },
        sending: { select: { senderName: true, ...declaredColumns, _count: { select: { papers: true } } } },
      },
    }),
    ctx.db.guestFile.count({ where: { houseId, state: 'WAITING' } }),
  ])
  const versions = await ctx.db.assetVersion.findMany({
    where: { houseId, id: { in: rows.map(({ versionId }) => versionId) } },
    select: { id: true, processing: true, mediaType: true, width: true, height: true, dominantColour: true },
  })
  const versionOf = new Map(versions.map(({ dominantColour, ...version }) => [version.id, { ...version, colour: dominantColour }]))
  const files = rows.map(({ byteSize, versionId, sending: { senderName, _count, ...declared }, ...file }) => ({
    ...file,
    id: file.uploadId,
    size: Number(byteSize),
    version: versionOf.get(versionId) ?? null,
    senderName,
    papers: _count.papers,
    declared: declared satisfies Declaration,
  }))
  return { waiting, ...pageOf(files, pageSize, (file) => encodeCursor(file.receivedAt, file.uploadId)) }
}

/** What the senders of an asset's files declared: for the library and the rights desk. */
export async function declarationsOf(ctx: Reading, assetId: string) {
  if (!mayReadDeclarations(ctx.actor)) return []
  const files = await ctx.db.guestFile.findMany({
    where: { houseId: ctx.actor.houseId, assetId },
    orderBy: { receivedAt: 'desc' },
    take: 10,
    select: {
      uploadId: true,
      fileName: true,
      sha256: true,
      known: true,
      state: true,
      receivedAt: true,
      link: { select: { id: true, name: true } },
      sending: {
        select: {
          senderName: true,
          senderEmail: true,
          ...declaredColumns,
          papers: { select: { id: true, fileName: true, sizeBytes: true } },
        },
      },
    },
  })
  return files.map(({ sending: { papers, ...sending }, ...file }) => ({
    ...file,
    ...sending,
    papers: papers.map(({ sizeBytes, ...paper }) => ({ ...paper, size: Number(sizeBytes) })),
  }))
}

/** What a visit has brought so far, as its sender may know it: their own words, names, sizes and hashes. */
export async function visitSoFar(ctx: Reading, sendingId: string) {
  const sending = await ctx.db.guestSending.findFirst({
    where: { id: sendingId, houseId: ctx.actor.houseId },
    select: {
      id: true,
      senderName: true,
      senderEmail: true,
      startedAt: true,
      closedAt: true,
      ...declaredColumns,
      papers: { orderBy: { addedAt: 'asc' }, select: { id: true, fileName: true, sizeBytes: true } },
      files: {
        orderBy: [{ receivedAt: 'asc' }, { uploadId: 'asc' }],
        take: 500,
        select: { uploadId: true, fileName: true, byteSize: true, sha256: true },
      },
      _count: { select: { files: true } },
    },
  })
  if (!sending) throw new Refusal('not-found', `no sending ${sendingId}`)
  const { _count, papers, files, ...rest } = sending
  return {
    ...rest,
    total: _count.files,
    papers: papers.map(({ sizeBytes, ...paper }) => ({ ...paper, size: Number(sizeBytes) })),
    files: files.map(({ byteSize, ...file }) => ({ ...file, size: Number(byteSize) })),
  }
}
export type VisitSoFar = Awaited<ReturnType<typeof visitSoFar>>
