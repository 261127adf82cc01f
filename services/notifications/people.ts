import type { Role } from '../kernel/actor.ts'
import { languageNamed } from '../kernel/language.ts'
import type { Ctx } from '../platform/context.ts'
import { audienceOf, type Reader } from './rules/audience.ts'

type Reading = Ctx<'db' | 'actor'>

/** Who has not said a language is written to in the house's first one. */
const readerOf = ({ id, name, email, language }: { id: string; name: string; email: string; language: string | null }) => ({
  userId: id,
  name,
  email,
  language: languageNamed(language),
})

/** The people who have a seat in an organisation of this house, now. */
export const membersOf = async (ctx: Reading, orgId: string): Promise<Reader[]> => (await membersByOrg(ctx, [orgId])).get(orgId) ?? []

/** The members of several organisations, in one query. */
export async function membersByOrg(ctx: Reading, orgIds: readonly string[]): Promise<Map<string, Reader[]>> {
  const seats = await ctx.db.member.findMany({
    where: { houseId: ctx.actor.houseId, orgId: { in: [...new Set(orgIds)] }, endedAt: null, user: { closedAt: null } },
    select: { orgId: true, roles: true, user: { select: { id: true, name: true, email: true, language: true } } },
    orderBy: { createdAt: 'asc' },
  })
  const byOrg = new Map<string, Reader[]>()
  for (const { orgId, roles, user } of seats) byOrg.set(orgId, [...(byOrg.get(orgId) ?? []), { ...readerOf(user), roles }])
  return byOrg
}

/** Staff of the house with one of the roles, but for the one who did it. */
export const staffWith = async (ctx: Reading, roles: readonly Role[], except: string | null): Promise<Reader[]> =>
  audienceOf(await membersOf(ctx, ctx.actor.houseId), { roles, except })

/** The facts that say in which language something was asked for. */
const askings = ['order.placed', 'request.asked', 'wait.begun']

async function languageOfAsking({ db, actor }: Reading, { kind, id }: { kind: string; id: string }): Promise<string | null> {
  const asked = await db.auditFact.findFirst({
    where: { houseId: actor.houseId, subjectKind: kind, subjectId: id, type: { in: askings } },
    select: { body: true },
  })
  const { data } = JSON.parse(asked?.body ?? '{}') as { data?: { language?: string } }
  return data?.language ?? null
}

/**
 * One person, wherever their seat is; nobody when the account is closed. Who has chosen no language is written to in the
 * one in which they asked for what the letter is `about`.
 */
export async function personCalled(ctx: Reading, userId: string | null, about?: { kind: string; id: string }): Promise<Reader | null> {
  if (!userId) return null
  const user = await ctx.db.user.findFirst({
    where: { id: userId, closedAt: null, members: { some: { houseId: ctx.actor.houseId } } },
    select: { id: true, name: true, email: true, language: true },
  })
  if (!user) return null
  const language = user.language ?? (about ? await languageOfAsking(ctx, about) : null)
  return { ...readerOf({ ...user, language }), roles: [] }
}

/** The house as its letters name it, and the zone in which its days begin. */
export const houseOf = (ctx: Reading): Promise<{ name: string; timeZone: string }> =>
  ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { name: true, timeZone: true } })
