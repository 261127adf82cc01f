import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { AddSidecarError } from './errors.ts'
import { enqueueDerive } from './jobs.ts'
import { lockAsset } from './lock.ts'
import { may } from './policy.ts'
import { closedToEdits } from './rules/asset-states.ts'
import type { AddSidecar } from './schema.ts'

/** Read XMP with the newest file of an asset: kept beside it, believed before it, and read like it, in a process of its own. */
export async function addSidecar(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { assetId, fileName, packet }: AddSidecar,
): Promise<Result<{ versionId: string }, AddSidecarError>> {
  if (!packet.includes('<rdf:RDF') && !packet.includes('xmpmeta')) return fail('no-xmp')
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'edit', asset)) throw new Refusal('forbidden', 'add a sidecar')
    if (closedToEdits.includes(asset.state)) return fail('asset-archived')
    const versionId = asset.currentVersionId
    if (!versionId) return fail('no-file')
    const row = {
      fileName,
      packet: packet.replaceAll('\0', ''),
      addedAt: tx.clock.now(),
      addedById: isPerson(tx.actor) ? tx.actor.userId : null,
    }
    await tx.db.versionSidecar.upsert({ where: { versionId }, create: { ...row, versionId, houseId: asset.houseId }, update: row })
    await enqueueDerive(tx, versionId)
    await record(tx, { type: 'version.sidecar-added', subject: { kind: 'asset', id: assetId }, data: { versionId, fileName } })
    return ok({ versionId })
  })
}
