import type { Json } from '../kernel/canonical.ts'
import type { Ctx } from '../platform/context.ts'
import { describeScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { LicenceDocument, Party } from './rules/licence-document.ts'

/** What a licence was given for: money or a decision. */
export interface Evidence {
  order?: { number: string; lineId: string; currency: string; netMinor: bigint; taxMinor: bigint; priceBookId: string }
  purpose?: string
}

const partyFields = { id: true, name: true, address: true, country: true, email: true } as const

/** Gathers what a licence says, from rows as they are at the instant of issue; from then on the text is frozen. */
export async function documentOf(
  ctx: Ctx<'db' | 'signer'>,
  licenceId: string,
  evidence: Evidence,
  issuedAt: Date,
): Promise<LicenceDocument> {
  const licence = await ctx.db.licence.findUniqueOrThrow({
    where: { id: licenceId },
    include: { upgrades: { select: { id: true, number: true, documentSha256: true } } },
  })
  const licensor = await ctx.db.organisation.findUniqueOrThrow({ where: { id: licence.houseId }, select: partyFields })
  const holder = await ctx.db.organisation.findUniqueOrThrow({ where: { id: licence.holderOrgId }, select: partyFields })
  const version = await ctx.db.assetVersion.findUniqueOrThrow({
    where: { id: licence.versionId },
    select: {
      id: true,
      number: true,
      fileName: true,
      mediaType: true,
      sha256: true,
      width: true,
      height: true,
      asset: { select: { id: true, title: true, creator: true, creditLine: true } },
    },
  })
  const template = licence.termsTemplateId
    ? await ctx.db.termsTemplate.findUniqueOrThrow({
        where: { id: licence.termsTemplateId },
        select: { id: true, title: true, version: true, sha256: true },
      })
    : null
  const terms = licence.terms as unknown as ScopeTerms
  const { order, purpose } = evidence
  const { upgrades: old } = licence
  return {
    version: old ? 2 : 1,
    kind: 'clearmark.licence',
    number: licence.number,
    licenceId,
    licensor: licensor satisfies Party,
    holder: holder satisfies Party,
    licensee: licence.licenseeName,
    asset: {
      ...version.asset,
      versionId: version.id,
      versionNumber: version.number,
      fileName: version.fileName,
      mediaType: version.mediaType,
      sha256: version.sha256,
      width: version.width,
      height: version.height,
    },
    model: licence.model,
    exclusive: licence.exclusive,
    scope: {
      terms: licence.terms as Json,
      words: describeScope(terms).map(({ label, words, codes }) => ({ label, words, codes: codes.join(' ') })),
    },
    from: licence.startsAt.toISOString(),
    until: licence.endsAt?.toISOString() ?? null,
    terms: template ? { templateId: template.id, title: template.title, version: template.version, sha256: template.sha256 } : null,
    order: order
      ? {
          number: order.number,
          lineId: order.lineId,
          currency: order.currency,
          netMinor: order.netMinor.toString(),
          taxMinor: order.taxMinor.toString(),
          priceBookId: order.priceBookId,
        }
      : null,
    grant: order ? null : { requestId: licence.requestId, kitGrantId: licence.kitGrantId, purpose: purpose ?? null },
    ...(old && { supersedes: { number: old.number, licenceId: old.id, documentSha256: old.documentSha256 ?? '' } }),
    issuedAt: issuedAt.toISOString(),
    keyId: ctx.signer.keyId,
  }
}
