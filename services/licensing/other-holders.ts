import { dayOf, startOfDay } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { sharedUses, type SharedUse } from './rules/shared-uses.ts'

/** No more than this is looked at: of a picture that sells every day the last years say enough. */
const looksBack = 1_000

/**
 * What others license a picture for, so that nobody can be told by it: stated uses only (a royalty-free licence says
 * nothing of its use), never exclusive ones, and nothing before five companies did the same. It is told as of the first of
 * the month: what is sold or taken back today changes nothing, so that nobody sees a sale by looking before and after.
 */
export async function othersUse({ db, clock, actor }: Ctx<'db' | 'clock' | 'actor'>, assetId: string): Promise<SharedUse[]> {
  const told = startOfDay(`${dayOf(clock.now(), 'UTC').slice(0, 7)}-01`, 'UTC')
  const rows = await db.$queryRaw<{ holder: string; media: string[] }[]>`
    SELECT holder_org_id AS holder, terms->'media' AS media FROM licences
    WHERE asset_id = ${assetId} AND house_id = ${actor.houseId} AND model = 'RIGHTS_MANAGED' AND NOT exclusive
      AND issued_at < ${told} AND (state IN ('ACTIVE', 'SUSPENDED') OR ended_by = 'EXPIRED' OR ended_at >= ${told}) AND holder_org_id <> house_id
    ORDER BY no DESC LIMIT ${looksBack}::int`
  return sharedUses(rows, media)
}
