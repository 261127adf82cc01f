import type { Person } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import { entitlement, sealOf, type CleanRendition, type DeliveryRefusal } from './rules/entitlement.ts'
import { keepsPrivate } from './private-metadata.ts'
import { sourceSelect, stampedFor, storedAs, type StampedFile } from './sources.ts'

/** A file of the kit that may leave now, with its licence in it. */
export interface KitFile {
  assetId: string
  title: string
  section: string
  versionId: string
  licence: { id: string; number: string; endsAt: Date | null; certificateKey: string | null }
  stamped: StampedFile
}

/** An asset of the kit that may not leave now. */
export interface LeftOut {
  assetId: string
  title: string
  reason: DeliveryRefusal
  licenceId: string | null
}

/** Each asset of a kit, decided one by one at this instant: what may leave, ready to be sent, and what may not and why. */
export async function kitContents(
  ctx: Ctx<'db' | 'clock' | 'storage' | 'origin'> & { actor: Person },
  kit: { id: string; grantIds: readonly string[] },
  rendition: CleanRendition,
): Promise<{ files: KitFile[]; leftOut: LeftOut[] }> {
  const { houseId, orgId } = ctx.actor
  const items = await ctx.db.brandKitItem.findMany({
    where: { kitId: kit.id, asset: { houseId } },
    select: { assetId: true, section: true, asset: { select: { title: true, state: true } } },
    orderBy: [{ position: 'asc' }, { assetId: 'asc' }],
  })
  const licences = await ctx.db.licence.findMany({
    where: { houseId, holderOrgId: orgId, kitGrantId: { in: [...kit.grantIds] }, assetId: { in: items.map(({ assetId }) => assetId) } },
    orderBy: { no: 'desc' },
  })
  const versions = await ctx.db.assetVersion.findMany({
    where: { houseId, id: { in: licences.map(({ versionId }) => versionId) } },
    select: sourceSelect,
  })

  const privacy = { keepsPrivate: await keepsPrivate(ctx) }
  const now = ctx.clock.now()
  const files: KitFile[] = []
  const leftOut: LeftOut[] = []
  for (const { assetId, section, asset } of items) {
    const leave = (reason: DeliveryRefusal, licenceId: string | null) => leftOut.push({ assetId, title: asset.title, reason, licenceId })
    const right = entitlement(
      ctx.actor,
      licences.filter((licence) => licence.assetId === assetId),
      rendition,
      now,
    )
    const licence = licences.find(({ id }) => id === right.licenceId)
    const version = versions.find(({ id }) => id === licence?.versionId)
    const stored = version && storedAs(version, rendition)
    if (asset.state !== 'PUBLISHED') leave('not-published', right.licenceId)
    else if (!right.allowed) leave(right.reason, right.licenceId)
    else if (version && sealOf(version)) leave(sealOf(version) ?? 'not-available', right.licenceId)
    else if (!licence?.document || !version || !stored) leave('not-available', right.licenceId)
    else
      files.push({
        assetId,
        title: asset.title,
        section,
        versionId: version.id,
        licence,
        stamped: await stampedFor(ctx, version, stored, licence.document, privacy),
      })
  }
  return { files, leftOut }
}
