import type { Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { may, mayOpenBytes } from './policy.ts'
import { sealedTitle } from './rules/sealing.ts'
import { assetStates } from './rules/asset-states.ts'
import { liveFacts, liveSpans } from './rules/live-spans.ts'
import { namesOf } from './views.ts'

export type Reading = Ctx<'db' | 'clock' | 'actor'>
export type VersionsPage = Awaited<ReturnType<typeof versionsPage>>
export type VersionLine = VersionsPage['versions'][number]

const versionsOnPage = 40
/** An asset has hundreds of facts at most; the newest count. */
const mostFacts = 2_000

const assetSelect = {
  id: true,
  title: true,
  altText: true,
  kind: true,
  state: true,
  createdById: true,
  currentVersionId: true,
  publishedVersionId: true,
  embargoEndsAt: true,
  embargoFor: true,
} satisfies Prisma.AssetSelect

/** What is left of a version for whom an embargo keeps out. */
export const unsaidOfVersion = { fileName: '', note: '', dominantColour: null }

/** The asset whose versions are asked for, by people of its house. */
export async function findVersioned(ctx: Reading, assetId: string) {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'versions')
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, houseId: ctx.actor.houseId }, select: assetSelect })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const { embargoEndsAt, embargoFor, ...found } = asset
  const sealed = !mayOpenBytes(ctx.actor, { embargoEndsAt, embargoFor })
  return { ...found, ...(sealed && { title: sealedTitle }), sealed }
}

/** What is read of each version. */
export const versionSelect = {
  id: true,
  number: true,
  fileName: true,
  mediaType: true,
  byteSize: true,
  sha256: true,
  width: true,
  height: true,
  pages: true,
  durationMs: true,
  dominantColour: true,
  processing: true,
  rejectedReason: true,
  note: true,
  createdById: true,
  createdAt: true,
  purgedAt: true,
  restoredFrom: { select: { number: true } },
  reviews: {
    orderBy: { askedAt: 'desc' },
    take: 1,
    select: { id: true, state: true, decidedById: true, decidedAt: true, askedAt: true, reason: true },
  },
} satisfies Prisma.AssetVersionSelect

/** Every version of an asset, the newest first: what came, from whom, why, what was decided, and when the world saw it. */
export async function versionsPage(ctx: Reading, assetId: string, asked: { by?: string | undefined; before?: number | undefined } = {}) {
  const { actor, db } = ctx
  const { sealed, createdById: _createdById, ...asset } = await findVersioned(ctx, assetId)
  const where = { assetId, houseId: actor.houseId }
  const [rows, senders, facts, total] = await Promise.all([
    db.assetVersion.findMany({
      where: { ...where, ...(asked.by && { createdById: asked.by }), ...(asked.before && { number: { lt: asked.before } }) },
      orderBy: { number: 'desc' },
      take: versionsOnPage + 1,
      select: versionSelect,
    }),
    db.assetVersion.groupBy({ by: ['createdById'], where, _count: { _all: true } }),
    factsOf(ctx, assetId, liveFacts),
    db.assetVersion.count({ where }),
  ])
  const spans = liveSpans(
    facts.map(({ type, at, actorName, data }) => ({
      type,
      at,
      by: actorName,
      versionId: textIn(data, 'versionId'),
      to: textIn(data, 'to'),
    })),
  )
  const names = await namesOf(ctx, [
    ...rows.flatMap(({ createdById, reviews }) => [createdById, ...reviews.map(({ decidedById }) => decidedById)]),
    ...senders.map(({ createdById }) => createdById),
  ])
  const current = await db.assetVersion.findFirst({ where: { ...where, id: asset.currentVersionId ?? '' }, select: { sha256: true } })
  const mayRollBack = may(actor, 'roll-back') && assetStates.after(asset.state, 'replace') !== undefined
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? 'Somebody') : null)
  return {
    asset,
    total,
    sealed,
    versions: rows.slice(0, versionsOnPage).map(({ byteSize, createdById, restoredFrom, reviews, purgedAt, ...row }) => ({
      ...row,
      ...(sealed && unsaidOfVersion),
      byteSize: Number(byteSize),
      by: nameOf(createdById),
      restores: restoredFrom?.number ?? null,
      gone: purgedAt,
      review: reviews[0] ? { ...reviews[0], ...(sealed && { reason: null }), decidedBy: nameOf(reviews[0].decidedById) } : null,
      spans: spans.get(row.id) ?? [],
      isCurrent: row.id === asset.currentVersionId,
      isLive: row.id === asset.publishedVersionId && asset.state === 'PUBLISHED',
      mayRollBack: mayRollBack && row.processing === 'READY' && purgedAt === null && row.sha256 !== current?.sha256,
    })),
    /** From which number the next page goes down. */
    next: rows.length > versionsOnPage ? (rows[versionsOnPage - 1]?.number ?? null) : null,
    by: asked.by ?? null,
    people: senders
      .flatMap(({ createdById, _count }) =>
        createdById ? [{ userId: createdById, name: nameOf(createdById) ?? '', versions: _count._all }] : [],
      )
      .sort((a, b) => b.versions - a.versions || a.name.localeCompare(b.name)),
    mayUpload:
      may(actor, 'upload') &&
      may(actor, 'edit', { ...asset, createdById: _createdById }) &&
      assetStates.after(asset.state, 'replace') !== undefined,
    mayNote: !sealed && may(actor, 'edit', { ...asset, createdById: _createdById }),
  }
}

const textIn = (data: Readonly<Record<string, Json | undefined>>, name: string): string | null => {
  const value = data[name]
  return typeof value === 'string' ? value : null
}

/** Facts about an asset of these types, the oldest first. */
export async function factsOf(ctx: Reading, assetId: string, types: readonly string[]) {
  const rows = await ctx.db.auditFact.findMany({
    where: { houseId: ctx.actor.houseId, subjectKind: 'asset', subjectId: assetId, type: { in: [...types] } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: mostFacts,
    select: { type: true, at: true, actorName: true, body: true },
  })
  return rows
    .reverse()
    .map(({ body, ...fact }) => ({ ...fact, data: (JSON.parse(body) as { data?: Record<string, Json | undefined> }).data ?? {} }))
}
