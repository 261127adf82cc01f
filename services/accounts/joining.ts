import { newId } from '../kernel/ids.ts'
import { isPerson } from '../kernel/actor.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo, violates } from '../platform/db.ts'
import { hashPassword } from '../platform/passwords.ts'
import { networkOf, takeTurn } from '../platform/rate-limit.ts'
import type { JoinError } from './errors.ts'
import { invitationOf } from './invitations.ts'
import { askForMail } from './mails.ts'
import { addMember } from './members.ts'
import { invitationState } from './rules/invitations.ts'
import { weakness } from './rules/passwords.ts'
import { allowances } from './rules/sign-in.ts'
import type { Join } from './schema.ts'
import { openSession } from './sessions.ts'

type Joining = Ctx<'db' | 'clock' | 'actor' | 'origin' | 'language'>
type Device = { ip: string; userAgent?: string | null | undefined }
type Joined = Result<{ secret: string; memberId: string }, JoinError>

/** Take the seat of an invitation as a newcomer: name and password make the account, the link has proved the address. */
export async function joinAsNewcomer(ctx: Joining, { token, name, password, ip, userAgent }: Join & Device & { token: string }): Promise<Joined> {
  const turn = await takeTurn(ctx, `join:${networkOf(ip)}`, allowances.join)
  if (!turn.ok) return fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })
  const invitation = await invitationOf(ctx, token)
  const { email } = invitation
  if ((await ctx.db.user.count({ where: { email } })) > 0) return fail('account-exists')
  const reason = weakness(password, [email, name])
  if (reason) return fail('password-weak', { reason })
  const passwordHash = await hashPassword(password)
  try {
    return await inTransactionOrUndo(ctx, async (tx): Promise<Joined> => {
      const at = tx.clock.now()
      const userId = newId('usr', at)
      await tx.db.user.create({ data: { id: userId, email, name, passwordHash, language: ctx.language, createdAt: at, lastSignInAt: at }, select: { id: true } })
      await askForMail(tx, 'welcome', { key: `welcome:${userId}`, to: email, props: { language: ctx.language, name, orgName: invitation.org.name, url: `${tx.origin}/account` } })
      return takeSeat(tx, invitation, userId, { ip, userAgent })
    })
  } catch (error) {
    if (violates(error, 'users_email_key') || violates(error, '"email"')) return fail('account-exists')
    throw error
  }
}

/** Take the seat with the account that one is signed in to: only with the address that was invited. */
export async function joinAsMember(ctx: Joining, { token, ip, userAgent }: Device & { token: string }): Promise<Joined> {
  const invitation = await invitationOf(ctx, token)
  const { actor } = ctx
  if (!isPerson(actor) || actor.email !== invitation.email) return fail('other-account')
  return inTransactionOrUndo(ctx, async (tx): Promise<Joined> => {
    const joined = await takeSeat(tx, invitation, actor.userId, { ip, userAgent })
    // The new session, in the new seat, takes the place of the one that asked.
    if (joined.ok) await tx.db.session.deleteMany({ where: { id: actor.sessionId, userId: actor.userId } })
    return joined
  })
}

/** The guard is in the update: of two clicks at once one takes the seat. */
async function takeSeat(tx: Joining, invitation: Awaited<ReturnType<typeof invitationOf>>, userId: string, device: Device): Promise<Joined> {
  const now = tx.clock.now()
  const { count } = await tx.db.invitation.updateMany({
    where: { id: invitation.id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now },
  })
  if (count === 0) {
    const current = await tx.db.invitation.findUniqueOrThrow({ where: { id: invitation.id }, select: { expiresAt: true, acceptedAt: true, revokedAt: true } })
    const state = invitationState(current, now)
    return fail(state === 'revoked' ? 'invitation-revoked' : state === 'expired' ? 'invitation-expired' : 'invitation-used')
  }
  const { orgId, roles } = invitation
  const memberId = await addMember(tx, { orgId, userId, roles })
  if (!memberId) return fail('invitation-used')
  await record(tx, { type: 'invitation.accepted', subject: { kind: 'invitation', id: invitation.id }, data: { member: memberId } })
  const { secret } = await openSession(tx, { userId, memberId, ...device })
  return ok({ secret, memberId })
}
