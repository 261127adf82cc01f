import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { endOfDay, type Day } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { hashPassword } from '../platform/passwords.ts'
import { makeToken } from '../platform/secrets.ts'
import type { ChangeGuestLinkError, MakeGuestLinkError, RevokeGuestLinkError } from './errors.ts'
import { mustKeepLinks } from './policy.ts'
import { bytesOf, type ChangeLinkForm, type GuestLinkForm } from './schema.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>

/** Live links of a house: enough for every photographer it knows, too few for a loop. */
const mostLinks = 1000

async function endOf(ctx: Desk, day: Day | undefined): Promise<Date | null> {
  if (!day) return null
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } })
  return endOfDay(day, house.timeZone)
}

/** An address at which people from outside send files. Its secret is told once; the house keeps the hash. */
export async function makeGuestLink(
  ctx: Desk,
  input: GuestLinkForm,
): Promise<Result<{ linkId: string; secret: string }, MakeGuestLinkError>> {
  const { actor } = ctx
  mustKeepLinks(actor)
  const { houseId } = actor
  const endsAt = await endOf(ctx, input.endsOn)
  if (endsAt && endsAt <= ctx.clock.now()) return fail('end-is-past')
  const collectionId = input.collectionId ?? null
  if (collectionId && (await ctx.db.collection.count({ where: { id: collectionId, houseId, archivedAt: null } })) === 0)
    return fail('no-such-collection')
  const briefId = input.briefId ?? null
  if (briefId && (await ctx.db.brief.count({ where: { id: briefId, houseId, endedAt: null } })) === 0)
    throw new Refusal('not-found', `no brief ${briefId}`)
  const toldUserIds = [...new Set(input.toldUserIds.length > 0 ? input.toldUserIds : [actor.userId])]
  const seats = await ctx.db.member.findMany({
    where: { houseId, orgId: houseId, userId: { in: toldUserIds }, endedAt: null, user: { closedAt: null } },
    distinct: ['userId'],
    select: { userId: true },
  })
  if (seats.length < toldUserIds.length) return fail('nobody-to-tell')
  const passwordHash = input.password && input.withoutPassword !== 'on' ? await hashPassword(input.password) : null
  return inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM organisations WHERE id = ${houseId} FOR UPDATE`
    if ((await tx.db.guestLink.count({ where: { houseId, revokedAt: null } })) >= mostLinks)
      return fail('too-many-links', { most: mostLinks })
    const at = tx.clock.now()
    const { token, hash } = makeToken()
    const id = newId('gln', at)
    const limits = { mostFiles: input.mostFiles ?? null, mostBytes: bytesOf(input.mostGigabytes) }
    await tx.db.guestLink.create({
      data: {
        id,
        houseId,
        name: input.name,
        message: input.message,
        secretHash: hash,
        passwordHash,
        endsAt,
        ...limits,
        collectionId,
        kind: input.kind ?? null,
        briefId,
        asks: input.asks,
        toldUserIds,
        createdById: actor.userId,
        createdAt: at,
      },
    })
    await record(tx, {
      type: 'guest-link.made',
      subject: { kind: 'guest-link', id },
      data: {
        name: input.name,
        until: endsAt?.toISOString() ?? null,
        password: passwordHash !== null,
        ...limits,
        collectionId,
        briefId,
        asks: input.asks,
      },
    })
    return ok({ linkId: id, secret: token })
  })
}

/** Another end, or other limits. An ended link is open again from then on; its address stays. */
export async function changeGuestLink(
  ctx: Desk,
  linkId: string,
  input: ChangeLinkForm,
): Promise<Result<{ linkId: string }, ChangeGuestLinkError>> {
  mustKeepLinks(ctx.actor)
  const endsAt = await endOf(ctx, input.endsOn)
  if (endsAt && endsAt <= ctx.clock.now()) return fail('end-is-past')
  return inTransaction(ctx, async (tx) => {
    const limits = { mostFiles: input.mostFiles ?? null, mostBytes: bytesOf(input.mostGigabytes) }
    const { count } = await tx.db.guestLink.updateMany({
      where: { id: linkId, houseId: tx.actor.houseId, revokedAt: null },
      data: { endsAt, ...limits },
    })
    if (count === 0) return missing(tx, linkId)
    await record(tx, {
      type: 'guest-link.changed',
      subject: { kind: 'guest-link', id: linkId },
      data: { until: endsAt?.toISOString() ?? null, ...limits },
    })
    return ok({ linkId })
  })
}

/** From this moment nothing more comes through. What is whole stays. */
export async function revokeGuestLink(ctx: Desk, linkId: string): Promise<Result<{ linkId: string }, RevokeGuestLinkError>> {
  const { actor } = ctx
  mustKeepLinks(actor)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.guestLink.updateMany({
      where: { id: linkId, houseId: actor.houseId, revokedAt: null },
      data: { revokedAt: tx.clock.now(), revokedById: actor.userId },
    })
    if (count === 0) return missing(tx, linkId)
    await record(tx, { type: 'guest-link.revoked', subject: { kind: 'guest-link', id: linkId } })
    return ok({ linkId })
  })
}

/** Revoked already, or not there at all. */
async function missing(tx: Desk, linkId: string) {
  if ((await tx.db.guestLink.count({ where: { id: linkId, houseId: tx.actor.houseId } })) === 0)
    throw new Refusal('not-found', `no guest link ${linkId}`)
  return fail('already-revoked')
}

/** What is sent through a link from now on is made for a brief. Part of the transaction that assigns the brief. */
export async function aimGuestLink(tx: Desk, linkId: string, briefId: string): Promise<boolean> {
  mustKeepLinks(tx.actor)
  const { count } = await tx.db.guestLink.updateMany({
    where: { id: linkId, houseId: tx.actor.houseId, revokedAt: null, OR: [{ briefId: null }, { briefId }] },
    data: { briefId },
  })
  return count === 1
}
