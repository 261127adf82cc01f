import { isPerson } from '../kernel/actor.ts'
import type { Language } from '../kernel/language.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Money } from '../kernel/money.ts'
import { isCurrency, money } from '../kernel/money.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { standingOf, type Standing } from '../licensing/rules/in-force.ts'
import { reasonToRead } from '../licensing/rules/house-reasons.ts'
import { modelName } from '../licensing/rules/models.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { listOfLine, offLine, taxOfLine, widenedBy, type OffPart } from './rules/price-snapshot.ts'
import type { OrderLineState, OrderState, RefundState } from './rules/order-states.ts'
import { taxInWords } from './rules/tax-words.ts'

type ViewCtx = Ctx<'db' | 'clock' | 'actor'> & { language?: Language }
const pageSize = 30

const orgOf = (ctx: ViewCtx): string => {
  if (!isPerson(ctx.actor)) throw new Refusal('signed-out', 'orders')
  return ctx.actor.orgId
}

/** Amounts are stored in currencies that the house sells in; another one is a fault. */
export function amountOf(minor: bigint, currency: string): Money {
  if (!isCurrency(currency)) throw new Error(`an amount in ${currency}`)
  return money(minor, currency)
}

export interface OrderItem {
  id: string
  number: string
  state: OrderState
  placedAt: Date
  total: Money
  lines: number
  firstTitle: string
}
export const orderRowFields = {
  id: true,
  number: true,
  state: true,
  placedAt: true,
  totalMinor: true,
  currency: true,
  orgId: true,
  lines: { select: { title: true }, orderBy: { position: 'asc' } },
} as const satisfies Prisma.OrderSelect

interface OrderRow {
  id: string
  number: string
  state: OrderState
  placedAt: Date
  totalMinor: bigint
  currency: string
  lines: { title: string }[]
}
export const orderItem = (row: OrderRow): OrderItem => ({
  id: row.id,
  number: row.number,
  state: row.state,
  placedAt: row.placedAt,
  total: amountOf(row.totalMinor, row.currency),
  lines: row.lines.length,
  firstTitle: row.lines[0]?.title ?? '',
})

export const placedBefore = (after: string | null | undefined): Prisma.OrderWhereInput => {
  const cursor = decodeCursor(after)
  return cursor ? { OR: [{ placedAt: { lt: cursor.at } }, { placedAt: cursor.at, id: { lt: cursor.id } }] } : {}
}

/** The orders of the actor's company, newest first. */
export async function myOrders(ctx: ViewCtx, { after }: { after?: string | null }): Promise<Page<OrderItem>> {
  const rows = await ctx.db.order.findMany({
    where: { AND: [{ houseId: ctx.actor.houseId, orgId: orgOf(ctx) }, placedBefore(after)] },
    orderBy: [{ placedAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: orderRowFields,
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.placedAt, row.id))
  return { items: page.items.map(orderItem), next: page.next }
}

export interface OrderLineItem {
  id: string
  position: number
  state: OrderLineState
  asset: { id: string; title: string; altText: string; dominantColour: string | null }
  modelName: string
  summary: string
  /** By the book, where something lowered it. */
  list: Money | null
  off: OffPart[]
  /** The licence that it widened, and what that one counted for. */
  widens: { number: string; credit: Money } | null
  net: Money
  tax: Money
  licence: { id: string; number: string; standing: Standing; endsAt: Date | null } | null
}
export interface OrderPage {
  id: string
  number: string
  state: OrderState
  placedAt: Date
  paidAt: Date | null
  /** By the book, where something lowered it. */
  list: Money | null
  code: string | null
  net: Money
  tax: Money
  total: Money
  taxLabel: string | null
  taxNote: string | null
  licenseeName: string | null
  purchaseOrder: string | null
  lines: OrderLineItem[]
  invoice: { id: string; number: string } | null
  refunds: { id: string; state: RefundState; origin: string; amount: Money; reason: string; createdAt: Date; revokesLicence: boolean }[]
  /** Where an open order can be paid. */
  payUrl: string | null
  payUntil: Date | null
}

/** One order of the actor's company: what was bought, and where its files, certificate and invoice are. */
export const orderPage = (ctx: ViewCtx, orderId: string): Promise<OrderPage> =>
  readOrder(ctx, { id: orderId, houseId: ctx.actor.houseId, orgId: orgOf(ctx) })

/** The same for any reader whom the caller has let in. */
export async function readOrder(ctx: ViewCtx, where: Prisma.OrderWhereInput): Promise<OrderPage> {
  const now = ctx.clock.now()
  const order = await ctx.db.order.findFirst({
    where,
    include: {
      lines: { orderBy: { position: 'asc' } },
      attempts: { where: { state: 'OPEN', expiresAt: { gt: now } }, select: { url: true, expiresAt: true } },
      refunds: { orderBy: { createdAt: 'asc' } },
      invoice: { select: { id: true, number: true } },
    },
  })
  if (!order) throw new Refusal('not-found', 'no such order')
  const licences = await ctx.db.licence.findMany({
    where: { id: { in: order.lines.flatMap((line) => line.licenceId ?? []) } },
    select: { id: true, number: true, state: true, endedBy: true, startsAt: true, endsAt: true },
  })
  const assets = await ctx.db.asset.findMany({
    where: { id: { in: order.lines.map((line) => line.assetId) } },
    select: { id: true, altText: true, publishedVersion: { select: { dominantColour: true } } },
  })
  const licenceOf = new Map(licences.map((licence) => [licence.id, licence]))
  const assetOf = new Map(assets.map((asset) => [asset.id, asset]))
  const amount = (minor: bigint) => amountOf(minor, order.currency)
  const tax = taxInWords(order.lines[0] ? taxOfLine(order.lines[0]) : null, ctx.language)
  const listed = order.lines.reduce((sum, line) => sum + listOfLine(line), 0n)
  const attempt = order.state === 'AWAITING_PAYMENT' ? order.attempts[0] : undefined
  return {
    id: order.id,
    number: order.number,
    state: order.state,
    placedAt: order.placedAt,
    paidAt: order.paidAt,
    list: listed === order.netMinor ? null : amount(listed),
    code: order.code,
    net: amount(order.netMinor),
    tax: amount(order.taxMinor),
    total: amount(order.totalMinor),
    taxLabel: tax.label,
    taxNote: tax.note,
    licenseeName: order.licenseeName,
    purchaseOrder: order.purchaseOrder,
    lines: order.lines.map((line) => {
      const licence = line.licenceId ? licenceOf.get(line.licenceId) : undefined
      const asset = assetOf.get(line.assetId)
      const widens = widenedBy(line)
      return {
        id: line.id,
        position: line.position,
        state: line.state,
        modelName: modelName(line.model, ctx.language),
        summary: summariseScope(line.terms as unknown as ScopeTerms, ctx.language),
        list: listOfLine(line) === line.netMinor ? null : amount(listOfLine(line)),
        off: offLine(line),
        widens: widens ? { number: widens.number, credit: amount(BigInt(widens.creditMinor)) } : null,
        net: amount(line.netMinor),
        tax: amount(line.taxMinor),
        asset: {
          id: line.assetId,
          title: line.title,
          altText: asset?.altText ?? '',
          dominantColour: asset?.publishedVersion?.dominantColour ?? null,
        },
        licence:
          licence && line.state !== 'HELD' && line.state !== 'RELEASED'
            ? { id: licence.id, number: licence.number, standing: standingOf(licence, now), endsAt: licence.endsAt }
            : null,
      }
    }),
    invoice: order.invoice,
    refunds: order.refunds.map((refund) => ({
      id: refund.id,
      state: refund.state,
      origin: refund.origin,
      amount: amountOf(refund.amountMinor, refund.currency),
      reason: reasonToRead(refund.reason, ctx.language),
      createdAt: refund.createdAt,
      revokesLicence: refund.revokesLicence,
    })),
    payUrl: attempt?.url ?? null,
    payUntil: attempt?.expiresAt ?? null,
  }
}
