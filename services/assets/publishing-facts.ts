import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import type { AssetKind } from './rules/asset-words.ts'
import type { AssetState } from './rules/asset-states.ts'
import { checkFields } from './rules/own-fields.ts'
import type { PublishingFacts } from './rules/publishable.ts'
import { fieldsOfKind, ownFields, ownValues } from './schemas.ts'

type Described = Omit<PublishingFacts, 'version' | 'acquisitions' | 'ownFields' | 'useEnded'> & {
  id: string
  houseId: string
  kind: AssetKind
  customFields: unknown
  state: AssetState
  useEndsAt: Date | null
  heldFrom: AssetState | null
  currentVersionId: string | null
  publishedVersionId: string | null
}

/** Which states speak for the approval of the newest version: some by themselves, some only where that version is the one that was live. */
const approvedBy: Record<AssetState, 'state' | 'live' | null> = {
  DRAFT: null,
  IN_REVIEW: null,
  APPROVED: 'state',
  SCHEDULED: 'state',
  PUBLISHED: 'live',
  ON_HOLD: null,
  EMBARGOED: 'state',
  EXPIRED: 'live',
  WITHDRAWN: 'live',
  ARCHIVED: null,
  DELETED: null,
}

/** Whether what an asset is speaks for its newest version. What is on hold is judged as what it was before: that is what it would resume to. */
export function spokenFor(state: AssetState, heldFrom: AssetState | null, newestIsLive: boolean): boolean {
  const by = approvedBy[heldFrom ?? state]
  return by === 'state' || (by === 'live' && newestIsLive)
}

/** A yes to a version; and to those bytes, where it was rolled back to them. */
const approvals = { reviews: { where: { state: 'APPROVED' }, select: { id: true } } } satisfies Prisma.AssetVersionSelect

/** What the rule `publishable` judges of an asset as it stands. */
export async function publishingFacts(ctx: Ctx<'db'>, asset: Described, now?: Date): Promise<PublishingFacts> {
  const facts = (await publishingFactsOf(ctx, [asset], now)).get(asset.id)
  if (!facts) throw new Error(`no facts of ${asset.id}`)
  return facts
}

/**
 * The same of many assets of one house, in a handful of statements. Rights are counted here in their table, whose domain lies
 * above this one; whether they cover a given use is that domain's question at each sale.
 */
export async function publishingFactsOf(ctx: Ctx<'db'>, assets: readonly Described[], now?: Date): Promise<Map<string, PublishingFacts>> {
  const [first] = assets
  if (!first) return new Map()
  const { houseId } = first
  const versionIds = assets.flatMap(({ currentVersionId }) => currentVersionId ?? [])
  const rows = await ctx.db.assetVersion.findMany({
    where: { id: { in: versionIds }, houseId },
    select: { id: true, processing: true, ...approvals, restoredFrom: { select: approvals } },
  })
  const versions = new Map(rows.map((version) => [version.id, version]))
  const counted = await ctx.db.acquisition.groupBy({
    by: ['assetId'],
    where: { assetId: { in: assets.map(({ id }) => id) }, houseId, supersededAt: null },
    _count: true,
  })
  const acquisitions = new Map(counted.map(({ assetId, _count }) => [assetId, _count]))
  const fields = await ownFields(ctx, houseId)
  return new Map(
    assets.map((asset) => {
      const lived = spokenFor(asset.state, asset.heldFrom, asset.publishedVersionId === asset.currentVersionId)
      const version = versions.get(asset.currentVersionId ?? '')
      return [
        asset.id,
        {
          title: asset.title,
          altText: asset.altText,
          creator: asset.creator,
          creditLine: asset.creditLine,
          audience: asset.audience,
          sellsRoyaltyFree: asset.sellsRoyaltyFree,
          sellsRightsManaged: asset.sellsRightsManaged,
          editorialOnly: asset.editorialOnly,
          showsPeople: asset.showsPeople,
          showsProperty: asset.showsProperty,
          acquisitions: acquisitions.get(asset.id) ?? 0,
          useEnded: now !== undefined && asset.useEndsAt !== null && asset.useEndsAt <= now,
          quarantinedAt: asset.quarantinedAt ?? null,
          ownFields: needsOf(fieldsOfKind(fields, asset.kind), ownValues(asset.customFields)),
          version: version ? { processing: version.processing, approved: lived || version.reviews.length > 0 || (version.restoredFrom?.reviews.length ?? 0) > 0 } : null,
        },
      ]
    }),
  )
}

function needsOf(fields: ReturnType<typeof fieldsOfKind>, values: ReturnType<typeof ownValues>): NonNullable<PublishingFacts['ownFields']> {
  const missing = new Set(checkFields({ version: 0, fields }, values).map(({ id }) => id))
  return fields.flatMap(({ id, label, need }) => (need === 'NEVER' ? [] : [{ id, label, need, filled: !missing.has(id) }]))
}
