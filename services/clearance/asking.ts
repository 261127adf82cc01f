import { isPerson, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { dayOf } from '../kernel/period.ts'
import { currentPriceBook } from '../licensing/price-books.ts'
import type { Ctx } from '../platform/context.ts'
import { loadRights } from '../rights/loading.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { assetsCalled, type FoundAsset } from './finding.ts'
import { answerTo, type Answer, type Asker } from './rules/answer.ts'
import { pricesOf, type Priced } from './rules/price.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** Who will use the pictures. */
export interface Holder extends Asker {
  orgId: string
}
/** One planned use: which picture, as somebody calls it, and for what. */
export interface PlannedUse {
  asset: string
  terms: ScopeTerms
}
export interface Asked extends Answer {
  asset: FoundAsset | null
  price: Priced | null
}

/** One's own organisation; the house's people may also ask for one of its partners or customers. */
export async function holderFor(ctx: Ctx<'db' | 'actor'>, wanted?: string | null): Promise<Holder> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'ask about a use')
  const staff = isStaff(actor)
  if (!wanted || wanted === actor.orgId) return { orgId: actor.orgId, by: staff ? 'house' : 'holder', contracts: staff }
  if (!staff) throw new Refusal('forbidden', `ask for ${wanted}`)
  // Whatever a program sends: what is no id is not asked of the database.
  if (!/^[a-z0-9_]{1,64}$/.test(wanted)) throw new Refusal('not-found', 'no such organisation')
  const org = await ctx.db.organisation.findFirst({
    where: { id: wanted, houseId: actor.houseId, closedAt: null },
    select: { id: true, name: true },
  })
  if (!org) throw new Refusal('not-found', `no organisation ${wanted}`)
  return { orgId: org.id, by: 'holder', contracts: true, onBehalfOf: org.name }
}

const unasked = (kind: 'no-such-asset' | 'several-assets'): Asked => ({
  light: 'ERROR',
  kind,
  reasons: [],
  nearest: [],
  licences: [],
  asset: null,
  price: null,
})

/**
 * What the engine says of many planned uses, in their order. A handful of statements however many there are: the pictures
 * by name, their rights, the prices.
 */
export async function askAll(ctx: Asking, uses: readonly PlannedUse[], holder: Holder): Promise<Asked[]> {
  const found = await assetsCalled(
    ctx,
    uses.map(({ asset }) => asset),
  )
  const only = (name: string): FoundAsset | undefined => {
    const [one, another] = found.get(name) ?? []
    return another ? undefined : one
  }
  const alone = new Set(uses.flatMap(({ asset, terms }) => (terms.exclusive ? (only(asset)?.id ?? []) : [])))
  const ids = [...new Set(uses.flatMap(({ asset }) => only(asset)?.id ?? []))]
  const [exclusive, plain, prices] = await Promise.all([
    rightsOf(
      ctx,
      ids.filter((id) => alone.has(id)),
      holder,
      'live',
    ),
    rightsOf(
      ctx,
      ids.filter((id) => !alone.has(id)),
      holder,
      'exclusive',
    ),
    currentPriceBook(ctx),
  ])
  const now = ctx.clock.now()
  const zone = uses[0]?.terms.zone ?? 'UTC'
  const priceOf = prices && pricesOf(prices.book, dayOf(now, zone), zone)
  return uses.map(({ asset: name, terms }): Asked => {
    const asset = only(name)
    if (!asset) return unasked(found.has(name) ? 'several-assets' : 'no-such-asset')
    const rights = exclusive.get(asset.id) ?? plain.get(asset.id)
    if (!rights) return unasked('no-such-asset')
    const answer = answerTo(rights, terms, holder, now)
    const sold = answer.kind === 'licence-needed' && asset.state === 'PUBLISHED' && asset.audience === 'STORE'
    return { ...answer, asset, price: (sold && priceOf?.(asset, terms)) || null }
  })
}

const rightsOf = async (
  ctx: Asking,
  assetIds: string[],
  { orgId }: Holder,
  claims: 'live' | 'exclusive',
): Promise<Map<string, AssetRights>> =>
  // A plain wish is refused by exclusive claims only: a best-seller's thousands of plain sales need not be read.
  assetIds.length === 0 ? new Map() : loadRights(ctx, { assetIds, holderOrgId: orgId, claims })
