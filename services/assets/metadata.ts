import { canonical, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, type Prisma } from '../platform/db.ts'
import type { EditAssetError } from './errors.ts'
import { enqueueDerive } from './jobs.ts'
import { lockAsset, type LockedAsset } from './lock.ts'
import { may } from './policy.ts'
import { closedToEdits } from './rules/asset-states.ts'
import { publishable } from './rules/publishable.ts'
import { isMarked, previewPresets } from './rules/rendition-plan.ts'
import { publishingFacts } from './publishing-facts.ts'
import { extendedIn } from './rules/extended-description.ts'
import { readOwn } from './own-reading.ts'
import type { EditAsset } from './schema.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** Say what an asset is and how it is offered. What is published stays fit to be seen: its edit must leave nothing missing. */
export async function editAsset(ctx: Tx, input: EditAsset): Promise<Result<{ assetId: string; changed: string[] }, EditAssetError>> {
  const { assetId, seenAt, priceFactor, own, ownShown, extendedDescription, extendedShown, ...words } = input
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'edit', asset)) throw new Refusal('forbidden', 'edit asset')
    if (closedToEdits.includes(asset.state)) return fail('asset-archived')
    if (seenAt && asset.changedAt.toISOString() !== seenAt) return fail('changed-meanwhile')

    const read = await readOwn(tx, { asset, kind: words.kind, written: ownShown ? own : null })
    if (!read.ok) return read
    const iptc = extendedShown ? extendedIn(asset.iptc, extendedDescription ?? '') : asset.iptc
    const fields = { ...words, priceFactorBp: Math.round(priceFactor * 100), iptc: iptc as Json, customFields: read.value }
    const next = { ...asset, ...fields }
    if (asset.state === 'PUBLISHED') {
      const facts = await publishingFacts(tx, { ...next, currentVersionId: asset.publishedVersionId })
      const missing = publishable(facts)
      if (missing.length > 0) return fail('published-needs', missing)
    }
    const changes = changesBetween(asset, fields)
    if (Object.keys(changes).length === 0) return ok({ assetId, changed: [] })
    await tx.db.asset.update({
      where: { id: assetId },
      data: { ...fields, iptc: iptc as Prisma.InputJsonValue, changedAt: tx.clock.now() },
    })
    if (isMarked(asset) !== isMarked(next)) await remakePreviews(tx, assetId, isMarked(next))
    await record(tx, { type: 'asset.edited', subject: { kind: 'asset', id: assetId }, data: { changes } })
    return ok({ assetId, changed: Object.keys(changes) })
  })
}

const short = (value: Json): Json => (typeof value === 'string' && value.length > 300 ? `${value.slice(0, 300)}…` : value)

function changesBetween(asset: LockedAsset, fields: Record<string, Json>): Record<string, { from: Json; to: Json }> {
  const before = asset as unknown as Record<string, Json>
  const differing = Object.entries(fields).filter(([name, to]) => canonical(before[name] ?? null) !== canonical(to))
  return Object.fromEntries(differing.map(([name, to]) => [name, { from: short(before[name] ?? null), to: short(to) }]))
}

/** Previews that would now want a mark and have none go at once; a gap of a second is better than a clean copy in the store. */
async function remakePreviews(tx: Tx, assetId: string, marked: boolean): Promise<void> {
  const versions = await tx.db.assetVersion.findMany({ where: { assetId, processing: 'READY' }, select: { id: true } })
  const ids = versions.map(({ id }) => id)
  if (marked)
    await tx.db.rendition.deleteMany({ where: { versionId: { in: ids }, preset: { in: [...previewPresets] }, watermarked: false } })
  for (const id of ids) await enqueueDerive(tx, id)
}
