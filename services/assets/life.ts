import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { endOfDay, instantOf } from '../kernel/period.ts'
import { record } from '../compliance/record.ts'
import { inTransaction } from '../platform/db.ts'
import {
  archiveStep,
  deleteStep,
  embargoStep,
  endEmbargoStep,
  expireStep,
  holdStep,
  houseLife,
  publishStep,
  restoreStep,
  resumeStep,
  scheduleStep,
  unscheduleStep,
  withdrawStep,
} from './life-steps.ts'
import type { EmbargoError, LifeError, ScheduleError, StepError } from './errors.ts'
import { setLegalHolds } from './legal-holds.ts'
import type { LifeAct } from './life-schema.ts'
import { lockAsset } from './lock.ts'
import { may } from './policy.ts'
import { closedToEdits } from './rules/asset-states.ts'
import { resolveSelection } from './selections.ts'
import { mostAtOnce, stepMany, stepOne, type LifeCtx, type RefusedAsset, type Step } from './steps.ts'

type Stepped<E extends string = never> = Promise<Result<{ assetId: string }, E | StepError>>

/** Plan a publication, and its end where it has one. A planned one is planned anew. */
export async function scheduleAsset(
  ctx: LifeCtx,
  { assetId, ...plan }: { assetId: string; publishOn: string; unpublishOn: string | null },
): Stepped<ScheduleError> {
  return stepOne(ctx, assetId, scheduleStep(ctx, await houseLife(ctx), plan))
}

/** Take the plan back: approved, as it was. */
export const unscheduleAsset = (ctx: LifeCtx, { assetId }: { assetId: string }): Stepped => stepOne(ctx, assetId, unscheduleStep)

/** Plan when what is published leaves store and portal, or that it does not. */
export async function planWithdrawal(
  ctx: LifeCtx,
  { assetId, unpublishOn }: { assetId: string; unpublishOn: string | null },
): Promise<Result<{ assetId: string }, 'wrong-state' | 'in-the-past'>> {
  const { zone } = await houseLife(ctx)
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'schedule', asset)) throw new Refusal('forbidden', 'plan withdrawal')
    if (asset.state !== 'PUBLISHED') return fail('wrong-state', { state: asset.state })
    const unpublishAt = unpublishOn ? instantOf(unpublishOn, zone) : null
    if (unpublishAt && unpublishAt <= tx.clock.now()) return fail('in-the-past')
    await tx.db.asset.update({ where: { id: assetId }, data: { unpublishAt, changedAt: tx.clock.now() } })
    await record(tx, {
      type: 'asset.withdrawal-planned',
      subject: { kind: 'asset', id: assetId },
      data: { unpublishAt: unpublishAt?.toISOString() ?? null, title: asset.title },
    })
    return ok({ assetId })
  })
}

/** Put an asset out of sight at once. Licences already given stay what they are. */
export const holdAsset = (ctx: LifeCtx, { assetId, ...hold }: { assetId: string; reason: string; ownerId?: string | undefined }): Stepped =>
  stepOne(ctx, assetId, holdStep(ctx, hold))

/** End a hold: the asset is again what it was. */
export const resumeAsset = (ctx: LifeCtx, { assetId }: { assetId: string }): Stepped<'not-publishable'> => stepOne(ctx, assetId, resumeStep)

/** Keep an asset from everybody who is not named, until a time. An embargo that runs gets another end, or other people. */
export async function embargoAsset(
  ctx: LifeCtx,
  { assetId, ...embargo }: { assetId: string; endsOn: string; becomes: 'APPROVED' | 'PUBLISHED'; people: string[]; reason: string },
): Stepped<EmbargoError> {
  return stepOne(ctx, assetId, embargoStep(ctx, await houseLife(ctx), embargo))
}

/** End an embargo before its time: approved, for a person to publish. */
export const endEmbargo = (ctx: LifeCtx, { assetId }: { assetId: string }): Stepped<'not-publishable'> =>
  stepOne(ctx, assetId, endEmbargoStep(ctx, 'liftEmbargo'))

/** Say until when an asset may be used; the minute after, it expires. What has expired already is published again by a person. */
export async function setEndOfUse(
  ctx: LifeCtx,
  { assetId, endsOn }: { assetId: string; endsOn: string | null },
): Promise<Result<{ assetId: string }, 'wrong-state'>> {
  const { zone } = await houseLife(ctx)
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'expire', asset)) throw new Refusal('forbidden', 'end of use')
    if (closedToEdits.includes(asset.state)) return fail('wrong-state', { state: asset.state })
    const useEndsAt = endsOn ? endOfDay(endsOn, zone) : null
    await tx.db.asset.update({ where: { id: assetId }, data: { useEndsAt, changedAt: tx.clock.now() } })
    await record(tx, {
      type: 'asset.use-end-set',
      subject: { kind: 'asset', id: assetId },
      data: { endsOn, before: asset.useEndsAt?.toISOString() ?? null, title: asset.title },
    })
    return ok({ assetId })
  })
}

/** End the use of an asset now. */
export const expireAsset = (ctx: LifeCtx, { assetId, reason }: { assetId: string; reason: string }): Stepped =>
  stepOne(ctx, assetId, expireStep(ctx, reason))

/** Into the bin: restorable until the retention time is over. */
export async function deleteAsset(ctx: LifeCtx, { assetId, reason }: { assetId: string; reason: string }): Stepped {
  return stepOne(ctx, assetId, deleteStep(ctx, await houseLife(ctx), reason))
}

export interface LifeForMany {
  done: number
  refused: RefusedAsset<LifeError>[]
}

/** One act with everything that is selected: all that can, do; each that cannot is named with its reason. */
export async function lifeForMany(
  ctx: LifeCtx,
  selected: { selectionId: string } | { ids: readonly string[] },
  act: LifeAct,
): Promise<LifeForMany> {
  const take = await actOf(ctx, act)
  const result: LifeForMany = { done: 0, refused: [] }
  for await (const ids of resolveSelection(ctx, 'ids' in selected ? { ids: [...selected.ids] } : selected))
    for (let from = 0; from < ids.length; from += mostAtOnce) {
      const { done, refused } = await take(ids.slice(from, from + mostAtOnce))
      result.done += done.length
      result.refused.push(...refused)
    }
  return result
}

type Taken = { done: string[]; refused: RefusedAsset<LifeError>[] }

async function actOf(ctx: LifeCtx, act: LifeAct): Promise<(ids: readonly string[]) => Promise<Taken>> {
  const by =
    <E extends LifeError>(step: Step<E>) =>
    (ids: readonly string[]): Promise<Taken> =>
      stepMany<E>(ctx, ids, step)
  switch (act.verb) {
    case 'publish':
      return by(publishStep(ctx))
    case 'withdraw':
      return by(withdrawStep(ctx, act.reason))
    case 'archive':
      return by(archiveStep(act.reason))
    case 'restore':
      return by(restoreStep)
    case 'schedule':
      return by(scheduleStep(ctx, await houseLife(ctx), act))
    case 'unschedule':
      return by(unscheduleStep)
    case 'hold':
      return by(holdStep(ctx, act))
    case 'resume':
      return by(resumeStep)
    case 'embargo':
      return by(embargoStep(ctx, await houseLife(ctx), act))
    case 'end-embargo':
      return by(endEmbargoStep(ctx, 'liftEmbargo'))
    case 'expire':
      return by(expireStep(ctx, act.reason))
    case 'delete':
      return by(deleteStep(ctx, await houseLife(ctx), act.reason))
    case 'legal-hold':
      return (ids) => setLegalHolds(ctx, ids, act)
  }
}
