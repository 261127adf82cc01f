import { expect, test } from 'vitest'
import { standingClock } from '#services/platform/clock.ts'
import { money } from '#services/kernel/money.ts'
import { paymentsContract } from '../contracts/payments.ts'
import { fakePayments } from './payments.ts'

const clock = standingClock('2026-11-21T09:00:00Z')
const fake = fakePayments({ clock })
paymentsContract('the fake provider', () => ({
  payments: fake,
  now: () => clock.now(),
  pay: async (sessionId) => void fake.pay(sessionId),
  arrive: async (type, sessionId) => fake.signed(fake.event(type, sessionId)),
}))

test('a call can be made to fail once, and a refund to end later', async () => {
  const own = fakePayments({ clock })
  own.failNext('openCheckout')
  const input = {
    attemptId: 'a',
    orderId: 'o',
    lines: [{ orderLineId: 'l', title: 'T', description: '', net: money(100, 'EUR') }],
    customerEmail: 'b@example.com',
    customerId: null,
    cardOnly: true,
    expiresAt: new Date(clock.now().getTime() + 3_600_000),
    successUrl: 'https://a.test',
    cancelUrl: 'https://a.test',
  }
  await expect(own.openCheckout(input)).rejects.toThrow('connection lost')
  const { sessionId } = await own.openCheckout(input)
  own.refundsBegin('pending')
  const refund = await own.refund({ refundId: 'r', paymentIntentId: own.pay(sessionId), amount: money(100, 'EUR'), reason: 'x' })
  expect(refund.status).toBe('pending')
  own.endRefund(refund.stripeRefundId, 'failed')
  expect((await own.fetchRefund(refund.stripeRefundId)).status).toBe('failed')
})
