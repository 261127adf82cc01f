import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Failure, type Result } from '../kernel/result.ts'
import { recordAll, type Fact } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { StepError } from './errors.ts'
import { cancelOpenReviews, isKept, lockAssets, type LockedAsset, type Moving } from './lock.ts'
import { may, type AssetAct } from './policy.ts'
import { assetStates, type AssetState, type AssetVerb } from './rules/asset-states.ts'

export type LifeCtx = Ctx<'db' | 'clock' | 'actor'>

/** One step in the life of an asset, said once for one asset and for a thousand. */
export interface Step<E extends string> {
  act: AssetAct
  /** The verb, where it depends on the asset: null is a wrong state. */
  verb: AssetVerb | ((asset: LockedAsset) => AssetVerb | null)
  change?: (asset: LockedAsset) => Moving
  /** The newest version becomes the one that the world sees. */
  publishes?: (asset: LockedAsset) => boolean
  fact: (asset: LockedAsset) => { type: string; data?: Fact['data'] }
  /** What stands against it beside the state, of all assets at once. */
  judge?: (tx: LifeCtx, assets: readonly LockedAsset[]) => Promise<Map<string, Failure<E>>>
  /** Why an open question to the reviewers is taken back. */
  cancels?: string
}

/** An asset that stays as it is, and why. */
export interface RefusedAsset<E extends string> {
  id: string
  title: string
  state: AssetState
  error: E | StepError
  detail?: unknown
}
export interface Stepped<E extends string> {
  done: string[]
  refused: RefusedAsset<E>[]
}

/** As many as one transaction writes down within some seconds. */
export const mostAtOnce = 500
/** Each picture may enter or leave the index of searches in the same step: on a busy machine that takes as long as other work may in all. */
const aLot = 60_000

/** Take a step with many assets in one transaction: those that can, do; the others are named. All in a handful of statements. */
export async function stepMany<E extends string>(ctx: LifeCtx, assetIds: readonly string[], step: Step<E>): Promise<Stepped<E>> {
  return inTransaction(ctx, (tx) => stepWithin(tx, assetIds, step), { timeout: aLot })
}

/** The same inside a transaction of the caller's. */
export async function stepWithin<E extends string>(tx: LifeCtx, assetIds: readonly string[], step: Step<E>): Promise<Stepped<E>> {
  const assets = await lockAssets(tx, assetIds)
  const [only] = assetIds
  if (assets.length === 0 && only !== undefined) throw new Refusal('not-found', `no asset ${only}`)
  if (!may(tx.actor, step.act)) throw new Refusal('forbidden', step.act)

  const refused: RefusedAsset<E>[] = []
  const able: { asset: LockedAsset; state: AssetState }[] = []
  const refuse = ({ id, title, state }: LockedAsset, { error, detail }: Failure<E | StepError>) =>
    refused.push({ id, title, state, error, ...(detail === undefined ? {} : { detail }) })
  for (const asset of assets) {
    const verb = typeof step.verb === 'function' ? step.verb(asset) : step.verb
    // A hold on top of an embargo is no way around it: it is resumed first, and then the embargo ended.
    const sealed = asset.heldFrom === 'EMBARGOED' && verb !== 'resumeEmbargoed'
    const state = verb && !asset.purgedAt && !sealed ? assetStates.after(asset.state, verb) : undefined
    if (!state) refuse(asset, fail('wrong-state', { state: asset.state }))
    else if (isKept(asset, state)) refuse(asset, fail('legal-hold'))
    else able.push({ asset, state })
  }
  const against = step.judge
    ? await step.judge(
        tx,
        able.map(({ asset }) => asset),
      )
    : new Map<string, Failure<E>>()
  const moving = able.filter(({ asset }) => {
    const failure = against.get(asset.id)
    if (failure) refuse(asset, failure)
    return !failure
  })
  await move(tx, moving, step)
  return { done: moving.map(({ asset }) => asset.id), refused }
}

async function move<E extends string>(tx: LifeCtx, moving: readonly { asset: LockedAsset; state: AssetState }[], step: Step<E>) {
  if (moving.length === 0) return
  const at = tx.clock.now()
  const live = moving.filter(({ asset }) => step.publishes?.(asset)).map(({ asset }) => asset.id)
  if (live.length > 0) await tx.db.$executeRaw`UPDATE assets SET published_version_id = current_version_id WHERE id = ANY(${live}::text[])`
  // As many statements as there are ways to say it: of a thousand assets hardly ever more than three.
  const alike = new Map<string, { ids: string[]; data: Moving & { state: AssetState; changedAt: Date } }>()
  for (const { asset, state } of moving) {
    const data = { ...step.change?.(asset), state, changedAt: at }
    const key = JSON.stringify(data)
    const group = alike.get(key) ?? { ids: [], data }
    alike.set(key, group)
    group.ids.push(asset.id)
  }
  for (const { ids, data } of alike.values()) await tx.db.asset.updateMany({ where: { id: { in: ids } }, data })
  if (step.cancels)
    await cancelOpenReviews(
      tx,
      moving.map(({ asset }) => asset.id),
      step.cancels,
    )
  await recordAll(
    tx,
    moving.map(({ asset }) => {
      const { type, data } = step.fact(asset)
      return { type, subject: { kind: 'asset', id: asset.id }, data: { title: asset.title, from: asset.state, ...data } }
    }),
  )
}

/** The same with one asset, as an outcome. */
export async function stepOne<E extends string>(
  ctx: LifeCtx,
  assetId: string,
  step: Step<E>,
): Promise<Result<{ assetId: string }, E | StepError>> {
  const { refused } = await stepMany(ctx, [assetId], step)
  const [no] = refused
  return no ? fail(no.error, no.detail) : ok({ assetId })
}
