import type { Readable } from 'node:stream'
import { cleanName, keep } from '../exchange/intake.ts'
import { isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { holderFor } from './asking.ts'
import type { CancelListError, ReceiveListError } from './errors.ts'
import { enqueueRun } from './jobs.ts'
import { mustAsk, ownLists } from './policy.ts'
import { clearanceStates } from './rules/clearance-states.ts'
import { listLimits } from './rules/columns.ts'
import { readList } from './tables.ts'

type Keeping = Ctx<'db' | 'clock' | 'actor' | 'storage'>

export interface ReceiveList {
  /** As the sender calls it: shown to people, never part of a path. */
  fileName: string
  source: Readable
  declaredSize?: number | undefined
  signal?: AbortSignal | undefined
  /** Who will use the pictures, where that is not the asker's own organisation. */
  holderOrgId?: string | null | undefined
}

/** Lists of one organisation that are under way at once. */
export const mostAtOnce = 20
const listKey = (id: string): string => `clearance/${id}`

/**
 * Take in a list of planned uses and have it asked. It is read to its end first: a file that is no list is refused as a
 * whole, with row and column, and nothing of it is kept.
 */
export async function receiveList(ctx: Keeping, input: ReceiveList): Promise<Result<{ clearanceId: string }, ReceiveListError>> {
  const actor = mustAsk(ctx.actor)
  const holder = await holderFor(ctx, input.holderOrgId)
  const at = ctx.clock.now()
  const id = newId('clr', at)
  const storageKey = listKey(id)
  const kept = await keep(ctx, storageKey, input, listLimits.bytes)
  if (!kept.ok) return kept
  const read = await readList(await ctx.storage.open(storageKey))
  const outcome = read.ok ? await open(read.value.rows.length) : read
  if (!outcome.ok) await ctx.storage.remove(storageKey)
  return outcome

  function open(rowsTotal: number): Promise<Result<{ clearanceId: string }, 'too-many-lists'>> {
    return inTransaction(ctx, async (tx) => {
      // The organisation's row is the queue: of two lists at once, the one too many is refused.
      await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${actor.orgId} FOR NO KEY UPDATE`
      const underWay = await tx.db.clearance.count({ where: { ...ownLists(actor), state: { in: clearanceStates.whence('cancel') } } })
      if (underWay >= mostAtOnce) return fail('too-many-lists', { most: mostAtOnce })
      await tx.db.clearance.create({
        data: {
          id,
          houseId: actor.houseId,
          orgId: actor.orgId,
          holderOrgId: holder.orgId === actor.orgId ? null : holder.orgId,
          name: cleanName(input.fileName),
          source: 'upload',
          storageKey,
          state: 'WAITING',
          rowsTotal,
          createdById: actor.userId,
          createdAt: at,
        },
        select: { id: true },
      })
      await record(tx, {
        type: 'clearance.asked',
        subject: { kind: 'clearance', id },
        data: { organisation: actor.orgId, for: holder.orgId, uses: rowsTotal, source: 'upload', house: isStaff(actor) },
      })
      await enqueueRun(tx, { houseId: actor.houseId, clearanceId: id })
      return ok({ clearanceId: id })
    })
  }
}

/** Stop a list; what was answered already stays. Of a cancel and the last batch at once, one wins. */
export async function cancelList(ctx: Keeping, clearanceId: string): Promise<Result<{ clearanceId: string }, CancelListError>> {
  const list = await ctx.db.clearance.findFirst({ where: { id: clearanceId, ...ownLists(ctx.actor) }, select: { storageKey: true } })
  if (!list) throw new Refusal('not-found', `no list ${clearanceId}`)
  const outcome = await inTransaction(ctx, async (tx): Promise<Result<{ clearanceId: string }, CancelListError>> => {
    const { count } = await tx.db.clearance.updateMany({
      where: { id: clearanceId, state: { in: clearanceStates.whence('cancel') } },
      data: { state: 'CANCELLED', finishedAt: tx.clock.now(), storageKey: null },
    })
    if (count === 0) return fail('already-finished')
    await record(tx, { type: 'clearance.cancelled', subject: { kind: 'clearance', id: clearanceId } })
    return ok({ clearanceId })
  })
  if (outcome.ok && list.storageKey) await ctx.storage.remove(list.storageKey)
  return outcome
}
