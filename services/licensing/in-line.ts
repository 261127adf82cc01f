import { isPerson } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { heldLicenceNos, placeInLine } from './rules/in-line.ts'
import type { LicenceModel } from './rules/models.ts'

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
}

/** Whether only holds are in a wish's way, and whose line the asker stands in. Null where no hold's end would help. */
export async function inLineFor(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  rights: AssetRights,
  { assetId, model, terms }: Wish,
): Promise<InLine | null> {
  const nos = heldLicenceNos(rights)
  if (nos.length === 0) return null
  const now = ctx.clock.now()
  const own = isPerson(ctx.actor) ? await ownHolds(ctx, ctx.actor.orgId, nos) : []
  const place = placeInLine(rights, terms, { at: now, knownAt: now }, new Set(own.map(({ no }) => no)))
  const orderId = own[0]?.orderId
  if (place === 'own' && orderId) return { kind: 'own', orderId }
  if (place !== 'held' && place !== 'own') return null
  return { kind: 'held', waitId: await openWait(ctx, { assetId, model, terms }) }
}

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

/** The person's place in the line for exactly this wish. */
async function openWait({ db, actor }: Ctx<'db' | 'actor'>, { assetId, model, terms }: Wish): Promise<string | null> {
  if (!isPerson(actor)) return null
  const wait = await db.rightsWait.findFirst({
    where: { houseId: actor.houseId, userId: actor.userId, assetId, model, endedAt: null, terms: { equals: { ...terms } as object } },
    select: { id: true },
  })
  return wait?.id ?? null
}
