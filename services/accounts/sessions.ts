import type { Person } from '../kernel/actor.ts'
import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newSecret } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { luciaOf } from './lucia.ts'
import { outlived, seenLongAgo } from './rules/sessions.ts'

export interface OpenSession {
  userId: string
  memberId: string
  ip?: string | null | undefined
  userAgent?: string | null | undefined
}

/** Sign a seat in: hands back the secret for the cookie, which is kept nowhere else. */
export async function openSession(ctx: Ctx<'db' | 'clock'>, { userId, memberId, ip, userAgent }: OpenSession): Promise<{ secret: string }> {
  const secret = newSecret()
  await luciaOf(ctx).createSession(userId, { memberId, ip: ip ?? null, userAgent: userAgent?.slice(0, 400) ?? null }, { sessionId: secret })
  return { secret }
}

/** Who holds this cookie, at this moment: null once the session, the seat, the person or the organisation has ended. */
export async function personOfSession(ctx: Ctx<'db' | 'clock'>, secret: string): Promise<Person | null> {
  const lucia = luciaOf(ctx)
  const { session, user } = await lucia.validateSession(secret)
  if (!session) return null
  const now = ctx.clock.now()
  if (outlived(session.createdAt, now)) {
    await lucia.invalidateSession(secret)
    return null
  }
  const { storedId, memberId, houseId, orgId, orgKind, orgName, roles, lastSeenAt } = session
  if (seenLongAgo(lastSeenAt, now)) await ctx.db.session.updateMany({ where: { id: storedId }, data: { lastSeenAt: now } })
  return {
    kind: 'person',
    houseId,
    userId: user.id,
    memberId,
    sessionId: storedId,
    orgId,
    orgKind,
    orgName,
    roles,
    name: user.name,
    email: user.email,
    language: user.language,
  }
}

/** End the session in which the actor asks. A guest has none to end, which is no fault. */
export async function signOut(ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<void> {
  const { actor } = ctx
  if (!isPerson(actor)) return
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.session.deleteMany({ where: { id: actor.sessionId, userId: actor.userId } })
    if (count > 0) await record(tx, { type: 'session.ended', subject: { kind: 'user', id: actor.userId }, data: { by: 'sign-out' } })
  })
}

/** End one of one's own sessions, here or on another device. */
export async function endSession(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { sessionId }: { sessionId: string },
): Promise<Result<{ own: boolean }>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'end a session')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.session.deleteMany({ where: { id: sessionId, userId: actor.userId } })
    if (count === 0) throw new Refusal('not-found', `no session ${sessionId}`)
    await record(tx, { type: 'session.ended', subject: { kind: 'user', id: actor.userId }, data: { by: 'person' } })
    return ok({ own: sessionId === actor.sessionId })
  })
}

/** End every session of the actor but the one in which they ask. */
export async function endOtherSessions(ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<Result<{ ended: number }>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'end sessions')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.session.deleteMany({ where: { userId: actor.userId, id: { not: actor.sessionId } } })
    if (count > 0)
      await record(tx, { type: 'session.ended', subject: { kind: 'user', id: actor.userId }, data: { by: 'person', others: count } })
    return ok({ ended: count })
  })
}

/** Take another of one's seats: the same sign-in, now for another organisation of the same house. */
export async function switchMembership(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { memberId }: { memberId: string },
): Promise<Result<{ memberId: string }>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'switch organisation')
  const seat = await ctx.db.member.findFirst({
    where: { id: memberId, userId: actor.userId, houseId: actor.houseId, endedAt: null, org: { closedAt: null } },
    select: { id: true, orgId: true },
  })
  if (!seat) throw new Refusal('not-found', `no seat ${memberId}`)
  return inTransaction(ctx, async (tx) => {
    await tx.db.session.updateMany({ where: { id: actor.sessionId, userId: actor.userId }, data: { memberId } })
    // Whom a person acts for decides what they see and buy: the trail says since when.
    await record(tx, {
      type: 'session.seat-taken',
      subject: { kind: 'user', id: actor.userId },
      data: { from: actor.orgId, to: seat.orgId },
    })
    return ok({ memberId })
  })
}

/** Forget what ran out: a job's work, since an ended session signs nobody in anyhow. */
export async function sweepSessions(ctx: Ctx<'db' | 'clock'>): Promise<void> {
  await luciaOf(ctx).deleteExpiredSessions()
}
