import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import type { Person } from '../kernel/actor.ts'
import { licencePage } from '../licensing/views.ts'
import { inTransaction } from '../platform/db.ts'
import { RefundRefused } from '../platform/payments/payments.ts'
import { convergeDispute, readDispute } from './disputes.ts'
import { financeOrderPage, financeOrders, ledgerPage } from './finance-views.ts'
import { openInvoice } from './invoices.ts'
import { post } from './ledger.ts'
import { reconcile } from './reconcile.ts'
import { convergeRefund, requestRefund, runRefund } from './refunds.ts'
import { settleOrder } from './settle.ts'
import { myOrders, orderPage } from './views.ts'

let t: TestDb
let shop: Shop
let finance: Person
beforeAll(async () => {
  t = await testDb(20)
  shop = await aShop(t.db)
  finance = await shop.staff('FINANCE')
})
afterAll(async () => t[Symbol.asyncDispose]())

async function aPaidOrder(lines = 1, country = 'DE') {
  const wishes = await Promise.all(
    Array.from({ length: lines }, async () => ({ assetId: (await shop.asset()).id, model: 'RIGHTS_MANAGED' as const, terms: someUse() })),
  )
  const buyer = await shop.buyer({ country })
  const open = await anOpenOrder(shop, buyer, wishes)
  const intent = shop.ctx.payments.pay(open.sessionId)
  await settleOrder(shop.ctx, open.orderId)
  return {
    ...open,
    buyer,
    intent,
    order: () =>
      t.db.order.findUniqueOrThrow({
        where: { id: open.orderId },
        include: { lines: { orderBy: { position: 'asc' } }, refunds: true, payments: true },
      }),
  }
}
const desk = () => asActor(shop.ctx, finance)
const ask = (orderId: string, fields: { lineId?: string; revokesLicence?: 'yes' | 'no' } = {}) =>
  requestRefund(desk(), { orderId, reason: 'Asked for by the buyer', revokesLicence: 'yes', ...fields })
const licenceStates = async (orderId: string) =>
  (
    await t.db.licence.findMany({
      where: { orderLineId: { in: (await t.db.orderLine.findMany({ where: { orderId } })).map(({ id }) => id) } },
      orderBy: { no: 'asc' },
    })
  ).map(({ state, endedBy }) => `${state} ${endedBy ?? ''}`.trim())
const balances = async () =>
  Object.fromEntries((await ledgerPage(desk(), {})).balances.map(({ account, balance }) => [account, balance.minor]))

describe('a refund', () => {
  test('of everything takes the licence with it when that was decided, and frees the rights', async () => {
    const before = await balances()
    const paid = await aPaidOrder()
    const asked = await ask(paid.orderId)
    if (!asked.ok) throw new Error(asked.error)
    expect((await paid.order()).state).toBe('PAID')
    await runRefund(shop.ctx, asked.value.refundId)
    const order = await paid.order()
    expect(order).toMatchObject({
      state: 'REFUNDED',
      lines: [{ state: 'REFUNDED' }],
      refunds: [{ state: 'SUCCEEDED', amountMinor: order.totalMinor }],
    })
    expect(await licenceStates(paid.orderId)).toEqual(['ENDED REFUNDED'])
    expect(await balances()).toEqual({ stripe_clearing: 0n, licence_revenue: 0n, 'vat_payable:DE': 0n, ...before })
    const again = await anOpenOrder(shop, await shop.buyer(), [
      { assetId: order.lines[0]?.assetId ?? '', model: 'RIGHTS_MANAGED', terms: someUse() },
    ])
    expect(again.orderId).toBeTruthy()
    shop.ctx.payments.expire(again.sessionId)
  })

  test('out of goodwill leaves the licence in force', async () => {
    const paid = await aPaidOrder()
    const asked = await ask(paid.orderId, { revokesLicence: 'no' })
    if (asked.ok) await runRefund(shop.ctx, asked.value.refundId)
    expect((await paid.order()).state).toBe('REFUNDED')
    expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
  })

  test('of one line gives exactly that line back', async () => {
    const paid = await aPaidOrder(2)
    const [first, second] = (await paid.order()).lines
    const asked = await ask(paid.orderId, { lineId: first?.id ?? '' })
    if (asked.ok) await runRefund(shop.ctx, asked.value.refundId)
    const order = await paid.order()
    expect(order).toMatchObject({ state: 'PARTLY_REFUNDED', lines: [{ state: 'REFUNDED' }, { state: 'LICENSED' }] })
    expect(order.refunds[0]?.amountMinor).toBe((first?.netMinor ?? 0n) + (first?.taxMinor ?? 0n))
    expect((await licenceStates(paid.orderId)).sort()).toEqual(['ACTIVE', 'ENDED REFUNDED'])
    const rest = await ask(paid.orderId)
    if (rest.ok) await runRefund(shop.ctx, rest.value.refundId)
    expect((await paid.order()).state).toBe('REFUNDED')
    expect((await paid.order()).refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(order.totalMinor)
    expect(second).toBeTruthy()
  })

  test('of all that is left ends the licence as decided, also where a part had gone back before', async () => {
    const before = await balances()
    const paid = await aPaidOrder(2)
    const dashboard = { stripeRefundId: `re_part_${paid.orderId}`, refundId: null, paymentIntentId: paid.intent, amountMinor: 100n }
    await convergeRefund(shop.ctx, { ...dashboard, status: 'succeeded' })
    const asked = await ask(paid.orderId, { revokesLicence: 'yes' })
    if (!asked.ok) throw new Error(asked.error)
    await runRefund(shop.ctx, asked.value.refundId)
    expect(await paid.order()).toMatchObject({ state: 'REFUNDED', lines: [{ state: 'REFUNDED' }, { state: 'REFUNDED' }] })
    expect(await licenceStates(paid.orderId)).toEqual(['ENDED REFUNDED', 'ENDED REFUNDED'])
    expect((await balances()).stripe_clearing).toBe(before.stripe_clearing)
  })

  test('clicked twice at once is one refund', async () => {
    const paid = await aPaidOrder()
    const outcomes = await Promise.all([ask(paid.orderId), ask(paid.orderId), ask(paid.orderId)])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ error: 'nothing-left' })
    const [refund] = (await paid.order()).refunds
    await Promise.all(Array.from({ length: 4 }, () => runRefund(shop.ctx, refund?.id ?? '')))
    expect([...shop.ctx.payments.refunds.values()].filter((one) => one.refundId === refund?.id)).toHaveLength(1)
  })

  test('of one line twice, of an order that was not paid, or by a stranger, is refused', async () => {
    const paid = await aPaidOrder(2)
    const [line] = (await paid.order()).lines
    const wish = { lineId: line?.id ?? '' }
    await ask(paid.orderId, wish)
    expect(await ask(paid.orderId, wish)).toMatchObject({ ok: false, error: 'already-refunded' })
    const open = await anOpenOrder(shop, await shop.buyer(), [{ assetId: (await shop.asset()).id, model: 'ROYALTY_FREE_STANDARD' }])
    expect(await ask(open.orderId)).toMatchObject({ ok: false, error: 'not-paid' })
    const input = { orderId: paid.orderId, reason: 'no', revokesLicence: 'yes' } as const
    await expect(requestRefund(asActor(shop.ctx, paid.buyer), input)).rejects.toMatchObject({ code: 'forbidden' })
    const other = await aShop(t.db, shop)
    await expect(requestRefund(asActor(shop.ctx, await other.staff('FINANCE')), input)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('whose answer was lost is found again by the reconciler', async () => {
    const paid = await aPaidOrder()
    const asked = await ask(paid.orderId)
    if (!asked.ok) throw new Error(asked.error)
    shop.ctx.payments.failNext('refund')
    await expect(runRefund(shop.ctx, asked.value.refundId)).rejects.toThrow('connection lost')
    shop.ctx.clock.advance(3 * 60_000)
    await reconcile(shop.ctx)
    expect((await paid.order()).state).toBe('REFUNDED')
  })

  test('that is slow takes its effects when it succeeds; one that the bank returns is undone in the ledger', async () => {
    const before = await balances()
    const paid = await aPaidOrder()
    shop.ctx.payments.refundsBegin('pending')
    const asked = await ask(paid.orderId)
    if (!asked.ok) throw new Error(asked.error)
    await runRefund(shop.ctx, asked.value.refundId)
    shop.ctx.payments.refundsBegin('succeeded')
    expect(await paid.order()).toMatchObject({ state: 'PAID', refunds: [{ state: 'PENDING' }] })
    const stripeRefundId = (await paid.order()).refunds[0]?.stripeRefundId ?? ''
    shop.ctx.payments.endRefund(stripeRefundId, 'succeeded')
    await runRefund(shop.ctx, asked.value.refundId)
    expect((await paid.order()).state).toBe('REFUNDED')
    shop.ctx.payments.endRefund(stripeRefundId, 'failed')
    await convergeRefund(shop.ctx, await shop.ctx.payments.fetchRefund(stripeRefundId))
    const order = await paid.order()
    expect(order).toMatchObject({ state: 'PAID', refunds: [{ state: 'FAILED' }] })
    expect((await balances()).stripe_clearing).toBe((before.stripe_clearing ?? 0n) + order.totalMinor)
  })

  test('promised here while it is made on the provider’s own pages: the promise is taken back, the money goes once', async () => {
    const paid = await aPaidOrder()
    const before = await balances()
    const asked = await ask(paid.orderId, { revokesLicence: 'no' })
    if (!asked.ok) throw new Error(asked.error)
    const total = (await paid.order()).totalMinor
    const stripeRefundId = `re_dash_first_${paid.orderId}`
    const made = { stripeRefundId, refundId: null, paymentIntentId: paid.intent, status: 'succeeded' as const, amountMinor: total }
    shop.ctx.payments.refunds.set(stripeRefundId, made)
    await expect(convergeRefund(shop.ctx, made)).rejects.toThrow('would exceed')
    await runRefund(shop.ctx, asked.value.refundId)
    expect((await paid.order()).refunds).toMatchObject([{ state: 'FAILED' }])
    await convergeRefund(shop.ctx, made)
    expect(await paid.order()).toMatchObject({ state: 'REFUNDED' })
    expect(await licenceStates(paid.orderId)).toEqual(['ENDED REFUNDED'])
    expect((await balances()).stripe_clearing).toBe((before.stripe_clearing ?? 0n) - total)
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { subjectId: asked.value.refundId, type: 'refund.failed' } })
    expect(fact.body).toContain('greater than')
  })

  test('of money that bought nothing comes out of what is owed, also when the desk promises it after the first try failed', async () => {
    const before = await balances()
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [
      { assetId: (await shop.asset()).id, model: 'RIGHTS_MANAGED', terms: someUse() },
    ])
    const session = shop.ctx.payments.sessions.get(sessionId)
    if (!session) throw new Error('no session')
    session.now.totalMinor -= 1n
    session.now.subtotalMinor -= 1n
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    const first = await t.db.refund.findFirstOrThrow({ where: { orderId } })
    shop.ctx.payments.refundsBegin('failed')
    await runRefund(shop.ctx, first.id)
    shop.ctx.payments.refundsBegin('succeeded')
    const asked = await ask(orderId)
    if (!asked.ok) throw new Error(asked.error)
    await runRefund(shop.ctx, asked.value.refundId)
    expect(await t.db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ state: 'REFUNDED' })
    expect(await balances()).toEqual({ refunds_due: 0n, ...before })
  })

  test('made on the provider’s own pages is recognised: whole, it ends the licence; in part, people look', async () => {
    const whole = await aPaidOrder()
    const total = (await whole.order()).totalMinor
    const made = {
      stripeRefundId: `re_dash_${whole.orderId}`,
      refundId: null,
      paymentIntentId: whole.intent,
      status: 'succeeded' as const,
      amountMinor: total,
    }
    await Promise.all([convergeRefund(shop.ctx, made), convergeRefund(shop.ctx, made)])
    expect(await whole.order()).toMatchObject({ state: 'REFUNDED', refunds: [{ origin: 'STRIPE_DASHBOARD', revokesLicence: true }] })
    expect(await licenceStates(whole.orderId)).toEqual(['ENDED REFUNDED'])

    const part = await aPaidOrder()
    await convergeRefund(shop.ctx, { ...made, stripeRefundId: `re_dash_${part.orderId}`, paymentIntentId: part.intent, amountMinor: 100n })
    expect(await part.order()).toMatchObject({ state: 'PARTLY_REFUNDED', refunds: [{ revokesLicence: false }] })
    expect(await licenceStates(part.orderId)).toEqual(['ACTIVE'])
    expect(await convergeRefund(shop.ctx, { ...made, stripeRefundId: 're_unknown', paymentIntentId: 'pi_unknown' })).toBe('not-ours')
  })
})

describe('a refund that the bank returns', () => {
  const given = async (orderId: string, fields: { lineId?: string } = {}) => {
    const asked = await ask(orderId, fields)
    if (!asked.ok) throw new Error(asked.error)
    await runRefund(shop.ctx, asked.value.refundId)
    return (await t.db.refund.findUniqueOrThrow({ where: { id: asked.value.refundId } })).stripeRefundId ?? ''
  }
  const comesBack = async (stripeRefundId: string) => {
    shop.ctx.payments.endRefund(stripeRefundId, 'failed')
    await convergeRefund(shop.ctx, await shop.ctx.payments.fetchRefund(stripeRefundId))
  }
  const lineStates = async (paid: Awaited<ReturnType<typeof aPaidOrder>>) => {
    const { state, lines } = await paid.order()
    return [state, ...lines.map((line) => line.state)]
  }

  test('leaves its line paid, as the ledger is; the licence stays ended and says why, and the money can go back again', async () => {
    const before = await balances()
    const paid = await aPaidOrder()
    const { totalMinor, lines } = await paid.order()
    const refund = await given(paid.orderId)
    const own = asActor(shop.ctx, paid.buyer)
    const licenceId = lines[0]?.licenceId ?? ''
    expect(await lineStates(paid)).toEqual(['REFUNDED', 'REFUNDED'])
    expect(await licencePage(own, licenceId)).toMatchObject({ standing: 'refunded', refundReturned: false })
    await comesBack(refund)
    expect(await lineStates(paid)).toEqual(['PAID', 'LICENSED'])
    expect(await licenceStates(paid.orderId)).toEqual(['ENDED REFUNDED'])
    expect(await orderPage(own, paid.orderId)).toMatchObject({ state: 'PAID', lines: [{ state: 'LICENSED' }] })
    expect(await licencePage(own, licenceId)).toMatchObject({ standing: 'refunded', refundReturned: true })
    expect((await financeOrderPage(desk(), paid.orderId)).refundable).toMatchObject({ whole: { minor: totalMinor }, lines: [{}] })
    // Told twice, it comes back once.
    await convergeRefund(shop.ctx, await shop.ctx.payments.fetchRefund(refund))
    await given(paid.orderId)
    expect(await lineStates(paid)).toEqual(['REFUNDED', 'REFUNDED'])
    expect(await licencePage(own, licenceId)).toMatchObject({ refundReturned: false })
    expect(await balances()).toEqual({ stripe_clearing: 0n, licence_revenue: 0n, 'vat_payable:DE': 0n, ...before })
  })

  test('gives back the lines that it spoke of, and no other: whatever came back before it', async () => {
    const paid = await aPaidOrder(2)
    const { lines, totalMinor } = await paid.order()
    const first = await given(paid.orderId, { lineId: lines[0]?.id ?? '' })
    const rest = totalMinor - ((lines[0]?.netMinor ?? 0n) + (lines[0]?.taxMinor ?? 0n))
    const elsewhere = { stripeRefundId: `re_rest_${paid.orderId}`, refundId: null, paymentIntentId: paid.intent, amountMinor: rest }
    await convergeRefund(shop.ctx, { ...elsewhere, status: 'succeeded' })
    expect(await lineStates(paid)).toEqual(['REFUNDED', 'REFUNDED', 'REFUNDED'])
    await comesBack(first)
    expect(await lineStates(paid)).toEqual(['PARTLY_REFUNDED', 'LICENSED', 'REFUNDED'])
    await convergeRefund(shop.ctx, { ...elsewhere, status: 'failed' })
    expect(await lineStates(paid)).toEqual(['PAID', 'LICENSED', 'LICENSED'])
  })

  test('for a line that is refunded in two ways leaves it refunded while money of it is away', async () => {
    const paid = await aPaidOrder()
    const part = { stripeRefundId: `re_some_${paid.orderId}`, refundId: null, paymentIntentId: paid.intent, amountMinor: 100n }
    await convergeRefund(shop.ctx, { ...part, status: 'succeeded' })
    await given(paid.orderId)
    await convergeRefund(shop.ctx, { ...part, status: 'failed' })
    expect(await lineStates(paid)).toEqual(['PARTLY_REFUNDED', 'REFUNDED'])
  })

  test('of money that bought nothing is owed again: it is no sale, and the next try comes out of what is owed', async () => {
    const before = await balances()
    const { id: assetId } = await shop.asset()
    const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [{ assetId, model: 'RIGHTS_MANAGED', terms: someUse() }])
    const session = shop.ctx.payments.sessions.get(sessionId)
    if (!session) throw new Error('no session')
    // Late money for rights that are gone.
    shop.ctx.payments.expire(sessionId)
    await settleOrder(shop.ctx, orderId)
    await t.db.asset.updateMany({ where: { id: assetId }, data: { audience: 'PORTAL' } })
    session.now.status = 'open'
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId, { sessionId })
    const refund = await t.db.refund.findFirstOrThrow({ where: { orderId } })
    await runRefund(shop.ctx, refund.id)
    const states = async () => {
      const { state, lines } = await t.db.order.findUniqueOrThrow({ where: { id: orderId }, include: { lines: true } })
      return [state, ...lines.map((line) => line.state)]
    }
    expect(await states()).toEqual(['REFUNDED', 'REFUNDED'])
    await comesBack((await t.db.refund.findUniqueOrThrow({ where: { id: refund.id } })).stripeRefundId ?? '')
    expect(await states()).toEqual(['CONFLICT', 'CONFLICT'])
    await given(orderId)
    expect(await states()).toEqual(['REFUNDED', 'REFUNDED'])
    expect(await balances()).toEqual({ refunds_due: 0n, ...before })
  })
})

describe('refunds in parts that name no line', () => {
  test('give back price and tax to the minor unit, however it is cut', async () => {
    const before = await balances()
    const paid = await aPaidOrder()
    const [payment] = (await paid.order()).payments
    if (!payment) throw new Error('no payment')
    // Three shares whose tax rounds the same way by itself: together they would leave a cent of tax.
    const whole = payment.amountMinor
    const cuts = [1n, 2n, 3n, whole - 6n]
    for (const [n, amountMinor] of cuts.entries())
      await convergeRefund(shop.ctx, {
        stripeRefundId: `re_${paid.orderId}_${n}`,
        refundId: null,
        paymentIntentId: paid.intent,
        status: 'succeeded',
        amountMinor,
      })
    expect(await paid.order()).toMatchObject({ state: 'REFUNDED' })
    expect(await balances()).toEqual(before)
  })
})

describe('a dispute', () => {
  const said = (intent: string, status: string, id: string) => ({ id, status, amountMinor: 500n, currency: 'EUR', paymentIntentId: intent })

  test('suspends, won reinstates; a doorbell that rings late opens nothing again', async () => {
    const paid = await aPaidOrder()
    await convergeDispute(shop.ctx, said(paid.intent, 'needs_response', 'dp_1'))
    await convergeDispute(shop.ctx, said(paid.intent, 'under_review', 'dp_1'))
    expect(await licenceStates(paid.orderId)).toEqual(['SUSPENDED'])
    await convergeDispute(shop.ctx, said(paid.intent, 'won', 'dp_1'))
    expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
    await convergeDispute(shop.ctx, said(paid.intent, 'needs_response', 'dp_1'))
    expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
  })

  test('lost revokes, also when it is the first that we hear of it', async () => {
    const paid = await aPaidOrder()
    await convergeDispute(shop.ctx, said(paid.intent, 'lost', 'dp_2'))
    expect(await licenceStates(paid.orderId)).toEqual(['ENDED REVOKED'])
    expect(Object.values(await balances()).reduce((sum, minor) => sum + minor, 0n)).toBe(0n)
  })

  test('as a mere inquiry changes nothing; of somebody else’s payment neither', async () => {
    const paid = await aPaidOrder()
    await convergeDispute(shop.ctx, said(paid.intent, 'warning_needs_response', 'dp_3'))
    expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
    expect(await convergeDispute(shop.ctx, said('pi_nobody', 'lost', 'dp_4'))).toBe('not-ours')
  })

  test('beside another one of the same payment: the licence runs again when both are won, in either order, also at once', async () => {
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const paid = await aPaidOrder()
      const of = (which: string) => `dp_${paid.orderId}_${which}`
      await convergeDispute(shop.ctx, said(paid.intent, 'needs_response', of('a')))
      await convergeDispute(shop.ctx, said(paid.intent, 'needs_response', of('b')))
      await convergeDispute(shop.ctx, said(paid.intent, 'won', of(order[0])))
      expect(await licenceStates(paid.orderId)).toEqual(['SUSPENDED'])
      await convergeDispute(shop.ctx, said(paid.intent, 'won', of(order[1])))
      expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
    }
    const paid = await aPaidOrder()
    const both = ['x', 'y'].map((which) => `dp_${paid.orderId}_${which}`)
    const tell = (status: string) => Promise.all(both.map((id) => convergeDispute(shop.ctx, said(paid.intent, status, id))))
    await tell('needs_response')
    expect(await licenceStates(paid.orderId)).toEqual(['SUSPENDED'])
    await tell('won')
    expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
  })

  test('won, while another was lost or one is open, gives nothing back', async () => {
    const paid = await aPaidOrder()
    await convergeDispute(shop.ctx, said(paid.intent, 'needs_response', 'dp_6'))
    await convergeDispute(shop.ctx, said(paid.intent, 'lost', 'dp_7'))
    await convergeDispute(shop.ctx, said(paid.intent, 'won', 'dp_6'))
    expect(await licenceStates(paid.orderId)).toEqual(['ENDED REVOKED'])
  })

  test('about money that came twice touches nothing that the first payment bought, and pays back what was owed', async () => {
    const paid = await aPaidOrder()
    const before = await balances()
    const first = [...shop.ctx.payments.sessions.values()].find(({ now }) => now.paymentIntentId === paid.intent)
    if (!first) throw new Error('no session')
    const twice = `pi_twice_${paid.orderId}`
    const second = { ...first, now: { ...first.now, sessionId: `cs_twice_${paid.orderId}`, paymentIntentId: twice } }
    shop.ctx.payments.sessions.set(second.now.sessionId, second)
    await settleOrder(shop.ctx, paid.orderId, { sessionId: second.now.sessionId })
    const dispute = (status: string) =>
      convergeDispute(shop.ctx, { ...said(twice, status, `dp_${paid.orderId}`), amountMinor: second.now.totalMinor })
    await dispute('needs_response')
    expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
    await dispute('lost')
    expect(await licenceStates(paid.orderId)).toEqual(['ACTIVE'])
    // The provider refuses the refund of a disputed charge; the money went back all the same.
    const { id } = await t.db.refund.findFirstOrThrow({ where: { orderId: paid.orderId } })
    shop.ctx.payments.failNext('refund', new RefundRefused('The charge has been charged back.'))
    await runRefund(shop.ctx, id)
    expect(await balances()).toEqual({ disputes_receivable: 0n, ...before, refunds_due: before.refunds_due ?? 0n })
  })

  test('is read out of its event, and nothing else is', () => {
    const object = { id: 'dp_5', status: 'lost', amount: 500, currency: 'eur', payment_intent: 'pi_1' }
    expect(readDispute({ data: { object } })).toEqual(said('pi_1', 'lost', 'dp_5'))
    expect(readDispute({ data: {} })).toBeNull()
  })
})

describe('the books', () => {
  test('refuse what does not balance, and write the same source once', async () => {
    const entry = { houseId: shop.houseId, kind: 'sale', memo: 'x', currency: 'EUR' }
    await expect(
      post(shop.ctx, { ...entry, source: { type: 'payment', id: 'pay_bad' }, postings: [{ account: 'a', amountMinor: 1n }] }),
    ).rejects.toThrow('does not balance')
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.bigInt({ min: 1n, max: 10n ** 9n }), async (id, amountMinor) => {
        const both = [
          { account: 'test_debit', amountMinor },
          { account: 'test_credit', amountMinor: -amountMinor },
        ]
        const once = () => inTransaction(shop.ctx, (tx) => post(tx, { ...entry, source: { type: 'payment', id }, postings: both }))
        expect((await Promise.all([once(), once()])).filter(Boolean)).toHaveLength(1)
      }),
      { numRuns: 15 },
    )
    expect(Object.values(await balances()).reduce((sum, minor) => sum + minor, 0n)).toBe(0n)
  })

  test('the invoice is frozen, put on paper once, and opened only by its buyer and by finance', async () => {
    const paid = await aPaidOrder()
    const invoice = await t.db.invoice.findUniqueOrThrow({ where: { orderId: paid.orderId } })
    let drawn = 0
    const ctx = {
      ...shop.ctx,
      pdf: {
        ...shop.ctx.pdf,
        invoice: async (content: { number: string; total: string }) => Buffer.from(`%PDF ${content.number} ${content.total} ${++drawn}`),
      },
    }
    const first = await openInvoice(asActor(ctx, paid.buyer), invoice.id)
    const second = await openInvoice(asActor(ctx, finance), invoice.id)
    expect([first.sha256, first.size]).toEqual([second.sha256, second.size])
    expect([drawn, first.fileName]).toEqual([1, `invoice-${invoice.number}.pdf`])
    await expect(openInvoice(asActor(ctx, await shop.buyer()), invoice.id)).rejects.toMatchObject({ code: 'not-found' })
    expect(invoice.document).toMatchObject({ number: invoice.number, currency: 'EUR', tax: { treatment: 'domestic', country: 'DE' } })
  })

  test('are read by finance, and an order by its own company only', async () => {
    const paid = await aPaidOrder(2)
    const page = await financeOrderPage(desk(), paid.orderId)
    expect(page).toMatchObject({ state: 'PAID', mayRefund: true, refundable: { lines: [{}, {}] } })
    expect((await financeOrders(desk(), { states: ['PAID'] })).items.some(({ id }) => id === paid.orderId)).toBe(true)
    const own = await orderPage(asActor(shop.ctx, paid.buyer), paid.orderId)
    expect(own).toMatchObject({ state: 'PAID', invoice: {}, lines: [{ licence: { standing: 'upcoming' } }, { licence: {} }] })
    expect((await myOrders(asActor(shop.ctx, paid.buyer), {})).items).toHaveLength(1)
    await expect(orderPage(asActor(shop.ctx, await shop.buyer()), paid.orderId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(ledgerPage(asActor(shop.ctx, paid.buyer), {})).rejects.toMatchObject({ code: 'forbidden' })
  })
})
