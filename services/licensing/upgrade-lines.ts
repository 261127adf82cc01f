import { isPerson } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { readPriceBook } from './price-books.ts'
import type { LicenceModel } from './rules/models.ts'
import { assetFactorIn, type PriceBook } from './rules/pricing.ts'
import { pricedFrom, type PricedScope } from './rules/upgrade.ts'

/** A licence that may be widened, with everything that its widening is priced by. */
export interface UpgradeLine {
  licence: {
    id: string
    no: bigint
    number: string
    assetId: string
    model: LicenceModel
    terms: ScopeTerms
    startsAt: Date
    endsAt: Date | null
    inForce: boolean
  }
  /** Every licence of the line: what they occupy is in nobody's way here. */
  nos: ReadonlySet<bigint>
  /** The licences that led here, the first one first, as they were priced. */
  priced: PricedScope[]
  /** The prices that the first one was bought by; null where it was not bought. */
  book: { id: string; book: PriceBook; assetFactorBp: number } | null
}

const fields = {
  id: true,
  no: true,
  number: true,
  assetId: true,
  model: true,
  state: true,
  terms: true,
  startsAt: true,
  endsAt: true,
  upgradesId: true,
  lineageNo: true,
  orderLineId: true,
} as const

/** The lines of upgrades that these licences stand in, by licence id: only of the asker's own company. A fixed number of queries. */
export async function upgradeLines(ctx: Ctx<'db' | 'clock' | 'actor'>, licenceIds: readonly string[]): Promise<Map<string, UpgradeLine>> {
  const { actor, db } = ctx
  const lines = new Map<string, UpgradeLine>()
  if (licenceIds.length === 0 || !isPerson(actor)) return lines
  const { houseId, orgId } = actor
  const asked = await db.licence.findMany({
    where: { id: { in: [...licenceIds] }, houseId, holderOrgId: orgId },
    select: { id: true, no: true, lineageNo: true },
  })
  if (asked.length === 0) return lines
  const roots = asked.map(({ no, lineageNo }) => lineageNo ?? no)
  const all = await db.licence.findMany({
    where: { houseId, holderOrgId: orgId, OR: [{ no: { in: roots } }, { lineageNo: { in: roots } }] },
    select: fields,
  })
  const byId = new Map(all.map((one) => [one.id, one]))
  const rootOf = new Map(all.filter(({ lineageNo }) => lineageNo === null).map((one) => [one.no, one]))
  const sold = await db.orderLine.findMany({
    where: { id: { in: [...rootOf.values()].flatMap(({ orderLineId }) => orderLineId ?? []) } },
    select: { id: true, price: true, priceBookId: true },
  })
  const soldOf = new Map(sold.map((line) => [line.id, line]))
  const books = await db.priceBook.findMany({
    where: { houseId, id: { in: [...new Set(sold.map(({ priceBookId }) => priceBookId))] } },
    select: { id: true, book: true },
  })
  const bookOf = new Map(books.map((row) => [row.id, row]))
  const now = ctx.clock.now()

  for (const { id, no, lineageNo } of asked) {
    const root = rootOf.get(lineageNo ?? no)
    const licence = byId.get(id)
    if (!root || !licence) continue
    const way: (typeof all)[number][] = []
    for (let one: (typeof all)[number] | undefined = licence; one; one = one.upgradesId ? byId.get(one.upgradesId) : undefined)
      way.unshift(one)
    const line = soldOf.get(root.orderLineId ?? '')
    const row = line && bookOf.get(line.priceBookId)
    const factor = line ? assetFactorIn((line.price as { quote?: unknown }).quote) : 10_000
    const terms = way.map((one) => one.terms as unknown as ScopeTerms)
    lines.set(id, {
      licence: {
        ...licence,
        terms: licence.terms as unknown as ScopeTerms,
        inForce: licence.state === 'ACTIVE' && (licence.endsAt === null || licence.endsAt > now),
      },
      nos: new Set(all.filter((one) => (one.lineageNo ?? one.no) === root.no).map((one) => one.no)),
      priced: way.map((one, i) => ({
        model: one.model,
        terms: { ...(terms[i] as ScopeTerms), from: pricedFrom(terms.slice(0, i), terms[i] as ScopeTerms) },
        assetFactorBp: factor,
      })),
      book: line && row ? { id: row.id, book: readPriceBook(row), assetFactorBp: factor } : null,
    })
  }
  return lines
}
