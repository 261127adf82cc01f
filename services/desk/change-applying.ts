import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo } from '../platform/db.ts'
import { loadRights } from '../rights/loading.ts'
import type { ApplyError, RetryError } from './change-errors.ts'
import { assetsOf, basisOf, type ChangedAsset } from './change-ground.ts'
import { enqueueCarryOut } from './change-jobs.ts'
import { mayChangeUpstream } from './change-policy.ts'
import { endRows, writeRows, type RowToWrite } from './change-rows.ts'
import { rewritten, type UpstreamChange } from './rules/change.ts'
import { changeStates } from './rules/change-states.ts'
import { clashesOf, type KitLine } from './rules/change-decisions.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>
/** Tens of thousands of lines are written in one step; on a busy machine that takes longer than other work may. */
const aLot = 60_000

/**
 * The change happens: for all its assets in one step, under the locks that a sale takes, in the same order. From this instant
 * nothing is sold on what is gone; a sale that was quicker moved the ground, and the plan is drawn up anew. What was decided
 * line by line is carried out by a job after it.
 */
export async function applyChange(ctx: Desk, { planId }: { planId: string }): Promise<Result<{ planId: string }, ApplyError>> {
  const { actor } = ctx
  if (!mayChangeUpstream(actor)) throw new Refusal('forbidden', 'apply a change')
  return inTransactionOrUndo(
    ctx,
    async (tx): Promise<Result<{ planId: string }, ApplyError>> => {
      const at = tx.clock.now()
      const { count } = await tx.db.changePlan.updateMany({
        where: { id: planId, houseId: actor.houseId, state: { in: changeStates.whence('apply') } },
        data: { state: 'APPLYING', appliedAt: at, appliedById: actor.userId },
      })
      const plan = await tx.db.changePlan.findFirst({
        where: { id: planId, houseId: actor.houseId },
        select: { change: true, basisSha256: true, kind: true, reference: true, reason: true },
      })
      if (!plan) throw new Refusal('not-found', `no change ${planId}`)
      if (count === 0) return fail('not-a-draft')
      const undecided = await tx.db.changeItem.count({ where: { planId, decision: null } })
      if (undecided > 0) return fail('undecided', { undecided })
      const clashes = clashesOf(await kitLinesOf(tx, planId))
      if (clashes.length > 0) return fail('decisions-clash', clashes.slice(0, 20))

      const change = plan.change as unknown as UpstreamChange
      const assets = await lockedAssets(tx, change)
      if ((await basisOf(tx, assets)) !== plan.basisSha256) return fail('ground-moved')
      const written = await rewriteRows(tx, change, assets, at)

      await record(tx, {
        type: 'change.applied',
        subject: { kind: 'change', id: planId },
        data: {
          kind: plan.kind,
          reference: plan.reference,
          reason: plan.reason,
          assets: assets.length,
          ended: written.reduce((sum, part) => sum + part.ended.length, 0),
          written: written.reduce((sum, part) => sum + part.written.length, 0),
          parts: written.length,
        },
      })
      // Ten thousand assets are twenty facts that name each row, not ten thousand links of the chain in one commit.
      for (const [index, part] of written.entries())
        await record(tx, { type: 'change.rows-rewritten', subject: { kind: 'change', id: planId }, data: { part: index + 1, ...part } })
      await enqueueCarryOut(tx, { houseId: actor.houseId, planId })
      return ok({ planId })
    },
    { timeout: aLot },
  )
}

/** Lines that have to do with a kit, but for licences that end anyhow: a handful among tens of thousands. */
const kitLinesOf = (tx: Desk, planId: string): Promise<KitLine[]> =>
  tx.db.$queryRaw<KitLine[]>`
    SELECT kind::text AS kind, no, lost ->> 'kitId' AS "kitId", asset_id AS "assetId", decision FROM change_items
    WHERE plan_id = ${planId} AND kind IN ('LICENCE', 'KIT') AND lost ->> 'kitId' IS NOT NULL
      AND decision NOT IN ('REVOKE', 'REVOKE_AND_REFUND', 'REVOKE_AND_REFUND_PART') ORDER BY no`

/** The change's assets, locked as a sale locks them: sorted, and not against rows that merely point at them. */
async function lockedAssets(tx: Desk, change: UpstreamChange): Promise<ChangedAsset[]> {
  const assets = await assetsOf(tx, change.source)
  await tx.db.$queryRaw`SELECT no FROM assets WHERE no = ANY(${assets.map(({ no }) => no)}::bigint[]) ORDER BY no FOR NO KEY UPDATE`
  return assets
}

const partSize = 500

/** Rows end and begin, a part of the assets at a time, all in the caller's transaction. */
async function rewriteRows(tx: Desk, change: UpstreamChange, assets: readonly ChangedAsset[], at: Date) {
  const parts: { assets: string[]; ended: string[]; written: string[] }[] = []
  for (let from = 0; from < assets.length; from += partSize) {
    const rights = await loadRights(tx, { assetNos: assets.slice(from, from + partSize).map(({ no }) => no), claims: 'none' })
    const ended: string[] = []
    const rows: RowToWrite[] = []
    const touched: string[] = []
    for (const [assetId, known] of rights) {
      const rewriting = rewritten(known, change, at)
      ended.push(...rewriting.change.ends)
      if (rewriting.change.ends.length + rewriting.rows.length > 0) touched.push(assetId)
      for (const row of rewriting.rows) rows.push({ ...row, id: newId(prefixes[row.table], at), assetId, assetNo: known.asset.no })
    }
    await endRows(tx, change, ended, at)
    await writeRows(tx, change, rows, at)
    if (touched.length > 0) parts.push({ assets: touched, ended, written: rows.map(({ id }) => id) })
  }
  return parts
}

const prefixes = { acquisitions: 'acq', releases: 'rel', restrictions: 'res' } as const

/** Ask for what could not be carried out once more. */
export async function retryChange(
  ctx: Desk,
  { planId }: { planId: string },
): Promise<Result<{ planId: string; lines: number }, RetryError>> {
  const { actor } = ctx
  if (!mayChangeUpstream(actor)) throw new Refusal('forbidden', 'retry a change')
  return inTransaction(ctx, async (tx) => {
    const [plan] = await tx.db.$queryRaw<{ state: string }[]>`
      SELECT state::text AS state FROM change_plans WHERE id = ${planId} AND house_id = ${actor.houseId} FOR UPDATE`
    if (!plan) throw new Refusal('not-found', `no change ${planId}`)
    const { count } = await tx.db.changeItem.updateMany({
      where: { planId, doneAt: null, outcome: { not: null }, plan: { state: 'APPLYING' } },
      data: { outcome: null },
    })
    if (count === 0) return fail('nothing-failed')
    await tx.db.changePlan.updateMany({ where: { id: planId }, data: { failure: null } })
    await record(tx, { type: 'change.retried', subject: { kind: 'change', id: planId }, data: { lines: count } })
    await enqueueCarryOut(tx, { houseId: actor.houseId, planId })
    return ok({ planId, lines: count })
  })
}
