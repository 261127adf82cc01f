import { mayOpenBytes } from '../assets/policy.ts'
import { hasScreenSize } from '../assets/rules/rendition-plan.ts'
import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { open, slice, storedObject, type Splice } from '../platform/files/splice.ts'
import type { ByteRange } from '../platform/storage/storage.ts'
import { etagOf, type Caller, type OpenFile } from './files.ts'
import { deliver, registerRefusals, type Subject } from './register.ts'
import { fileNameFor } from './rules/archive-names.ts'
import {
  entitlement,
  kitStanding,
  maySeeFiles,
  sealOf,
  type CleanRendition,
  type DeliveryRefusal,
  type LicensedRendition,
} from './rules/entitlement.ts'
import { keepsPrivate } from './private-metadata.ts'
import { sourceSelect, stampedFor, storedAs, type SourceVersion } from './sources.ts'

export type Delivering = Ctx<'db' | 'clock' | 'actor' | 'storage' | 'origin' | 'log' | 'requestId'>

/** What a refusal leaves behind: the register's row, which has a page of its own. */
export interface RefusedDelivery {
  deliveryId: string
}

/** Register the refusal and hand it back. */
export async function refuse(ctx: Delivering, subject: Subject, reason: DeliveryRefusal, caller: Caller) {
  const deliveryId = await registerRefusals(ctx, [{ subject, reason }], caller)
  return fail(reason, { deliveryId } satisfies RefusedDelivery)
}

/** Not there, or another's: one answer. It is registered all the same. */
async function turnAway(ctx: Delivering, subject: Subject, caller: Caller): Promise<never> {
  await registerRefusals(ctx, [{ subject, reason: 'no-right' }], caller)
  throw new Refusal('not-found', `no file ${subject.licenceId ?? subject.assetId ?? subject.versionId ?? ''} for this person`)
}

/** One file on its way out: registered, then read. */
export const leaving =
  (ctx: Delivering, file: Splice, subject: Subject, reason: string, caller: Caller) => (range: ByteRange | null, signal?: AbortSignal) => {
    const from = range?.start ?? 0
    const to = range ? range.end + 1 : file.size
    return deliver(ctx, [{ subject, reason, start: 0, end: to - from, from, size: file.size }], caller, () =>
      open(slice(file, from, to), ctx.storage, signal),
    )
  }

interface Licensed {
  id: string
  number: string
  document: string | null
}

/** The licensed file of a version, ready to leave; `undefined` where the rendition was never made. */
async function licensedFile(
  ctx: Delivering,
  version: SourceVersion,
  rendition: LicensedRendition,
  licence: Licensed,
  why: { reason: string; kitId: string | null },
  caller: Caller,
): Promise<OpenFile | undefined> {
  const stored = storedAs(version, rendition)
  if (!stored || licence.document === null) return undefined
  const stamped = await stampedFor(ctx, version, stored, licence.document, { keepsPrivate: await keepsPrivate(ctx) })
  const subject = {
    assetId: version.asset.id,
    versionId: version.id,
    rendition,
    fileSha256: stored.sha256,
    licenceId: licence.id,
    kitId: why.kitId,
  }
  const reason = stamped.unstamped ? `${why.reason}, unstamped: ${stamped.unstamped}` : why.reason
  return {
    fileName: fileNameFor(
      version.asset.title,
      stored.mediaType,
      ...(rendition === 'original' ? [] : [rendition === 'web' ? 'web' : 'layout']),
      licence.number,
    ),
    mediaType: stored.mediaType,
    size: stamped.file.size,
    etag: etagOf(stamped.file, stored.sha256),
    inline: false,
    keep: 'nobody',
    open: leaving(ctx, stamped.file, subject, reason, caller),
  }
}

/**
 * The file of a licence, for members of the organisation that holds it, while it is in force: clean, or the marked one that
 * a layout licence gives. Without a rendition it is what the licence is for.
 */
export async function openDownload(
  ctx: Delivering,
  { licenceId, rendition: asked, caller }: { licenceId: string; rendition?: LicensedRendition | undefined; caller: Caller },
): Promise<Result<OpenFile, DeliveryRefusal>> {
  const licence = await ctx.db.licence.findFirst({ where: { id: licenceId, houseId: ctx.actor.houseId } })
  const rendition = asked ?? (licence?.model === 'COMP' ? 'comp' : 'original')
  const subject = { licenceId, rendition, assetId: licence?.assetId ?? null, versionId: licence?.versionId ?? null }
  if (!licence || !isPerson(ctx.actor) || licence.holderOrgId !== ctx.actor.orgId) return turnAway(ctx, subject, caller)

  const version = await ctx.db.assetVersion.findFirst({
    where: { id: licence.versionId, houseId: ctx.actor.houseId },
    select: sourceSelect,
  })
  const onlyOneSize = version !== null && !hasScreenSize(version.mediaType)
  const right = entitlement(ctx.actor, [{ ...licence, onlyOneSize }], rendition, ctx.clock.now())
  if (!right.allowed) return refuse(ctx, subject, right.reason, caller)
  // A layout is made of what can be licensed: when a picture leaves the store, so do the files that were lent of it.
  if (rendition === 'comp' && version?.asset.state !== 'PUBLISHED') return refuse(ctx, subject, 'not-published', caller)
  const seal = version && sealOf(version)
  if (seal) return refuse(ctx, subject, seal, caller)
  const reason = rendition === 'comp' ? 'comp' : 'licence'
  const file = version && (await licensedFile(ctx, version, rendition, licence, { reason, kitId: null }, caller))
  return file ? ok(file) : refuse(ctx, subject, 'not-available', caller)
}

/** One file of a brand kit, for members of an organisation to which the kit is granted. */
export async function openPortalFile(
  ctx: Delivering,
  { kitId, assetId, rendition, caller }: { kitId: string; assetId: string; rendition: CleanRendition; caller: Caller },
): Promise<Result<OpenFile, DeliveryRefusal>> {
  const subject = { kitId, assetId, rendition }
  const { actor } = ctx
  if (!isPerson(actor)) return turnAway(ctx, subject, caller)
  const item = await ctx.db.brandKitItem.findFirst({
    where: { kitId, assetId, kit: { houseId: actor.houseId } },
    select: { asset: { select: { state: true } }, kit: { select: { grants: { where: { orgId: actor.orgId } } } } },
  })
  if (!item || item.kit.grants.length === 0) return turnAway(ctx, subject, caller)

  const now = ctx.clock.now()
  const standing = kitStanding(item.kit.grants, actor.orgId, now)
  if (standing !== 'open') return refuse(ctx, subject, standing, caller)
  if (item.asset.state !== 'PUBLISHED') return refuse(ctx, subject, 'not-published', caller)
  const licences = await ctx.db.licence.findMany({
    where: { houseId: actor.houseId, holderOrgId: actor.orgId, assetId, kitGrantId: { in: item.kit.grants.map(({ id }) => id) } },
    orderBy: { no: 'desc' },
  })
  const right = entitlement(actor, licences, rendition, now)
  if (!right.allowed) return refuse(ctx, { ...subject, licenceId: right.licenceId }, right.reason, caller)

  const licence = licences.find(({ id }) => id === right.licenceId) as (typeof licences)[number]
  const version = await ctx.db.assetVersion.findFirst({ where: { id: licence.versionId, houseId: actor.houseId }, select: sourceSelect })
  const seal = version && sealOf(version)
  if (seal) return refuse(ctx, { ...subject, licenceId: licence.id }, seal, caller)
  const file = version && (await licensedFile(ctx, version, rendition, licence, { reason: 'kit', kitId }, caller))
  return file ? ok(file) : refuse(ctx, { ...subject, licenceId: licence.id }, 'not-available', caller)
}

/** A version's file for the staff who work with it: as it is kept, nothing written into it, and registered like any other. */
export async function openStaffFile(
  ctx: Delivering,
  { versionId, rendition, caller }: { versionId: string; rendition: CleanRendition; caller: Caller },
): Promise<Result<OpenFile, DeliveryRefusal>> {
  const subject = { versionId, rendition }
  if (!maySeeFiles(ctx.actor)) {
    await registerRefusals(ctx, [{ subject, reason: 'no-right' }], caller)
    throw new Refusal('forbidden', `open version ${versionId}`)
  }
  const version = await ctx.db.assetVersion.findFirst({ where: { id: versionId, houseId: ctx.actor.houseId }, select: sourceSelect })
  if (!version) return turnAway(ctx, subject, caller)
  if (!mayOpenBytes(ctx.actor, version.asset)) return refuse(ctx, { ...subject, assetId: version.asset.id }, 'embargoed', caller)
  const stored = version.purgedAt ? undefined : storedAs(version, rendition)
  if (!stored) return refuse(ctx, { ...subject, assetId: version.asset.id }, 'not-available', caller)

  const file = storedObject(stored.storageKey, Number(stored.byteSize))
  const full = { ...subject, assetId: version.asset.id, fileSha256: stored.sha256 }
  return ok({
    fileName: fileNameFor(version.asset.title, stored.mediaType, ...(rendition === 'web' ? ['web'] : [])),
    mediaType: stored.mediaType,
    size: file.size,
    etag: etagOf(file, stored.sha256),
    inline: false,
    keep: 'nobody',
    open: leaving(ctx, file, full, 'staff', caller),
  })
}
