import type { Person, Role } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'

/**
 * A person of the house by their address, for commands on the house's own machine: whoever can run them needs no password,
 * but what they do is done by somebody. Null where nobody, or more than one house's somebody, has the address.
 */
export async function seatNamed(ctx: Ctx<'db'>, email: string): Promise<Person | null> {
  const seats = await ctx.db.member.findMany({
    where: { endedAt: null, user: { email, closedAt: null }, org: { kind: 'OWNER', closedAt: null } },
    select: {
      id: true,
      houseId: true,
      roles: true,
      user: { select: { id: true, name: true, email: true } },
      org: { select: { id: true, name: true } },
    },
    take: 2,
  })
  const [seat] = seats
  if (!seat || seats.length > 1) return null
  const { user, org } = seat
  return {
    kind: 'person',
    houseId: seat.houseId,
    userId: user.id,
    memberId: seat.id,
    sessionId: 'command-line',
    orgId: org.id,
    orgKind: 'OWNER',
    orgName: org.name,
    roles: seat.roles as Role[],
    name: user.name,
    email: user.email,
  }
}
