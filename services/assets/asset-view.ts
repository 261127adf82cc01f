import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { ownFieldsOf } from './own-views.ts'
import { may, mayOpenBytes, type AssetAct } from './policy.ts'
import { publishingFacts } from './publishing-facts.ts'
import { assetStates, closedToEdits, type AssetVerb } from './rules/asset-states.ts'
import { compareWithFile } from './rules/metadata-fields.ts'
import { valuesOf, wordsOf } from './rules/metadata-values.ts'
import { metadataMap } from './rules/metadata-map.ts'
import { extendedOf } from './rules/extended-description.ts'
import { publishingChecks, submittable } from './rules/publishable.ts'
import { unsaidRecord } from './rules/sealing.ts'
import { namesOf } from './views.ts'

type ViewCtx = Ctx<'db' | 'actor'>
export type AssetDetail = Awaited<ReturnType<typeof assetDetail>>

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
  customFields: true,
  iptc: true,
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
  publishAt: true,
  unpublishAt: true,
  scheduleRefused: true,
  heldFrom: true,
  embargoEndsAt: true,
  embargoThen: true,
  embargoFor: true,
  useEndsAt: true,
  deletedAt: true,
  purgeAt: true,
  purgedAt: true,
  legalHold: true,
  createdById: true,
  createdAt: true,
  changedAt: true,
  versions: { select: versionSelect, orderBy: { number: 'desc' } },
  reviews: { select: reviewSelect, orderBy: { askedAt: 'desc' } },
} satisfies Prisma.AssetSelect
type AssetRow = Prisma.AssetGetPayload<{ select: typeof assetSelect }>

/** What is left of a record and its file for whom an embargo keeps out. */
const unsaid = { ...unsaidRecord, customFields: {}, sourceUrl: null, stateReason: null } satisfies Partial<AssetRow>
const unsaidOfFile = { fileName: '', embedded: {}, dominantColour: null, palette: [] } satisfies Partial<AssetRow['versions'][number]>

const sealedRow = (found: AssetRow): AssetRow => ({
  ...found,
  ...unsaid,
  versions: found.versions.map((version) => ({ ...version, ...unsaidOfFile })),
  reviews: found.reviews.map((review) => ({ ...review, note: '', reason: null })),
})

/** One asset, for the people who keep it: record beside file, versions, reviews, what is missing and what may be done. */
export async function assetDetail(ctx: ViewCtx, assetId: string) {
  const { actor } = ctx
  const found = await findAsset(ctx, assetId)
  // What a record and its files say describes the picture, so an embargo keeps it as well.
  const sealed = !mayOpenBytes(actor, found)
  const asset = sealed ? sealedRow(found) : found
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
    beside: compareWithFile(asset, valuesOf(current?.embedded)),
    reviews: reviews.map((review) => reviewOf(review, names)),
    checks: publishingChecks(facts),
    described: submittable(facts).length === 0,
    own: await ownFieldsOf(ctx, asset, { forms: may(actor, 'edit', asset) }),
    extendedDescription: extendedOf(asset.iptc),
    history: await historyOf(ctx, assetId),
    may: allowed(ctx, asset),
    maySeeFiles: may(actor, 'open-files') && !sealed,
    /** Under an embargo that does not name the reader: the page has no picture. */
    sealed,
  }
}

async function findAsset(ctx: ViewCtx, assetId: string): Promise<AssetRow> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, houseId: ctx.actor.houseId }, select: assetSelect })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  return asset
}

/** Fields that speak of rights, as the file's panel lists them. */
const claimed = metadataMap.filter(({ rights }) => rights)

function versionOf({ embedded, byteSize, renditions, createdById, ...version }: AssetRow['versions'][number], names: Map<string, string>) {
  const said = valuesOf(embedded)
  return {
    ...version,
    byteSize: Number(byteSize),
    createdBy: createdById ? (names.get(createdById) ?? null) : null,
    renditions: renditions.map((rendition) => ({ ...rendition, byteSize: Number(rendition.byteSize) })),
    /** What the file claims about rights: shown to the rights desk, never taken as a fact. */
    claims: claimed.flatMap((field) =>
      said[field.name] === undefined ? [] : [{ label: field.label, words: wordsOf(field, said[field.name]) }],
    ),
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
    orderBy: { link: { seq: 'desc' } },
    take: 30,
  })

/** Buttons: what the state knows and the person may. The operations ask again. */
function allowed(
  ctx: ViewCtx,
  asset: AssetRow,
): Record<'edit' | 'replace' | 'resume' | Exclude<AssetAct, 'see' | 'upload' | 'review' | 'open-files'>, boolean> {
  const { state } = asset
  const can = (act: AssetAct) => may(ctx.actor, act, asset)
  const knows = (verb: AssetVerb) => assetStates.after(state, verb) !== undefined
  const waiting = asset.reviews.some((review) => review.state === 'WAITING')
  const nothingNew = state === 'PUBLISHED' && asset.currentVersionId === asset.publishedVersionId
  return {
    edit: !closedToEdits.includes(state) && can('edit'),
    replace: assetStates.after(state, 'replace') !== undefined && can('edit') && can('upload'),
    submit: assetStates.after(state, 'submit') !== undefined && !waiting && !nothingNew && can('submit'),
    publish: assetStates.after(state, 'publish') !== undefined && can('publish'),
    withdraw: assetStates.after(state, 'withdraw') !== undefined && can('withdraw'),
    archive: knows('archive') && !asset.legalHold && can('archive'),
    restore: knows('restore') && !asset.purgedAt && can('restore'),
    schedule: knows('schedule') && can('schedule'),
    hold: knows('hold') && can('hold'),
    resume: state === 'ON_HOLD' && can('hold'),
    embargo: knows('embargo') && can('embargo'),
    expire: knows('expire') && can('expire'),
    delete: knows('delete') && !asset.legalHold && can('delete'),
    'roll-back': knows('replace') && can('roll-back'),
    'legal-hold': !asset.purgedAt && can('legal-hold'),
  }
}
