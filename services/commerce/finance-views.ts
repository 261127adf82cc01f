import { Refusal } from '../kernel/errors.ts'
import type { Money } from '../kernel/money.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { bearingPayment } from './locked-order.ts'
import { mayRefund, maySeeMoney, maySeeOrder } from './policy.ts'
import { refundableLines, remainderOf } from './rules/refundable.ts'
import type { OrderState } from './rules/order-states.ts'
import { amountOf, orderItem, orderRowFields, placedBefore, readOrder, type OrderItem, type OrderPage } from './views.ts'

type ViewCtx = Ctx<'db' | 'clock' | 'actor'>
const pageSize = 40

const mustSeeMoney = (ctx: ViewCtx): string => {
  if (!maySeeMoney(ctx.actor)) throw new Refusal('forbidden', 'money of the house')
  return ctx.actor.houseId
}

/** Every order of the house, newest first. */
export async function financeOrders(
  ctx: ViewCtx,
  { states, after }: { states?: readonly OrderState[]; after?: string | null },
): Promise<Page<OrderItem & { buyer: string }>> {
  const houseId = mustSeeMoney(ctx)
  const rows = await ctx.db.order.findMany({
    where: { AND: [{ houseId, ...(states ? { state: { in: [...states] } } : {}) }, placedBefore(after)] },
    orderBy: [{ placedAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: orderRowFields,
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.placedAt, row.id))
  const orgs = await ctx.db.organisation.findMany({
    where: { id: { in: page.items.map((row) => row.orgId) } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(orgs.map(({ id, name }) => [id, name]))
  return { items: page.items.map((row) => ({ ...orderItem(row), buyer: nameOf.get(row.orgId) ?? '' })), next: page.next }
}

export interface FinanceOrderPage extends OrderPage {
  buyer: { id: string; name: string; country: string | null; vatId: string | null; orderedBy: string }
  payments: { id: string; paymentIntentId: string; amount: Money; receivedAt: Date }[]
  /** What a refund may still give back: all of it, and the lines one by one. */
  refundable: { whole: Money; lines: { id: string; title: string; amount: Money }[] } | null
  mayRefund: boolean
}

/** One order with its money: what came, what went back, what may still go back. */
export async function financeOrderPage(ctx: ViewCtx, orderId: string): Promise<FinanceOrderPage> {
  if (!maySeeOrder(ctx.actor)) throw new Refusal('forbidden', 'an order of the house')
  const { houseId } = ctx.actor
  const page = await readOrder(ctx, { id: orderId, houseId })
  const order = await ctx.db.order.findFirstOrThrow({
    where: { id: orderId, houseId },
    include: {
      lines: { orderBy: { position: 'asc' } },
      attempts: true,
      payments: { orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }] },
      refunds: true,
    },
  })
  const org = await ctx.db.organisation.findUniqueOrThrow({
    where: { id: order.orgId },
    select: { id: true, name: true, country: true, vatId: true },
  })
  const user = await ctx.db.user.findUnique({ where: { id: order.userId }, select: { name: true } })
  const payment = bearingPayment(order)
  const left = payment ? remainderOf(payment, order.refunds) : 0n
  return {
    ...page,
    buyer: { ...org, orderedBy: user?.name ?? '' },
    payments: order.payments.map((one) => ({
      id: one.id,
      paymentIntentId: one.paymentIntentId,
      amount: amountOf(one.amountMinor, one.currency),
      receivedAt: one.receivedAt,
    })),
    refundable:
      payment && left > 0n
        ? {
            whole: amountOf(left, payment.currency),
            lines: refundableLines(order.lines, order.refunds)
              .filter((line) => line.netMinor > 0n)
              .map((line) => ({
                id: line.id,
                title: line.title,
                amount: amountOf(line.netMinor + line.taxMinor, order.currency),
              })),
          }
        : null,
    mayRefund: mayRefund(ctx.actor),
  }
}

export interface LedgerPage extends Page<LedgerItem> {
  balances: { account: string; balance: Money }[]
}
export interface LedgerItem {
  id: string
  kind: string
  memo: string
  occurredAt: Date
  entries: { account: string; amount: Money }[]
}

/** The balance of every account, and the transactions that made it, newest first. */
export async function ledgerPage(ctx: ViewCtx, { after }: { after?: string | null }): Promise<LedgerPage> {
  const houseId = mustSeeMoney(ctx)
  const balances = await ctx.db.$queryRaw<{ account: string; currency: string; minor: bigint }[]>`
    SELECT e.account, e.currency, sum(e.amount_minor)::bigint AS minor
    FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.house_id = ${houseId} GROUP BY 1, 2 ORDER BY 1, 2`
  const cursor = decodeCursor(after)
  const rows = await ctx.db.ledgerTransaction.findMany({
    where: { houseId, ...(cursor ? { OR: [{ occurredAt: { lt: cursor.at } }, { occurredAt: cursor.at, id: { lt: cursor.id } }] } : {}) },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: {
      id: true,
      kind: true,
      memo: true,
      occurredAt: true,
      entries: { select: { account: true, amountMinor: true, currency: true }, orderBy: { id: 'asc' } },
    },
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.occurredAt, row.id))
  return {
    balances: balances.map(({ account, currency, minor }) => ({ account, balance: amountOf(minor, currency) })),
    items: page.items.map(({ entries, ...row }) => ({
      ...row,
      entries: entries.map((entry) => ({ account: entry.account, amount: amountOf(entry.amountMinor, entry.currency) })),
    })),
    next: page.next,
  }
}
