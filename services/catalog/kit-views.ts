import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'

type Reading = Ctx<'db' | 'actor' | 'clock'>

const assertStaff = ({ actor }: Reading) => {
  if (!hasStaffRole(actor, 'LIBRARIAN', 'RIGHTS_MANAGER', 'REVIEWER')) throw new Refusal('forbidden', 'see brand kits')
}

const inForceAt = (now: Date) => ({ revokedAt: null, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] })

/** Every kit of the house, with how many files it has and how many partners hold it now. */
export async function kitsList(ctx: Reading) {
  assertStaff(ctx)
  const rows = await ctx.db.brandKit.findMany({
    where: { houseId: ctx.actor.houseId, archivedAt: null },
    orderBy: [{ changedAt: 'desc' }, { id: 'asc' }],
    take: 200,
    select: {
      id: true,
      title: true,
      description: true,
      version: true,
      changedAt: true,
      coverAssetId: true,
      items: { take: 1, orderBy: { position: 'asc' }, select: { assetId: true } },
      _count: { select: { items: true, grants: { where: inForceAt(ctx.clock.now()) } } },
    },
  })
  return {
    kits: rows.map(({ items, coverAssetId, _count, ...kit }) => ({
      ...kit,
      coverAssetId: coverAssetId ?? items[0]?.assetId ?? null,
      files: _count.items,
      holders: _count.grants,
    })),
  }
}

const changeTypes = ['kit.created', 'kit.edited', 'kit.item-added', 'kit.item-removed', 'kit.archived']

export interface KitChange {
  id: string
  kitId: string
  type: string
  at: Date
  by: string
  version: number | null
  title: string | null
}

/** What happened to kits, newest first, as the trail has it: the changelog is made of facts, nobody writes it. */
export async function kitChanges({ db, actor }: Ctx<'db' | 'actor'>, kitIds: readonly string[], most: number): Promise<KitChange[]> {
  const facts = await db.auditFact.findMany({
    where: { houseId: actor.houseId, subjectKind: 'kit', subjectId: { in: [...kitIds] }, type: { in: changeTypes } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: most,
    select: { id: true, subjectId: true, type: true, at: true, actorName: true, body: true },
  })
  return facts.map(({ body, subjectId, actorName, ...fact }) => {
    const { data } = JSON.parse(body) as { data: { version?: number; title?: string } }
    return { ...fact, kitId: subjectId, by: actorName, version: data.version ?? null, title: data.title ?? null }
  })
}

const itemSelect = {
  assetId: true,
  section: true,
  position: true,
  asset: {
    select: {
      title: true,
      altText: true,
      kind: true,
      state: true,
      publishedVersion: { select: { mediaType: true, width: true, height: true, byteSize: true, dominantColour: true } },
    },
  },
} as const

/** The desk on which a kit is built: its files, who holds it, what happened, and what could be added. */
export async function kitDesk(ctx: Reading, kitId: string, find: string) {
  assertStaff(ctx)
  const { houseId } = ctx.actor
  const kit = await ctx.db.brandKit.findFirst({
    where: { id: kitId, houseId },
    select: {
      id: true,
      title: true,
      description: true,
      guidance: true,
      version: true,
      coverAssetId: true,
      changedAt: true,
      archivedAt: true,
      items: { orderBy: [{ position: 'asc' }, { assetId: 'asc' }], select: itemSelect },
      grants: {
        orderBy: { createdAt: 'desc' },
        select: { id: true, orgId: true, startsAt: true, endsAt: true, revokedAt: true, revokedReason: true, createdAt: true },
      },
    },
  })
  if (!kit) throw new Refusal('not-found', `no kit ${kitId}`)
  const [partners, changes, found, licensed, house] = await Promise.all([
    ctx.db.organisation.findMany({
      where: { houseId, kind: 'PARTNER', closedAt: null },
      orderBy: { name: 'asc' },
      take: 500,
      select: { id: true, name: true },
    }),
    kitChanges(ctx, [kitId], 20),
    find.trim() ? findForKit(ctx, kitId, find.trim()) : [],
    ctx.db.licence.groupBy({
      by: ['kitGrantId'],
      where: { houseId, kitGrantId: { in: kit.grants.map(({ id }) => id) }, state: 'ACTIVE' },
      _count: true,
    }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
  ])
  const licences = new Map(licensed.map(({ kitGrantId, _count }) => [kitGrantId, _count]))
  const nameOf = new Map(partners.map(({ id, name }) => [id, name]))
  const now = ctx.clock.now()
  return {
    ...kit,
    grants: kit.grants.map((grant) => ({
      ...grant,
      orgName: nameOf.get(grant.orgId) ?? 'A closed organisation',
      open: grant.revokedAt === null && (grant.endsAt === null || grant.endsAt > now),
      licences: licences.get(grant.id) ?? 0,
    })),
    zone: house.timeZone,
    partners,
    changes,
    found,
  }
}

/** Published assets whose title or keywords say it, without those that the kit has. */
const findForKit = ({ db, actor }: Reading, kitId: string, find: string) =>
  db.asset.findMany({
    where: {
      houseId: actor.houseId,
      state: 'PUBLISHED',
      audience: { not: 'INTERNAL' },
      kitItems: { none: { kitId } },
      OR: [{ title: { contains: find, mode: 'insensitive' } }, { keywords: { has: find.toLowerCase() } }],
    },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: 12,
    select: { id: true, title: true, altText: true, kind: true, publishedVersion: { select: { dominantColour: true } } },
  })
