import { isPerson } from '../kernel/actor.ts'
import { canonical, type Json } from '../kernel/canonical.ts'
import type { Ctx } from '../platform/context.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { fromToday, heldLicenceNos, placeInLine } from './rules/in-line.ts'
import { isRoyaltyFree, type LicenceModel } from './rules/models.ts'

/** Why a wish must wait, as its asker may know it: never who is at the till. */
export type InLine =
  /** Somebody pays, or does not; `waitId` where the asker is in line for it already. */
  | { kind: 'held'; waitId: string | null }
  /** The asker's own company is at the till with it. */
  | { kind: 'own'; orderId: string }

interface Wish {
  assetId: string
  model: LicenceModel
  terms: ScopeTerms
  /** The licence that it widens. */
  upgradesLicenceId: string | null
}

/**
 * Whether only holds are in the way of wishes, and whose line the asker stands in; in their order, in a fixed number of
 * queries. Null where no hold's end would help. Of a widening the rights are those without its own line's claims.
 */
export async function inLinesFor(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  asked: readonly { rights: AssetRights; wish: Wish }[],
): Promise<(InLine | null)[]> {
  const nos = asked.map(({ rights }) => heldLicenceNos(rights))
  if (nos.every((held) => held.length === 0)) return asked.map(() => null)
  const now = ctx.clock.now()
  const own = isPerson(ctx.actor) ? await ownHolds(ctx, ctx.actor.orgId, [...new Set(nos.flat())]) : []
  const ownNos = new Set(own.map(({ no }) => no))
  const places = asked.map(({ rights, wish }, i) =>
    nos[i]?.length ? placeInLine(rights, wish.terms, { at: now, knownAt: now }, ownNos) : ('taken' as const),
  )
  const waits = places.some((place) => place === 'held' || place === 'own')
    ? await openWaits(
        ctx,
        asked.map(({ wish }) => wish),
      )
    : []
  return asked.map(({ wish }, i) => {
    const place = places[i]
    const orderId = own.find(({ no }) => nos[i]?.includes(no))?.orderId
    if (place === 'own' && orderId) return { kind: 'own', orderId }
    if (place !== 'held' && place !== 'own') return null
    return { kind: 'held', waitId: waits.find((wait) => keyOf(wait, now) === keyOf(wish, now))?.id ?? null }
  })
}

/** Two wishes of one key are the same wish: what begins on the day of asking begins a day later tomorrow. */
const keyOf = ({ assetId, model, terms, upgradesLicenceId }: Omit<Wish, 'terms'> & { terms: unknown }, now: Date): string =>
  `${assetId} ${model} ${upgradesLicenceId ?? ''} ${isRoyaltyFree(model) ? '' : canonical({ ...fromToday(terms as ScopeTerms, now) } as unknown as Json)}`

async function ownHolds(
  { db, actor: { houseId } }: Ctx<'db' | 'actor'>,
  orgId: string,
  nos: bigint[],
): Promise<{ no: bigint; orderId: string }[]> {
  const held = await db.licence.findMany({
    where: { houseId, holderOrgId: orgId, no: { in: nos }, state: { in: ['RESERVED', 'AWAITING_PAYMENT'] }, orderLineId: { not: null } },
    select: { no: true, orderLineId: true },
  })
  if (held.length === 0) return []
  const lines = await db.orderLine.findMany({
    where: { id: { in: held.flatMap(({ orderLineId }) => orderLineId ?? []) } },
    select: { id: true, orderId: true },
  })
  const orderOf = new Map(lines.map(({ id, orderId }) => [id, orderId]))
  return held.flatMap(({ no, orderLineId }) => {
    const orderId = orderOf.get(orderLineId ?? '')
    return orderId ? [{ no, orderId }] : []
  })
}

/** The person's places in lines for these pictures. */
async function openWaits({ db, actor }: Ctx<'db' | 'actor'>, wishes: readonly Wish[]) {
  if (!isPerson(actor)) return []
  return db.rightsWait.findMany({
    where: { houseId: actor.houseId, userId: actor.userId, assetId: { in: wishes.map(({ assetId }) => assetId) }, endedAt: null },
    select: { id: true, assetId: true, model: true, terms: true, upgradesLicenceId: true },
    orderBy: { createdAt: 'asc' },
    take: 500,
  })
}
