import type { Language } from '../kernel/language.ts'
import { formatMoney, isCurrency, money } from '../kernel/money.ts'
import { reasonToRead } from '../licensing/rules/house-reasons.ts'
import type { Ctx } from '../platform/context.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, personCalled } from './people.ts'

type Reacting = Ctx<'db' | 'actor' | 'origin'>

const shown = (minor: bigint, currency: string, language: Language): string =>
  isCurrency(currency) ? formatMoney(money(minor, currency), language) : `${minor} ${currency}`

async function orderIn(ctx: Reacting, orderId: string) {
  const order = await ctx.db.order.findFirst({
    where: { id: orderId, houseId: ctx.actor.houseId },
    select: {
      id: true,
      number: true,
      userId: true,
      currency: true,
      invoice: { select: { id: true } },
      lines: {
        select: { title: true, terms: true, netMinor: true, taxMinor: true, state: true, licenceId: true },
        orderBy: { position: 'asc' },
      },
    },
  })
  const to = await personCalled(ctx, order?.userId ?? null, { kind: 'order', id: orderId })
  return order && to ? { order, to, house: await houseOf(ctx), url: `${ctx.origin}/orders/${order.id}` } : null
}

/** The money is there: the buyer gets the receipt with a link to each licence, and is told of what could not be granted. */
export async function tellOfOrder(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const found = await orderIn(ctx, fact.subject.id)
  if (!found) return
  const { order, to, house, url } = found
  const { language } = to
  const licensed = order.lines.filter(({ state }) => state === 'LICENSED')
  const refused = order.lines.filter(({ state }) => state === 'CONFLICT')
  const common = { houseName: house.name, language, name: to.name, orderNumber: order.number, url }
  if (refused.length > 0)
    await askForLetter(ctx, 'order-conflict', {
      key: `order-conflict:${order.id}`,
      to,
      props: {
        ...common,
        amount: shown(
          refused.reduce((sum, line) => sum + line.netMinor + line.taxMinor, 0n),
          order.currency,
          language,
        ),
        lines: refused.map((line) => ({ title: line.title, price: shown(line.netMinor, order.currency, language) })),
      },
    })
  if (licensed.length === 0) return
  const licences = await ctx.db.licence.findMany({
    where: { id: { in: licensed.flatMap(({ licenceId }) => licenceId ?? []) } },
    select: { id: true, number: true },
  })
  const numbers = new Map(licences.map(({ id, number }) => [id, number]))
  const net = licensed.reduce((sum, line) => sum + line.netMinor, 0n)
  const tax = licensed.reduce((sum, line) => sum + line.taxMinor, 0n)
  await askForLetter(ctx, 'order-receipt', {
    key: `order-receipt:${order.id}`,
    to,
    props: {
      ...common,
      net: shown(net, order.currency, language),
      tax: tax > 0n ? shown(tax, order.currency, language) : null,
      total: shown(net + tax, order.currency, language),
      invoiceUrl: order.invoice ? `${ctx.origin}/invoices/${order.invoice.id}` : null,
      lines: licensed.map((line) => ({
        title: line.title,
        summary: summariseScope(line.terms as unknown as ScopeTerms, language),
        price: shown(line.netMinor, order.currency, language),
        licenceNumber: numbers.get(line.licenceId ?? '') ?? null,
        licenceUrl: line.licenceId ? `${ctx.origin}/licences/${line.licenceId}` : null,
      })),
    },
  })
}

/** The provider says that money is on its way back: the buyer is told. A second payment that was sent back is told of too. */
export async function tellOfRefund(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const refund = await ctx.db.refund.findUnique({
    where: { id: fact.subject.id },
    select: { id: true, orderId: true, amountMinor: true, currency: true, reason: true, origin: true, revokesLicence: true },
  })
  const found = refund ? await orderIn(ctx, refund.orderId) : null
  if (!refund || !found) return
  const { order, to, house, url } = found
  await askForLetter(ctx, 'refund-done', {
    key: `refund-done:${refund.id}`,
    to,
    props: {
      houseName: house.name,
      language: to.language,
      name: to.name,
      orderNumber: order.number,
      amount: shown(refund.amountMinor, refund.currency, to.language),
      reason: reasonToRead(textOf(fact, 'reason') ?? refund.reason, to.language),
      conflict: refund.origin === 'CONFLICT',
      licencesEnd: refund.revokesLicence && refund.origin !== 'CONFLICT',
      url,
    },
  })
}
