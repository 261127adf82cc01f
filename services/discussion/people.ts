import type { Ctx } from '../platform/context.ts'
import { mayBeTold } from '../assets/policy.ts'
import type { Nameable } from './rules/mentions.ts'

/** A house has so many people to be named; the list travels with the page. */
const mostPeople = 1_000

/** Who can be named: whoever has a seat in the house now and may see what is said, which an embargo keeps from some. */
export async function nameable(
  ctx: Ctx<'db' | 'actor'>,
  embargo: { embargoEndsAt: Date | null; embargoFor: readonly string[] } = { embargoEndsAt: null, embargoFor: [] },
): Promise<Nameable[]> {
  const { houseId } = ctx.actor
  const seats = await ctx.db.member.findMany({
    where: { houseId, orgId: houseId, endedAt: null, user: { closedAt: null } },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
    take: mostPeople,
    select: { userId: true, roles: true, user: { select: { name: true } } },
  })
  return seats.filter((seat) => mayBeTold(seat, embargo)).map(({ userId, user }) => ({ userId, name: user.name }))
}
