import { remembering } from '../kernel/remembering.ts'
import type { Ctx } from '../platform/context.ts'

/** The house that answers at `host`: the one that owns that name, else the only one there is. Null where neither says. */
export async function houseAt(ctx: Ctx<'db'>, host: string): Promise<string | null> {
  const houses = await ctx.db.organisation.findMany({
    where: { kind: 'OWNER', closedAt: null },
    select: { id: true, host: true },
    orderBy: { id: 'asc' },
    take: 200,
  })
  const named = houses.find((house) => house.host === host)
  return named?.id ?? (houses.length === 1 ? (houses[0]?.id ?? null) : null)
}

/** The zone in which the house's days begin and end. */
export async function zoneOfHouse(ctx: Ctx<'db' | 'actor'>): Promise<string> {
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } })
  return house.timeZone
}

const shown = remembering<{ name: string; timeZone: string }>({ ms: 30_000 })

/** What every page shows of the house, half a minute old at most. */
export const houseShown = ({ db, clock, actor: { houseId } }: Ctx<'db' | 'clock' | 'actor'>) =>
  shown(db, houseId, clock.now(), () =>
    db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { name: true, timeZone: true } }),
  )
