import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { ChangeSource } from './rules/change.ts'

/** The largest change that is one step: what is more is applied in parts. */
export const mostAssets = 20_000

export interface ChangedAsset {
  id: string
  no: bigint
}

/** The assets that a change is about, in the order in which they are locked everywhere. */
export function assetsOf({ db, actor }: Ctx<'db' | 'actor'>, { by, reference, assetIds }: ChangeSource): Promise<ChangedAsset[]> {
  const chosen = assetIds ? Prisma.sql`AND a.id = ANY(${assetIds}::text[])` : Prisma.empty
  const citing =
    by === 'contract'
      ? Prisma.sql`AND a.no IN (SELECT asset_no FROM acquisitions WHERE house_id = ${actor.houseId} AND contract = ${reference} AND superseded_at IS NULL)`
      : by === 'release'
        ? Prisma.sql`AND a.no IN (SELECT asset_no FROM releases WHERE house_id = ${actor.houseId} AND reference = ${reference} AND superseded_at IS NULL)`
        : Prisma.empty
  return db.$queryRaw<ChangedAsset[]>`
    SELECT a.id, a.no FROM assets a WHERE a.house_id = ${actor.houseId} ${citing} ${chosen} ORDER BY a.no LIMIT ${mostAssets + 1}`
}

/**
 * A hash of everything that a preview rests on: what is held, consented to, barred and taken of these assets, where they are
 * shown, and who waits for them. Asked under the assets' locks before a change is applied, it says whether the ground moved.
 */
export async function basisOf({ db, actor }: Ctx<'db' | 'actor'>, assets: readonly ChangedAsset[]): Promise<string> {
  const nos = Prisma.sql`ANY(${assets.map(({ no }) => no)}::bigint[])`
  const ids = Prisma.sql`ANY(${assets.map(({ id }) => id)}::text[])`
  const [basis] = await db.$queryRaw<{ hash: string }[]>`
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex') AS hash FROM (
      SELECT 'asset ' || no || coalesce(shows_people::text, '?') || coalesce(shows_property::text, '?') || editorial_only AS line FROM assets WHERE no = ${nos}
      UNION ALL SELECT 'held ' || id FROM acquisitions WHERE asset_no = ${nos} AND superseded_at IS NULL
      UNION ALL SELECT 'consent ' || id FROM releases WHERE asset_no = ${nos} AND superseded_at IS NULL
      UNION ALL SELECT 'ban ' || id FROM restrictions WHERE asset_no = ${nos} AND superseded_at IS NULL
      UNION ALL SELECT 'claim ' || id || state::text FROM claims WHERE asset_no = ${nos} AND state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')
      UNION ALL SELECT 'kit ' || i.kit_id || i.asset_id FROM brand_kit_items i JOIN brand_kits k ON k.id = i.kit_id WHERE i.asset_id = ${ids} AND k.archived_at IS NULL
      UNION ALL SELECT 'collection ' || i.collection_id || i.asset_id FROM collection_items i JOIN collections c ON c.id = i.collection_id WHERE i.asset_id = ${ids} AND c.archived_at IS NULL
      UNION ALL SELECT 'request ' || id FROM grant_requests WHERE house_id = ${actor.houseId} AND state = 'WAITING' AND asset_id = ${ids}
    ) ground`
  return basis?.hash ?? ''
}
