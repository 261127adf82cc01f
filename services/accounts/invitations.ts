import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { hashToken, makeToken } from '../platform/secrets.ts'
import { takeTurn } from '../platform/rate-limit.ts'
import type { InviteError, RevokeInvitationError } from './errors.ts'
import { askForMail } from './mails.ts'
import { organisationFor } from './organisations.ts'
import { may } from './policy.ts'
import { invitationEnd } from './rules/invitations.ts'
import { rolesFit } from './rules/roles.ts'
import { allowances } from './rules/sign-in.ts'
import type { Invite } from './schema.ts'

type Inviting = Ctx<'db' | 'clock' | 'actor' | 'origin' | 'language'>

/** Ask somebody by mail to take a seat. A second invitation to the same address takes the first one's place. */
export async function inviteMember(ctx: Inviting, { orgId, email, name, roles }: Invite & { orgId: string }): Promise<Result<{ invitationId: string }, InviteError>> {
  const org = await organisationFor(ctx, orgId, 'manage-members')
  if (org.closedAt) return fail('organisation-closed')
  if (!rolesFit(org.kind, roles)) return fail('roles-do-not-fit')
  const inviter = ctx.actor.kind === 'person' ? ctx.actor : null
  if (inviter) {
    const turn = await takeTurn(ctx, `invite:${inviter.userId}`, allowances.invite)
    if (!turn.ok) return fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })
  }
  const seated = await ctx.db.member.count({ where: { orgId, endedAt: null, user: { email } } })
  if (seated > 0) return fail('already-member')
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: org.houseId }, select: { name: true } })

  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const id = newId('inv', at)
    const { token, hash } = makeToken()
    const expiresAt = invitationEnd(at)
    await tx.db.invitation.updateMany({ where: { orgId, email, acceptedAt: null, revokedAt: null }, data: { revokedAt: at } })
    await tx.db.invitation.create({
      data: { id, houseId: org.houseId, orgId, email, name: name ?? null, roles: [...new Set(roles)], tokenHash: hash, invitedById: inviter?.userId ?? null, createdAt: at, expiresAt },
      select: { id: true },
    })
    await record(tx, { type: 'invitation.sent', subject: { kind: 'invitation', id }, data: { organisation: orgId, email, roles } })
    await askForMail(tx, 'invitation', {
      key: `invitation:${id}`,
      to: email,
      props: {
        language: ctx.language, name: name ?? null, inviterName: inviter?.name ?? house.name, orgName: org.name, houseName: house.name, url: `${tx.origin}/join/${token}`, expiresAt: expiresAt.toISOString(),
      },
    })
    return ok({ invitationId: id })
  })
}

/** Take an invitation back before it is used. */
export async function revokeInvitation(ctx: Ctx<'db' | 'clock' | 'actor'>, { invitationId }: { invitationId: string }): Promise<Result<{ invitationId: string }, RevokeInvitationError>> {
  const invitation = await ctx.db.invitation.findFirst({
    where: { id: invitationId, houseId: ctx.actor.houseId },
    select: { org: { select: { id: true, houseId: true, kind: true } } },
  })
  if (!invitation || !may(ctx.actor, 'manage-members', invitation.org)) throw new Refusal('not-found', `no invitation ${invitationId}`)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.invitation.updateMany({ where: { id: invitationId, acceptedAt: null, revokedAt: null }, data: { revokedAt: tx.clock.now() } })
    if (count === 0) return fail('invitation-used')
    await record(tx, { type: 'invitation.revoked', subject: { kind: 'invitation', id: invitationId } })
    return ok({ invitationId })
  })
}

/** The invitation that a link opens, in this house only. Never hand its row outside. */
export async function invitationOf(ctx: Ctx<'db' | 'actor'>, token: string) {
  const invitation = await ctx.db.invitation.findFirst({
    where: { tokenHash: hashToken(token), houseId: ctx.actor.houseId, org: { closedAt: null } },
    select: {
      id: true, orgId: true, email: true, name: true, roles: true, expiresAt: true, acceptedAt: true, revokedAt: true,
      org: { select: { name: true, kind: true } },
    },
  })
  if (!invitation) throw new Refusal('not-found', 'no such invitation')
  return invitation
}
