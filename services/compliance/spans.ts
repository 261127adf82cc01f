import { addDays, dayOf, endOfDay, startOfDay, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'

/** A span of whole days in the house's zone, both named days included. */
export interface Span {
  fromDay: Day
  toDay: Day
  from: Date
  to: Date
  zone: string
  houseName: string
}

/** The span that a reader asked for; without days, the last thirty until today. Days in the wrong order are put right. */
export async function spanOf(ctx: Ctx<'db' | 'clock' | 'actor'>, wanted: { from?: Day | undefined; to?: Day | undefined }): Promise<Span> {
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { name: true, timeZone: true } })
  const zone = house.timeZone
  const last = wanted.to ?? dayOf(ctx.clock.now(), zone)
  const first = wanted.from ?? addDays(last, -29)
  const [fromDay, toDay] = first <= last ? [first, last] : [last, first]
  return { fromDay, toDay, from: startOfDay(fromDay, zone), to: endOfDay(toDay, zone), zone, houseName: house.name }
}
