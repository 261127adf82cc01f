import { record } from '../compliance/record.ts'
import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { endOfDay } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { hashPassword, passwordMatches } from '../platform/passwords.ts'
import { networkOf, takeTurn, takeTurns } from '../platform/rate-limit.ts'
import { hashToken, makeToken, sameSecret } from '../platform/secrets.ts'
import type { EndLinkError, LinkError, ShareError, UnlockError } from './errors.ts'
import { lockBox, openAt, type Asking } from './policy.ts'
import { mostLinks, mostMembers, type ShareRight } from './rules/rights.ts'
import type { MakeLink } from './schema.ts'

/** Show a box to a colleague of one's own organisation, or change what they may do with it. */
export async function shareWith(
  ctx: Asking,
  boxId: string,
  { userId, right }: { userId: string; right: ShareRight },
): Promise<Result<null, ShareError>> {
  const { actor } = ctx
  if (!isPerson(actor)) return fail('sign-in-first')
  return inTransaction(ctx, async (tx) => {
    const box = await lockBox(tx, null, boxId, 'OWN')
    // A seat in the organisation that the box belongs to, at this instant: nobody is looked up beyond it.
    const seat = await tx.db.member.findFirst({
      where: { houseId: actor.houseId, orgId: box.ownerOrgId ?? '', userId, endedAt: null, user: { closedAt: null } },
      select: { userId: true },
    })
    if (!seat || userId === actor.userId) return fail('no-colleague')
    const known = await tx.db.lightboxMember.findMany({ where: { lightboxId: boxId }, select: { userId: true } })
    const isNew = !known.some((each) => each.userId === userId)
    if (isNew && known.length >= mostMembers) return fail('too-many-members', { most: mostMembers })
    await tx.db.lightboxMember.upsert({
      where: { lightboxId_userId: { lightboxId: boxId, userId } },
      create: { lightboxId: boxId, userId, right, addedAt: tx.clock.now() },
      update: { right },
    })
    await record(tx, {
      type: isNew ? 'lightbox.shared' : 'lightbox.right-changed',
      subject: { kind: 'lightbox', id: boxId },
      data: { userId, right },
    })
    return ok(null)
  })
}

/** From now on the colleague does not see the box; a colleague may also take themselves out. */
export async function unshare(ctx: Asking, boxId: string, userId: string): Promise<Result<null, 'no-colleague'>> {
  const { actor } = ctx
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, null, boxId, isPerson(actor) && actor.userId === userId ? 'VIEW' : 'OWN')
    const { count } = await tx.db.lightboxMember.deleteMany({ where: { lightboxId: boxId, userId } })
    if (count === 0) return fail('no-colleague')
    await record(tx, { type: 'lightbox.unshared', subject: { kind: 'lightbox', id: boxId }, data: { userId } })
    return ok(null)
  })
}

/**
 * A link that shows the box to whoever holds it: to look, or to look and comment. Its secret is told once; the house keeps
 * the hash. A link never lets anybody change the box.
 */
export async function makeLink(
  ctx: Asking,
  boxId: string,
  input: MakeLink,
): Promise<Result<{ linkId: string; secret: string }, LinkError>> {
  const { actor } = ctx
  if (!isPerson(actor)) return fail('sign-in-first')
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } })
  const endsAt = input.endsOn ? endOfDay(input.endsOn, house.timeZone) : null
  if (endsAt && endsAt <= ctx.clock.now()) return fail('end-is-past')
  const passwordHash = input.password ? await hashPassword(input.password) : null
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, null, boxId, 'OWN')
    const at = tx.clock.now()
    const live = await tx.db.lightboxLink.count({ where: { lightboxId: boxId, ...openAt(at) } })
    if (live >= mostLinks) return fail('too-many-links', { most: mostLinks })
    const { token, hash } = makeToken()
    const id = newId('lln', at)
    await tx.db.lightboxLink.create({
      data: {
        id,
        lightboxId: boxId,
        secretHash: hash,
        right: input.right,
        label: input.label,
        passwordHash,
        endsAt,
        createdById: actor.userId,
        createdAt: at,
      },
    })
    await record(tx, {
      type: 'lightbox.link-made',
      subject: { kind: 'lightbox', id: boxId },
      data: { linkId: id, right: input.right, until: endsAt?.toISOString() ?? null, password: passwordHash !== null },
    })
    return ok({ linkId: id, secret: token })
  })
}

/** End a link: from this moment it opens nothing. */
export async function endLink(ctx: Asking, boxId: string, linkId: string): Promise<Result<null, EndLinkError>> {
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, null, boxId, 'OWN')
    const link = await tx.db.lightboxLink.findFirst({ where: { id: linkId, lightboxId: boxId }, select: { id: true } })
    if (!link) throw new Refusal('not-found', `no link ${linkId}`)
    const { count } = await tx.db.lightboxLink.updateMany({ where: { id: linkId, endedAt: null }, data: { endedAt: tx.clock.now() } })
    if (count === 0) return fail('already-ended')
    await record(tx, { type: 'lightbox.link-ended', subject: { kind: 'lightbox', id: boxId }, data: { linkId } })
    return ok(null)
  })
}

export interface FollowedLink {
  id: string
  boxId: string
  right: 'VIEW' | 'COMMENT'
  locked: boolean
  /** Changes with the password, so that what was opened by an old one is shut. */
  seal: string
}

/** Guesses of secrets are counted by where they come from; whoever has a right link never notices. */
const knocking = { turns: 120, seconds: 600 }

/**
 * The link behind a secret, while it lives. Found by its hash and compared again in constant time; an unknown, an ended and
 * an expired one are one answer, at each request anew.
 */
export async function followLink(ctx: Asking, secret: string, ip: string): Promise<FollowedLink> {
  const none = () => new Refusal('not-found', 'no such link')
  if (!/^[0-9a-z]{32}$/.test(secret)) throw none()
  const hash = hashToken(secret)
  const link = await ctx.db.lightboxLink.findUnique({
    where: { secretHash: hash },
    select: {
      id: true,
      secretHash: true,
      right: true,
      passwordHash: true,
      endsAt: true,
      endedAt: true,
      lightbox: { select: { id: true, houseId: true, archivedAt: true, owner: { select: { closedAt: true } } } },
    },
  })
  const now = ctx.clock.now()
  const lives =
    link !== null &&
    sameSecret(link.secretHash, hash) &&
    link.lightbox.houseId === ctx.actor.houseId &&
    link.lightbox.archivedAt === null &&
    link.lightbox.owner?.closedAt === null &&
    link.endedAt === null &&
    (link.endsAt === null || now < link.endsAt)
  if (!link || !lives) {
    const turn = await takeTurn(ctx, `lightbox-link:${networkOf(ip)}`, knocking)
    if (!turn.ok) throw new Refusal('too-many', 'links that open nothing', turn.retryAfterSeconds)
    throw none()
  }
  return {
    id: link.id,
    boxId: link.lightbox.id,
    right: link.right === 'COMMENT' ? 'COMMENT' : 'VIEW',
    locked: link.passwordHash !== null,
    seal: hashToken(`${link.id} ${link.passwordHash ?? ''}`),
  }
}

/** Whether the password of a link is right. Tries are counted by link and by where they come from. */
export async function unlockLink(
  ctx: Asking,
  link: Pick<FollowedLink, 'id'>,
  password: string,
  ip: string,
): Promise<Result<null, UnlockError>> {
  const turn = await takeTurns(ctx, [
    [`lightbox-unlock:${link.id}:${networkOf(ip)}`, { turns: 8, seconds: 900 }],
    [`lightbox-unlock:${link.id}`, { turns: 60, seconds: 900 }],
  ])
  if (!turn.ok) return fail('too-many-tries', { seconds: turn.retryAfterSeconds })
  const row = await ctx.db.lightboxLink.findUniqueOrThrow({ where: { id: link.id }, select: { passwordHash: true } })
  return (await passwordMatches(row.passwordHash, password.slice(0, 200))) ? ok(null) : fail('wrong-password')
}

/** Remember that somebody looked through a link, for its maker. */
export const noteOpened = async (ctx: Ctx<'db' | 'clock'>, linkId: string): Promise<void> => {
  await ctx.db.lightboxLink.updateMany({ where: { id: linkId }, data: { openedAt: ctx.clock.now() } })
}
