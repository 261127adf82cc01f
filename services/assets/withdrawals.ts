import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { recordAll } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { may } from './policy.ts'
import { assetStates, type AssetState } from './rules/asset-states.ts'

/** As many as one transaction writes down within some seconds. */
export const mostWithdrawn = 2_000
/** Each picture leaves the index of searches in the same step: on a busy machine that takes as long as other work may in all. */
const aLot = 60_000

export interface Withdrawn {
  withdrawn: string[]
  /** Those whose state knows no withdrawal, and the state. */
  refused: { id: string; title: string; state: AssetState }[]
}

/** Take many assets out of store and portal at once, all that can be; the others are named. Licences already given stay what they are. */
export async function withdrawAssets(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { assetIds, reason }: { assetIds: readonly string[]; reason: string },
): Promise<Result<Withdrawn, 'too-many-pictures'>> {
  if (!may(ctx.actor, 'withdraw')) throw new Refusal('forbidden', 'withdraw assets')
  if (assetIds.length > mostWithdrawn) return fail('too-many-pictures', { most: mostWithdrawn, pictures: assetIds.length })
  return inTransaction(
    ctx,
    async (tx) => {
      const { houseId } = tx.actor
      // In the order of their numbers, as everybody locks assets.
      await tx.db
        .$queryRaw`SELECT 1 AS locked FROM assets WHERE house_id = ${houseId} AND id = ANY(${[...assetIds]}::text[]) ORDER BY no FOR UPDATE`
      const assets = await tx.db.asset.findMany({
        where: { houseId, id: { in: [...assetIds] } },
        select: { id: true, title: true, state: true },
      })
      const able = assets.filter(({ state }) => assetStates.after(state, 'withdraw'))
      const state = able[0] && assetStates.after(able[0].state, 'withdraw')
      const ids = able.map(({ id }) => id)
      const at = tx.clock.now()
      if (state) {
        await tx.db.asset.updateMany({ where: { id: { in: ids } }, data: { state, withdrawnAt: at, stateReason: reason, changedAt: at } })
        await tx.db.review.updateMany({
          where: { assetId: { in: ids }, state: 'WAITING' },
          data: { state: 'CANCELLED', decidedAt: at, reason: 'The asset was withdrawn.' },
        })
        await recordAll(
          tx,
          able.map(({ id, title }) => ({ type: 'asset.withdrawn', subject: { kind: 'asset', id }, data: { reason, title } })),
        )
      }
      return ok({ withdrawn: ids, refused: assets.filter((asset) => !able.includes(asset)) })
    },
    { timeout: aLot },
  )
}
