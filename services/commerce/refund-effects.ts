import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { endLicence } from '../licensing/licences.ts'
import { suspendSuccessors } from '../licensing/lineage.ts'
import { post } from './ledger.ts'
import { bearingPayment, licencesOf, type LockedOrder } from './locked-order.ts'
import { taxOfLine } from './rules/price-snapshot.ts'
import { restoreNarrower } from './restoring.ts'
import { orderStates, type OrderState } from './rules/order-states.ts'
import { accounts, refundPostings, repaymentPostings, reversed, type Posting } from './rules/postings.ts'
import { partsOf } from './rules/refundable.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
type Row = LockedOrder['refunds'][number]

/** The money is back with the buyer: ledger, lines, licences (if that was decided) and the order follow. */
export async function takeRefundEffects(tx: Tx, order: LockedOrder, refund: Row): Promise<void> {
  await post(tx, {
    houseId: order.houseId,
    kind: 'refund',
    source: { type: 'refund', id: refund.id },
    memo: `${order.number}: ${refund.reason}`,
    currency: refund.currency,
    postings: await postingsOf(tx, order, refund),
  })
  // A payment that came twice never touches what the first one bought.
  const bears = refund.paymentId === bearingPayment(order)?.id
  const lines = bears ? linesOf(order, refund) : []
  await record(tx, {
    type: 'refund.succeeded',
    subject: { kind: 'refund', id: refund.id },
    data: {
      order: order.id,
      number: order.number,
      origin: refund.origin,
      amountMinor: refund.amountMinor.toString(),
      revokesLicence: refund.revokesLicence,
      lines: lines.map(({ id }) => id),
    },
  })
  if (!bears) return
  await tx.db.orderLine.updateMany({ where: { id: { in: lines.map(({ id }) => id) } }, data: { state: 'REFUNDED' } })
  if (refund.revokesLicence) {
    const ids = new Set(lines.map(({ licenceId }) => licenceId))
    const licences = (await licencesOf(tx, order)).filter(({ id }) => ids.has(id))
    for (const licence of licences)
      if (await endLicence(tx, licence, { by: 'REFUNDED', reason: refund.reason })) await restoreNarrower(tx, licence)
    // Made on the provider's own pages, where nobody sees what was built on it since.
    await suspendSuccessors(
      tx,
      licences.map(({ id }) => id),
      'The payment for the licence that it widens was refunded.',
    )
  }
  await moveOrder(tx, order)
}

/** The bank sent it back, or the provider refused it. A licence that ended stays ended: people look at the case. */
export async function undoRefundEffects(
  tx: Tx,
  order: LockedOrder,
  refund: Row,
  { hadSucceeded, why }: { hadSucceeded: boolean; why?: string },
): Promise<void> {
  if (hadSucceeded) {
    await post(tx, {
      houseId: order.houseId,
      kind: 'refund-returned',
      source: { type: 'refund', id: refund.id },
      memo: `${order.number}: refund returned`,
      currency: refund.currency,
      postings: reversed(await postedFor(tx, refund.id)),
    })
    if (refund.paymentId === bearingPayment(order)?.id) {
      await returnLines(tx, order, refund)
      await moveOrder(tx, order)
    }
  }
  await record(tx, {
    type: 'refund.failed',
    subject: { kind: 'refund', id: refund.id },
    data: { order: order.id, number: order.number, origin: refund.origin, amountMinor: refund.amountMinor.toString(), why },
  })
}

/**
 * The lines whose money is here again, back to what they were: licensed, or never to be had and owed for. A line of which
 * another refund speaks as well stays refunded.
 */
async function returnLines(tx: Tx, order: LockedOrder, refund: Row): Promise<void> {
  const others = order.refunds.filter((one) => one.id !== refund.id && one.paymentId === refund.paymentId && one.state === 'SUCCEEDED')
  const away = new Set((await Promise.all(others.map((one) => linesTaken(tx, order, one)))).flat())
  const ids = (await linesTaken(tx, order, refund)).filter((id) => !away.has(id))
  const lost = new Set((await licencesOf(tx, order)).flatMap(({ state, orderLineId }) => (state === 'CONFLICT' ? [orderLineId] : [])))
  for (const state of ['LICENSED', 'CONFLICT'] as const) {
    const of = ids.filter((id) => lost.has(id) === (state === 'CONFLICT'))
    await tx.db.orderLine.updateMany({ where: { id: { in: of }, orderId: order.id, state: 'REFUNDED' }, data: { state } })
    order.lines = order.lines.map((line) => (of.includes(line.id) && line.state === 'REFUNDED' ? { ...line, state } : line))
  }
}

/** The lines that a refund spoke of when its money went: what else went back has changed since, so the trail tells. */
async function linesTaken(tx: Tx, order: LockedOrder, refund: Row): Promise<string[]> {
  const fact = await tx.db.auditFact.findFirst({
    where: { houseId: order.houseId, subjectKind: 'refund', subjectId: refund.id, type: 'refund.succeeded' },
    select: { body: true },
  })
  const { data } = (fact ? JSON.parse(fact.body) : {}) as { data?: { lines?: string[] } }
  // The trail of refunds of the first days names none.
  return data?.lines ?? linesOf(order, refund).map(({ id }) => id)
}

/** The lines that a refund speaks of: its own, or, for a whole one, all whose money was still here. */
function linesOf(order: LockedOrder, refund: Row) {
  if (refund.orderLineId) return order.lines.filter((line) => line.id === refund.orderLineId)
  const others = new Set(order.refunds.filter((one) => one.id !== refund.id && one.state !== 'FAILED').map((one) => one.orderLineId))
  const rest = order.lines.filter((line) => !others.has(line.id))
  // The desk asked for everything that is left: it speaks of all of them, also where a part of the money went back before.
  if (refund.origin === 'STAFF') return rest
  const worth = rest.reduce((sum, line) => sum + line.netMinor + line.taxMinor, 0n)
  // A part of no named line: nobody can say which licence it was for.
  return refund.amountMinor >= worth ? rest : []
}

/**
 * Out of what the money goes: what bought nothing was owed from the first second, whoever promises it back; the rest was
 * revenue and tax.
 */
async function postingsOf(tx: Tx, order: LockedOrder, refund: Row): Promise<Posting[]> {
  const bought = order.lines.some((line) => line.state !== 'CONFLICT')
  if (refund.origin === 'CONFLICT' || refund.origin === 'DUPLICATE' || refund.paymentId !== bearingPayment(order)?.id || !bought)
    return repaymentPostings(refund.amountMinor)
  const lines = linesOf(order, refund)
  const owed = worthOf(lines.filter((line) => line.state === 'CONFLICT'))
  const allOwed = owed.netMinor + owed.taxMinor
  const owedMinor = allOwed < refund.amountMinor ? allOwed : refund.amountMinor
  const amountMinor = refund.amountMinor - owedMinor
  const exact = worthOf(lines.filter((line) => line.state !== 'CONFLICT'))
  const parts = partsOf(amountMinor, exact, await keptOf(tx, order, refund))
  const country = order.lines.map((line) => taxOfLine(line).country).find((one) => one !== null) ?? null
  return [...repaymentPostings(owedMinor), ...refundPostings({ ...parts, taxCountry: country })]
}

/** What the ledger still holds of a payment as price and as tax, after everything that went back of it before. */
async function keptOf(tx: Tx, order: LockedOrder, { paymentId }: Row): Promise<{ netMinor: bigint; taxMinor: bigint }> {
  const refunds = order.refunds.filter((one) => one.paymentId === paymentId).map(({ id }) => id)
  const entries = await tx.db.ledgerEntry.findMany({
    where: {
      transaction: {
        houseId: order.houseId,
        OR: [
          { kind: 'sale', sourceType: 'payment', sourceId: paymentId },
          { sourceType: 'refund', sourceId: { in: refunds } },
        ],
      },
    },
    select: { account: true, amountMinor: true },
  })
  const heldOn = (matches: (account: string) => boolean) =>
    entries.reduce((sum, { account, amountMinor }) => (matches(account) ? sum - amountMinor : sum), 0n)
  return {
    netMinor: heldOn((account) => account === accounts.revenue),
    taxMinor: heldOn((account) => account.startsWith(accounts.vat(''))),
  }
}

const worthOf = (lines: readonly { netMinor: bigint; taxMinor: bigint }[]) => ({
  netMinor: lines.reduce((sum, line) => sum + line.netMinor, 0n),
  taxMinor: lines.reduce((sum, line) => sum + line.taxMinor, 0n),
})

/** What was written when the money went: what comes back is its mirror, whatever the lines have become since. */
const postedFor = (tx: Tx, refundId: string): Promise<Posting[]> =>
  tx.db.ledgerEntry.findMany({
    where: { transaction: { kind: 'refund', sourceType: 'refund', sourceId: refundId } },
    select: { account: true, amountMinor: true },
  })

/** Where the order stands by what went back of the payment that bought it. */
async function moveOrder(tx: Tx, order: LockedOrder): Promise<void> {
  const payment = bearingPayment(order)
  if (!payment) return
  const back = order.refunds
    .filter((one) => one.paymentId === payment.id && one.state === 'SUCCEEDED')
    .reduce((sum, one) => sum + one.amountMinor, 0n)
  const bought = order.lines.some((line) => line.state !== 'CONFLICT')
  const [verb, state]: ['refund' | 'refundPart' | 'returnRefund' | 'oweAgain', OrderState] =
    back >= payment.amountMinor
      ? ['refund', 'REFUNDED']
      : back > 0n
        ? ['refundPart', 'PARTLY_REFUNDED']
        : bought
          ? ['returnRefund', 'PAID']
          : ['oweAgain', 'CONFLICT']
  const { count } = await tx.db.order.updateMany({ where: { id: order.id, state: { in: orderStates.whence(verb) } }, data: { state } })
  if (count > 0) order.state = state
}
