import { isPerson } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { reaches, type BoxRight } from './rules/rights.ts'

/** Whoever asks for boxes: a person, or a guest with the secret of their cookie. */
export type Asking = Ctx<'db' | 'clock' | 'actor'>

/** The links that open something at this instant: neither ended nor past their last day. */
export const openAt = (now: Date): Prisma.LightboxLinkWhereInput => ({ endedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: now } }] })

/** Whose boxes: a person's own, or those that the guest's cookie opens. The cookie's secret is kept as its hash. */
export function ownerKey(ctx: Ctx<'actor'>, token: string | null): { ownerUserId: string } | { guestHash: string } | null {
  if (isPerson(ctx.actor)) return { ownerUserId: ctx.actor.userId }
  return token ? { guestHash: sha256(token) } : null
}

/** Boxes that the asker may see without a link: their own, and those that a colleague in the same organisation shares with them. */
export function visibleTo(ctx: Ctx<'actor'>, token: string | null): Prisma.LightboxWhereInput | null {
  const { actor } = ctx
  const own = ownerKey(ctx, token)
  if (!own) return null
  // Shared by organisation *and* by name: who has left, or sits elsewhere just now, sees nothing from this very request on.
  return isPerson(actor)
    ? { houseId: actor.houseId, OR: [own, { ownerOrgId: actor.orgId, archivedAt: null, members: { some: { userId: actor.userId } } }] }
    : { houseId: actor.houseId, ...own }
}

export interface Opened {
  id: string
  houseId: string
  name: string
  ownerUserId: string | null
  ownerOrgId: string | null
  isDefault: boolean
  archivedAt: Date | null
  right: BoxRight
}

/**
 * The box, where the asker's right reaches what is needed. "Not yours" and "not there" are one answer; whoever may look but
 * not do this is told so.
 */
export async function openBox(ctx: Asking, token: string | null, boxId: string, needed: BoxRight): Promise<Opened> {
  const where = visibleTo(ctx, token)
  const { actor } = ctx
  const box = where
    ? await ctx.db.lightbox.findFirst({
        where: { id: boxId, AND: where },
        select: {
          id: true,
          houseId: true,
          name: true,
          ownerUserId: true,
          ownerOrgId: true,
          isDefault: true,
          archivedAt: true,
          members: { where: { userId: isPerson(actor) ? actor.userId : '' }, select: { right: true } },
        },
      })
    : null
  if (!box) throw new Refusal('not-found', `no lightbox ${boxId}`)
  const { members, ...found } = box
  const own = found.ownerUserId === null || (isPerson(actor) && found.ownerUserId === actor.userId)
  const right = own ? 'OWN' : (members[0]?.right ?? 'VIEW')
  if (!reaches(right, needed)) throw new Refusal('forbidden', `${needed} on lightbox ${boxId}`)
  return { ...found, right }
}

/** The box, locked: its pictures and their order change under one hand at a time. An archived one changes no more. */
export async function lockBox(tx: Asking, token: string | null, boxId: string, needed: BoxRight): Promise<Opened> {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM lightboxes WHERE id = ${boxId} AND house_id = ${tx.actor.houseId} FOR UPDATE`
  const box = await openBox(tx, token, boxId, needed)
  if (box.archivedAt) throw new Refusal('conflict', `lightbox ${boxId} is archived`)
  return box
}
