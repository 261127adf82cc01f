import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { passwordMatches } from '../platform/passwords.ts'
import { networkOf, takeTurn, takeTurns } from '../platform/rate-limit.ts'
import { hashToken, sameSecret } from '../platform/secrets.ts'
import type { ClosedDoorError, UnlockGuestLinkError } from './errors.ts'
import { standingOf, type LinkStanding, type Limits, type Used } from './rules/standing.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

export interface FollowedGuestLink extends Limits {
  id: string
  name: string
  message: string
  houseName: string
  zone: string
  endsAt: Date | null
  asks: string[]
  briefId: string | null
  standing: LinkStanding
  used: Used
  locked: boolean
  /** Changes with the password: what an old one opened is shut. */
  seal: string
}

/** Guesses are counted by where they come from; whoever holds a link never notices. */
const knocking = { turns: 120, seconds: 600 }

const columns = {
  id: true,
  houseId: true,
  name: true,
  message: true,
  secretHash: true,
  passwordHash: true,
  endsAt: true,
  mostFiles: true,
  mostBytes: true,
  asks: true,
  briefId: true,
  revokedAt: true,
} as const

/**
 * The link behind a secret. Found by its hash and compared again in constant time. Who holds a secret that was good is told
 * in words why it opens nothing any more; to all others there is no such address.
 */
export async function followGuestLink(ctx: Asking, secret: string, ip: string): Promise<FollowedGuestLink> {
  const none = () => new Refusal('not-found', 'no such guest link')
  if (!/^[0-9a-z]{32}$/.test(secret)) throw none()
  const hash = hashToken(secret)
  const link = await ctx.db.guestLink.findUnique({ where: { secretHash: hash }, select: columns })
  if (!link || !sameSecret(link.secretHash, hash) || link.houseId !== ctx.actor.houseId) {
    const turn = await takeTurn(ctx, `guest-link:${networkOf(ip)}`, knocking)
    if (!turn.ok) throw new Refusal('too-many', 'guest links that open nothing', turn.retryAfterSeconds)
    throw none()
  }
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: link.houseId }, select: { name: true, timeZone: true } })
  const used = await usedOf(ctx, link.id)
  const limits = { mostFiles: link.mostFiles, mostBytes: link.mostBytes === null ? null : Number(link.mostBytes) }
  return {
    id: link.id,
    name: link.name,
    message: link.message,
    houseName: house.name,
    zone: house.timeZone,
    endsAt: link.endsAt,
    asks: link.asks,
    briefId: link.briefId,
    ...limits,
    used,
    standing: standingOf({ ...limits, revokedAt: link.revokedAt, endsAt: link.endsAt }, used, ctx.clock.now()),
    locked: link.passwordHash !== null,
    seal: hashToken(`${link.id} ${link.passwordHash ?? ''}`),
  }
}

/** What came through a link and what is on its way; `except` is being weighed and not counted. */
export async function usedOf(ctx: Ctx<'db'>, linkId: string, except = ''): Promise<Used> {
  const [row] = await ctx.db.$queryRaw<{ files: number; bytes: bigint }[]>`
    SELECT count(*)::int AS files, COALESCE(sum(declared_size), 0)::bigint AS bytes FROM uploads
    WHERE link_id = ${linkId} AND state IN ('RECEIVING', 'STORED') AND id <> ${except}`
  return { files: row?.files ?? 0, bytes: Number(row?.bytes ?? 0) }
}

const closed: Record<Exclude<LinkStanding, 'OPEN'>, ClosedDoorError> = { REVOKED: 'link-revoked', ENDED: 'link-ended', FULL: 'link-full' }
/** The word for a link that lets nothing in. */
export const closedBy = (standing: LinkStanding): ClosedDoorError | null => (standing === 'OPEN' ? null : closed[standing])

/** Whether the password of a link is right. Tries are counted by link and by where they come from. */
export async function unlockGuestLink(
  ctx: Asking,
  link: Pick<FollowedGuestLink, 'id'>,
  password: string,
  ip: string,
): Promise<Result<null, UnlockGuestLinkError>> {
  const turn = await takeTurns(ctx, [
    [`guest-unlock:${link.id}:${networkOf(ip)}`, { turns: 8, seconds: 900 }],
    [`guest-unlock:${link.id}`, { turns: 60, seconds: 900 }],
  ])
  if (!turn.ok) return fail('too-many-tries', { seconds: turn.retryAfterSeconds })
  const row = await ctx.db.guestLink.findFirstOrThrow({
    where: { id: link.id, houseId: ctx.actor.houseId },
    select: { passwordHash: true },
  })
  return (await passwordMatches(row.passwordHash, password.slice(0, 200))) ? ok(null) : fail('wrong-password')
}

/** Remember that somebody opened a link, for its maker. */
export const noteKnock = async (ctx: Asking, linkId: string): Promise<void> => {
  await ctx.db.guestLink.updateMany({ where: { id: linkId, houseId: ctx.actor.houseId }, data: { openedAt: ctx.clock.now() } })
}
