import { newId, newNumber } from '#services/kernel/ids.ts'
import { sealDocument } from '#services/licensing/rules/licence-document.ts'
import type { LicenceEnd, LicenceState } from '#services/licensing/rules/licence-states.ts'
import type { LicenceModel } from '#services/licensing/rules/models.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import type { Context } from '#services/platform/context.ts'
import { aDocument } from './licence-documents.ts'

interface HeldLicence {
  asset: {
    id: string
    houseId: string
    title: string
    creator: string
    creditLine: string
    publishedVersionId: string | null
    currentVersionId: string | null
  }
  orgId: string
  model?: LicenceModel
  state?: LicenceState
  endedBy?: LicenceEnd
  startsAt?: Date
  endsAt?: Date | null
  kitGrantId?: string
  terms?: ScopeTerms
}

/**
 * A licence as delivery finds it: issued, with its document, in force from an hour ago. Its row is made directly, without
 * claims; what a licence takes and costs is tested where licences are issued.
 */
export async function aHeldLicence(ctx: Pick<Context, 'db' | 'clock'>, fields: HeldLicence) {
  const { asset, orgId, model = 'PARTNER_GRANT', state = 'ACTIVE', endedBy, kitGrantId, endsAt = null } = fields
  const at = ctx.clock.now()
  const startsAt = fields.startsAt ?? new Date(at.getTime() - 3_600_000)
  const versionId = asset.publishedVersionId ?? (asset.currentVersionId as string)
  const number = newNumber('CM', at)
  const holder = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } })
  const sealed = sealDocument(
    aDocument({
      number,
      model,
      holder: { id: orgId, name: holder.name, address: null, country: null, email: null },
      asset: { ...aDocument().asset, id: asset.id, title: asset.title, creator: asset.creator, creditLine: asset.creditLine, versionId },
      from: startsAt.toISOString(),
      until: endsAt?.toISOString() ?? null,
    }),
  )
  return ctx.db.licence.create({
    data: {
      id: newId('lic', at),
      number,
      houseId: asset.houseId,
      holderOrgId: orgId,
      model,
      state,
      endedBy: endedBy ?? null,
      assetId: asset.id,
      versionId,
      terms: { ...fields.terms },
      exclusive: false,
      startsAt,
      endsAt,
      kitGrantId: kitGrantId ?? null,
      document: sealed.text,
      documentSha256: sealed.sha256,
      signature: 'test',
      keyId: 'test',
      issuedAt: at,
      createdAt: at,
    },
  })
}

/** A kit of these assets; `sections` names a section for each, in order. */
export async function aKit(
  ctx: Pick<Context, 'db' | 'clock'>,
  fields: { houseId: string; assets: readonly { id: string }[]; sections?: readonly string[]; title?: string },
) {
  const at = ctx.clock.now()
  const id = newId('kit', at)
  return ctx.db.brandKit.create({
    data: {
      id,
      houseId: fields.houseId,
      slug: id,
      title: fields.title ?? 'Autumn campaign',
      guidance: 'Keep clear space around the mark.',
      createdAt: at,
      changedAt: at,
      items: {
        create: fields.assets.map((asset, position) => ({ assetId: asset.id, position, section: fields.sections?.[position] ?? '' })),
      },
    },
  })
}

/** The kit given to an organisation, with a licence in force for each of these assets. */
export async function aGrantedKit(
  ctx: Pick<Context, 'db' | 'clock'>,
  fields: { kit: { id: string; houseId: string }; orgId: string; assets: readonly HeldLicence['asset'][]; endsAt?: Date | null },
) {
  const at = ctx.clock.now()
  const { kit, orgId, assets, endsAt = null } = fields
  const startsAt = new Date(at.getTime() - 3_600_000)
  const grant = await ctx.db.kitGrant.create({
    data: { id: newId('kgr', at), houseId: kit.houseId, kitId: kit.id, orgId, terms: {}, startsAt, endsAt, createdAt: at },
  })
  const licences = []
  for (const asset of assets) licences.push(await aHeldLicence(ctx, { asset, orgId, startsAt, endsAt, kitGrantId: grant.id }))
  return { grant, licences }
}
