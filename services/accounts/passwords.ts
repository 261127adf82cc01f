import { isPerson } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { languageNamed } from '../kernel/language.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { hashPassword, passwordMatches } from '../platform/passwords.ts'
import { enqueue } from '../platform/queue.ts'
import { networkOf, takeTurn } from '../platform/rate-limit.ts'
import { hashToken, makeToken } from '../platform/secrets.ts'
import type { ChangePasswordError, ForgotError, ResetError } from './errors.ts'
import { sendResetJob } from './jobs.ts'
import { askForMail } from './mails.ts'
import { resetEnd } from './rules/invitations.ts'
import { weakness } from './rules/passwords.ts'
import { allowances } from './rules/sign-in.ts'
import type { ChangePassword } from './schema.ts'

/** Ask for a link to a new password. Whether anybody has the address is found out by the job: the page does the same for all. */
export async function askForReset(ctx: Ctx<'db' | 'clock' | 'actor'>, { email, ip }: { email: string; ip: string }): Promise<Result<null, ForgotError>> {
  const turn = await takeTurn(ctx, `forgot:${networkOf(ip)}`, allowances.forgot)
  if (!turn.ok) return fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })
  await enqueue(ctx, sendResetJob, { houseId: ctx.actor.houseId, email }, { key: `${sendResetJob}:${sha256(email)}` })
  return ok(null)
}

/** The job behind `askForReset`: a link for whoever has the address and a seat in the house; for others nothing. */
export async function sendReset(ctx: Ctx<'db' | 'clock' | 'actor' | 'origin'>, { email }: { email: string }): Promise<Result<{ sent: boolean }>> {
  const user = await ctx.db.user.findFirst({
    where: { email, closedAt: null, members: { some: { houseId: ctx.actor.houseId, endedAt: null } } },
    select: { id: true, name: true, email: true, language: true },
  })
  if (!user) return ok({ sent: false })
  // Nobody's mailbox is filled by a stranger who types their address again and again.
  const turn = await takeTurn(ctx, `forgot-address:${sha256(email)}`, allowances.forgotOneAddress)
  if (!turn.ok) return ok({ sent: false })
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const id = newId('rst', at)
    const { token, hash } = makeToken()
    const expiresAt = resetEnd(at)
    await tx.db.passwordReset.create({ data: { id, userId: user.id, tokenHash: hash, createdAt: at, expiresAt }, select: { id: true } })
    await askForMail(tx, 'password-reset', {
      key: `password-reset:${id}`,
      to: user.email,
      props: { language: languageNamed(user.language), name: user.name, url: `${tx.origin}/reset-password/${token}`, expiresAt: expiresAt.toISOString() },
    })
    await record(tx, { type: 'password-reset.sent', subject: { kind: 'user', id: user.id } })
    return ok({ sent: true })
  })
}

/** Choose a new password by the link in the mail. Every session ends, every other link dies, a lock is lifted. */
export async function resetPassword(ctx: Ctx<'db' | 'clock' | 'actor'>, { token, password }: { token: string; password: string }): Promise<Result<{ email: string }, ResetError>> {
  const reset = await ctx.db.passwordReset.findUnique({ where: { tokenHash: hashToken(token) }, select: { id: true, userId: true, expiresAt: true, usedAt: true } })
  if (!reset) throw new Refusal('not-found', 'no such reset')
  const user = await ctx.db.user.findFirst({
    where: { id: reset.userId, closedAt: null, members: { some: { houseId: ctx.actor.houseId } } },
    select: { id: true, email: true, name: true },
  })
  if (!user) throw new Refusal('not-found', 'no such reset')
  const reason = weakness(password, [user.email, user.name])
  if (reason) return fail('password-weak', { reason })
  const passwordHash = await hashPassword(password)
  return inTransaction(ctx, async (tx) => {
    const now = tx.clock.now()
    const { count } = await tx.db.passwordReset.updateMany({ where: { id: reset.id, usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } })
    if (count === 0) return fail(reset.expiresAt <= now && !reset.usedAt ? 'link-expired' : 'link-used')
    await tx.db.passwordReset.updateMany({ where: { userId: user.id, usedAt: null }, data: { usedAt: now } })
    await tx.db.user.update({ where: { id: user.id }, data: { passwordHash }, select: { id: true } })
    await tx.db.session.deleteMany({ where: { userId: user.id } })
    await tx.db.signInFailure.deleteMany({ where: { emailHash: sha256(user.email) } })
    await record(tx, { type: 'password.reset', subject: { kind: 'user', id: user.id } })
    return ok({ email: user.email })
  })
}

/** Change one's own password, knowing the old one. Other devices are signed out. */
export async function changePassword(ctx: Ctx<'db' | 'clock' | 'actor'>, { currentPassword, newPassword }: ChangePassword): Promise<Result<{ ended: number }, ChangePasswordError>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'change password')
  const turn = await takeTurn(ctx, `password-change:${actor.userId}`, allowances.passwordChange)
  if (!turn.ok) return fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { passwordHash: true } })
  if (!(await passwordMatches(user.passwordHash, currentPassword))) return fail('wrong-password')
  const reason = weakness(newPassword, [actor.email, actor.name])
  if (reason) return fail('password-weak', { reason })
  const passwordHash = await hashPassword(newPassword)
  return inTransaction(ctx, async (tx) => {
    await tx.db.user.update({ where: { id: actor.userId }, data: { passwordHash }, select: { id: true } })
    const { count } = await tx.db.session.deleteMany({ where: { userId: actor.userId, id: { not: actor.sessionId } } })
    await record(tx, { type: 'password.changed', subject: { kind: 'user', id: actor.userId }, data: { sessionsEnded: count } })
    return ok({ ended: count })
  })
}
