import { mayOpenBytes } from '../assets/policy.ts'
import { makeZoom } from '../assets/zoom.ts'
import { isPerson, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { open, slice, storedObject } from '../platform/files/splice.ts'
import { isInForce } from '../licensing/rules/in-force.ts'
import type { OpenFile } from './files.ts'
import { kitStanding } from './rules/entitlement.ts'
import { heardPresets, previewRule } from './rules/previews.ts'
import { sealedPreview } from './sealed-preview.ts'

/**
 * A preview for a screen: watermarked for the world, small and clean for staff and holders. Previews are no deliveries and
 * leave no row in the register; who may see which is decided all the same, at the request. Whoever may not is told that
 * there is none. An address that names the published version may be kept for good, so a browser that saw a picture may show
 * its watermarked preview after it was withdrawn; a clean one, whoever sees it, is never kept so.
 */
export async function openPreview(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'storage' | 'media'>,
  { assetId, preset, versionId }: { assetId: string; preset: string; versionId?: string | undefined },
): Promise<OpenFile> {
  const none = () => new Refusal('not-found', `no preview ${preset} of ${assetId}`)
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId },
    select: { state: true, audience: true, publishedVersionId: true, currentVersionId: true, embargoEndsAt: true, embargoFor: true },
  })
  if (!asset) throw none()

  const rule = previewRule(asset, preset, isStaff(ctx.actor))
  if (rule === 'nobody') throw none()
  if (rule === 'staff' && !mayOpenBytes(ctx.actor, asset)) {
    // People of the house know that it is there: wherever a list shows pictures, this one says why it shows none.
    if (asset.embargoEndsAt && !heardPresets.includes(preset)) return sealedPreview(ctx, asset.embargoEndsAt)
    throw none()
  }
  const held = rule === 'holders' ? await versionHeld(ctx, assetId) : null
  if (rule === 'holders' && !held) throw none()

  const shown = isStaff(ctx.actor) ? (versionId ?? asset.currentVersionId) : (held?.versionId ?? asset.publishedVersionId)
  const rendition = await renditionShown(ctx, assetId, shown ?? '', preset)
  // Clean pixels, however small, are for a licence in force: a kit without one for this picture says only that there is one.
  const mayBeClean = rule === 'staff' || held?.licensed === true
  if (!rendition || (!mayBeClean && !rendition.watermarked)) throw none()

  const file = storedObject(rendition.storageKey, Number(rendition.byteSize))
  // Where the close look could not be made now, the page's preview stands in for it: not to be kept under its address.
  const standsIn = rendition.preset !== preset
  return {
    fileName: `${rendition.preset}.${rendition.mediaType.split('/')[1] ?? 'bin'}`,
    mediaType: rendition.mediaType,
    size: file.size,
    etag: `"${rendition.sha256}"`,
    inline: true,
    keep: rule !== 'everybody' || standsIn ? 'browser' : versionId === shown ? 'for-good' : 'everybody',
    open: async (range, signal) => open(range ? slice(file, range.start, range.end + 1) : file, ctx.storage, signal),
  }
}

const shownSelect = { preset: true, mediaType: true, byteSize: true, sha256: true, storageKey: true, watermarked: true } as const

/** A preview of a version. The close look is made when it is first asked for. */
async function renditionShown(ctx: Ctx<'db' | 'clock' | 'storage' | 'media'>, assetId: string, versionId: string, preset: string) {
  const made = (wanted: string) =>
    ctx.db.rendition.findFirst({ where: { preset: wanted, version: { id: versionId, assetId } }, select: shownSelect })
  const found = await made(preset)
  if (found || preset !== 'zoom') return found
  // Only what has a page's preview can be looked into: a version that was never readable has none.
  const page = await made('page')
  if (!page) return null
  return (await makeZoom(ctx, versionId)) ? ((await made('zoom')) ?? page) : page
}

/** The version that the actor's organisation may see: by a licence in force, or through a kit that is granted to it. */
async function versionHeld(
  { db, clock, actor }: Ctx<'db' | 'clock' | 'actor'>,
  assetId: string,
): Promise<{ versionId: string; licensed: boolean } | null> {
  if (!isPerson(actor)) return null
  const now = clock.now()
  const licences = await db.licence.findMany({
    // A layout licence opens nothing clean.
    where: { houseId: actor.houseId, holderOrgId: actor.orgId, assetId, state: 'ACTIVE', model: { not: 'COMP' } },
    select: { state: true, startsAt: true, endsAt: true, versionId: true },
    orderBy: { no: 'desc' },
  })
  const licence = licences.find((each) => isInForce(each, now))
  if (licence) return { versionId: licence.versionId, licensed: true }
  const items = await db.brandKitItem.findMany({
    where: {
      assetId,
      asset: { state: 'PUBLISHED' },
      kit: { houseId: actor.houseId, archivedAt: null, grants: { some: { orgId: actor.orgId } } },
    },
    select: { asset: { select: { publishedVersionId: true } }, kit: { select: { grants: { where: { orgId: actor.orgId } } } } },
  })
  const versionId = items.find(({ kit }) => kitStanding(kit.grants, actor.orgId, now) === 'open')?.asset.publishedVersionId
  return versionId ? { versionId, licensed: false } : null
}
