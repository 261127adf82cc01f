import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { attempt } from '../platform/savepoint.ts'
import { loadRights } from '../rights/loading.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { withinConsents } from '../rights/rules/within-consents.ts'
import type { ReserveError } from './errors.ts'
import { issueLicence, reserveLicences, type Reserved } from './licences.ts'
import type { LicenceModel } from './rules/models.ts'

export interface Grant {
  assetId: string
  orgId: string
  model: Extract<LicenceModel, 'PARTNER_GRANT' | 'INTERNAL_GRANT' | 'COMP'>
  terms: ScopeTerms
  purpose: string
  requestId?: string
  kitGrantId?: string
}
export type GrantError = ReserveError

/** Issued in the transaction that takes it: long enough for that. */
const momentaryHold = 60_000

/**
 * Licences without a price. Each stands by itself: one that cannot be had does not undo the others. Where a grant is for all
 * industries, those that the people shown have not consented to are left out, and its terms say so.
 */
export async function issueGrants(
  tx: Ctx<'db' | 'clock' | 'actor' | 'signer'>,
  grants: readonly Grant[],
): Promise<Result<Reserved, GrantError>[]> {
  const { houseId } = tx.actor
  const assets = await tx.db.asset.findMany({
    where: { id: { in: grants.map((grant) => grant.assetId) }, houseId, state: 'PUBLISHED', publishedVersionId: { not: null } },
    select: { id: true, no: true, publishedVersionId: true },
  })
  const assetOf = new Map(assets.map((asset) => [asset.id, asset]))
  const templates = await tx.db.termsTemplate.findMany({
    where: { houseId, model: { in: grants.map((grant) => grant.model) }, effectiveFrom: { lte: tx.clock.now() } },
    orderBy: { version: 'asc' },
    select: { id: true, model: true },
  })
  const templateOf = new Map(templates.map((template) => [template.model, template.id]))
  const inOrder = grants
    .map((grant, index) => ({ grant, index, asset: assetOf.get(grant.assetId) }))
    // Rights are locked in the order of their assets everywhere: two kits at once wait for each other, never in a circle.
    .sort((a, b) => Number((a.asset?.no ?? 0n) - (b.asset?.no ?? 0n)))
  const rights = await loadRights(tx, { assetNos: assets.map(({ no }) => no), claims: 'none' })
  const outcomes: Result<Reserved, GrantError>[] = []
  for (const { grant, index, asset } of inOrder) {
    if (!asset?.publishedVersionId) {
      outcomes[index] = fail('asset-not-available')
      continue
    }
    const versionId = asset.publishedVersionId
    const known = rights.get(asset.id)
    const terms = known ? withinConsents(known, grant.terms, { knownAt: tx.clock.now() }).terms : grant.terms
    outcomes[index] = await attempt(tx, async (): Promise<Result<Reserved, GrantError>> => {
      const reserved = await reserveLicences(tx, [
        {
          houseId,
          holderOrgId: grant.orgId,
          licenseeName: null,
          model: grant.model,
          asset: { id: asset.id, no: asset.no, versionId },
          terms,
          termsTemplateId: templateOf.get(grant.model) ?? null,
          holdExpiresAt: new Date(tx.clock.now().getTime() + momentaryHold),
          ...(grant.requestId ? { requestId: grant.requestId } : {}),
          ...(grant.kitGrantId ? { kitGrantId: grant.kitGrantId } : {}),
        },
      ])
      if (!reserved.ok) return reserved
      const [licence] = reserved.value
      if (!licence) throw new Error('one reservation asked, none made')
      const issued = await issueLicence(tx, licence.id, { purpose: grant.purpose })
      if (!issued.ok) throw new Error(`licence ${licence.number} was reserved and could not be issued`)
      return ok(issued.value)
    })
  }
  return outcomes
}
