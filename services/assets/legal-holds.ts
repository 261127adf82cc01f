import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record, recordAll } from '../compliance/record.ts'
import { inTransaction } from '../platform/db.ts'
import type { LegalHoldError, StepError } from './errors.ts'
import { lockAsset, lockAssets } from './lock.ts'
import { may } from './policy.ts'
import type { LifeCtx, RefusedAsset } from './steps.ts'

interface Matter {
  matter: string
  reason: string
  stopsDelivery: boolean
}

/**
 * Keep assets for a legal matter: from now on they are not archived, deleted or purged, whoever asks. A new version may still
 * arrive and the record may still be edited: the hold keeps what is there, and the trail keeps what it was before.
 */
export async function setLegalHolds(
  ctx: LifeCtx,
  assetIds: readonly string[],
  { matter, reason, stopsDelivery }: Matter,
): Promise<{ done: string[]; refused: RefusedAsset<LegalHoldError | StepError>[] }> {
  return inTransaction(ctx, async (tx) => {
    const { actor } = tx
    const assets = await lockAssets(tx, assetIds)
    const [only] = assetIds
    if (assets.length === 0 && only !== undefined) throw new Refusal('not-found', `no asset ${only}`)
    if (!isPerson(actor) || !may(actor, 'legal-hold')) throw new Refusal('forbidden', 'legal hold')
    const open = await tx.db.legalHold.findMany({
      where: { assetId: { in: assets.map(({ id }) => id) }, matter, releasedAt: null },
      select: { assetId: true },
    })
    const held = new Set(open.map(({ assetId }) => assetId))
    const refused = assets.flatMap(({ id, title, state, purgedAt }): RefusedAsset<LegalHoldError>[] =>
      purgedAt ? [{ id, title, state, error: 'purged' }] : held.has(id) ? [{ id, title, state, error: 'already-held' }] : [],
    )
    const done = assets.filter(({ id, purgedAt }) => !purgedAt && !held.has(id))
    const at = tx.clock.now()
    await tx.db.legalHold.createMany({
      data: done.map((asset) => ({
        id: newId('lho', at),
        houseId: actor.houseId,
        assetId: asset.id,
        matter,
        reason,
        stopsDelivery,
        setById: actor.userId,
        setAt: at,
      })),
    })
    await recordAll(
      tx,
      done.map(({ id, title }) => ({
        type: 'legal-hold.set',
        subject: { kind: 'asset', id },
        data: { matter, reason, stopsDelivery, title },
      })),
    )
    return { done: done.map(({ id }) => id), refused }
  })
}

/** The same of one asset, as an outcome. */
export async function setLegalHold(
  ctx: LifeCtx,
  { assetId, ...matter }: Matter & { assetId: string },
): Promise<Result<{ assetId: string }, LegalHoldError | StepError>> {
  const { refused } = await setLegalHolds(ctx, [assetId], matter)
  const [no] = refused
  return no ? fail(no.error) : ok({ assetId })
}

/** A matter is over for an asset. Other matters keep it as before. */
export async function releaseLegalHold(
  ctx: LifeCtx,
  { holdId, reason }: { holdId: string; reason: string },
): Promise<Result<{ assetId: string; stillHeld: boolean }, 'already-released'>> {
  return inTransaction(ctx, async (tx) => {
    const { actor } = tx
    const hold = await tx.db.legalHold.findFirst({ where: { id: holdId, houseId: actor.houseId } })
    if (!hold) throw new Refusal('not-found', `no legal hold ${holdId}`)
    if (!isPerson(actor) || !may(actor, 'legal-hold')) throw new Refusal('forbidden', 'release legal hold')
    const asset = await lockAsset(tx, hold.assetId)
    const { count } = await tx.db.legalHold.updateMany({
      where: { id: holdId, releasedAt: null },
      data: { releasedAt: tx.clock.now(), releasedById: actor.userId, releaseReason: reason },
    })
    if (count === 0) return fail('already-released')
    await record(tx, {
      type: 'legal-hold.released',
      subject: { kind: 'asset', id: asset.id },
      data: { matter: hold.matter, reason, title: asset.title },
    })
    const stillHeld = (await tx.db.legalHold.count({ where: { assetId: asset.id, releasedAt: null } })) > 0
    return ok({ assetId: asset.id, stillHeld })
  })
}
