import { Refusal } from '../kernel/errors.ts'
import { isPerson } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { LockedAsset } from '../assets/lock.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma, violates } from '../platform/db.ts'
import type { MoveRouteError, SaveRouteError } from './errors.ts'
import { mustMay } from './policy.ts'
import type { Plan, Routed } from './rules/plan.ts'
import { storedPlan } from './schema.ts'
import { seatsOf } from './seats.ts'

type Keeping = Ctx<'db' | 'clock' | 'actor'>
const mostRoutes = 40

export interface CurrentRoute {
  id: string
  name: string
  number: number
  plan: Plan
}

/** The routes of the house in the order in which they are asked, each as it is now. */
export async function currentRoutes({ db, actor }: Ctx<'db' | 'actor'>): Promise<CurrentRoute[]> {
  const rows = await db.$queryRaw<{ id: string; name: string; number: number; plan: unknown }[]>(Prisma.sql`
    SELECT r.id, v.name, v.number, v.plan FROM review_routes r JOIN review_route_versions v ON v.route_id = r.id AND v.number = r.version
    WHERE r.house_id = ${actor.houseId} AND r.archived_at IS NULL ORDER BY r.position, r.id LIMIT ${mostRoutes}`)
  return rows.map(({ id, name, number, plan }) => ({ id, name, number, plan: storedPlan.parse(plan) }))
}

/** An asset as the rules of routes look at it. */
export async function routedAs(
  { db }: Ctx<'db'>,
  asset: Pick<LockedAsset, 'id' | 'kind' | 'audience' | 'showsPeople' | 'digitalSourceType'>,
): Promise<Routed> {
  const items = await db.collectionItem.findMany({ where: { assetId: asset.id }, select: { collectionId: true } })
  const { kind, audience, showsPeople, digitalSourceType } = asset
  return { kind, audience, showsPeople, digitalSourceType, collections: items.map(({ collectionId }) => collectionId) }
}

/** Routes are saved, moved and put away one at a time: the house's row is the lock, so that positions and limits hold. */
const lockHouse = (tx: Keeping) => tx.db.$queryRaw`SELECT 1 AS locked FROM organisations WHERE id = ${tx.actor.houseId} FOR UPDATE`

/** Write a route down, anew or as the next version of one. Reviews that are under way keep the version that they began with. */
export async function saveRoute(
  ctx: Keeping,
  { routeId, seen, name, plan }: { routeId: string | null; seen: number; name: string; plan: Plan },
): Promise<Result<{ routeId: string; number: number }, SaveRouteError>> {
  mustMay(ctx.actor, 'keep-routes')
  const { houseId } = ctx.actor
  const seats = new Set((await seatsOf(ctx)).map(({ userId }) => userId))
  const named = plan.steps.flatMap(({ people, ownerId, escalateTo }) => [...people, ...escalateTo, ...(ownerId ? [ownerId] : [])])
  if (named.some((userId) => !seats.has(userId))) return fail('no-such-people')
  const wanted = [...new Set(plan.rule.collections)]
  if (wanted.length !== (await ctx.db.collection.count({ where: { houseId, id: { in: wanted } } }))) return fail('no-such-collection')
  try {
    return await inTransaction(ctx, async (tx): Promise<Result<{ routeId: string; number: number }, SaveRouteError>> => {
      await lockHouse(tx)
      const at = tx.clock.now()
      const old = routeId ? await tx.db.reviewRoute.findFirst({ where: { id: routeId, houseId } }) : null
      if (routeId && (!old || old.archivedAt)) throw new Refusal('not-found', `no route ${routeId}`)
      if (old && old.version !== seen) return fail('changed-meanwhile')
      const open = await tx.db.reviewRoute.aggregate({ where: { houseId, archivedAt: null }, _count: true, _max: { position: true } })
      if (!old && open._count >= mostRoutes) return fail('too-many-routes')
      const id = old?.id ?? newId('rrt', at)
      const number = (old?.version ?? 0) + 1
      if (old) await tx.db.reviewRoute.update({ where: { id }, data: { name, version: number, changedAt: at } })
      else
        await tx.db.reviewRoute.create({
          data: { id, houseId, name, position: (open._max.position ?? 0) + 1, version: number, createdAt: at, changedAt: at },
        })
      await tx.db.reviewRouteVersion.create({
        data: {
          routeId: id,
          number,
          houseId,
          name,
          plan: plan as unknown as Prisma.InputJsonObject,
          madeById: isPerson(tx.actor) ? tx.actor.userId : null,
          madeAt: at,
        },
      })
      await record(tx, {
        type: 'route.saved',
        subject: { kind: 'review-route', id },
        data: { name, number, steps: plan.steps.map((step) => step.name) },
      })
      return ok({ routeId: id, number })
    })
  } catch (error) {
    if (violates(error, 'one_review_route_of_a_name')) return fail('name-taken')
    throw error
  }
}

/** Ask a route before, or after, its neighbour. */
export async function moveRoute(
  ctx: Keeping,
  { routeId, step }: { routeId: string; step: 'up' | 'down' },
): Promise<Result<{ routeId: string }, MoveRouteError>> {
  mustMay(ctx.actor, 'keep-routes')
  return inTransaction(ctx, async (tx) => {
    await lockHouse(tx)
    const routes = await currentRoutes(tx)
    const at = routes.findIndex(({ id }) => id === routeId)
    if (at < 0) throw new Refusal('not-found', `no route ${routeId}`)
    const to = at + (step === 'up' ? -1 : 1)
    const [one, other] = [routes[at], routes[to]]
    if (!one || !other) return fail('at-the-end')
    const order = routes.map(({ id }) => id)
    order[at] = other.id
    order[to] = one.id
    await tx.db.$executeRaw(Prisma.sql`
      UPDATE review_routes r SET position = o.place FROM unnest(${order}::text[]) WITH ORDINALITY AS o(id, place) WHERE r.id = o.id AND r.house_id = ${tx.actor.houseId}`)
    await record(tx, { type: 'route.moved', subject: { kind: 'review-route', id: routeId }, data: { name: one.name, step } })
    return ok({ routeId })
  })
}

/** Put a route away: nothing begins on it any more, what is under way ends on it. */
export async function archiveRoute(ctx: Keeping, { routeId }: { routeId: string }): Promise<Result<{ routeId: string }>> {
  mustMay(ctx.actor, 'keep-routes')
  const { houseId } = ctx.actor
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.reviewRoute.updateMany({
      where: { id: routeId, houseId, archivedAt: null },
      data: { archivedAt: tx.clock.now(), changedAt: tx.clock.now() },
    })
    if (count === 0) throw new Refusal('not-found', `no route ${routeId}`)
    await record(tx, { type: 'route.archived', subject: { kind: 'review-route', id: routeId } })
    return ok({ routeId })
  })
}

/** What holds on every route: whether two eyes are enough, and the days that are no working days. */
export async function setHouseRules(
  ctx: Keeping,
  rules: { reviewOwnSubmissions: boolean; holidays: readonly string[] },
): Promise<Result<null>> {
  mustMay(ctx.actor, 'keep-routes')
  return inTransaction(ctx, async (tx) => {
    await lockHouse(tx)
    await tx.db.$executeRaw`UPDATE organisations SET settings = settings || ${JSON.stringify(rules)}::jsonb WHERE id = ${tx.actor.houseId}`
    await record(tx, {
      type: 'review.rules-changed',
      subject: { kind: 'organisation', id: tx.actor.houseId },
      data: { reviewOwnSubmissions: rules.reviewOwnSubmissions, holidays: [...rules.holidays] },
    })
    return ok(null)
  })
}
