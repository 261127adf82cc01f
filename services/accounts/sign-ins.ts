import type { Person } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { passwordMatches } from '../platform/passwords.ts'
import { networkOf, takeTurn } from '../platform/rate-limit.ts'
import type { SignInError } from './errors.ts'
import { allowances, forgottenAfter, lockFor } from './rules/sign-in.ts'
import { openSession, personOfSession } from './sessions.ts'

type Signing = Ctx<'db' | 'clock' | 'actor'>

export interface SignInAttempt {
  email: string
  password: string
  ip: string
  userAgent?: string | null | undefined
}
export interface SignedIn {
  secret: string
  person: Person
}

/**
 * Sign a person in by address and password. An address that nobody has is treated like any other: the same work, the same
 * count, the same lock, the same words.
 */
export async function signIn(ctx: Signing, { email, password, ip, userAgent }: SignInAttempt): Promise<Result<SignedIn, SignInError>> {
  const turn = await takeTurn(ctx, `sign-in:${networkOf(ip)}`, allowances.signIn)
  if (!turn.ok) return fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })

  const proven = await provePassword(ctx, email, password)
  if (!proven.ok) return proven
  const { userId } = proven.value
  const memberId = await seatOf(ctx, userId)
  if (!memberId) return fail('no-seat')

  return inTransaction(ctx, async (tx) => {
    const { secret } = await openSession(tx, { userId, memberId, ip, userAgent })
    await tx.db.user.update({ where: { id: userId }, data: { lastSignInAt: tx.clock.now() }, select: { id: true } })
    const person = await personOfSession(tx, secret)
    if (!person) return fail('no-seat')
    await record({ ...tx, actor: person }, { type: 'session.opened', subject: { kind: 'user', id: userId }, data: { organisation: person.orgId } })
    return ok({ secret, person })
  })
}

/**
 * Whether this is the address's password. The attempt is counted before the password is looked at: of many at once only
 * so many are looked at, however fast they come.
 */
async function provePassword(ctx: Signing, email: string, password: string): Promise<Result<{ userId: string }, 'wrong-credentials' | 'locked'>> {
  const emailHash = sha256(email)
  const attempt = await countAttempt(ctx, emailHash)
  if (attempt.lockedUntil && !attempt.counted) return fail('locked', { until: attempt.lockedUntil })

  const user = await ctx.db.user.findFirst({ where: { email, closedAt: null }, select: { id: true, passwordHash: true } })
  if ((await passwordMatches(user?.passwordHash, password)) && user) {
    await ctx.db.signInFailure.deleteMany({ where: { emailHash } })
    return ok({ userId: user.id })
  }
  if (!attempt.lockedUntil) return fail('wrong-credentials')
  if (user) await record(ctx, { type: 'sign-in.locked', subject: { kind: 'user', id: user.id }, data: { until: attempt.lockedUntil.toISOString() } })
  return fail('locked', { until: attempt.lockedUntil })
}

interface Attempt {
  /** False where the address was locked already: nothing was counted and nothing is to be looked at. */
  counted: boolean
  lockedUntil: Date | null
}

/** One more attempt for this address, unless it is locked; the attempt that reaches the limit locks it at once. */
async function countAttempt(ctx: Signing, emailHash: string): Promise<Attempt> {
  const now = ctx.clock.now()
  const forgotten = new Date(now.getTime() - forgottenAfter)
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ failures: number }[]>(Prisma.sql`
      INSERT INTO sign_in_failures AS f (email_hash, failures, last_at) VALUES (${emailHash}, 1, ${now}::timestamptz)
      ON CONFLICT (email_hash) DO UPDATE SET
        failures = CASE WHEN f.last_at < ${forgotten}::timestamptz THEN 1 ELSE f.failures + 1 END, last_at = ${now}::timestamptz, locked_until = NULL
      WHERE f.locked_until IS NULL OR f.locked_until <= ${now}::timestamptz
      RETURNING failures`)
    if (!row) {
      const locked = await tx.db.signInFailure.findUnique({ where: { emailHash }, select: { lockedUntil: true } })
      return { counted: false, lockedUntil: locked?.lockedUntil ?? now }
    }
    const lock = lockFor(row.failures)
    const lockedUntil = lock > 0 ? new Date(now.getTime() + lock) : null
    if (lockedUntil) await tx.db.signInFailure.update({ where: { emailHash }, data: { lockedUntil }, select: { emailHash: true } })
    return { counted: true, lockedUntil }
  })
}

/** The seat that a sign-in takes in this house: where the person sat last, else the house's own, else the oldest. */
export async function seatOf(ctx: Signing, userId: string): Promise<string | null> {
  const [seat] = await ctx.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT m.id FROM members m JOIN organisations o ON o.id = m.org_id
    WHERE m.user_id = ${userId} AND m.house_id = ${ctx.actor.houseId} AND m.ended_at IS NULL AND o.closed_at IS NULL
    ORDER BY (SELECT max(s.last_seen_at) FROM sessions s WHERE s.member_id = m.id) DESC NULLS LAST, (o.kind = 'OWNER') DESC, m.created_at, m.id
    LIMIT 1`)
  return seat?.id ?? null
}

/** Forget counts that are a day old: a job's work. */
export async function sweepSignInFailures(ctx: Ctx<'db' | 'clock'>): Promise<number> {
  const forgotten = new Date(ctx.clock.now().getTime() - forgottenAfter)
  const { count } = await ctx.db.signInFailure.deleteMany({ where: { lastAt: { lt: forgotten } } })
  return count
}
