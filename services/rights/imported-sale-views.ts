import type { Page } from '../kernel/page.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { claimNames } from './claim-names.ts'
import { may, mustMay } from './policy.ts'
import { collisionInWords, type Collision } from './rules/collision-words.ts'
import type { ImportedSaleState } from './rules/imported-sale-states.ts'
import { liveClaimStates } from './rules/known.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'
import { summariseScope } from './rules/scope-words.ts'

type Asking = Ctx<'db' | 'actor'>
const pageSize = 20

/** One thing in the way of a sale: its name leads to the licence, or to the other sale on the page of its picture. */
export interface RunsInto {
  name: string | null
  rest: string
  licenceId: string | null
  sale: { id: string; assetId: string } | null
}

export interface ImportedSaleRow {
  id: string
  shop: string
  reference: string
  holder: string
  /** Media, places, industries, days, exclusive or not. */
  scope: string
  soldAt: Date
  state: ImportedSaleState
  /** Only while it has no claim: what is in the way of one. */
  runsInto: RunsInto[]
  settledAt: Date | null
  settledBy: string | null
  settledNote: string | null
}

export interface ImportedSales {
  rows: Page<ImportedSaleRow>
  total: number
  colliding: number
  maySettle: boolean
}

interface Row extends Omit<ImportedSaleRow, 'scope' | 'runsInto'> {
  no: bigint
  terms: ScopeTerms
  collision: Collision[] | null
}

/** What other shops sold of one asset: what collides first, then the latest. */
export async function importedSalesOf(ctx: Asking, assetId: string, after: string | null): Promise<ImportedSales> {
  mustMay(ctx.actor, 'see-rights')
  const { houseId } = ctx.actor
  const [, rank, no] = /^([01])-(\d{1,18})$/.exec(after ?? '') ?? []
  const beyond = rank && no ? Prisma.sql`AND ((s.state = 'COLLIDES')::int, s.no) < (${Number(rank)}, ${BigInt(no)})` : Prisma.empty
  const ofAsset = Prisma.sql`s.house_id = ${houseId} AND s.asset_no = (SELECT a.no FROM assets a WHERE a.id = ${assetId} AND a.house_id = ${houseId})`
  const [rows, [counted]] = await Promise.all([
    ctx.db.$queryRaw<Row[]>`
      SELECT s.id, s.no, s.shop, s.reference, s.holder, s.terms, s.sold_at AS "soldAt", s.state::text, s.collision, s.settled_at AS "settledAt",
        u.name AS "settledBy", s.settled_note AS "settledNote"
      FROM imported_sales s LEFT JOIN users u ON u.id = s.settled_by_id
      WHERE ${ofAsset} ${beyond} ORDER BY (s.state = 'COLLIDES')::int DESC, s.no DESC LIMIT ${pageSize + 1}`,
    ctx.db.$queryRaw<{ total: number; colliding: number }[]>`
      SELECT count(*)::int AS total, (count(*) FILTER (WHERE s.state = 'COLLIDES'))::int AS colliding FROM imported_sales s WHERE ${ofAsset}`,
  ])
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  const open = shown.filter(({ state }) => state === 'COLLIDES' || state === 'SETTLED')
  const inTheWay = await runsInto(
    ctx,
    open.map(({ id, terms, collision }) => ({ id, terms, collision: collision ?? [] })),
  )
  return {
    rows: {
      items: shown.map(({ no: _no, terms, collision: _collision, ...row }) => ({
        ...row,
        scope: summariseScope(terms),
        runsInto: inTheWay.get(row.id) ?? [],
      })),
      next: rows.length > pageSize && last ? `${last.state === 'COLLIDES' ? 1 : 0}-${last.no}` : null,
    },
    total: counted?.total ?? 0,
    colliding: counted?.colliding ?? 0,
    maySettle: may(ctx.actor, 'record-rights'),
  }
}

/** What an attempt to get a claim for a sale still ran into, a sentence each. */
export async function stillInTheWay(ctx: Asking, saleId: string, collision: readonly Collision[]): Promise<string[]> {
  mustMay(ctx.actor, 'see-rights')
  const sale = await ctx.db.importedSale.findFirst({ where: { id: saleId, houseId: ctx.actor.houseId }, select: { terms: true } })
  if (!sale) throw new Refusal('not-found', `no imported sale ${saleId}`)
  const found = await runsInto(ctx, [{ id: saleId, terms: sale.terms as unknown as ScopeTerms, collision }])
  return (found.get(saleId) ?? []).map(({ name, rest }) => `${name ?? ''}${rest}`)
}

/** The things in the way of sales with their names, in three statements however many; staff only, since they name customers. */
async function runsInto(
  { db, actor }: Asking,
  sales: readonly { id: string; terms: ScopeTerms; collision: readonly Collision[] }[],
): Promise<Map<string, RunsInto[]>> {
  const all = sales.flatMap(({ collision }) => collision)
  const nos = [...new Set(all.flatMap(({ licenceNo }) => (licenceNo ? [BigInt(licenceNo)] : [])))]
  const claims = [...new Set(all.flatMap(({ claimId }) => (claimId ? [BigInt(claimId)] : [])))]
  if (all.length === 0) return new Map()
  const { houseId } = actor
  const [names, others, live] = await Promise.all([
    claimNames({ db, actor }, nos),
    db.importedSale.findMany({ where: { houseId, no: { in: nos } }, select: { id: true, no: true, assetId: true } }),
    db.claim.findMany({ where: { houseId, id: { in: claims }, state: { in: [...liveClaimStates] } }, select: { id: true } }),
  ])
  const saleOf = new Map(others.map(({ no, ...sale }) => [no.toString(), sale]))
  const alive = new Set(live.map(({ id }) => id.toString()))
  const seen = (one: Collision, asked: ScopeTerms): RunsInto => {
    const known = one.licenceNo ? names.get(BigInt(one.licenceNo)) : undefined
    const sale = saleOf.get(one.licenceNo ?? '') ?? null
    const other = known && { name: known.name, holder: known.holder, elsewhere: sale !== null, over: !alive.has(one.claimId ?? '') }
    return { ...collisionInWords(one, boxOf(asked), asked.zone, other), licenceId: known?.licenceId ?? null, sale }
  }
  return new Map(sales.map(({ id, terms, collision }) => [id, collision.map((one) => seen(one, terms))]))
}

/** Which sales of one imported file still collide, the first of them with their pictures, and how many they are. */
export async function collidingOfImport(
  ctx: Asking,
  importId: string,
): Promise<{ total: number; sales: { id: string; shop: string; reference: string; asset: { id: string; title: string } }[] }> {
  mustMay(ctx.actor, 'see-rights')
  const where = { houseId: ctx.actor.houseId, importId, state: 'COLLIDES' } as const
  const [rows, total] = await Promise.all([
    ctx.db.importedSale.findMany({
      where,
      select: { id: true, shop: true, reference: true, assetId: true },
      orderBy: { no: 'asc' },
      take: 2 * pageSize,
    }),
    ctx.db.importedSale.count({ where }),
  ])
  const assets = await ctx.db.asset.findMany({
    where: { houseId: ctx.actor.houseId, id: { in: [...new Set(rows.map(({ assetId }) => assetId))] } },
    select: { id: true, title: true },
  })
  const titles = new Map(assets.map(({ id, title }) => [id, title]))
  return { total, sales: rows.map(({ assetId, ...row }) => ({ ...row, asset: { id: assetId, title: titles.get(assetId) ?? '' } })) }
}
