import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import type { AdoptVersionError, DiscardDraftError } from './errors.ts'
import { enqueueDerive } from './jobs.ts'
import { cancelOpenReview, lockAsset, moveAsset } from './lock.ts'
import { may } from './policy.ts'
import { replacedReason } from './rules/review-states.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** A draft's file becomes the next version of another asset, and the draft is put away: it was no picture of its own. */
export async function adoptVersion(
  ctx: Tx,
  { draftId, intoId }: { draftId: string; intoId: string },
): Promise<Result<{ versionId: string; number: number }, AdoptVersionError>> {
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ versionId: string; number: number }, AdoptVersionError>> => {
    const [draft, into] = await lockBoth(tx, draftId, intoId)
    if (!may(tx.actor, 'edit', draft) || !may(tx.actor, 'edit', into)) throw new Refusal('forbidden', 'adopt version')
    if (draft.state !== 'DRAFT' || draft.publishedVersionId) return fail('not-a-draft', { state: draft.state })
    const file = await tx.db.assetVersion.findFirst({ where: { id: draft.currentVersionId ?? '' } })
    if (!file) return fail('not-a-draft', { state: draft.state })
    const last = await tx.db.assetVersion.findFirst({
      where: { assetId: intoId },
      orderBy: { number: 'desc' },
      select: { number: true, sha256: true },
    })
    if (last?.sha256 === file.sha256) return fail('same-as-current')
    if (!(await moveAsset(tx, into, 'replace'))) return fail('asset-archived')
    await cancelOpenReview(tx, intoId, replacedReason)
    const at = tx.clock.now()
    const versionId = newId('ver', at)
    const number = (last?.number ?? 0) + 1
    const { fileName, mediaType, byteSize, sha256, crc32, storageKey } = file
    await tx.db.assetVersion.create({
      data: {
        id: versionId,
        houseId: tx.actor.houseId,
        assetId: intoId,
        number,
        fileName,
        mediaType,
        byteSize,
        sha256,
        crc32,
        storageKey,
        createdById: isPerson(tx.actor) ? tx.actor.userId : null,
        createdAt: at,
      },
    })
    await tx.db.asset.update({ where: { id: intoId }, data: { currentVersionId: versionId } })
    const reason = `Its file became version ${number} of “${into.title}”.`
    await moveAsset(tx, draft, 'archive', { stateReason: reason })
    await record(tx, {
      type: 'asset.uploaded',
      subject: { kind: 'asset', id: intoId },
      data: { versionId, number, fileName, mediaType, size: Number(byteSize), sha256, from: draftId },
    })
    await record(tx, { type: 'asset.archived', subject: { kind: 'asset', id: draftId }, data: { reason, title: draft.title } })
    await enqueueDerive(tx, versionId)
    return ok({ versionId, number })
  })
}

/** An upload that nobody needs is put away. Whoever may work on the draft may do that; it can be brought back from the archive. */
export async function discardDraft(
  ctx: Tx,
  { assetId, reason }: { assetId: string; reason: string },
): Promise<Result<{ assetId: string }, DiscardDraftError>> {
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ assetId: string }, DiscardDraftError>> => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'edit', asset)) throw new Refusal('forbidden', 'discard draft')
    if (asset.state !== 'DRAFT' || asset.publishedVersionId) return fail('not-a-draft', { state: asset.state })
    await moveAsset(tx, asset, 'archive', { stateReason: reason })
    await record(tx, { type: 'asset.archived', subject: { kind: 'asset', id: assetId }, data: { reason, title: asset.title } })
    return ok({ assetId })
  })
}

/** A draft that was discarded by mistake comes back. */
export async function bringBack(tx: Tx, assetId: string): Promise<boolean> {
  const asset = await lockAsset(tx, assetId)
  if (!may(tx.actor, 'edit', { createdById: asset.createdById, state: 'DRAFT' })) throw new Refusal('forbidden', 'bring back')
  if (!(await moveAsset(tx, asset, 'restore', { stateReason: null }))) return false
  await record(tx, { type: 'asset.restored', subject: { kind: 'asset', id: assetId }, data: { title: asset.title } })
  return true
}

/** Both rows, in the order of their numbers, as everybody locks assets. */
async function lockBoth(tx: Tx, one: string, two: string) {
  await tx.db
    .$queryRaw`SELECT 1 AS locked FROM assets WHERE id IN (${one}, ${two}) AND house_id = ${tx.actor.houseId} ORDER BY no FOR UPDATE`
  return [await lockAsset(tx, one), await lockAsset(tx, two)] as const
}
