import { record } from '../compliance/record.ts'
import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import type { CheckoutNow } from '../platform/payments/payments.ts'
import { attempt } from '../platform/savepoint.ts'
import type { ReserveError } from '../licensing/errors.ts'
import { conflictLicence, issueLicence, reviveLicence } from '../licensing/licences.ts'
import { lockWidened, supersede } from '../licensing/lineage.ts'
import { ringAgain } from './early-doorbells.ts'
import { issueInvoice } from './invoices.ts'
import { enqueueRefund } from './jobs.ts'
import { post } from './ledger.ts'
import { licencesOf, lockOrder, type LockedLine, type LockedOrder } from './locked-order.ts'
import { taxOfLine } from './rules/price-snapshot.ts'
import { releaseCode, releaseGiven, retakeCode, retakeGiven } from './promotions.ts'
import { refundIsUnderWay } from './refundable-lines.ts'
import { orderStates, type RefundOrigin } from './rules/order-states.ts'
import { salePostings } from './rules/postings.ts'

type Tx = Ctx<'db' | 'clock' | 'actor' | 'signer' | 'log'>
type OwnedLicence = Awaited<ReturnType<typeof licencesOf>>[number]
interface Paid {
  id: string
  amountMinor: bigint
}

/** Long enough for the licence to be issued in the same transaction. */
const momentaryHold = 60_000

/** Money has come. Once for each payment, whoever says it first: rights, ledger, invoice and facts move with it, or it goes back. */
export async function takeMoney(tx: Tx, order: LockedOrder, session: CheckoutNow, asAgreed: boolean): Promise<void> {
  const paymentIntentId = session.paymentIntentId ?? session.sessionId
  const at = tx.clock.now()
  const payment: Paid = { id: newId('pay', at), amountMinor: session.totalMinor }
  const { count } = await tx.db.payment.createMany({
    data: {
      id: payment.id,
      orderId: order.id,
      paymentIntentId,
      sessionId: session.sessionId,
      currency: session.currency,
      amountMinor: session.totalMinor,
      taxMinor: session.taxMinor,
      receivedAt: at,
    },
    skipDuplicates: true,
  })
  if (count === 0) return
  await ringAgain(tx, paymentIntentId, order.placedAt)
  const wasPaid = !orderStates.whence('pay').includes(order.state)
  await record(tx, {
    type: 'payment.received',
    subject: { kind: 'order', id: order.id },
    data: {
      number: order.number,
      payment: payment.id,
      intent: paymentIntentId,
      currency: session.currency,
      amountMinor: session.totalMinor.toString(),
      livemode: session.sessionId.startsWith('cs_live'),
    },
  })
  if (wasPaid) return giveBack(tx, order, payment, session, 'DUPLICATE', 'The order was paid already.')
  if (!asAgreed) return refuseAll(tx, order, payment, session)
  return fulfil(tx, order, payment)
}

/** Money that buys nothing is owed back from the first second. */
async function giveBack(
  tx: Tx,
  order: LockedOrder,
  payment: Paid,
  session: CheckoutNow,
  origin: RefundOrigin,
  reason: string,
): Promise<void> {
  await post(tx, {
    houseId: order.houseId,
    kind: 'sale',
    source: { type: 'payment', id: payment.id },
    memo: `${order.number}: ${reason}`,
    currency: session.currency,
    postings: salePostings({ netMinor: 0n, taxMinor: 0n, taxCountry: null }, payment.amountMinor),
  })
  await promiseRefund(tx, order, payment, { origin, reason, amountMinor: payment.amountMinor, lineId: null, currency: session.currency })
}

/** Another amount or currency than was agreed: nothing is issued on it, all of it goes back. */
async function refuseAll(tx: Tx, order: LockedOrder, payment: Paid, session: CheckoutNow): Promise<void> {
  const why = 'What was paid is not what was agreed.'
  for (const licence of await licencesOf(tx, order)) await conflictLicence(tx, licence, why)
  await tx.db.orderLine.updateMany({ where: { orderId: order.id }, data: { state: 'CONFLICT' } })
  await closeAs(tx, order, 'CONFLICT')
  await releaseCode(tx, order.id)
  await releaseGiven(tx, order)
  await giveBack(tx, order, payment, session, 'CONFLICT', why)
}

/** An order that costs nothing is fulfilled when it is placed, in the same transaction. */
export const fulfilUnpaid = async (tx: Tx, orderId: string): Promise<void> =>
  fulfil(tx, await lockOrder(tx, orderId), { id: orderId, amountMinor: 0n })

const whyRefused = {
  gone: 'The rights were gone when the money came.',
  widened: 'The licence to widen was no longer in force when the money came.',
}

async function fulfil(tx: Tx, order: LockedOrder, payment: Paid): Promise<void> {
  const lineOf = new Map(order.lines.map((line) => [line.id, line]))
  const granted: LockedLine[] = []
  const refused: LockedLine[] = []
  const whyOf = new Map<string, string>()
  for (const licence of await licencesOf(tx, order)) {
    const line = lineOf.get(licence.orderLineId ?? '')
    if (!line) throw new Error(`licence ${licence.number} has no line in order ${order.number}`)
    const outcome = await attempt(tx, () => grantLine(tx, order, line, licence))
    if (outcome.ok) granted.push(line)
    else {
      const why = outcome.error === 'licence-not-in-force' || outcome.error === 'upgrade-under-way' ? whyRefused.widened : whyRefused.gone
      await conflictLicence(tx, licence, why)
      whyOf.set(line.id, why)
      refused.push(line)
    }
  }
  await tx.db.orderLine.updateMany({ where: { id: { in: granted.map(({ id }) => id) } }, data: { state: 'LICENSED' } })
  await tx.db.orderLine.updateMany({ where: { id: { in: refused.map(({ id }) => id) } }, data: { state: 'CONFLICT' } })
  await closeAs(tx, order, granted.length > 0 ? 'PAID' : 'CONFLICT')
  // What lowered the price of something that was not to be had is not used up by it.
  await (granted.length > 0 ? retakeCode(tx, order.id) : releaseCode(tx, order.id))
  await retakeGiven(tx, { id: order.id, lines: granted })
  await releaseGiven(tx, { id: order.id, lines: refused })
  await post(tx, {
    houseId: order.houseId,
    kind: 'sale',
    source: { type: 'payment', id: payment.id },
    memo: order.number,
    currency: order.currency,
    postings: salePostings(
      { netMinor: total(granted, 'netMinor'), taxMinor: total(granted, 'taxMinor'), taxCountry: countryOf(granted) },
      total(refused, 'netMinor') + total(refused, 'taxMinor'),
    ),
  })
  if (granted.length > 0) await issueInvoice(tx, order, granted)
  for (const line of refused)
    await promiseRefund(tx, order, payment, {
      origin: 'CONFLICT',
      reason: whyOf.get(line.id) ?? whyRefused.gone,
      amountMinor: line.netMinor + line.taxMinor,
      lineId: line.id,
      currency: order.currency,
    })
  await emptyCart(tx, order)
}

/**
 * A held line is issued; a released one must take its rights again first, and may find them gone. A line that widens a
 * licence ends that one in the same step: its scope is held by the wider one, so that nobody comes between.
 */
async function grantLine(
  tx: Tx,
  order: LockedOrder,
  line: LockedLine,
  licence: OwnedLicence,
): Promise<Result<null, ReserveError | 'not-reserved' | 'licence-not-in-force' | 'upgrade-under-way'>> {
  const { upgradesLicenceId: upgradesId } = line
  const widened = upgradesId
    ? await lockWidened(tx, { upgradesId, holderOrgId: order.orgId, assetId: line.assetId, licenceId: licence.id })
    : null
  if (widened && !widened.ok) return widened
  if (widened?.ok && (await refundIsUnderWay(tx, widened.value.orderLineId))) return fail('licence-not-in-force')
  if (licence.state === 'ENDED') {
    const revived = await reviveLicence(tx, licence, new Date(tx.clock.now().getTime() + momentaryHold))
    if (!revived.ok) return revived
  }
  if (widened?.ok && !(await supersede(tx, widened.value, licence))) return fail('licence-not-in-force')
  const issued = await issueLicence(tx, licence.id, {
    order: {
      number: order.number,
      lineId: line.id,
      currency: order.currency,
      netMinor: line.netMinor,
      taxMinor: line.taxMinor,
      priceBookId: line.priceBookId,
    },
  })
  return issued.ok ? ok(null) : issued
}

async function closeAs(tx: Tx, order: LockedOrder, state: 'PAID' | 'CONFLICT'): Promise<void> {
  await tx.db.order.updateMany({
    where: { id: order.id, state: { in: orderStates.whence(state === 'PAID' ? 'pay' : 'conflict') } },
    data: { state, paidAt: tx.clock.now(), closedAt: tx.clock.now() },
  })
  order.state = state
  await record(tx, {
    type: state === 'PAID' ? 'order.paid' : 'order.conflicted',
    subject: { kind: 'order', id: order.id },
    data: { number: order.number, org: order.orgId, currency: order.currency, totalMinor: order.totalMinor.toString() },
  })
}

/** The intent to refund is a row before it is a call: its job may run twice, its money goes once. */
async function promiseRefund(
  tx: Tx,
  order: LockedOrder,
  payment: Paid,
  refund: { origin: RefundOrigin; reason: string; amountMinor: bigint; lineId: string | null; currency: string },
): Promise<void> {
  if (refund.amountMinor <= 0n) return
  const id = newId('ref', tx.clock.now())
  await tx.db.refund.create({
    data: {
      id,
      orderId: order.id,
      orderLineId: refund.lineId,
      paymentId: payment.id,
      origin: refund.origin,
      currency: refund.currency,
      amountMinor: refund.amountMinor,
      reason: refund.reason,
      revokesLicence: false,
      createdAt: tx.clock.now(),
    },
  })
  await record(tx, {
    type: 'refund.promised',
    subject: { kind: 'refund', id },
    data: {
      order: order.id,
      number: order.number,
      origin: refund.origin,
      line: refund.lineId,
      amountMinor: refund.amountMinor.toString(),
      reason: refund.reason,
    },
  })
  await enqueueRefund(tx, id)
}

const total = (lines: readonly LockedLine[], field: 'netMinor' | 'taxMinor'): bigint => lines.reduce((sum, line) => sum + line[field], 0n)
const countryOf = (lines: readonly LockedLine[]): string | null =>
  lines.map((line) => taxOfLine(line).country).find((country) => country !== null) ?? null

/** What was bought leaves the cart; what was added since stays. */
async function emptyCart(tx: Tx, order: LockedOrder): Promise<void> {
  if (!order.cartId) return
  // The terms of a royalty-free line begin on the day of the order, so that only its model tells it.
  const keyOf = (line: { assetId: string; model: string; upgradesLicenceId: string | null }, hash: string) =>
    line.upgradesLicenceId
      ? `widens ${line.upgradesLicenceId}`
      : `${line.assetId} ${line.model} ${line.model === 'RIGHTS_MANAGED' ? hash : ''}`
  const bought = new Set(order.lines.map((line) => keyOf(line, line.termsSha256)))
  const lines = await tx.db.cartLine.findMany({
    where: { cartId: order.cartId, laterAt: null },
    select: { id: true, assetId: true, model: true, terms: true, upgradesLicenceId: true },
  })
  const gone = lines.filter((line) => bought.has(keyOf(line, sha256(canonical(line.terms as Json)))))
  await tx.db.cartLine.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } })
  // The code did its work: it is not taken for the next cart by itself.
  await tx.db.cart.updateMany({ where: { id: order.cartId, code: order.code }, data: { code: null } })
}
