import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo, type Prisma } from '../platform/db.ts'
import type { RollBackError } from './errors.ts'
import { enqueueDerive } from './jobs.ts'
import { cancelOpenReview, lockAsset, moveAsset, type LockedAsset } from './lock.ts'
import { may } from './policy.ts'
import { isMarked, previewPresets } from './rules/rendition-plan.ts'
import type { NoteVersion, RollBack } from './schema.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
type RolledBack = Result<{ versionId: string; number: number; live: boolean; approved: boolean }, RollBackError>

const versionFacts = {
  restoredFrom: { select: { reviews: { where: { state: 'APPROVED' }, select: { id: true } } } },
  reviews: { where: { state: 'APPROVED' }, select: { id: true } },
} satisfies Prisma.AssetVersionInclude

/**
 * Make an earlier version current again, as a new version of the same bytes: nothing that was is rewritten. Where it had been
 * approved, its approval still speaks for it: what is published shows it at once, and what waited is approved. Else it is
 * reviewed like any other, and the approved one stays live.
 */
export async function rollBackAsset(ctx: Tx, { assetId, versionId, reason, seenCurrentId, seenLiveId }: RollBack): Promise<RolledBack> {
  return inTransactionOrUndo(ctx, async (tx): Promise<RolledBack> => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'roll-back', asset)) throw new Refusal('forbidden', 'roll back')
    const before = await tx.db.assetVersion.findFirst({ where: { id: versionId, assetId, houseId: asset.houseId }, include: versionFacts })
    if (!before) throw new Refusal('not-found', `no version ${versionId}`)
    // A version that came, or was approved, since the page was drawn: its reader has not chosen against it.
    if (asset.currentVersionId !== seenCurrentId || (asset.publishedVersionId ?? undefined) !== seenLiveId) return fail('changed-meanwhile')
    if (before.purgedAt) return fail('bytes-gone')
    if (before.processing !== 'READY') return fail('not-readable')
    const current = await tx.db.assetVersion.findFirst({ where: { id: seenCurrentId }, select: { sha256: true } })
    if (current?.sha256 === before.sha256) return fail('already-current')
    if (!(await moveAsset(tx, asset, 'replace'))) return fail('wrong-state', { state: asset.state })
    await cancelOpenReview(tx, assetId, 'An earlier version was brought back.')

    const made = await copyVersion(tx, asset, before, reason)
    const approved = before.reviews.length > 0 || (before.restoredFrom?.reviews.length ?? 0) > 0 || before.id === asset.publishedVersionId
    const live = approved && asset.state === 'PUBLISHED'
    await tx.db.asset.update({ where: { id: assetId }, data: { currentVersionId: made.id, ...(live && { publishedVersionId: made.id }) } })
    if (approved) await approveAgain(tx, assetId)
    await record(tx, {
      type: 'asset.rolled-back',
      subject: { kind: 'asset', id: assetId },
      data: {
        versionId: made.id,
        number: made.number,
        from: before.id,
        fromNumber: before.number,
        reason,
        approved,
        live,
        title: asset.title,
      },
    })
    if (live)
      await record(tx, {
        type: 'asset.published',
        subject: { kind: 'asset', id: assetId },
        data: { versionId: made.id, replaces: asset.publishedVersionId, title: asset.title },
      })
    return ok({ versionId: made.id, number: made.number, live, approved })
  })
}

/** A draft whose newest version was approved once is approved: by the same steps that a reviewer's yes takes. */
async function approveAgain(tx: Tx, assetId: string): Promise<void> {
  for (const verb of ['submit', 'approve'] as const) {
    const asset = await lockAsset(tx, assetId)
    if (asset.state === 'DRAFT' || asset.state === 'IN_REVIEW') await moveAsset(tx, asset, verb, { stateReason: null })
  }
}

type Before = Prisma.AssetVersionGetPayload<{ include: typeof versionFacts }>

/** The next version, with the bytes of an earlier one and with what was read of them and made from them. */
async function copyVersion(tx: Tx, asset: LockedAsset, before: Before, reason: string): Promise<{ id: string; number: number }> {
  const at = tx.clock.now()
  const id = newId('ver', at)
  const last = await tx.db.assetVersion.findFirst({ where: { assetId: asset.id }, orderBy: { number: 'desc' }, select: { number: true } })
  const number = (last?.number ?? 0) + 1
  const { fileName, mediaType, byteSize, sha256, crc32, storageKey, width, height, pages, durationMs, frames, preview } = before
  const { orientation, dominantColour, palette } = before
  await tx.db.assetVersion.create({
    data: {
      id,
      houseId: asset.houseId,
      assetId: asset.id,
      number,
      ...{ fileName, mediaType, byteSize, sha256, crc32, storageKey, width, height, pages, durationMs, frames, preview },
      ...{ orientation, dominantColour, palette },
      facts: before.facts as Prisma.InputJsonObject,
      embedded: before.embedded as Prisma.InputJsonObject,
      processing: 'READY',
      note: reason,
      // The first of these bytes: an approval is looked for there, however often they come back.
      restoredFromId: before.restoredFromId ?? before.id,
      createdById: isPerson(tx.actor) ? tx.actor.userId : null,
      createdAt: at,
    },
  })
  const said = await tx.db.fileMetadata.findUnique({ where: { versionId: before.id } })
  if (said)
    await tx.db.fileMetadata.create({
      data: {
        ...said,
        versionId: id,
        found: said.found as Prisma.InputJsonObject,
        origins: said.origins as Prisma.InputJsonObject,
        disputes: said.disputes as Prisma.InputJsonArray,
      },
    })
  // What was read with it beside the file is read with it again.
  const beside = await tx.db.versionSidecar.findUnique({ where: { versionId: before.id } })
  if (beside) await tx.db.versionSidecar.create({ data: { ...beside, versionId: id } })
  // Previews made for another audience bear another mark: those are not taken over but made anew.
  const marked = isMarked(asset)
  const renditions = await tx.db.rendition.findMany({ where: { versionId: before.id } })
  const fitting = renditions.filter(
    ({ preset, watermarked }) => !(previewPresets as readonly string[]).includes(preset) || watermarked === marked,
  )
  await tx.db.rendition.createMany({
    data: fitting.map((rendition) => ({ ...rendition, id: newId('ren', at), versionId: id, createdAt: at })),
  })
  if (fitting.length < renditions.length || renditions.length === 0) await enqueueDerive(tx, id)
  return { id, number }
}

/** Say why there is a version: a sentence that stands beside it. */
export async function noteVersion(ctx: Tx, { versionId, note }: NoteVersion): Promise<{ assetId: string }> {
  const version = await ctx.db.assetVersion.findFirst({
    where: { id: versionId, houseId: ctx.actor.houseId },
    select: { assetId: true, note: true, number: true, asset: { select: { createdById: true, state: true } } },
  })
  if (!version) throw new Refusal('not-found', `no version ${versionId}`)
  if (!may(ctx.actor, 'edit', version.asset)) throw new Refusal('forbidden', 'note version')
  const { assetId, number } = version
  if (version.note === note) return { assetId }
  return inTransaction(ctx, async (tx) => {
    await tx.db.assetVersion.update({ where: { id: versionId }, data: { note } })
    await record(tx, {
      type: 'version.noted',
      subject: { kind: 'asset', id: assetId },
      data: { versionId, number, from: version.note, to: note },
    })
    return { assetId }
  })
}
