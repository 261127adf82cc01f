import type { Ctx } from '../platform/context.ts'
import { prepared, Prisma, statement } from '../platform/db.ts'

export interface Locked {
  no: bigint
  /** The exclusivity group that it is in; null where it stands alone. */
  groupNo: bigint | null
}

// Lists as the result of a subquery: whatever their length, the plan is the same, and the connection keeps it.
const locking = statement(Prisma.sql`
  SELECT no, exclusivity_no AS "groupNo" FROM assets WHERE house_id = ${''} AND no = ANY(ARRAY(
    SELECT unnest((SELECT ${[]}::bigint[])) UNION
    SELECT twin.no FROM assets a JOIN assets twin ON twin.exclusivity_no = a.exclusivity_no WHERE a.no = ANY((SELECT ${[]}::bigint[])::bigint[])
  )) ORDER BY no FOR NO KEY UPDATE`)

/**
 * Lock assets and their twins, in the order of their numbers everywhere: two baskets at once wait for each other, never in
 * a circle. NO KEY: a sale need not wait for rows that merely point at the asset.
 */
export async function lockAssets(tx: Ctx<'db' | 'actor'>, nos: readonly bigint[]): Promise<Locked[]> {
  if (nos.length === 0) return []
  const ask = () => prepared<Locked>(tx.db, locking, [tx.actor.houseId, nos, nos])
  const locked = await ask()
  // Somebody may have made a group of them while we waited for the lock; under the locks nobody can any more.
  return locked.some(({ groupNo }) => groupNo !== null) ? ask() : locked
}
