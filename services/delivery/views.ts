import { playerOf, playerSelect, type PlayerView } from '../assets/player-view.ts'
import { kitChanges, type KitChange } from '../catalog/kit-views.ts'
import type { Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { PreviewForm } from '../platform/media/media.ts'
import { reasonToRead } from '../licensing/rules/house-reasons.ts'
import { isInForce } from '../licensing/rules/in-force.ts'
import { entitlement, kitStanding, type DeliveryRefusal, type KitStanding } from './rules/entitlement.ts'

type Reading = Ctx<'db' | 'clock' | 'language'> & { actor: Person }

const grantSelect = { orgId: true, startsAt: true, endsAt: true, revokedAt: true, revokedReason: true } as const

interface GrantRow {
  startsAt: Date
  endsAt: Date | null
  revokedAt: Date | null
  revokedReason: string | null
}

/** The grant that speaks for the kit: the one that lasts longest of those not taken back, else the last that was. */
function spokenGrant<G extends GrantRow>(grants: readonly G[]): G | undefined {
  const last = (grant: G) => (grant.revokedAt ?? grant.endsAt)?.getTime() ?? Infinity
  return [...grants].sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null) || last(b) - last(a))[0]
}

export interface KitCard {
  id: string
  title: string
  description: string
  version: number
  changedAt: Date
  coverAssetId: string | null
  coverTint: string | null
  files: number
  standing: KitStanding
  startsAt: Date
  endsAt: Date | null
  revokedReason: string | null
  lastChange: KitChange | null
}

/** The house's own zone: the days on pages and contracts are its days. */
async function zoneOf({ db, actor }: Reading): Promise<string> {
  const house = await db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } })
  return house.timeZone
}

/** Those of the assets that the organisation may see clean: a licence of its own is in force. */
async function inForceAmong(ctx: Reading, assetIds: readonly string[]): Promise<Set<string>> {
  const { houseId, orgId } = ctx.actor
  const licences = await ctx.db.licence.findMany({
    where: { houseId, holderOrgId: orgId, assetId: { in: [...assetIds] }, state: 'ACTIVE', model: { not: 'COMP' } },
    select: { assetId: true, state: true, startsAt: true, endsAt: true },
  })
  const now = ctx.clock.now()
  return new Set(licences.filter((licence) => isInForce(licence, now)).map(({ assetId }) => assetId))
}

/** A partner's home: the kits it holds, each with what changed last, and those that it held. */
export async function portalHome(ctx: Reading): Promise<{ open: KitCard[]; past: KitCard[]; waiting: number; zone: string }> {
  const { houseId, orgId } = ctx.actor
  const now = ctx.clock.now()
  const shown = { state: 'PUBLISHED' as const }
  const kits = await ctx.db.brandKit.findMany({
    where: { houseId, grants: { some: { orgId } } },
    orderBy: [{ changedAt: 'desc' }, { id: 'asc' }],
    take: 100,
    select: {
      id: true,
      title: true,
      description: true,
      version: true,
      changedAt: true,
      coverAssetId: true,
      grants: { where: { orgId }, select: grantSelect },
      items: {
        where: { asset: shown },
        orderBy: { position: 'asc' },
        take: 1,
        select: { assetId: true, asset: { select: { publishedVersion: { select: { dominantColour: true } } } } },
      },
      _count: { select: { items: { where: { asset: shown } } } },
    },
  })
  const changes = await kitChanges(
    ctx,
    kits.map(({ id }) => id),
    200,
  )
  const waiting = await ctx.db.grantRequest.count({ where: { houseId, orgId, state: 'WAITING' } })
  const shownNow = await inForceAmong(
    ctx,
    kits.flatMap(({ coverAssetId, items }) => coverAssetId ?? items[0]?.assetId ?? []),
  )
  const cards = kits.map(({ grants, items, _count, coverAssetId, ...kit }): KitCard => {
    const grant = spokenGrant(grants) as GrantRow
    const cover = coverAssetId ?? items[0]?.assetId ?? null
    return {
      ...kit,
      coverAssetId: cover && shownNow.has(cover) ? cover : null,
      coverTint: items[0]?.asset.publishedVersion?.dominantColour ?? null,
      files: _count.items,
      standing: kitStanding(grants, orgId, now),
      startsAt: grant.startsAt,
      endsAt: grant.revokedAt ?? grant.endsAt,
      revokedReason: grant.revokedReason,
      lastChange: changes.find(({ kitId }) => kitId === kit.id) ?? null,
    }
  })
  const isOpen = ({ standing }: KitCard) => standing === 'open' || standing === 'not-yet'
  return { open: cards.filter(isOpen), past: cards.filter((card) => !isOpen(card)), waiting, zone: await zoneOf(ctx) }
}

export interface KitPageFile {
  assetId: string
  title: string
  altText: string
  kind: string
  section: string
  mediaType: string
  width: number | null
  height: number | null
  pages: number | null
  size: number
  web: { width: number; height: number; size: number } | null
  tint: string | null
  /** How it is seen or heard on the page; null where a picture says it, or it cannot be had now. */
  player: PlayerView | null
  licence: { id: string; number: string; endsAt: Date | null } | null
  /** Why it cannot be had now; null where it can. */
  refused: DeliveryRefusal | null
}

const versionSelect = {
  ...playerSelect,
  byteSize: true,
  renditions: { select: { preset: true, mediaType: true, width: true, height: true, byteSize: true } },
} as const
/** What says more on a page than its picture does. */
const played: readonly PreviewForm[] = ['FILM', 'SOUND', 'PAGES', 'LIST']

/** One kit as a partner sees it: guidance, files by section with what each can be had as, terms, changes. */
export async function portalKit(ctx: Reading, kitId: string) {
  const { actor } = ctx
  const kit = await ctx.db.brandKit.findFirst({
    where: { id: kitId, houseId: actor.houseId, grants: { some: { orgId: actor.orgId } } },
    select: {
      id: true,
      title: true,
      description: true,
      guidance: true,
      version: true,
      changedAt: true,
      coverAssetId: true,
      grants: { where: { orgId: actor.orgId }, select: { id: true, ...grantSelect } },
      items: {
        orderBy: [{ position: 'asc' }, { assetId: 'asc' }],
        select: { assetId: true, section: true, asset: { select: { title: true, altText: true, kind: true, state: true } } },
      },
    },
  })
  if (!kit) throw new Refusal('not-found', `no kit ${kitId} for this organisation`)
  const now = ctx.clock.now()
  const standing = kitStanding(kit.grants, actor.orgId, now)
  const grant = spokenGrant(kit.grants) as GrantRow
  const head = {
    id: kit.id,
    title: kit.title,
    description: kit.description,
    guidance: kit.guidance,
    version: kit.version,
    changedAt: kit.changedAt,
    standing,
    startsAt: grant.startsAt,
    endsAt: grant.revokedAt ?? grant.endsAt,
    revokedReason: grant.revokedReason,
    zone: await zoneOf(ctx),
  }
  // What is no longer granted is no longer listed: its name and its dates are all that is left.
  if (standing !== 'open') return { ...head, guidance: '', files: [], changes: [] }

  const licences = await ctx.db.licence.findMany({
    where: { houseId: actor.houseId, holderOrgId: actor.orgId, kitGrantId: { in: kit.grants.map(({ id }) => id) } },
    orderBy: { no: 'desc' },
  })
  const versions = await ctx.db.assetVersion.findMany({
    where: { id: { in: licences.map(({ versionId }) => versionId) } },
    select: versionSelect,
  })
  const files = kit.items.flatMap(({ assetId, section, asset }): KitPageFile[] => {
    const own = licences.filter((licence) => licence.assetId === assetId)
    const right = entitlement(actor, own, 'web', now)
    const licence = own.find(({ id }) => id === right.licenceId) ?? null
    const version = versions.find(({ id }) => id === licence?.versionId)
    if (asset.state !== 'PUBLISHED' || !version) return []
    const { byteSize, dominantColour, renditions, mediaType, width, height, pages } = version
    const web = renditions.find(({ preset }) => preset === 'web')
    return [
      {
        assetId,
        section,
        title: asset.title,
        altText: asset.altText,
        kind: asset.kind,
        mediaType,
        width,
        height,
        pages,
        size: Number(byteSize),
        web: web ? { width: web.width, height: web.height, size: Number(web.byteSize) } : null,
        tint: dominantColour,
        player: right.allowed && played.includes(version.preview) ? playerOf(assetId, version, false) : null,
        licence: licence && { id: licence.id, number: licence.number, endsAt: licence.endsAt },
        refused: right.allowed ? null : right.reason,
      },
    ]
  })
  return { ...head, files, changes: await kitChanges(ctx, [kitId], 8) }
}

/** A refusal by its row: what was asked for, why not, and where to go on. Shown to the organisation that was refused. */
export async function refusalPage(ctx: Reading, deliveryId: string) {
  const { houseId, orgId } = ctx.actor
  const row = await ctx.db.delivery.findFirst({
    where: { id: deliveryId, houseId, orgId, outcome: 'REFUSED' },
    select: { id: true, at: true, reason: true, rendition: true, assetId: true, licenceId: true, kitId: true },
  })
  if (!row) throw new Refusal('not-found', `no refusal ${deliveryId}`)
  const [asset, licence, kit] = await Promise.all([
    row.assetId
      ? ctx.db.asset.findFirst({ where: { id: row.assetId, houseId }, select: { id: true, title: true, state: true, audience: true } })
      : null,
    row.licenceId
      ? ctx.db.licence.findFirst({
          where: { id: row.licenceId, houseId, holderOrgId: orgId },
          select: { id: true, number: true, startsAt: true, endsAt: true, endReason: true },
        })
      : null,
    row.kitId
      ? ctx.db.brandKit.findFirst({
          where: { id: row.kitId, houseId, grants: { some: { orgId } } },
          select: { id: true, title: true, grants: { where: { orgId }, select: grantSelect } },
        })
      : null,
  ])
  const grant = kit && spokenGrant(kit.grants)
  return {
    ...row,
    reason: row.reason as DeliveryRefusal,
    asset,
    licence: licence && { ...licence, endReason: reasonToRead(licence.endReason, ctx.language) },
    kit: kit && {
      id: kit.id,
      title: kit.title,
      endedAt: grant?.revokedAt ?? grant?.endsAt ?? null,
      endReason: reasonToRead(grant?.revokedReason ?? null, ctx.language),
    },
    zone: await zoneOf(ctx),
  }
}
