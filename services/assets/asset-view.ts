import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import type { EmbeddedFields } from '../platform/media/media.ts'
import { may, type AssetAct } from './policy.ts'
import { publishingFacts } from './publishing-facts.ts'
import { assetStates } from './rules/asset-states.ts'
import { compareWithFile } from './rules/metadata-fields.ts'
import { publishingChecks, submittable } from './rules/publishable.ts'
import { namesOf } from './views.ts'

type ViewCtx = Ctx<'db' | 'actor'>
export type AssetDetail = Awaited<ReturnType<typeof assetDetail>>
export type ReviewPage = Awaited<ReturnType<typeof reviewPage>>

const versionSelect = {
  id: true,
  number: true,
  fileName: true,
  mediaType: true,
  byteSize: true,
  sha256: true,
  width: true,
  height: true,
  pages: true,
  orientation: true,
  dominantColour: true,
  palette: true,
  embedded: true,
  processing: true,
  rejectedReason: true,
  createdById: true,
  createdAt: true,
  renditions: {
    select: { preset: true, width: true, height: true, mediaType: true, byteSize: true, watermarked: true },
    orderBy: { width: 'asc' },
  },
} satisfies Prisma.AssetVersionSelect
const reviewSelect = {
  id: true,
  state: true,
  versionId: true,
  askedById: true,
  askedAt: true,
  note: true,
  decidedById: true,
  decidedAt: true,
  reason: true,
  version: { select: { number: true } },
} satisfies Prisma.ReviewSelect
const assetSelect = {
  id: true,
  houseId: true,
  kind: true,
  state: true,
  audience: true,
  title: true,
  description: true,
  altText: true,
  keywords: true,
  creator: true,
  creditLine: true,
  copyrightNotice: true,
  source: true,
  sourceUrl: true,
  dateCreated: true,
  digitalSourceType: true,
  showsPeople: true,
  showsProperty: true,
  editorialOnly: true,
  sellsRoyaltyFree: true,
  sellsRightsManaged: true,
  priceFactorBp: true,
  currentVersionId: true,
  publishedVersionId: true,
  publishedAt: true,
  withdrawnAt: true,
  stateReason: true,
  createdById: true,
  createdAt: true,
  changedAt: true,
  versions: { select: versionSelect, orderBy: { number: 'desc' } },
  reviews: { select: reviewSelect, orderBy: { askedAt: 'desc' } },
} satisfies Prisma.AssetSelect
type AssetRow = Prisma.AssetGetPayload<{ select: typeof assetSelect }>

/** One asset, for the people who keep it: record beside file, versions, reviews, what is missing and what may be done. */
export async function assetDetail(ctx: ViewCtx, assetId: string) {
  const { actor } = ctx
  const asset = await findAsset(ctx, assetId)
  const { versions, reviews, houseId: _houseId, ...record } = asset
  const names = await namesOf(ctx, [
    asset.createdById,
    ...versions.map((v) => v.createdById),
    ...reviews.flatMap((r) => [r.askedById, r.decidedById]),
  ])
  const current = versions.find(({ id }) => id === asset.currentVersionId) ?? null
  const facts = await publishingFacts(ctx, asset)
  return {
    ...record,
    createdBy: asset.createdById ? (names.get(asset.createdById) ?? null) : null,
    current: current && versionOf(current, names),
    versions: versions.map((version) => versionOf(version, names)),
    beside: compareWithFile(asset, (current?.embedded ?? {}) as EmbeddedFields),
    reviews: reviews.map((review) => reviewOf(review, names)),
    checks: publishingChecks(facts),
    described: submittable(facts).length === 0,
    history: await historyOf(ctx, assetId),
    may: allowed(ctx, asset),
    maySeeFiles: may(actor, 'open-files'),
  }
}

async function findAsset(ctx: ViewCtx, assetId: string): Promise<AssetRow> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, houseId: ctx.actor.houseId }, select: assetSelect })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  return asset
}

function versionOf({ embedded, byteSize, renditions, createdById, ...version }: AssetRow['versions'][number], names: Map<string, string>) {
  const fields = embedded as EmbeddedFields
  const { usageTerms, webStatement, licensorName, licensorUrl, modelReleaseStatus, propertyReleaseStatus } = fields
  return {
    ...version,
    byteSize: Number(byteSize),
    createdBy: createdById ? (names.get(createdById) ?? null) : null,
    renditions: renditions.map((rendition) => ({ ...rendition, byteSize: Number(rendition.byteSize) })),
    /** What the file claims about rights: shown to the rights desk, never taken as a fact. */
    claims: { usageTerms, webStatement, licensorName, licensorUrl, modelReleaseStatus, propertyReleaseStatus },
  }
}

function reviewOf({ askedById, decidedById, version, ...review }: AssetRow['reviews'][number], names: Map<string, string>) {
  const decidedBy = decidedById ? (names.get(decidedById) ?? 'Somebody') : null
  return { ...review, versionNumber: version.number, askedBy: names.get(askedById) ?? 'Somebody', decidedBy }
}

const historyOf = (ctx: ViewCtx, assetId: string) =>
  ctx.db.auditFact.findMany({
    where: { subjectKind: 'asset', subjectId: assetId, houseId: ctx.actor.houseId },
    select: { id: true, at: true, type: true, actorName: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 30,
  })

/** Buttons: what the state knows and the person may. The operations ask again. */
function allowed(
  ctx: ViewCtx,
  asset: AssetRow,
): Record<'edit' | 'replace' | Exclude<AssetAct, 'see' | 'upload' | 'review' | 'open-files'>, boolean> {
  const { state } = asset
  const can = (act: AssetAct) => may(ctx.actor, act, asset)
  const waiting = asset.reviews.some((review) => review.state === 'WAITING')
  const nothingNew = state === 'PUBLISHED' && asset.currentVersionId === asset.publishedVersionId
  return {
    edit: state !== 'ARCHIVED' && can('edit'),
    replace: assetStates.after(state, 'replace') !== undefined && can('edit') && can('upload'),
    submit: assetStates.after(state, 'submit') !== undefined && !waiting && !nothingNew && can('submit'),
    publish: assetStates.after(state, 'publish') !== undefined && can('publish'),
    withdraw: assetStates.after(state, 'withdraw') !== undefined && can('withdraw'),
    archive: assetStates.after(state, 'archive') !== undefined && can('archive'),
    restore: assetStates.after(state, 'restore') !== undefined && can('restore'),
  }
}

/** One question to a reviewer: the version large, its facts, what is missing, what was decided before, and who waits next. */
export async function reviewPage(ctx: ViewCtx, reviewId: string) {
  const { actor } = ctx
  const { houseId } = actor
  if (!may(actor, 'see')) throw new Refusal('forbidden', 'review')
  const review = await ctx.db.review.findFirst({
    where: { id: reviewId, houseId },
    select: { id: true, assetId: true, versionId: true, askedAt: true, askedById: true },
  })
  if (!review) throw new Refusal('not-found', `no review ${reviewId}`)
  const asset = await assetDetail(ctx, review.assetId)
  const question = asset.reviews.find(({ id }) => id === reviewId)
  const version = asset.versions.find(({ id }) => id === review.versionId)
  if (!question || !version) throw new Refusal('not-found', `no review ${reviewId}`)
  return {
    review: question,
    asset,
    version,
    live: asset.versions.find(({ id }) => id === asset.publishedVersionId && id !== version.id) ?? null,
    /** Whether it is approved is what is asked here; it is no check. */
    checks: asset.checks.filter(({ label }) => label !== 'This version approved'),
    before: asset.reviews.filter((other) => other.id !== reviewId && other.state !== 'WAITING'),
    nextReviewId: await nextReviewAfter(ctx, reviewId),
    mayReview: may(actor, 'review'),
    own: isPerson(actor) && review.askedById === actor.userId,
  }
}

/** Who waits next: the first asked after this one, else the first of all. What the actor sent is for others. */
export async function nextReviewAfter(ctx: ViewCtx, reviewId: string): Promise<string | null> {
  const { houseId } = ctx.actor
  const here = await ctx.db.review.findFirst({ where: { id: reviewId, houseId }, select: { askedAt: true } })
  const others = isPerson(ctx.actor) ? { askedById: { not: ctx.actor.userId } } : {}
  const firstOf = (more: Prisma.ReviewWhereInput) =>
    ctx.db.review.findFirst({
      where: { houseId, state: 'WAITING', id: { not: reviewId }, ...others, ...more },
      orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
      select: { id: true },
    })
  const later = here ? await firstOf({ askedAt: { gte: here.askedAt } }) : null
  return (later ?? (await firstOf({})))?.id ?? null
}
