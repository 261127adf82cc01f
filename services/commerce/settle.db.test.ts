import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { asActor } from '#services/testing/context.ts'
import { Prisma, violates } from '../platform/db.ts'
import { verifySignature } from '../platform/signer.ts'
import { sha256 } from '../kernel/canonical.ts'
import { addToCart } from './carts.ts'
import { beginCheckout } from './checkout.ts'
import { handleEvent, receiveEvent } from './events.ts'
import { reconcile } from './reconcile.ts'
import { runRefund } from './refunds.ts'
import { returnFromCheckout } from './returns.ts'
import { settleOrder } from './settle.ts'

let t: TestDb
let shop: Shop
beforeAll(async () => {
  t = await testDb(20)
  shop = await aShop(t.db)
})
afterAll(async () => t[Symbol.asyncDispose]())

/** Everything that the end of an order consists of: two ways to it must give the same. */
async function stateOf(orderId: string) {
  const order = await t.db.order.findUniqueOrThrow({
    where: { id: orderId },
    include: { lines: true, payments: true, refunds: true, invoice: true, attempts: true },
  })
  const licences = await t.db.licence.findMany({ where: { id: { in: order.lines.flatMap((line) => line.licenceId ?? []) } } })
  const claims = await t.db.$queryRaw<
    { state: string }[]
  >`SELECT state::text FROM claims WHERE licence_no = ANY(${licences.map(({ no }) => no)}::bigint[])`
  const ledger = await t.db.$queryRaw<{ sum: bigint; n: bigint }[]>`
    SELECT coalesce(sum(e.amount_minor), 0)::bigint AS sum, count(*) AS n FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.source_id = ANY(${[...order.payments, ...order.refunds].map(({ id }) => id)})`
  const facts = await t.db.auditFact.findMany({
    where: { subjectId: { in: [orderId, ...licences.map(({ id }) => id)] } },
    select: { type: true },
  })
  return {
    order: order.state,
    lines: order.lines.map(({ state }) => state),
    licences: licences.map(({ state, endedBy }) => `${state} ${endedBy ?? ''}`.trim()),
    claims: claims.map(({ state }) => state),
    payments: order.payments.length,
    refunds: order.refunds.map(({ origin, state }) => `${origin} ${state}`),
    invoices: order.invoice ? 1 : 0,
    ledger: ledger[0]?.sum,
    entries: Number(ledger[0]?.n),
    facts: facts.map(({ type }) => type).sort(),
  }
}
const paidOnce = {
  order: 'PAID',
  lines: ['LICENSED'],
  licences: ['ACTIVE'],
  claims: ['ACTIVE'],
  payments: 1,
  refunds: [],
  invoices: 1,
  ledger: 0n,
  entries: 3,
  facts: ['licence.issued', 'order.paid', 'order.placed', 'payment.received'],
}
const exclusive = async () => ({ assetId: (await shop.asset()).id, model: 'RIGHTS_MANAGED' as const, terms: someUse() })
const minutes = (count: number) => shop.ctx.clock.advance(count * 60_000)

/** The doorbell, as the hook and the worker ring it. */
async function ring(event: ReturnType<Shop['ctx']['payments']['event']>) {
  const { raw, signature } = shop.ctx.payments.signed(event)
  const received = await receiveEvent(shop.ctx, raw, signature)
  await handleEvent(shop.ctx, event.id)
  return received
}

describe('a paid order', () => {
  test('gives licence, claim, invoice, ledger and facts at once, and empties the cart', async () => {
    const buyer = await shop.buyer()
    const { orderId, sessionId } = await anOpenOrder(shop, buyer, [await exclusive()])
    shop.ctx.payments.pay(sessionId)
    expect((await settleOrder(shop.ctx, orderId)).state).toBe('PAID')
    expect(await stateOf(orderId)).toEqual(paidOnce)
    expect(await t.db.cartLine.count({ where: { cart: { userId: buyer.userId } } })).toBe(0)
    expect(await t.db.checkoutAttempt.findMany({ where: { orderId }, select: { state: true } })).toEqual([{ state: 'PAID' }])
  })

  test('has a licence whose document says what was agreed, hashed and signed', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    const line = await t.db.orderLine.findFirstOrThrow({ where: { orderId } })
    const licence = await t.db.licence.findUniqueOrThrow({ where: { id: line.licenceId ?? '' } })
    expect(sha256(licence.document ?? '')).toBe(licence.documentSha256)
    expect(verifySignature(shop.ctx.signer.publicKeyPem, licence.document ?? '', licence.signature ?? '')).toBe(true)
    expect(JSON.parse(licence.document ?? '')).toMatchObject({
      kind: 'clearmark.licence',
      number: licence.number,
      exclusive: true,
      from: '2026-11-30T23:00:00.000Z',
      until: '2027-11-30T23:00:00.000Z',
      order: { netMinor: line.netMinor.toString() },
    })
    expect(await t.db.signingKey.count({ where: { id: licence.keyId ?? '' } })).toBe(1)
  })

  test('ends the same when the same doorbell rings ten times, in any order', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    const early = shop.ctx.payments.event('payment_intent.created', sessionId)
    shop.ctx.payments.pay(sessionId)
    const late = shop.ctx.payments.event('checkout.session.completed', sessionId)
    for (let i = 0; i < 10; i++) await ring(i % 2 === 0 ? late : { ...early, type: 'payment_intent.succeeded' })
    await Promise.all(Array.from({ length: 5 }, () => ring(shop.ctx.payments.event('checkout.session.completed', sessionId))))
    expect(await stateOf(orderId)).toEqual(paidOnce)
  })

  test('ends the same when no doorbell ever rings', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    shop.ctx.payments.pay(sessionId)
    shop.ctx.payments.undelivered.length = 0
    minutes(3)
    await reconcile(shop.ctx)
    expect(await stateOf(orderId)).toEqual(paidOnce)
  })

  test('ends the same when redirect, doorbell and reconciler come at once', async () => {
    const buyer = await shop.buyer()
    const { ctx, orderId, sessionId } = await anOpenOrder(shop, buyer, [await exclusive()])
    shop.ctx.payments.pay(sessionId)
    minutes(3)
    await Promise.all([
      returnFromCheckout(ctx, orderId),
      ring(shop.ctx.payments.event('checkout.session.completed', sessionId)),
      reconcile(shop.ctx),
      ...Array.from({ length: 8 }, () => settleOrder(shop.ctx, orderId)),
    ])
    expect(await stateOf(orderId)).toEqual(paidOnce)
  })

  test('keeps what came into the cart after the order was placed', async () => {
    const buyer = await shop.buyer()
    const { ctx, orderId, sessionId } = await anOpenOrder(shop, buyer, [await exclusive()])
    await addToCart(ctx, null, { assetId: (await shop.asset()).id, model: 'ROYALTY_FREE_STANDARD' })
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    expect(await t.db.cartLine.count({ where: { cart: { userId: buyer.userId } } })).toBe(1)
  })
})

describe('an order that nobody pays', () => {
  test('holds its rights until the provider says that nobody can pay, whatever the clock says', async () => {
    const wish = await exclusive()
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [wish])
    shop.ctx.clock.advance(30 * 60_000)
    expect((await settleOrder(shop.ctx, orderId)).state).toBe('AWAITING_PAYMENT')
    expect((await stateOf(orderId)).claims).toEqual(['HELD'])
    shop.ctx.payments.expire(sessionId)
    expect((await settleOrder(shop.ctx, orderId)).state).toBe('CANCELLED')
    expect(await stateOf(orderId)).toMatchObject({
      order: 'CANCELLED',
      lines: ['RELEASED'],
      licences: ['ENDED RELEASED'],
      claims: ['RELEASED'],
      payments: 0,
      invoices: 0,
    })
  })

  test('leaves the cart as it was, so that it can be tried again', async () => {
    const buyer = await shop.buyer()
    const { sessionId, orderId } = await anOpenOrder(shop, buyer, [await exclusive()])
    shop.ctx.payments.expire(sessionId)
    await settleOrder(shop.ctx, orderId)
    const again = await anOpenOrder(shop, buyer, [])
    expect(again.orderId).not.toBe(orderId)
  })
})

describe('money that is slow', () => {
  test('keeps the rights without a clock, and issues when it arrives', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    const session = shop.ctx.payments.sessions.get(sessionId)
    if (!session) throw new Error('no session')
    session.now.status = 'complete'
    expect((await settleOrder(shop.ctx, orderId)).state).toBe('AWAITING_FUNDS')
    expect(await stateOf(orderId)).toMatchObject({ licences: ['AWAITING_PAYMENT'], claims: ['PENDING_PAYMENT'] })
    session.now.paid = true
    session.now.paymentIntentId = `pi_slow_${orderId}`
    expect((await settleOrder(shop.ctx, orderId)).state).toBe('PAID')
    expect(await stateOf(orderId)).toMatchObject({ licences: ['ACTIVE'], claims: ['ACTIVE'], invoices: 1 })
  })

  test('that never comes frees the rights', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    const session = shop.ctx.payments.sessions.get(sessionId)
    if (!session) throw new Error('no session')
    session.now.status = 'complete'
    await settleOrder(shop.ctx, orderId)
    await ring(shop.ctx.payments.event('checkout.session.async_payment_failed', sessionId))
    expect(await stateOf(orderId)).toMatchObject({ order: 'CANCELLED', claims: ['RELEASED'], payments: 0 })
  })
})

describe('money that comes wrong', () => {
  /** Released although its session lives on: what a provider's mistake or an operator's hand would look like. */
  async function releasedAndPaid(between: (wish: Awaited<ReturnType<typeof exclusive>>) => Promise<unknown>) {
    const wish = await exclusive()
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [wish])
    const session = shop.ctx.payments.sessions.get(sessionId)
    if (!session) throw new Error('no session')
    session.now.status = 'expired'
    await settleOrder(shop.ctx, orderId)
    await between(wish)
    session.now.status = 'open'
    shop.ctx.payments.pay(sessionId)
    await ring(shop.ctx.payments.event('checkout.session.completed', sessionId))
    return orderId
  }

  test('late, with the rights gone: never issued, refunded by itself', async () => {
    const orderId = await releasedAndPaid(async (wish) => {
      const other = await anOpenOrder(shop, await shop.buyer(), [wish])
      shop.ctx.payments.pay(other.sessionId)
      await settleOrder(shop.ctx, other.orderId)
    })
    expect(await stateOf(orderId)).toMatchObject({
      order: 'CONFLICT',
      lines: ['CONFLICT'],
      licences: ['CONFLICT'],
      refunds: ['CONFLICT REQUESTED'],
      invoices: 0,
      ledger: 0n,
    })
    minutes(3)
    await reconcile(shop.ctx)
    expect(await stateOf(orderId)).toMatchObject({ order: 'REFUNDED', refunds: ['CONFLICT SUCCEEDED'], ledger: 0n })
    expect(shop.ctx.payments.refunds.size).toBeGreaterThan(0)
  })

  test('late, with the rights still there: issued after all', async () => {
    const orderId = await releasedAndPaid(async () => undefined)
    expect(await stateOf(orderId)).toMatchObject({ order: 'PAID', licences: ['ACTIVE'], invoices: 1, refunds: [] })
  })

  test('late, with the picture withdrawn meanwhile: never issued, refunded by itself', async () => {
    const orderId = await releasedAndPaid(({ assetId }) => t.db.asset.update({ where: { id: assetId }, data: { state: 'WITHDRAWN' } }))
    expect(await stateOf(orderId)).toMatchObject({
      order: 'CONFLICT',
      licences: ['CONFLICT'],
      refunds: ['CONFLICT REQUESTED'],
      claims: ['RELEASED'],
    })
  })

  test('for a reservation that lost its claim by a hand in the database: not issued beside the one who has the rights', async () => {
    const wish = await exclusive()
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [wish])
    const byHand = Prisma.sql`UPDATE claims SET state = 'RELEASED', hold_expires_at = NULL, ended_at = now()
      WHERE licence_no IN (SELECT l.no FROM licences l JOIN order_lines o ON o.licence_id = l.id WHERE o.order_id = ${orderId})`
    await expect(t.db.$executeRaw(byHand)).rejects.toSatisfy((error) => violates(error, 'claim_agrees_with_licence'))
    // A superuser can switch every guard off.
    await t.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`
      await tx.$executeRaw(byHand)
    })
    const rival = await anOpenOrder(shop, await shop.buyer(), [wish])
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    expect(await stateOf(orderId)).toMatchObject({ order: 'CONFLICT', licences: ['CONFLICT'], refunds: ['CONFLICT REQUESTED'], ledger: 0n })
    shop.ctx.payments.pay(rival.sessionId)
    await settleOrder(shop.ctx, rival.orderId)
    expect(await stateOf(rival.orderId)).toMatchObject(paidOnce)
  })

  test('of another amount: nothing is issued on it, all of it goes back', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    const session = shop.ctx.payments.sessions.get(sessionId)
    if (!session) throw new Error('no session')
    session.now.totalMinor -= 1n
    session.now.subtotalMinor -= 1n
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    const refund = await t.db.refund.findFirstOrThrow({ where: { orderId } })
    expect(refund.amountMinor).toBe(session.now.totalMinor)
    await runRefund(shop.ctx, refund.id)
    expect(await stateOf(orderId)).toMatchObject({
      order: 'REFUNDED',
      licences: ['CONFLICT'],
      claims: ['CONFLICT'],
      refunds: ['CONFLICT SUCCEEDED'],
      invoices: 0,
      ledger: 0n,
    })
  })

  test('twice: the second goes back and the licence stays', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    const first = shop.ctx.payments.sessions.get(sessionId)
    if (!first) throw new Error('no session')
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    const second = { ...first, now: { ...first.now, sessionId: `cs_twice_${orderId}`, paymentIntentId: `pi_twice_${orderId}` } }
    shop.ctx.payments.sessions.set(second.now.sessionId, second)
    await Promise.all([1, 2, 3].map(() => settleOrder(shop.ctx, orderId, { sessionId: second.now.sessionId })))
    const refund = await t.db.refund.findFirstOrThrow({ where: { orderId } })
    await Promise.all([runRefund(shop.ctx, refund.id), runRefund(shop.ctx, refund.id)])
    expect(await stateOf(orderId)).toMatchObject({
      order: 'PAID',
      lines: ['LICENSED'],
      licences: ['ACTIVE'],
      payments: 2,
      refunds: ['DUPLICATE SUCCEEDED'],
      ledger: 0n,
    })
    expect([...shop.ctx.payments.refunds.values()].filter((one) => one.refundId === refund.id)).toHaveLength(1)
  })
})

describe('a crash', () => {
  test('before the provider was asked: the reconciler opens the page, once', async () => {
    const buyer = await shop.buyer()
    const ctx = asActor(shop.ctx, buyer)
    await addToCart(ctx, null, await exclusive())
    shop.ctx.payments.failNext('openCheckout')
    const begun = await beginCheckout(ctx, {})
    expect(begun).toMatchObject({ ok: false, error: 'provider-unavailable' })
    const order = await t.db.order.findFirstOrThrow({ where: { userId: buyer.userId } })
    expect((await stateOf(order.id)).claims).toEqual(['HELD'])
    minutes(3)
    await reconcile(shop.ctx)
    const attempt = await t.db.checkoutAttempt.findFirstOrThrow({ where: { orderId: order.id } })
    expect(attempt.state).toBe('OPEN')
    shop.ctx.payments.pay(attempt.sessionId ?? '')
    await settleOrder(shop.ctx, order.id)
    expect(await stateOf(order.id)).toEqual(paidOnce)
  })

  test('after the provider answered and before we wrote it down: the doorbell names the session', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    await t.db.checkoutAttempt.updateMany({ where: { orderId }, data: { state: 'REQUESTED', sessionId: null, url: null } })
    await t.db.order.update({ where: { id: orderId }, data: { state: 'OPEN' } })
    shop.ctx.payments.pay(sessionId)
    await ring(shop.ctx.payments.event('checkout.session.completed', sessionId))
    expect(await stateOf(orderId)).toEqual(paidOnce)
  })

  test('in the middle of settling leaves nothing half done, and the next one finishes', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    shop.ctx.payments.pay(sessionId)
    const dying = {
      ...shop.ctx,
      signer: {
        ...shop.ctx.signer,
        sign: () => {
          throw new Error('killed')
        },
      },
    }
    await expect(settleOrder(dying, orderId)).rejects.toThrow('killed')
    expect(await stateOf(orderId)).toMatchObject({ order: 'AWAITING_PAYMENT', payments: 0, licences: ['RESERVED'], entries: 0 })
    minutes(3)
    await reconcile(shop.ctx)
    expect(await stateOf(orderId)).toEqual(paidOnce)
  })

  test('while the provider cannot be reached changes nothing', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    shop.ctx.payments.pay(sessionId)
    shop.ctx.payments.failNext('fetchCheckout')
    await expect(settleOrder(shop.ctx, orderId)).rejects.toThrow('connection lost')
    await settleOrder(shop.ctx, orderId)
    expect(await stateOf(orderId)).toEqual(paidOnce)
  })
})

describe('the doorbell', () => {
  test('is answered only to the provider', async () => {
    expect(await receiveEvent(shop.ctx, '{}', 'forged')).toMatchObject({ ok: false, error: 'bad-signature' })
    const event = { ...shop.ctx.payments.event('checkout.session.completed', 'cs_none'), livemode: true }
    const { raw, signature } = shop.ctx.payments.signed(event)
    expect(await receiveEvent(shop.ctx, raw, signature)).toMatchObject({ ok: false, error: 'wrong-mode' })
  })

  test('is written down once and gets one job', async () => {
    const event = shop.ctx.payments.event('customer.created', 'cus_1')
    const { raw, signature } = shop.ctx.payments.signed(event)
    const answers = await Promise.all(Array.from({ length: 10 }, () => receiveEvent(shop.ctx, raw, signature)))
    expect(answers.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1)
    await handleEvent(shop.ctx, event.id)
    expect(await t.db.stripeEvent.findUniqueOrThrow({ where: { id: event.id } })).toMatchObject({ lastError: 'unknown-type' })
  })

  test('about money that went back, before the payment was written down, rings again when it is', async () => {
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    const intent = shop.ctx.payments.pay(sessionId)
    const total = shop.ctx.payments.sessions.get(sessionId)?.now.totalMinor ?? 0n
    const stripeRefundId = `re_early_${orderId}`
    shop.ctx.payments.refunds.set(stripeRefundId, {
      stripeRefundId,
      refundId: null,
      paymentIntentId: intent,
      status: 'succeeded',
      amountMinor: total,
    })
    const event = {
      ...shop.ctx.payments.event('refund.created', stripeRefundId),
      payload: { data: { object: { id: stripeRefundId, payment_intent: intent } } },
    }
    await ring(event)
    const kept = () => t.db.stripeEvent.findUniqueOrThrow({ where: { id: event.id } })
    expect(await kept()).toMatchObject({ lastError: 'not-ours' })
    await settleOrder(shop.ctx, orderId)
    expect(await kept()).toMatchObject({ handledAt: null })
    await handleEvent(shop.ctx, event.id)
    expect(await stateOf(orderId)).toMatchObject({
      order: 'REFUNDED',
      licences: ['ENDED REFUNDED'],
      refunds: ['STRIPE_DASHBOARD SUCCEEDED'],
      ledger: 0n,
    })
    expect(await kept()).toMatchObject({ lastError: null })
  })

  test('of an order that is not ours changes nothing and is done', async () => {
    const event = { ...shop.ctx.payments.event('checkout.session.completed', 'cs_other'), orderId: 'ord_elsewhere' }
    await ring(event)
    expect(await t.db.stripeEvent.findUniqueOrThrow({ where: { id: event.id } })).toMatchObject({ lastError: 'not-ours' })
  })
})
