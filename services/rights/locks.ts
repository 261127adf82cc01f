import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'

export interface Locked {
  no: bigint
  /** The exclusivity group that it is in; null where it stands alone. */
  groupNo: bigint | null
}

/**
 * Lock assets and their twins, in the order of their numbers everywhere: two baskets at once wait for each other, never in
 * a circle. NO KEY: a sale need not wait for rows that merely point at the asset.
 */
export async function lockAssets(tx: Ctx<'db' | 'actor'>, nos: readonly bigint[]): Promise<Locked[]> {
  if (nos.length === 0) return []
  const ask = () => tx.db.$queryRaw<Locked[]>`
    SELECT no, exclusivity_no AS "groupNo" FROM assets WHERE house_id = ${tx.actor.houseId} AND no = ANY(ARRAY(${withTwins(nos)})) ORDER BY no FOR NO KEY UPDATE`
  const locked = await ask()
  // Somebody may have made a group of them while we waited for the lock; under the locks nobody can any more.
  return locked.some(({ groupNo }) => groupNo !== null) ? ask() : locked
}

const withTwins = (nos: readonly bigint[]): Prisma.Sql => Prisma.sql`
  SELECT unnest(${[...nos]}::bigint[]) UNION
  SELECT twin.no FROM assets a JOIN assets twin ON twin.exclusivity_no = a.exclusivity_no WHERE a.no = ANY(${[...nos]}::bigint[])`
