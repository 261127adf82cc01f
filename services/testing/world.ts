import type { AssetKind } from '#services/assets/rules/asset-words.ts'
import sharp from 'sharp'
import type { AssetState } from '#services/assets/rules/asset-states.ts'
import type { Actor, OrgKind, Person, Role } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Context } from '#services/platform/context.ts'
import { inTransaction } from '#services/platform/db.ts'
import { originalKey, renditionKey } from '#services/platform/storage/keys.ts'

type World = Pick<Context, 'db' | 'clock'>

/** A house of its own: everything a test makes belongs to it, so that no test sees another's rows. */
export async function aHouse(ctx: World, fields: { name?: string; country?: string } = {}) {
  const id = newId('org', ctx.clock.now())
  return ctx.db.organisation.create({
    data: {
      id, houseId: id, kind: 'OWNER', name: fields.name ?? 'Northlight Studio', slug: id, country: fields.country ?? 'DE', email: `office@${id}.test`,
      address: 'Lindenstraße 12\n10969 Berlin', createdAt: ctx.clock.now(),
    },
  })
}

export async function anOrganisation(ctx: World, fields: { houseId: string; kind: Exclude<OrgKind, 'OWNER'>; name?: string; country?: string; vatId?: string }) {
  const id = newId('org', ctx.clock.now())
  return ctx.db.organisation.create({
    data: { id, slug: id, name: fields.name ?? `Company ${id.slice(-6)}`, country: 'DE', address: 'Hauptstraße 1\n20095 Hamburg', email: `hello@${id}.test`, createdAt: ctx.clock.now(), ...fields },
  })
}

/** A signed-in person of an organisation. Staff when `orgId` is the house. */
export async function aPerson(ctx: World, fields: { houseId: string; orgId?: string; roles: Role[]; name?: string; email?: string }): Promise<Person> {
  const at = ctx.clock.now()
  const orgId = fields.orgId ?? fields.houseId
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } })
  const userId = newId('usr', at)
  const email = fields.email ?? `${userId}@people.test`
  const name = fields.name ?? `Person ${userId.slice(-4)}`
  await ctx.db.user.create({ data: { id: userId, email, name, createdAt: at } })
  const member = await ctx.db.member.create({ data: { id: newId('mem', at), houseId: fields.houseId, orgId, userId, roles: fields.roles, createdAt: at } })
  return { kind: 'person', houseId: fields.houseId, userId, memberId: member.id, sessionId: 'none', orgId, orgKind: org.kind, orgName: org.name, roles: fields.roles, name, email }
}

export const aGuest = (houseId: string): Actor => ({ kind: 'guest', houseId })

let picture: Promise<Buffer> | undefined
/** A small JPEG with some structure in it. */
export const aPicture = (): Promise<Buffer> =>
  (picture ??= sharp({ create: { width: 640, height: 427, channels: 3, background: '#4a6b8a' } })
    .composite([{ input: Buffer.from('<svg width="640" height="427"><circle cx="320" cy="200" r="120" fill="#e8c07a"/><path d="M0 420 L220 220 L420 427 Z" fill="#20303f"/></svg>') }])
    .jpeg({ quality: 85 })
    .toBuffer())

export interface AssetFields {
  houseId: string
  state?: AssetState
  audience?: 'STORE' | 'PORTAL' | 'INTERNAL'
  kind?: AssetKind
  title?: string
  keywords?: string[]
  /** Held without limits by default; false: nothing is held. */
  held?: boolean
  showsPeople?: boolean
  sellsRoyaltyFree?: boolean
  sellsRightsManaged?: boolean
  createdById?: string
}

/** Rows of assets as a house brings them along that moves in: in any state, which the database allows a transaction that says so. */
export const layingAssets = <C extends Pick<Context, 'db'>, R>(ctx: C, lay: (db: C['db']) => Promise<R>): Promise<R> =>
  inTransaction(ctx as Pick<Context, 'db'>, async (tx) => {
    await tx.db.$executeRaw`SELECT set_config('clearmark.lays_assets', 'on', true)`
    return lay(tx.db)
  })

/** What the database wants said with a state, a day away where it is a time. */
function whatStatesSay(state: AssetState, at: Date) {
  const later = new Date(at.getTime() + 86_400_000)
  if (state === 'SCHEDULED') return { publishAt: later }
  if (state === 'ON_HOLD') return { heldFrom: 'APPROVED' as const }
  if (state === 'EMBARGOED') return { embargoEndsAt: later, embargoThen: 'APPROVED' as const }
  return state === 'DELETED' ? { deletedAt: at, purgeAt: later } : {}
}

/** An asset with one READY version, its bytes and its renditions in storage, and (unless told) everything held. */
export async function anAsset(ctx: Pick<Context, 'db' | 'clock' | 'storage'>, fields: AssetFields) {
  const { houseId, held = true, state = 'PUBLISHED', ...rest } = fields
  const at = ctx.clock.now()
  const id = newId('ast', at)
  const versionId = newId('ver', at)
  const bytes = await aPicture()
  const draft = `upload/${versionId}`
  const stored = await ctx.storage.put(draft, bytes)
  const storageKey = originalKey(houseId, stored.sha256)
  await ctx.storage.move(draft, storageKey)
  const asset = await layingAssets(ctx, (db) => db.asset.create({
    data: {
      id, houseId, state, title: 'Harbour at dawn', altText: 'Boats in a harbour at dawn', creator: 'Ada Meyer', creditLine: 'Ada Meyer / Northlight', keywords: ['harbour', 'boats'],
      showsPeople: false, showsProperty: false, sellsRoyaltyFree: true, sellsRightsManaged: true, createdAt: at, changedAt: at,
      publishedAt: state === 'PUBLISHED' ? at : null, ...whatStatesSay(state, at), ...rest,
    },
  }))
  await ctx.db.assetVersion.create({
    data: {
      id: versionId, houseId, assetId: id, number: 1, fileName: 'harbour.jpg', mediaType: 'image/jpeg', byteSize: stored.size, sha256: stored.sha256, crc32: stored.crc32, storageKey,
      width: 640, height: 427, orientation: 'LANDSCAPE', dominantColour: '#4a6b8a', palette: ['#4a6b8a', '#e8c07a', '#20303f'], processing: 'READY', createdAt: at,
    },
  })
  for (const [preset, watermarked] of [['grid', true], ['page', true], ['clean-grid', false], ['web', false]] as const) {
    const key = renditionKey(versionId, preset)
    const made = await ctx.storage.put(key, bytes)
    await ctx.db.rendition.create({
      data: { id: newId('ren', at), versionId, preset, mediaType: 'image/jpeg', width: 640, height: 427, byteSize: made.size, sha256: made.sha256, crc32: made.crc32, storageKey: key, watermarked, createdAt: at },
    })
  }
  if (held)
    await ctx.db.$executeRaw`
      INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
      VALUES (${newId('acq', at)}, ${houseId}, ${id}, ${asset.no}, 'Own work', 'Northlight Studio', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', true, true, ${at})`
  return ctx.db.asset.update({
    where: { id },
    data: { currentVersionId: versionId, publishedVersionId: state === 'PUBLISHED' ? versionId : null },
  })
}
