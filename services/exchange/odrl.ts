import { zoneOfHouse } from '../accounts/houses.ts'
import { record } from '../compliance/record.ts'
import { isPerson } from '../kernel/actor.ts'
import { canonical, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { readDocument } from '../licensing/rules/licence-document.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { scopeTerms } from '../rights/schema.ts'
import { mustMay as mustMayRights } from '../rights/policy.ts'
import { referenceOf } from './contract-views.ts'
import { mustMay } from './policy.ts'
import { writtenContext } from './rules/odrl-terms.ts'
import { policyOf } from './rules/odrl-write.ts'
import { rowsFor, type RowsWanted } from './rows.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>
export interface OdrlFile {
  name: string
  chunks: AsyncGenerator<string>
}

/** All that is held, consented to and barred of one picture, as policies. */
export async function odrlOfAsset(ctx: Asking, assetId: string): Promise<OdrlFile> {
  mustMayRights(ctx.actor, 'see-rights')
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, houseId: ctx.actor.houseId }, select: { id: true } })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const of = (kind: RowsWanted['kind']): RowsWanted => ({ kind, contract: null, assetId, knownAt: ctx.clock.now() })
  return policies(ctx, { kind: 'asset', id: assetId }, `rights-${assetId}`, [of('acquisitions'), of('releases'), of('restrictions')])
}

/** All that one contract gives, as policies. */
export async function odrlOfContract(ctx: Asking, contractId: string): Promise<OdrlFile> {
  mustMay(ctx.actor, 'see-exchange')
  const reference = await referenceOf(ctx, contractId)
  return policies(ctx, { kind: 'contract', id: contractId }, `contract-${contractId}`, [
    { kind: 'acquisitions', contract: reference, assetId: null, knownAt: ctx.clock.now() },
  ])
}

async function policies(ctx: Asking, subject: { kind: string; id: string }, name: string, wanted: RowsWanted[]): Promise<OdrlFile> {
  const zone = await zoneOfHouse(ctx)
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { name: true } })
  const around = { houseId: ctx.actor.houseId, houseName: house.name }
  await inTransaction(ctx, (tx) => record(tx, { type: 'rights.exported', subject, data: { format: 'odrl' } }))
  async function* chunks() {
    yield `{"@context":${canonical(writtenContext as Json)},"@graph":[`
    let first = true
    for (const rows of wanted)
      for await (const { id, line } of rowsFor(ctx, rows, zone)) {
        yield `${first ? '' : ','}\n${canonical(policyOf(id, line, around) as Json)}`
        first = false
      }
    yield '\n]}\n'
  }
  return { name: `${name}.jsonld`, chunks: chunks() }
}

/** An issued licence as an agreement, made of its one canonical document; for its holder and the house's own people. */
export async function odrlOfLicence(ctx: Ctx<'db' | 'actor'>, licenceId: string): Promise<{ name: string; text: string }> {
  const { actor } = ctx
  const licence = await ctx.db.licence.findFirst({
    where: { id: licenceId, houseId: actor.houseId },
    select: { number: true, document: true, holderOrgId: true },
  })
  const mine = isPerson(actor) && (actor.orgKind === 'OWNER' || licence?.holderOrgId === actor.orgId)
  if (!licence?.document || !mine) throw new Refusal('not-found', `no licence ${licenceId} for this person`)
  const document = readDocument(licence.document)
  const policy = policyOf(
    licence.number,
    {
      kind: 'SALES',
      asset: document.asset.id,
      shop: document.licensor.name,
      reference: document.number,
      holder: document.licensee ?? document.holder.name,
      soldAt: new Date(document.issuedAt),
      replaces: false,
      terms: scopeTerms.parse(document.scope.terms),
    },
    { houseId: document.licensor.id, houseName: document.licensor.name },
  )
  return { name: `${licence.number}.jsonld`, text: `${canonical({ '@context': writtenContext, ...policy } as Json)}\n` }
}
