import { isStaff, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { describeScope, summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { isInForce } from './rules/in-force.ts'

type Reading = Ctx<'db' | 'clock' | 'language'> & { actor: Person }
const pageSize = 24

/** What the actor's organisation asked for, newest first. */
export async function myRequests({ db, actor, language }: Reading, after: string | null) {
  const from = decodeCursor(after)
  const rows = await db.grantRequest.findMany({
    where: {
      houseId: actor.houseId,
      orgId: actor.orgId,
      ...(from && { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: {
      id: true,
      assetId: true,
      askedById: true,
      purpose: true,
      terms: true,
      state: true,
      reason: true,
      createdAt: true,
      decidedAt: true,
    },
  })
  const [assets, people] = await Promise.all([
    db.asset.findMany({ where: { id: { in: rows.map(({ assetId }) => assetId) } }, select: { id: true, title: true } }),
    db.user.findMany({ where: { id: { in: rows.map(({ askedById }) => askedById) } }, select: { id: true, name: true } }),
  ])
  const titles = new Map(assets.map(({ id, title }) => [id, title]))
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const requests = rows.map(({ terms, askedById, ...row }) => ({
    ...row,
    title: titles.get(row.assetId) ?? 'An asset that is gone',
    askedBy: names.get(askedById) ?? '',
    scope: summariseScope(terms as unknown as ScopeTerms, language),
  }))
  return pageOf(requests, pageSize, (row) => encodeCursor(row.createdAt, row.id))
}

/** One request of the actor's organisation, with what came of it. */
export async function myRequest({ db, actor, clock, language }: Reading, requestId: string) {
  const request = await db.grantRequest.findFirst({ where: { id: requestId, houseId: actor.houseId, orgId: actor.orgId } })
  if (!request) throw new Refusal('not-found', `no request ${requestId}`)
  const [asset, people, licence] = await Promise.all([
    db.asset.findFirst({
      where: { id: request.assetId, houseId: actor.houseId },
      select: {
        id: true,
        title: true,
        altText: true,
        audience: true,
        publishedVersion: { select: { width: true, height: true, dominantColour: true } },
      },
    }),
    db.user.findMany({ where: { id: { in: [request.askedById, request.decidedById ?? ''] } }, select: { id: true, name: true } }),
    db.licence.findUnique({ where: { requestId }, select: { id: true, number: true, state: true, startsAt: true, endsAt: true } }),
  ])
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null
  return {
    id: request.id,
    state: request.state,
    purpose: request.purpose,
    reason: request.reason,
    createdAt: request.createdAt,
    decidedAt: request.decidedAt,
    scope: describeScope(request.terms as unknown as ScopeTerms, language),
    asset,
    askedBy: nameOf(request.askedById),
    decidedBy: nameOf(request.decidedById),
    licence: licence && { id: licence.id, number: licence.number, endsAt: licence.endsAt, inForce: isInForce(licence, clock.now()) },
  }
}

/** The asset that is to be asked for, as far as the asker may know of it. */
export async function askableAsset({ db, actor }: Reading, assetId: string) {
  const asset = await db.asset.findFirst({
    where: { id: assetId, houseId: actor.houseId, state: 'PUBLISHED', ...(isStaff(actor) ? {} : { audience: { not: 'INTERNAL' } }) },
    select: {
      id: true,
      title: true,
      altText: true,
      creator: true,
      audience: true,
      publishedVersion: { select: { width: true, height: true, dominantColour: true } },
    },
  })
  if (!asset) return null
  const house = await db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } })
  return { ...asset, zone: house.timeZone }
}

/** Assets that could be asked for, by a word of their title; the newest where no word is given. */
export async function askableAssets({ db, actor }: Reading, find: string) {
  const word = find.trim()
  return db.asset.findMany({
    where: {
      houseId: actor.houseId,
      state: 'PUBLISHED',
      ...(isStaff(actor) ? {} : { audience: { not: 'INTERNAL' } }),
      ...(word && { OR: [{ title: { contains: word, mode: 'insensitive' } }, { keywords: { has: word.toLowerCase() } }] }),
    },
    orderBy: [{ publishedAt: 'desc' }, { id: 'asc' }],
    take: 12,
    select: { id: true, title: true, altText: true, kind: true, audience: true, publishedVersion: { select: { dominantColour: true } } },
  })
}
