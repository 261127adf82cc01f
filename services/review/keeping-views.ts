import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { namesOf } from '../assets/views.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { may, mustMay } from './policy.ts'
import { choicesFor, routeFor, type Plan } from './rules/plan.ts'
import { currentRoutes, routedAs } from './routes.ts'
import { storedPlan } from './schema.ts'
import { houseRules, seatsOf, todayIn } from './seats.ts'

type Seeing = Ctx<'db' | 'clock' | 'actor'>

/** The house's routes in the order in which they are asked, how many reviews are on each, and what holds on all of them. */
export async function routesPage(ctx: Seeing) {
  mustMay(ctx.actor, 'keep-routes')
  const [routes, running, house, seats, collections] = await Promise.all([
    currentRoutes(ctx),
    ctx.db.review.groupBy({ by: ['routeId', 'routeNumber'], where: { houseId: ctx.actor.houseId, state: 'WAITING' }, _count: true }),
    houseRules(ctx),
    seatsOf(ctx),
    collectionsOf(ctx),
  ])
  const nameOf = new Map([
    ...seats.map(({ userId, name }) => [userId, name] as const),
    ...collections.map(({ id, title }) => [id, title] as const),
  ])
  return {
    routes: routes.map(({ id, name, number, plan }) => {
      const own = running.filter(({ routeId }) => routeId === id)
      const count = (rows: typeof own) => rows.reduce((sum, row) => sum + row._count, 0)
      return { id, name, number, plan, running: count(own), onOlder: count(own.filter(({ routeNumber }) => routeNumber !== number)) }
    }),
    names: Object.fromEntries(nameOf),
    withoutRoute: running.filter(({ routeId }) => routeId === null).reduce((sum, row) => sum + row._count, 0),
    reviewOwnSubmissions: house.reviewOwnSubmissions,
    holidays: [...house.holidays].sort(),
    zone: house.zone,
  }
}

const collectionsOf = (ctx: Ctx<'db' | 'actor'>) =>
  ctx.db.collection.findMany({
    where: { houseId: ctx.actor.houseId, archivedAt: null },
    select: { id: true, title: true },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: 500,
  })

/** One route to be changed (or none, for a new one), with the people and collections that it may name. */
export async function routePage(ctx: Seeing, routeId: string | null) {
  mustMay(ctx.actor, 'keep-routes')
  const { houseId } = ctx.actor
  const [seats, collections] = [await seatsOf(ctx), await collectionsOf(ctx)]
  const choices = { people: seats.map(({ userId, name, roles }) => ({ id: userId, name, roles: [...roles] })), collections }
  if (!routeId) return { route: null, versions: [], ...choices }
  const route = await ctx.db.reviewRoute.findFirst({
    where: { id: routeId, houseId, archivedAt: null },
    select: { id: true, name: true, version: true, versions: { orderBy: { number: 'desc' }, take: 50 } },
  })
  const current = route?.versions.find(({ number }) => number === route.version)
  if (!route || !current) throw new Refusal('not-found', `no route ${routeId}`)
  const names = await namesOf(
    ctx,
    route.versions.map(({ madeById }) => madeById),
  )
  const plan: Plan = storedPlan.parse(current.plan)
  return {
    route: { id: route.id, name: route.name, number: route.version, plan },
    versions: route.versions.map(({ number, madeAt, madeById, plan: then }) => ({
      number,
      madeAt,
      madeBy: madeById ? (names.get(madeById) ?? 'Somebody') : 'the house',
      steps: storedPlan.parse(then).steps.map(({ name }) => name),
    })),
    ...choices,
  }
}

/** Where an asset would go if it were sent now: for the question beside the button. */
export async function sendingChoices(
  ctx: Seeing,
  assetId: string,
): Promise<{ bound: { name: string; steps: string[] } | null; choices: { id: string; name: string; steps: string[] }[] }> {
  mustMay(ctx.actor, 'see')
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId },
    select: { id: true, kind: true, audience: true, showsPeople: true, digitalSourceType: true },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const routes = await currentRoutes(ctx)
  if (routes.length === 0) return { bound: null, choices: [] }
  const routed = await routedAs(ctx, asset)
  const words = ({ id, name, plan }: (typeof routes)[number]) => ({ id, name, steps: plan.steps.map((step) => step.name) })
  const bound = routeFor(routes, routed, null)
  return { bound: bound && words(bound), choices: choicesFor(routes, routed).map(words) }
}

/** The routes that a sender of many may choose; what is bound to another keeps to that one. */
export async function routesToChoose(ctx: Seeing): Promise<{ id: string; name: string; steps: string[] }[]> {
  mustMay(ctx.actor, 'see')
  return (await currentRoutes(ctx))
    .filter(({ plan }) => plan.rule.applies === 'chosen')
    .map(({ id, name, plan }) => ({ id, name, steps: plan.steps.map((step) => step.name) }))
}

/** Who is away, now or soon: one's own, and for the house's administrators everybody's. */
export async function awayPage(ctx: Seeing) {
  mustMay(ctx.actor, 'see')
  const { actor } = ctx
  const all = may(actor, 'set-others-away')
  const [seats, house] = await Promise.all([seatsOf(ctx), houseRules(ctx)])
  const today = todayIn(ctx, house)
  const self = isPerson(actor) ? actor.userId : ''
  const rows = await ctx.db.$queryRaw<
    { id: string; user_id: string; delegate_id: string; from: string; until: string; note: string }[]
  >(Prisma.sql`
    SELECT id, user_id, delegate_id, starts_on::text AS "from", until_on::text AS until, note FROM review_absences
    WHERE house_id = ${actor.houseId} AND ended_at IS NULL AND until_on >= ${today}::date ${all ? Prisma.empty : Prisma.sql`AND (user_id = ${self} OR delegate_id = ${self})`}
    ORDER BY starts_on, id LIMIT 200`)
  const nameOf = (id: string) => seats.find(({ userId }) => userId === id)?.name ?? 'Somebody who has left'
  return {
    today,
    self,
    mayForOthers: all,
    people: seats.map(({ userId, name }) => ({ id: userId, name })),
    absences: rows.map(({ id, user_id, delegate_id, ...row }) => ({
      id,
      ...row,
      who: nameOf(user_id),
      own: user_id === self,
      delegate: nameOf(delegate_id),
      forMe: delegate_id === self,
      now: row.from <= today,
      mayEnd: user_id === self || all,
    })),
  }
}
