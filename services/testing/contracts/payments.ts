import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { money } from '#services/kernel/money.ts'
import { RefundRefused, type OpenCheckout, type PaymentEvent, type Payments } from '#services/platform/payments/payments.ts'

/** A provider under test and the hands of the buyer and the network. */
export interface PaymentsUnderTest {
  payments: Payments
  now(): Date
  pay(sessionId: string): Promise<void>
  /** An event of this session as it arrives at the hook. */
  arrive(type: string, sessionId: string): Promise<{ raw: string; signature: string }>
}

/** What the house relies on, whoever provides it: run on the fake and on the Stripe adapter. */
export function paymentsContract(name: string, subject: () => PaymentsUnderTest): void {
  const checkout = (fields: Partial<OpenCheckout> = {}): OpenCheckout => ({
    attemptId: `att_${randomUUID()}`,
    orderId: `ord_${randomUUID()}`,
    customerEmail: 'buyer@example.com',
    customerId: null,
    cardOnly: true,
    lines: [
      { orderLineId: 'lin_1', title: 'Harbour at dawn', description: 'Rights managed, web banner', net: money(12_500, 'EUR') },
      { orderLineId: 'lin_2', title: 'Łódź, Piotrkowska', description: '', net: money(4900, 'EUR') },
    ],
    tax: { label: 'VAT 19 %', amount: money(3306, 'EUR') },
    expiresAt: new Date(subject().now().getTime() + 45 * 60_000),
    successUrl: 'https://shop.test/checkout/return?session_id={CHECKOUT_SESSION_ID}',
    cancelUrl: 'https://shop.test/cart',
    ...fields,
  })

  describe(name, () => {
    test('is not the real thing in tests', () => expect(subject().payments.livemode).toBe(false))

    test('a session is opened, unpaid, with the net lines, the tax line and their sum', async () => {
      const { payments } = subject()
      const input = checkout()
      const opened = await payments.openCheckout(input)
      expect(opened.url).toMatch(/^https?:\/\/.+\/c\/pay\//)
      expect(Math.abs(opened.expiresAt.getTime() - input.expiresAt.getTime())).toBeLessThan(1000)
      expect(await payments.fetchCheckout(opened.sessionId)).toEqual({
        sessionId: opened.sessionId,
        orderId: input.orderId,
        attemptId: input.attemptId,
        status: 'open',
        paid: false,
        paymentIntentId: null,
        currency: 'EUR',
        subtotalMinor: 17_400n,
        taxMinor: 3306n,
        totalMinor: 20_706n,
      })
    })

    test('an order without tax has a tax of nothing', async () => {
      const { payments } = subject()
      const { sessionId } = await payments.openCheckout(checkout({ tax: null }))
      expect(await payments.fetchCheckout(sessionId)).toMatchObject({ subtotalMinor: 17_400n, taxMinor: 0n, totalMinor: 17_400n })
    })

    test('yen have no minor unit and stay whole', async () => {
      const { payments } = subject()
      const { sessionId } = await payments.openCheckout(
        checkout({
          lines: [{ orderLineId: 'l', title: 'Tokyo', description: '', net: money(12_000, 'JPY') }],
          tax: { label: 'Tax 10 %', amount: money(1200, 'JPY') },
        }),
      )
      expect(await payments.fetchCheckout(sessionId)).toMatchObject({ currency: 'JPY', subtotalMinor: 12_000n, taxMinor: 1200n })
    })

    test('the same attempt asked again, even at once, is the same session', async () => {
      const { payments } = subject()
      const input = checkout()
      const [first, second] = await Promise.all([payments.openCheckout(input), payments.openCheckout(input)])
      expect(second.sessionId).toBe(first.sessionId)
      expect((await payments.openCheckout(input)).sessionId).toBe(first.sessionId)
    })

    test('the same attempt by a buyer whose address has changed meanwhile is the same session, also at once', async () => {
      const { payments, pay } = subject()
      const input = checkout()
      const moved = { ...input, customerEmail: 'moved@example.com', cancelUrl: 'https://new.shop.test/cart' }
      const [first, second] = await Promise.all([payments.openCheckout(input), payments.openCheckout(moved)])
      expect(second).toEqual(first)
      const third = await payments.openCheckout({ ...moved, customerEmail: 'again@example.com' })
      expect(third).toEqual(first)
      // Paid, it is still the one of this attempt: nobody is given another page to pay on.
      await pay(first.sessionId)
      expect((await payments.openCheckout({ ...moved, customerEmail: 'later@example.com' })).sessionId).toBe(first.sessionId)
    })

    test('a session shorter than half an hour is refused', async () => {
      const { payments, now } = subject()
      await expect(payments.openCheckout(checkout({ expiresAt: new Date(now().getTime() + 10 * 60_000) }))).rejects.toThrow(/30 minutes/)
    })

    test('paid is complete, with the intent that took the money', async () => {
      const { payments, pay } = subject()
      const { sessionId } = await payments.openCheckout(checkout())
      await pay(sessionId)
      const now = await payments.fetchCheckout(sessionId)
      expect(now).toMatchObject({ status: 'complete', paid: true, totalMinor: 20_706n })
      expect(now.paymentIntentId).toMatch(/^pi_/)
    })

    test('an open session can be ended, twice without harm; a paid one cannot', async () => {
      const { payments, pay } = subject()
      const open = await payments.openCheckout(checkout())
      expect(await payments.expireCheckout(open.sessionId)).toBe('expired')
      expect(await payments.expireCheckout(open.sessionId)).toBe('expired')
      expect(await payments.fetchCheckout(open.sessionId)).toMatchObject({ status: 'expired', paid: false })
      const paid = await payments.openCheckout(checkout())
      await pay(paid.sessionId)
      expect(await payments.expireCheckout(paid.sessionId)).toBe('already-complete')
    })

    test('a session that nobody made is an error', async () => {
      await expect(subject().payments.fetchCheckout('cs_test_nobody')).rejects.toThrow(/No such/)
      await expect(subject().payments.expireCheckout('cs_test_nobody')).rejects.toThrow(/No such/)
    })

    test('a refund is made once, however often it is asked, and never beyond what was paid', async () => {
      const { payments, pay } = subject()
      const { sessionId } = await payments.openCheckout(checkout())
      await pay(sessionId)
      const { paymentIntentId } = await payments.fetchCheckout(sessionId)
      const input = {
        refundId: `ref_${randomUUID()}`,
        paymentIntentId: paymentIntentId ?? '',
        amount: money(5000, 'EUR'),
        reason: 'rights were gone',
      }
      const first = await payments.refund(input)
      expect(first).toMatchObject({ refundId: input.refundId, paymentIntentId, status: 'succeeded', amountMinor: 5000n })
      expect((await payments.refund(input)).stripeRefundId).toBe(first.stripeRefundId)
      expect(await payments.fetchRefund(first.stripeRefundId)).toEqual(first)
      const tooMuch = payments.refund({ ...input, refundId: `ref_${randomUUID()}`, amount: money(15_707, 'EUR') })
      await expect(tooMuch).rejects.toSatisfy((error) => error instanceof RefundRefused && /greater than/i.test(error.message))
      const rest = await payments.refund({ ...input, refundId: `ref_${randomUUID()}`, amount: money(15_706, 'EUR') })
      expect(rest.stripeRefundId).not.toBe(first.stripeRefundId)
      // Asked again under its own id it is still the one that was made; a new one finds nothing left.
      expect((await payments.refund(input)).stripeRefundId).toBe(first.stripeRefundId)
      await expect(payments.refund({ ...input, refundId: `ref_${randomUUID()}`, amount: money(1, 'EUR') })).rejects.toBeInstanceOf(
        RefundRefused,
      )
    })

    test('an event is read only with its signature, and names its session and order', async () => {
      const { payments, pay, arrive } = subject()
      const input = checkout()
      const { sessionId } = await payments.openCheckout(input)
      await pay(sessionId)
      const { raw, signature } = await arrive('checkout.session.completed', sessionId)
      expect(payments.readEvent(raw, signature)).toMatchObject({
        type: 'checkout.session.completed',
        livemode: false,
        objectKind: 'checkout.session',
        objectId: sessionId,
        orderId: input.orderId,
      })
      expect(payments.readEvent(`${raw} `, signature)).toBeNull()
      expect(payments.readEvent(raw, null)).toBeNull()
      expect(payments.readEvent(raw, 't=1,v1=00')).toBeNull()
    })

    test('events that did not reach us can be asked for', async () => {
      const { payments, pay, now } = subject()
      const { sessionId } = await payments.openCheckout(checkout())
      await pay(sessionId)
      const found: PaymentEvent[] = []
      for await (const event of payments.undeliveredEvents(new Date(now().getTime() - 3_600_000))) found.push(event)
      expect(found.filter(({ objectId }) => objectId === sessionId).map(({ type }) => type)).toContain('checkout.session.completed')
    })
  })
}
