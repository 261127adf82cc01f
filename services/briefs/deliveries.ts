import { mayOpenBytes } from '../assets/policy.ts'
import { putAway } from '../assets/rules/asset-states.ts'
import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { beginWork, briefFor } from './briefs.ts'
import type { AddDeliveryError } from './errors.ts'
import { mayMakeBrief } from './policy.ts'
import { takesFiles } from './rules/brief-states.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** Lay an asset under a brief; asked twice, it lies there once. Answers false where the brief takes nothing more. */
export async function layUnderBrief(tx: Asking, briefId: string, assetId: string): Promise<boolean> {
  const { houseId } = tx.actor
  await tx.db.$queryRaw`SELECT 1 AS locked FROM briefs WHERE id = ${briefId} AND house_id = ${houseId} FOR UPDATE`
  const brief = await tx.db.brief.findFirst({ where: { id: briefId, houseId, state: { in: [...takesFiles] } }, select: { state: true } })
  if (!brief) return false
  const at = tx.clock.now()
  const addedById = tx.actor.kind === 'person' ? tx.actor.userId : null
  const { count } = await tx.db.briefAsset.createMany({
    data: [{ briefId, assetId, role: 'DELIVERY', addedAt: at, addedById }],
    skipDuplicates: true,
  })
  if (count === 0) return true
  await tx.db.brief.update({ where: { id: briefId }, data: { changedAt: at } })
  await record(tx, { type: 'brief.file-added', subject: { kind: 'brief', id: briefId }, data: { assetId } })
  if (brief.state === 'ASSIGNED' || brief.state === 'CHANGES_ASKED') await beginWork(tx, briefId)
  return true
}

/** What the library has already answers the brief, or a part of it. */
export async function addDelivery(ctx: Asking, briefId: string, { assetId }: { assetId: string }): Promise<Result<null, AddDeliveryError>> {
  const brief = await briefFor(ctx, briefId)
  if (!mayMakeBrief(ctx.actor, brief)) throw new Refusal('forbidden', 'add to a brief')
  return inTransaction(ctx, async (tx) => {
    const asset = await tx.db.asset.findFirst({
      where: { id: assetId, houseId: tx.actor.houseId, state: { notIn: [...putAway] }, quarantinedAt: null },
      select: { embargoEndsAt: true, embargoFor: true },
    })
    // What its embargo keeps from them is not theirs to hand on.
    if (!asset || !mayOpenBytes(tx.actor, asset)) return fail('no-such-asset')
    const already = await tx.db.briefAsset.count({ where: { briefId, assetId, role: 'DELIVERY' } })
    if (already > 0) return fail('there-already')
    return (await layUnderBrief(tx, briefId, assetId)) ? ok(null) : fail('takes-no-files')
  })
}

/** It was not meant for this brief. The asset stays in the library. */
export async function takeFromBrief(
  ctx: Asking,
  briefId: string,
  { assetId }: { assetId: string },
): Promise<Result<null, 'takes-no-files'>> {
  const brief = await briefFor(ctx, briefId)
  if (!mayMakeBrief(ctx.actor, brief)) throw new Refusal('forbidden', 'take from a brief')
  return inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM briefs WHERE id = ${briefId} FOR UPDATE`
    if ((await tx.db.brief.count({ where: { id: briefId, state: { in: [...takesFiles] } } })) === 0) return fail('takes-no-files')
    const { count } = await tx.db.briefAsset.deleteMany({ where: { briefId, assetId, role: 'DELIVERY' } })
    if (count > 0) await record(tx, { type: 'brief.file-removed', subject: { kind: 'brief', id: briefId }, data: { assetId } })
    return ok(null)
  })
}

/** A file came through a link that is aimed at a brief: said by the fact, carried out by the house. Safe to run twice. */
export const noteGuestDelivery = (ctx: Asking, briefId: string, assetId: string): Promise<boolean> =>
  inTransaction(ctx, (tx) => layUnderBrief(tx, briefId, assetId))
