import { isPerson } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import { mustMay } from './policy.ts'

export interface CalendarKey {
  id: string
  prefix: string
  createdAt: Date
  lastUsedAt: Date | null
}

/** One's own addresses for other calendars, the newest first. Their secrets are known to nobody any more. */
export async function calendarKeys(ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<CalendarKey[]> {
  mustMay(ctx.actor, 'see-worklist')
  if (!isPerson(ctx.actor)) return []
  return ctx.db.accessKey.findMany({
    where: {
      houseId: ctx.actor.houseId,
      memberId: ctx.actor.memberId,
      scopes: { equals: ['calendar'] },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.clock.now() } }],
    },
    select: { id: true, prefix: true, createdAt: true, lastUsedAt: true },
    orderBy: { createdAt: 'desc' },
    take: 50,
  })
}
