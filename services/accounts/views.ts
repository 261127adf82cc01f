import { isPerson, type OrgKind, type Role } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { hashToken } from '../platform/secrets.ts'
import { invitationOf } from './invitations.ts'
import { organisationFor } from './organisations.ts'
import { may } from './policy.ts'
import { invitationState, type InvitationState } from './rules/invitations.ts'
import { rolesFor } from './rules/roles.ts'
import { deviceWords, outlived } from './rules/sessions.ts'

type Seeing = Ctx<'db' | 'actor'>
const pageSize = 50

/** Newest first from a cursor on. */
const after = (cursor: string | null | undefined) => {
  const from = decodeCursor(cursor)
  return from ? { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] } : {}
}
const newestFirst = [{ createdAt: 'desc' }, { id: 'desc' }] as const

export interface Account {
  name: string
  email: string
  memberId: string
  seats: { memberId: string; orgName: string; orgKind: OrgKind; roles: Role[]; current: boolean }[]
  sessions: number
}

/** One's own account: profile, seats, how many sessions are open. */
export async function accountPage(ctx: Ctx<'db' | 'actor' | 'clock'>): Promise<Account> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'account')
  const seats = await ctx.db.member.findMany({
    where: { userId: actor.userId, houseId: actor.houseId, endedAt: null, org: { closedAt: null } },
    select: { id: true, roles: true, org: { select: { name: true, kind: true } } },
    orderBy: { createdAt: 'asc' },
    take: 100,
  })
  const sessions = await ctx.db.session.count({ where: { userId: actor.userId, expiresAt: { gt: ctx.clock.now() } } })
  return {
    name: actor.name,
    email: actor.email,
    memberId: actor.memberId,
    seats: seats.map(({ id, roles, org }) => ({ memberId: id, orgName: org.name, orgKind: org.kind, roles, current: id === actor.memberId })),
    sessions,
  }
}

export interface SessionLine {
  id: string
  device: string
  ip: string | null
  createdAt: Date
  lastSeenAt: Date
  orgName: string | null
  current: boolean
}

/** Where one is signed in: the latest hundred, this one first. */
export async function sessionsPage(ctx: Ctx<'db' | 'actor' | 'clock' | 'language'>): Promise<SessionLine[]> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'sessions')
  const now = ctx.clock.now()
  const rows = await ctx.db.session.findMany({
    where: { userId: actor.userId, expiresAt: { gt: now } },
    select: { id: true, ip: true, userAgent: true, createdAt: true, lastSeenAt: true, member: { select: { org: { select: { name: true } } } } },
    orderBy: { lastSeenAt: 'desc' },
    take: 100,
  })
  return rows
    .filter(({ createdAt }) => !outlived(createdAt, now))
    .map(({ userAgent, member, ...row }) => ({ ...row, device: deviceWords(userAgent, ctx.language), orgName: member?.org.name ?? null, current: row.id === actor.sessionId }))
    .sort((a, b) => Number(b.current) - Number(a.current))
}

/** An organisation's details, with what the actor may do to it. */
export async function organisationPage(ctx: Seeing, orgId: string) {
  await organisationFor(ctx, orgId, 'see-organisation')
  const org = await ctx.db.organisation.findUniqueOrThrow({
    where: { id: orgId },
    select: { id: true, houseId: true, kind: true, name: true, email: true, country: true, address: true, vatId: true, currency: true, createdAt: true, closedAt: true },
  })
  const mayDo = { edit: may(ctx.actor, 'edit-organisation', org), manageMembers: may(ctx.actor, 'manage-members', org), close: may(ctx.actor, 'close-organisation', org) }
  return { ...org, may: mayDo }
}

export interface MemberLine {
  id: string
  name: string
  email: string
  roles: Role[]
  createdAt: Date
  lastSignInAt: Date | null
  self: boolean
}
export interface InvitationLine {
  id: string
  email: string
  roles: Role[]
  createdAt: Date
  expiresAt: Date
  expired: boolean
}
export interface Members {
  org: { id: string; name: string; kind: OrgKind }
  members: Page<MemberLine>
  invitations: InvitationLine[]
  roles: readonly Role[]
  mayManage: boolean
}

/** Who sits in an organisation, and who is asked to. Invitations are for those who manage them. */
export async function membersPage(ctx: Ctx<'db' | 'actor' | 'clock'>, { orgId, cursor }: { orgId: string; cursor?: string | null | undefined }): Promise<Members> {
  const org = await organisationFor(ctx, orgId, 'see-organisation')
  const mayManage = may(ctx.actor, 'manage-members', org)
  const now = ctx.clock.now()
  const rows = await ctx.db.member.findMany({
    where: { orgId, endedAt: null, ...after(cursor) },
    select: { id: true, roles: true, createdAt: true, user: { select: { id: true, name: true, email: true, lastSignInAt: true } } },
    orderBy: [...newestFirst],
    take: pageSize + 1,
  })
  const invitations = mayManage
    ? await ctx.db.invitation.findMany({
        where: { orgId, acceptedAt: null, revokedAt: null },
        select: { id: true, email: true, roles: true, createdAt: true, expiresAt: true },
        orderBy: [...newestFirst],
        take: 100,
      })
    : []
  const self = isPerson(ctx.actor) ? ctx.actor.memberId : ''
  const lines = rows.map(({ user: { name, email, lastSignInAt }, ...row }) => ({ ...row, name, email, lastSignInAt, self: row.id === self }))
  return {
    org: { id: org.id, name: org.name, kind: org.kind },
    members: pageOf(lines, pageSize, ({ createdAt, id }) => encodeCursor(createdAt, id)),
    invitations: invitations.map((line) => ({ ...line, expired: invitationState({ ...line, acceptedAt: null, revokedAt: null }, now) === 'expired' })),
    roles: rolesFor(org.kind),
    mayManage,
  }
}

export interface OrganisationLine {
  id: string
  name: string
  kind: OrgKind
  country: string | null
  members: number
  createdAt: Date
  closedAt: Date | null
}

/** The partners and customers of the house, newest first, by kind or part of a name. */
export async function organisationsList(ctx: Seeing, filter: { kind?: 'PARTNER' | 'CUSTOMER' | undefined; q?: string | undefined; cursor?: string | null | undefined }): Promise<Page<OrganisationLine>> {
  const { houseId } = ctx.actor
  if (!may(ctx.actor, 'create-organisation', { id: houseId, houseId, kind: 'OWNER' })) throw new Refusal('forbidden', 'list organisations')
  const rows = await ctx.db.organisation.findMany({
    where: { houseId, kind: filter.kind ?? { not: 'OWNER' }, ...(filter.q ? { name: { contains: filter.q, mode: 'insensitive' as const } } : {}), ...after(filter.cursor) },
    select: { id: true, name: true, kind: true, country: true, createdAt: true, closedAt: true, _count: { select: { members: { where: { endedAt: null } } } } },
    orderBy: [...newestFirst],
    take: pageSize + 1,
  })
  const lines = rows.map(({ _count, ...row }) => ({ ...row, members: _count.members }))
  return pageOf(lines, pageSize, ({ createdAt, id }) => encodeCursor(createdAt, id))
}

export interface InvitationPage {
  state: InvitationState
  email: string
  name: string | null
  orgName: string
  orgKind: OrgKind
  roles: Role[]
  expiresAt: Date
  /** newcomer: make an account; sign-in: they have one; other-account: somebody else is signed in; ready: one click. */
  next: 'newcomer' | 'sign-in' | 'other-account' | 'ready'
}

/** What an invitation's link opens. Says whether the address has an account: only its owner holds the link. */
export async function invitationPage(ctx: Ctx<'db' | 'actor' | 'clock'>, token: string): Promise<InvitationPage> {
  const { org, ...invitation } = await invitationOf(ctx, token)
  const { email, name, roles, expiresAt } = invitation
  const known = (await ctx.db.user.count({ where: { email } })) > 0
  const next = isPerson(ctx.actor) ? (ctx.actor.email === email ? 'ready' : 'other-account') : known ? 'sign-in' : 'newcomer'
  return { state: invitationState(invitation, ctx.clock.now()), email, name, orgName: org.name, orgKind: org.kind, roles, expiresAt, next }
}

/** Whether a link to a new password still opens anything, and for which address (password managers want to know). */
export async function resetPage(ctx: Ctx<'db' | 'clock'>, token: string): Promise<{ state: 'open' | 'expired' | 'used'; email: string }> {
  const reset = await ctx.db.passwordReset.findUnique({ where: { tokenHash: hashToken(token) }, select: { userId: true, expiresAt: true, usedAt: true } })
  if (!reset) throw new Refusal('not-found', 'no such reset')
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: reset.userId }, select: { email: true } })
  const state = reset.usedAt ? 'used' : ctx.clock.now() < reset.expiresAt ? 'open' : 'expired'
  return { state, email: user.email }
}
