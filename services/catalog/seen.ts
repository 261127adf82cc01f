import { isPerson } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { tilesById, tilesOf, type Tile } from './tiles.ts'

/** So many are remembered of a person; a guest's cookie holds fewer. */
export const seenKept = 48

/**
 * Remember that somebody looked at pictures, the last one last. No audit fact: what people look at is theirs, and they can
 * clear it. Guests are remembered by their own browser.
 */
export async function noteSeen({ db, actor, clock }: Ctx<'db' | 'actor' | 'clock'>, assetIds: readonly string[]): Promise<void> {
  if (!isPerson(actor) || assetIds.length === 0) return
  const { houseId, userId } = actor
  // A millisecond apart, so that their order is kept.
  await db.$executeRaw`
    WITH noted AS (
      INSERT INTO seen_assets (house_id, user_id, asset_id, seen_at)
      SELECT ${houseId}, ${userId}, a.id, ${clock.now()}::timestamptz + (w.n - ${assetIds.length}::int) * interval '1 millisecond'
      FROM unnest(${[...new Set(assetIds)]}::text[]) WITH ORDINALITY AS w (id, n) JOIN assets a ON a.id = w.id AND a.house_id = ${houseId}
      ORDER BY a.id
      ON CONFLICT (user_id, asset_id) DO UPDATE SET seen_at = excluded.seen_at)
    DELETE FROM seen_assets WHERE user_id = ${userId} AND house_id = ${houseId}
      AND seen_at < (SELECT seen_at FROM seen_assets WHERE user_id = ${userId} AND house_id = ${houseId} ORDER BY seen_at DESC OFFSET ${seenKept - 1}::int LIMIT 1)`
}

/** What somebody looked at last, the latest first; only what is still in the store. `carried` is a guest's own memory. */
export const recentlySeen = async (
  ctx: Ctx<'db' | 'actor'>,
  carried: readonly string[],
  { limit, except = '' }: { limit: number; except?: string },
): Promise<Tile[]> =>
  isPerson(ctx.actor)
    ? tilesOf(
        ctx,
        Prisma.sql`SELECT asset_id FROM seen_assets s JOIN assets a ON a.id = s.asset_id AND a.state = 'PUBLISHED' AND a.audience = 'STORE'
          WHERE s.user_id = ${ctx.actor.userId} AND s.house_id = ${ctx.actor.houseId} AND s.asset_id <> ${except} ORDER BY s.seen_at DESC, asset_id LIMIT ${limit}::int`,
      )
    : (
        await tilesById(
          ctx,
          carried.filter((id) => id !== except),
        )
      ).slice(0, limit)

/** Forget all of it. */
export async function forgetSeen({ db, actor }: Ctx<'db' | 'actor'>): Promise<void> {
  if (isPerson(actor)) await db.seenAsset.deleteMany({ where: { userId: actor.userId, houseId: actor.houseId } })
}
