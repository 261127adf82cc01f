import type { Role } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { revokeKeysOf } from './access-keys.ts'
import type { ChangeRolesError, EndMembershipError } from './errors.ts'
import { may } from './policy.ts'
import { rolesFit } from './rules/roles.ts'
import type { ChangeRoles } from './schema.ts'

type Keeping = Ctx<'db' | 'clock' | 'actor'>

/** Give a member other roles, from their next click on. The last administrator stays one. */
export async function changeRoles(ctx: Keeping, { memberId, roles }: ChangeRoles): Promise<Result<{ memberId: string }, ChangeRolesError>> {
  const member = await memberFor(ctx, memberId)
  if (!rolesFit(member.org.kind, roles)) return fail('roles-do-not-fit')
  return inTransaction(ctx, async (tx) => {
    const now = await lockedSeat(tx, member)
    if (now.endedAt) return fail('membership-ended')
    if (now.lastAdministrator && !roles.includes('ADMINISTRATOR')) return fail('last-administrator')
    const to = [...new Set(roles)]
    await tx.db.member.update({ where: { id: memberId }, data: { roles: to }, select: { id: true } })
    await record(tx, { type: 'member.roles-changed', subject: { kind: 'member', id: memberId }, data: { organisation: member.orgId, from: now.roles, to } })
    return ok({ memberId })
  })
}

/** End a seat, one's own or a member's: its sessions end with it. What the person did stays on record. */
export async function endMembership(ctx: Keeping, { memberId }: { memberId: string }): Promise<Result<{ memberId: string }, EndMembershipError>> {
  const member = await memberFor(ctx, memberId, 'own-too')
  return inTransaction(ctx, async (tx) => {
    const now = await lockedSeat(tx, member)
    if (now.endedAt) return fail('membership-ended')
    if (now.lastAdministrator) return fail('last-administrator')
    await tx.db.member.update({ where: { id: memberId }, data: { endedAt: tx.clock.now() }, select: { id: true } })
    const { count } = await tx.db.session.deleteMany({ where: { memberId } })
    const keysRevoked = await revokeKeysOf(tx, { memberId })
    await record(tx, { type: 'member.ended', subject: { kind: 'member', id: memberId }, data: { organisation: member.orgId, user: member.userId, sessionsEnded: count, keysRevoked } })
    return ok({ memberId })
  })
}

/** Seat a person: anew, or again where they had left. `false` where they sit already. The organisation's row is locked by the caller's insert or here. */
export async function addMember(tx: Keeping, { orgId, userId, roles }: { orgId: string; userId: string; roles: readonly Role[] }): Promise<string | false> {
  const at = tx.clock.now()
  const { houseId } = tx.actor
  const [seat] = await tx.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    INSERT INTO members AS m (id, house_id, org_id, user_id, roles, created_at)
    VALUES (${newId('mem', at)}, ${houseId}, ${orgId}, ${userId}, ${[...roles]}::text[]::role[], ${at}::timestamptz)
    ON CONFLICT (org_id, user_id) DO UPDATE SET roles = EXCLUDED.roles, ended_at = NULL WHERE m.ended_at IS NOT NULL
    RETURNING id`)
  if (!seat) return false
  await record(tx, { type: 'member.joined', subject: { kind: 'member', id: seat.id }, data: { organisation: orgId, user: userId, roles: [...roles] } })
  return seat.id
}

async function memberFor(ctx: Keeping, memberId: string, own?: 'own-too') {
  const member = await ctx.db.member.findFirst({
    where: { id: memberId, houseId: ctx.actor.houseId },
    select: { id: true, orgId: true, userId: true, org: { select: { id: true, houseId: true, kind: true } } },
  })
  if (!member || !may(ctx.actor, 'see-organisation', member.org)) throw new Refusal('not-found', `no member ${memberId}`)
  const leaving = own && ctx.actor.kind === 'person' && ctx.actor.memberId === memberId
  if (!leaving && !may(ctx.actor, 'manage-members', member.org)) throw new Refusal('forbidden', `manage member ${memberId}`)
  return member
}

/**
 * The seat as it is now, with the organisation's row locked: two administrators who remove each other at the same moment
 * come one after the other, and the second is the last.
 */
async function lockedSeat(tx: Keeping, { id, orgId }: { id: string; orgId: string }) {
  await tx.db.$queryRaw(Prisma.sql`SELECT id FROM organisations WHERE id = ${orgId} FOR UPDATE`)
  const seat = await tx.db.member.findUniqueOrThrow({ where: { id }, select: { roles: true, endedAt: true } })
  const others = await tx.db.member.count({ where: { orgId, id: { not: id }, endedAt: null, roles: { has: 'ADMINISTRATOR' }, user: { closedAt: null } } })
  return { ...seat, lastAdministrator: seat.roles.includes('ADMINISTRATOR') && others === 0 }
}
