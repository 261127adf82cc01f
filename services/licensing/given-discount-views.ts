import { Refusal } from '../kernel/errors.ts'
import { isCurrency, money, type Money } from '../kernel/money.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { limitOf, mayGiveDiscounts, maySettle, mayWithdraw } from './given-discounts.ts'
import { currentPriceBook } from './price-books.ts'
import { noDiscounts } from './rules/discounts.ts'
import { modelNames } from './rules/models.ts'
import type { GivenState } from './rules/given-states.ts'

export interface GivenItem {
  id: string
  customer: string
  asset: { id: string; title: string }
  licence: string
  scope: string
  list: Money
  net: Money
  bp: number
  belowMinimum: boolean
  state: GivenState
  used: boolean
  over: boolean
  reason: string
  askedBy: string
  askedAt: Date
  validUntil: Date
  decidedBy: string | null
  decision: string
  withdrawnBy: string | null
  withdrawal: string
  /** Whether the reader may decide on it, or take it back. */
  mayDecide: boolean
  mayWithdraw: boolean
}
export interface GivenPage extends Page<GivenItem> {
  /** What the reader gives by themselves, in basis points. */
  limitBp: number
  customers: { value: string; label: string }[]
  zone: string
}
const pageSize = 30

/** Discounts that were given by hand, those that wait first seen by `waiting`; and what the reader may do with them. */
export async function givenDiscounts(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { waiting, after }: { waiting: boolean; after?: string | null },
): Promise<GivenPage> {
  const { actor, db } = ctx
  if (!mayGiveDiscounts(actor)) throw new Refusal('forbidden', 'see discounts')
  const { houseId } = actor
  const cursor = decodeCursor(after)
  const [rows, current, customers, house] = await Promise.all([
    db.givenDiscount.findMany({
      where: {
        houseId,
        ...(waiting ? { state: 'WAITING' } : { state: { not: 'WAITING' } }),
        ...(cursor ? { OR: [{ requestedAt: { lt: cursor.at } }, { requestedAt: cursor.at, id: { lt: cursor.id } }] } : {}),
      },
      orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
      take: pageSize + 1,
    }),
    currentPriceBook(ctx),
    db.organisation.findMany({
      where: { houseId, kind: { not: 'OWNER' }, closedAt: null },
      orderBy: { name: 'asc' },
      take: 500,
      select: { id: true, name: true },
    }),
    db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
  ])
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.requestedAt, row.id))
  const [orgs, assets, people] = await Promise.all([
    db.organisation.findMany({ where: { id: { in: page.items.map(({ orgId }) => orgId) }, houseId }, select: { id: true, name: true } }),
    db.asset.findMany({ where: { id: { in: page.items.map(({ assetId }) => assetId) }, houseId }, select: { id: true, title: true } }),
    db.user.findMany({
      where: {
        id: {
          in: page.items.flatMap(({ requestedById, decidedById, withdrawnById }) =>
            [requestedById, decidedById, withdrawnById].filter((id) => id !== null),
          ),
        },
      },
      select: { id: true, name: true },
    }),
  ])
  const named = <T extends { id: string }>(all: readonly T[], id: string | null) => all.find((one) => one.id === id)
  const discounts = current?.book.discounts ?? noDiscounts
  const now = ctx.clock.now()
  return {
    limitBp: limitOf(actor, discounts),
    customers: customers.map(({ id, name }) => ({ value: id, label: name })),
    zone: house.timeZone,
    next: page.next,
    items: page.items.map((row) => {
      if (!isCurrency(row.currency)) throw new Error(`a discount in ${row.currency}`)
      return {
        id: row.id,
        customer: named(orgs, row.orgId)?.name ?? '',
        asset: { id: row.assetId, title: named(assets, row.assetId)?.title ?? '' },
        licence: modelNames[row.model],
        scope: summariseScope(row.terms as unknown as ScopeTerms),
        list: money(row.listMinor, row.currency),
        net: money(row.netMinor, row.currency),
        bp: row.bp,
        belowMinimum: row.netMinor < row.minimumMinor,
        state: row.state,
        used: row.orderId !== null,
        over: row.validUntil <= now,
        reason: row.reason,
        askedBy: named(people, row.requestedById)?.name ?? '',
        askedAt: row.requestedAt,
        validUntil: row.validUntil,
        decidedBy: named(people, row.decidedById)?.name ?? null,
        decision: row.decision ?? '',
        withdrawnBy: named(people, row.withdrawnById)?.name ?? null,
        withdrawal: row.withdrawal ?? '',
        mayDecide: row.state === 'WAITING' && maySettle(actor, discounts, row),
        mayWithdraw: mayWithdraw(actor, row) && (row.state === 'WAITING' || row.validUntil > now),
      }
    }),
  }
}
