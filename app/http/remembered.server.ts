import { leadingContributors, type Contributor } from '#services/catalog/contributors.ts'
import { similarAssets } from '#services/catalog/similar.ts'
import { storeTotal } from '#services/catalog/views.ts'
import { remembering } from '#services/kernel/remembering.ts'
import type { Ctx } from '#services/platform/context.ts'

/**
 * What the store's busiest pages show and what changes slowly: sums over all of its pictures, and what looks like what. A
 * minute old at most; which pictures may be seen is asked at each request all the same.
 */
type Reading = Ctx<'db' | 'clock' | 'actor'>

const totals = remembering<number>({ ms: 60_000 })
export const totalShown = (ctx: Reading): Promise<number> => totals(ctx.db, ctx.actor.houseId, ctx.clock.now(), () => storeTotal(ctx))

const leading = remembering<Contributor[]>({ ms: 60_000 })
export const contributorsShown = (ctx: Reading, limit: number): Promise<Contributor[]> =>
  leading(ctx.db, `${ctx.actor.houseId} ${limit}`, ctx.clock.now(), () => leadingContributors(ctx, limit))

const alike = remembering<string[]>({ ms: 60_000, most: 20_000 })
export const alikeShown = (ctx: Reading, assetId: string, limit: number): Promise<string[]> =>
  alike(ctx.db, `${ctx.actor.houseId} ${assetId} ${limit}`, ctx.clock.now(), () => similarAssets(ctx, assetId, limit))
