import { newId, newNumber } from '#services/kernel/ids.ts'
import type { LicenceModel } from '#services/licensing/rules/models.ts'
import type { Context } from '#services/platform/context.ts'

interface ForClaims {
  asset: { id: string; houseId: string }
  exclusive?: boolean
  model?: LicenceModel
  holderOrgId?: string
  /** What its claims will stand as: a licence is ACTIVE with active claims, RESERVED with held ones. */
  state?: 'HELD' | 'PENDING_PAYMENT' | 'ACTIVE'
}

/** A licence for claims to name, without them: the database wants each claim to have one that stands as it does. */
export async function aLicenceFor(
  ctx: Pick<Context, 'db' | 'clock'>,
  { asset, exclusive = false, model = 'RIGHTS_MANAGED', holderOrgId, state = 'ACTIVE' }: ForClaims,
) {
  const at = ctx.clock.now()
  const issued = { document: '{}', documentSha256: '0'.repeat(64), signature: 'test', keyId: 'test', issuedAt: at }
  return ctx.db.licence.create({
    select: { id: true, no: true, number: true },
    data: {
      id: newId('lic', at),
      number: newNumber('CM', at),
      houseId: asset.houseId,
      holderOrgId: holderOrgId ?? asset.houseId,
      model,
      state: state === 'HELD' ? 'RESERVED' : state === 'PENDING_PAYMENT' ? 'AWAITING_PAYMENT' : 'ACTIVE',
      assetId: asset.id,
      versionId: 'ver_test',
      terms: {},
      exclusive,
      startsAt: at,
      createdAt: at,
      ...(state === 'ACTIVE' ? issued : {}),
    },
  })
}
